"""`python -m benchmarks`: every benchmark that ends by itself within minutes, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = ("brief", "annotate", "things", "names", "reading", "reuse")

if __name__ == "__main__":
    for name in NAMES:
        print(f"== {name}", flush=True)
        subprocess.run(
            [sys.executable, str(Path(__file__).parent / f"{name}.py"), *sys.argv[1:]], check=False
        )
