"""How fast times, quantities and places are found, and what the gazetteer costs: `python benchmarks/things.py [WORDS]`.

The text is made here from sentences of our own, so that the figures can be had anywhere; seconds are of processor time.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

from twosource.annotate.places import find_places
from twosource.annotate.places.gazetteer import gazetteer
from twosource.annotate.quantities import find_quantities
from twosource.annotate.times import find_times
from twosource.text import sentences

_SENTENCES = (
    "The council of Ellerton met on Tuesday to hear what had become of the bridge that was closed last month.",
    "At least 12 people were hurt and two were killed when a barge struck the pier at about 9:40 p.m. on March 3, officials said.",
    "Residents said that the lights had gone out before the noise, and that nobody had warned them of the danger.",
    "“We have asked for this since 2014,” said the mayor, who has led the town near Springfield, Illinois, for ten years.",
    "The ministry in Nairobi expects to spend between $3 million and $4 million on repairs over the next two years.",
    "Hundreds of families left their homes, and some of them have not come back, a spokeswoman for the province said.",
    "It was not clear why the captain had turned, and the company that owns the vessel did not answer questions.",
    "A village 40 miles southeast of Chicago lost its only road, and the ferry runs every hour from early morning.",
)


def main() -> None:
    """Print a line for each of the three, and one for the gazetteer."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    each = sum(len(s.split()) for s in _SENTENCES)
    text = "\n".join(" ".join(_SENTENCES) for _ in range(max(1, wanted // each)))
    spans = sentences(text)
    count = len(text.split())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    loading = _seconds(gazetteer)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"gazetteer   {loading:.2f} s to load, {grown:.0f} MB more at the peak")
    find_times(
        text[:2_000], sentences(text[:2_000]), "2020-03-05"
    )  # so that no pattern is compiled while it's timed
    find_quantities(text[:2_000], sentences(text[:2_000]))
    for name, call in (
        ("times", lambda: find_times(text, spans, "2020-03-05")),
        ("quantities", lambda: find_quantities(text, spans)),
        ("places", lambda: find_places(text, spans)),
    ):
        taken = _seconds(call)
        print(f"{name:<11} {count / taken:,.0f} words a second ({count:,} words in {taken:.2f} s)")


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


if __name__ == "__main__":
    main()
