"""How fast times, quantities and places are found, and what the gazetteer costs.

    python -m benchmarks.things [--words N] [-o FILE]

The text is made here from sentences of our own, so that the figures can be had anywhere; seconds are of processor time.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Figures, keep

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


# What the makers of the system that is best known for times give for one of its documents, in seconds.
_HEIDELTIME = 7.0
_DOCUMENT = 400  # words: the middle document of the sets that times are measured on is about so long


def main() -> None:
    """Print a line for each of the three, and one for the gazetteer."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("-o", type=Path)
    asked = parser.parse_args()
    each = sum(len(s.split()) for s in _SENTENCES)
    text = "\n".join(" ".join(_SENTENCES) for _ in range(max(1, asked.words // each)))
    spans = sentences(text)
    count = len(text.split())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    loading = _seconds(gazetteer)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"gazetteer   {loading:.2f} s to load, {grown:.0f} MB more at the peak")
    keep(asked.o, "gazetteer", {"seconds to load": round(loading, 2), "MB": round(grown)})
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
        figures: Figures = {"words a second": round(count / taken)}
        said = ""
        if name == "times":
            document = taken / count * _DOCUMENT
            figures["milliseconds a document"] = round(1000 * document, 1)
            said = f"; a document of {_DOCUMENT} words in {1000 * document:.1f} ms, {_HEIDELTIME / document:,.0f} times as fast as 7 s"
        print(f"{name:<11} {count / taken:,.0f} words a second ({count:,} words in {taken:.2f} s){said}")
        keep(asked.o, name, figures)


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


if __name__ == "__main__":
    main()
