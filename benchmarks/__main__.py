"""Every benchmark by its name: `python -m benchmarks [NAME…] [--all] [--write] [--full]`.

Without names: what there is, each in a line. `--all` runs those that belong to `--all` one after the other, in their quick sizes within ten
minutes on two idle processors; `--write` refreshes the JSON files beside them, each of which keeps what other sizes measured.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
NAMES = (
    "reading", "minhash", "grouping", "annotate", "things", "names", "claims", "brief", "growth", "case", "web", "opening", "cost",
)  # fmt: skip
MORE = ("reuse", "scale", "share", "export", "package")


def main() -> int:
    """Run what is named; 1 where one of them failed, the others having run all the same."""
    there = [n for n in (*NAMES, *MORE) if (HERE / f"{n}.py").exists()]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(there))
    parser.add_argument("--all", action="store_true", help="all of " + ", ".join(NAMES))
    parser.add_argument("--write", action="store_true", help="keep the figures beside the benchmarks")
    parser.add_argument("--full", action="store_true", help="the large sizes, which may take hours")
    given = parser.parse_args()
    unknown = sorted({*given.names} - {*there})
    if unknown:
        parser.error(f"no benchmark of the name {', '.join(unknown)}: there are {', '.join(there)}")
    if not given.names and not given.all:
        for name in there:
            print(f"{name:10} {meaning(name)}")
        return 0
    options = [f"--{o}" for o in ("write", "full") if getattr(given, o)]
    failed = 0
    for name in given.names or NAMES:
        print(f"== {name}", flush=True)
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False)
        print(f"== {name}: {time.perf_counter() - began:.0f} s, exit {done.returncode}", flush=True)
        failed += done.returncode != 0
    return min(failed, 1)


def meaning(name: str) -> str:
    """The first sentence of a benchmark's own words."""
    said = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))) or ""
    return said.split("\n")[0].split(": `")[0]


if __name__ == "__main__":
    sys.exit(main())
