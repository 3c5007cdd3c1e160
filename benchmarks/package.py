"""What a package of a case costs: `python -m benchmarks.package`.

10,000 statements as `benchmarks.export` makes them, in twenty incidents and in one. One process makes the case, others pack it into a
folder and a zip, and one compares all hashes of the zip and puts the evidence into a new case, as `case import` does before it analyses.
Seconds are of the processor, memory is the peak of the process, both with Python and the libraries that it loads.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.export import invented

from twosource.brief import document
from twosource.case import add
from twosource.case.packing import pack
from twosource.case.restoring import evidence_from
from twosource.export.bagged import unbagged
from twosource.model import Brief
from twosource.settings import Settings
from twosource.store import Store, derived, evidence
from twosource.store.derived import Settled

STEPS = ("make", "folder", "zip", "back")


def main() -> None:
    """Print a line for each step and shape; with a step and a number, be the process that is measured."""
    if len(sys.argv) == 4:
        step(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
        return
    print(f"{'step':8}{'incidents':>10}{'seconds':>9}{'peak MB':>9}{'written MB':>12}")
    for incidents in (20, 1):
        with tempfile.TemporaryDirectory() as folder:
            for name in STEPS:
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.package", name, str(incidents), folder],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                told = json.loads(done.stdout)
                print(f"{name:8}{incidents:10}{told['seconds']:9.1f}{told['peak']:9.0f}{told['written']:12.1f}", flush=True)  # fmt: skip


def step(name: str, incidents: int, folder: Path) -> None:
    """Do one of them and tell what it took."""
    case = folder / "a.case"
    out = {"make": case, "folder": folder / "p", "zip": folder / "p.zip", "back": folder / "b.case"}[name]
    if name == "make":
        make(str(case), incidents)
    elif name == "back":
        with unbagged(folder / "p.zip", Settings()) as bag:
            Store.create(str(out), lambda c: evidence_from(c, bag)).close()
    else:
        with Store.open(str(case)) as store:
            pack(store, out, whole=False)
    files = [p for p in out.rglob("*") if p.is_file()] if out.is_dir() else [out]
    told = {
        "seconds": time.process_time(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "written": sum(f.stat().st_size for f in files) / 1e6,
    }
    print(json.dumps(told))


def make(name: str, incidents: int) -> None:
    """A case of these incidents, with their accounts; nothing of it is analysed."""
    with Store.create(name) as store:
        for account in invented(incidents):
            add(store, [a.report for a in account.articles])
            record = document(Brief((account,)))["incidents"][0]
            with store.writes() as c:
                numbers = sorted(evidence.numbers_of(c, [a.id for a in account.articles]).values())
                made = Settled(account.id, "", "made up", tuple(numbers), account.title, 37, record)
                derived.put_incidents(c, (), [made])
                derived.settled(c, numbers)


if __name__ == "__main__":
    main()
