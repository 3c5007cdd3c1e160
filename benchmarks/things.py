"""How fast times, quantities and places are found, and what the gazetteer costs: `python -m benchmarks.things [--words N] [--write]`.

The text is made here from sentences of our own, so that the figures can be had anywhere; seconds are of processor time. Beside times stands
dateparser's `search_dates` on a part of the same text, which finds dates and no more, and what is published for HeidelTime: that one
is cited, not measured here.
"""

from __future__ import annotations

import resource
from collections.abc import Callable

from benchmarks.figures import Figures, asked, tell
from benchmarks.timing import Clock, least

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


# Seconds that are published for a document by HeidelTime, a Java program, with its tagger; not measured here.
_HEIDELTIME = 7.0
_DOCUMENT = 400  # words: the middle document of the sets that times are measured on is about so long
_PEER = 3_000  # words for dateparser


def main() -> None:
    """The gazetteer, then each of the three."""
    given = asked("things", __doc__, ("--words", {"type": int, "default": 100_000}))
    tell("gazetteer", loading(), given.out)
    text, few = made(given.words), made(_PEER)
    for name, find in FINDERS.items():
        find(few)  # so that no pattern is compiled while it is timed
        clock = Clock()
        took = least(lambda find=find: find(text), 2)
        count = len(text.split())
        figures: Figures = {"words": count, "words a second": round(count / took)}
        if name == "times":
            figures |= beside_times(took / count, few)
        tell(name, figures | {"other work on the machine (%)": clock.others}, given.out)


def made(words: int) -> str:
    """A text of about that many words."""
    each = sum(len(s.split()) for s in _SENTENCES)
    return "\n".join(" ".join(_SENTENCES) for _ in range(max(1, words // each)))


def loading() -> Figures:
    """What the gazetteer costs once."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock = Clock()
    gazetteer()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"processor seconds to load": round(clock.processor, 2), "MB": round(grown)}


def beside_times(a_word: float, few: str) -> Figures:
    """A document of times, and the peers."""
    document = a_word * _DOCUMENT
    figures: Figures = {
        "milliseconds a document of 400 words": round(1000 * document, 1),
        "HeidelTime, seconds a document, as published": _HEIDELTIME,
        "times as fast as HeidelTime as published": round(_HEIDELTIME / document),
    }
    try:
        from dateparser.search import search_dates
    except ImportError:
        return figures
    search_dates(few[:300], languages=["en"])
    took = least(lambda: search_dates(few, languages=["en"]), 1)
    return figures | {"dateparser, words a second": round(len(few.split()) / took)}


FINDERS: dict[str, Callable[[str], object]] = {
    "times": lambda text: find_times(text, sentences(text), "2020-03-05"),
    "quantities": lambda text: find_quantities(text, sentences(text)),
    "places": lambda text: find_places(text, sentences(text)),
}

if __name__ == "__main__":
    main()
