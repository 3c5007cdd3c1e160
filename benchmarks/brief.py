"""What the main job costs as a whole process: `python benchmarks/brief.py`.

The bundled example from a cold start, then a hundred invented reports of five hundred words on twenty incidents, then five
hundred reports of one incident. Seconds are of the wall clock, memory is the peak of the process.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
_TOWNS = (
    "Ellerton",
    "Marrow Bay",
    "Kestrel Point",
    "Dunholm",
    "Ashby Falls",
    "Port Alder",
    "Wexcombe",
    "Larchmere",
    "Stonegate",
    "Fenwick",
)
_NAMES = (
    "Ida Brandt",
    "Omar Castell",
    "Ruth Vance",
    "Pavel Lund",
    "Nora Quill",
    "Theo Marsh",
    "Lena Okafor",
    "Sam Iver",
    "Greta Holt",
    "Max Tarn",
)
_EVENTS = (
    "a barge struck the pier",
    "a warehouse burned down",
    "a bridge gave way",
    "a bus left the road",
    "a crane fell on a school",
)
_LINES = (
    "{n} people were hurt when {event} in {town} on {day}, the fire service said.",
    "“We heard it before we saw it,” said {name}, who lives beside the water in {town}.",
    "{name}, the mayor of {town}, told reporters that {n} families had left their homes.",
    "The company that owns the site denied that safety rules had been broken.",
    "Police said either a failed brake or a loose cable may have caused it.",
    "“Nobody warned us, and nobody came until it was dark,” {name} said.",
    "According to the county, repairs will cost at least ${n} million and take until spring.",
    "A spokeswoman for the hospital in {town} said {n} patients had been sent home by {day}.",
    "Last year {event} in the same street, killing {n} people.",
    "Traffic was led around the quarter for the whole of {day}, and schools stayed closed.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def invented(reports: int, incidents: int, words: int = 500) -> list[dict[str, str]]:
    """Reports by a fixed seed: those of one incident share its town, people and event."""
    chance = random.Random(20)
    found = []
    for k in range(reports):
        own = random.Random(k % incidents)
        town, event, day = own.choice(_TOWNS), own.choice(_EVENTS), own.choice(_DAYS)
        lines: list[str] = []
        while sum(len(x.split()) for x in lines) < words:
            line = chance.choice(_LINES)
            lines.append(
                line.format(
                    town=town, event=event, day=day, n=chance.randint(2, 40), name=chance.choice(_NAMES)
                )
            )
        found.append(
            {
                "id": f"r{k}",
                "text": "\n\n".join(lines),
                "outlet": f"Outlet {k % 37}",
                "published": f"2025-03-{1 + k % 28:02}",
                "incident": f"i{k % incidents}",
            }
        )
    return found


def main() -> None:
    """Print a line for each of the three."""
    with tempfile.TemporaryDirectory() as folder:
        for name, count, incidents in (
            ("100 reports of 500 words, 20 incidents", 100, 20),
            ("500 reports of 200 words, one incident", 500, 1),
        ):
            path = Path(folder) / f"{count}.jsonl"
            rows = invented(count, incidents, 500 if count == 100 else 200)
            path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
            if name.startswith("100"):
                measure("the example, cold", [str(EXAMPLE)], folder)
            measure(name, [str(path)], folder)


def measure(name: str, inputs: list[str], folder: str) -> None:
    """Time one brief in a process of its own."""
    began = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "twosource",
            "--quiet",
            "brief",
            *inputs,
            "-o",
            str(Path(folder) / "brief.html"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name:42} {seconds:7.1f} s   peak so far {peak:6.0f} MB   exit {done.returncode}")


if __name__ == "__main__":
    main()
