"""`python -m benchmarks`: every benchmark that ends by itself within minutes, one after the other."""

from __future__ import annotations

import subprocess
import sys

NAMES = ("brief", "claims", "annotate", "things", "names", "reading", "reuse", "export")

if __name__ == "__main__":
    for name in NAMES:
        print(f"== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]], check=False)
