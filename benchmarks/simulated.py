"""An archive through `twosource scale run` on a Ray cluster of two nodes that are both on this machine, and what each stage took.

The processor time is that of all processes of the cluster, looked at five times a second: what Ray and the engine themselves need is in it,
and so is that each node loads the language model. Stages are told apart by the marks that a run leaves when one is done.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

from benchmarks.figures import Figures
from benchmarks.invented import archive
from benchmarks.timing import Clock, apart

NODE = {"num_cpus": 1, "object_store_memory": 200_000_000}
STAGES = {  # of a run, in their order, and what the cost model calls them
    "reports": "read and cleaned", "copies": "copies found", "sketches": "grouped", "incidents": "grouped", "shelves": "grouped",
    "annotations": "annotated", "accounts": "accounts made", "tables": "tables written",
}  # fmt: skip
TICK = os.sysconf("SC_CLK_TCK")


TRIES = 5


def checked(reports: int) -> Figures:
    """Run it in a process of its own. Raises RuntimeError where that ends without an answer."""
    return apart(_run, reports)


def _run(reports: int) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        return _in(Path(name), reports)


def _in(folder: Path, reports: int) -> Figures:
    lighter = folder / "lighter"
    lighter.mkdir()
    (lighter / "rfc3987_syntax.py").write_text(
        "raise ImportError\n"
    )  # half a node's start goes to it, for nothing
    os.environ.update(
        RAY_USAGE_STATS_ENABLED="0",
        RAY_raylet_start_wait_time_s="60",  # a busy machine takes its time
        PYTHONPATH=os.pathsep.join([str(lighter), *filter(None, [os.environ.get("PYTHONPATH")])]),
        DAFT_ANALYTICS_ENABLED="0",
        RAY_DISABLE_DASHBOARD="1",
        DAFT_PROGRESS_BAR="0",
    )
    import ray

    given = folder / "archive.jsonl"
    with given.open("w", encoding="utf-8") as f:
        f.writelines(json.dumps(row) + "\n" for row in archive(reports))
    cluster = _begun()
    try:
        return _told(cluster, given, folder / "out")
    finally:
        ray.shutdown()
        cluster.shutdown()


def _begun() -> Any:
    """Two nodes; on a machine that is busy a node may give up as it starts, and is then begun again."""
    from ray.cluster_utils import Cluster

    cluster = Cluster()
    for address in ("127.0.0.2", "127.0.0.3"):
        for left in reversed(range(TRIES)):
            try:
                cluster.add_node(**NODE, node_ip_address=address, include_dashboard=False)
                break
            except Exception:  # what Ray raises here has no name of its own
                if not left:
                    raise
    return cluster


def _told(cluster: Any, given: Path, out: Path) -> Figures:
    from twosource.scale.running import Wanted, run
    from twosource.settings import Settings

    watch = Watch(out)
    watch.start()
    clock = Clock()
    told = run(Wanted((str(given),), out, address=cluster.address), Settings(scale_parts=2))
    seconds, others = round(clock.wall, 1), clock.others
    watch.over.set()
    watch.join()
    words = sum(
        len(json.loads(line)["text"].split()) for line in given.read_text(encoding="utf-8").splitlines()
    )
    pairs = next(d.rows for d in told.stages if d.name == "copies")
    return {
        "reports": told.read,
        "words": words,
        "reports that copy (%)": round(100 * told.copied / told.read, 1),
        "pairs": pairs,
        "incidents": told.incidents,
        "nodes": 2,
        "seconds": seconds,
        "machine busy, this run and other work (%)": others,
        "processor seconds by stage": {k: round(v, 1) for k, v in watch.spent.items()},
        "peak MB by stage": {d.name: d.peak_mb for d in told.stages},
        "bytes a report by stage": _stored(out, told.read),
    }


def _stored(out: Path, reports: int) -> dict[str, float]:
    """What lies on the disk at the end, for each report."""
    places = [*(p for p in sorted((out / "work").iterdir()) if p.is_dir()), out / "tables"]
    return {
        p.name: round(sum(f.stat().st_size for f in p.rglob("*") if f.is_file()) / reports, 1) for p in places
    }


class Watch(threading.Thread):
    """Adds up the processor time of this process and all that it started, by the stage that is not done yet."""

    def __init__(self, out: Path) -> None:
        super().__init__(daemon=True)
        self.spent = dict.fromkeys(STAGES.values(), 0.0)
        self.over = threading.Event()
        self._out = out
        self._last = _used()

    def run(self) -> None:
        """Look again and again, and once more at the end."""
        while not self.over.wait(0.2):
            self._look()
        self._look()

    def _look(self) -> None:
        now = _used()
        done = {p.stem for p in (self._out / "work").glob("*.done")}
        stage = next((s for s in STAGES if s not in done), "tables")
        self.spent[STAGES[stage]] += sum(max(0.0, t - self._last.get(p, 0.0)) for p, t in now.items())
        self._last.update(now)


def _used() -> dict[int, float]:
    """Seconds of the processor that this process and each that descends from it have had."""
    parents, spent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        number = int(path.parent.name)
        parents[number] = int(words[1])
        spent[number] = (int(words[11]) + int(words[12])) / TICK
    ours: set[int] = set()
    more = {os.getpid()}
    while more:
        ours |= more
        more = {p for p, parent in parents.items() if parent in ours} - ours
    return {p: spent[p] for p in ours if p in spent}
