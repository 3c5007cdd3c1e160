"""What two reports are to each other, from how much text they have in common and who published them when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from twosource.model import Article, RelationName
from twosource.reuse.overlap import LEAST, SAME, Overlap

REPRINT = 0.85  # … where nearly all of one is in the other, which another outlet printed under a headline of its own
VERSION = 0.5  # of both reports' own words, for versions of one article
VERSION_DAYS = (
    7  # an article is brought up to date within days; later on, the outlet reuses its old text in a new one
)
SENTENCES = (
    2  # sentences of common running prose that two people do not both write, with LEAST common words in all
)
WORDS = 40  # or as many words of it in pieces, where each sentence was lightly reworded
SOURCE_WORDS = 15  # common words outside quotation marks that point to a common source
QUOTED_WORDS = 8  # common words inside quotation marks that do


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation and the sentence that says why."""

    relation: RelationName
    why: str


def relate(a: Article, b: Article, o: Overlap) -> Verdict:
    """The relation of two reports by their text alone: `shared_source` is said only where common words show it."""
    both = min(o.ours, o.theirs)
    share = f"{_percent(o.ours)} of {a.id} and {_percent(o.theirs)} of {b.id} are the same words"
    if (
        both >= SAME
        and _same_outlet(a, b)
        and _days_apart(a, b) > VERSION_DAYS
        and a.report.title != b.report.title
    ):
        return Verdict(
            "shared_text",
            f"{share}, but {a.outlet} published it again {_days_apart(a, b)} days later under another title.",
        )
    if both >= SAME:
        return Verdict("same_text", f"{share}; what differs is furniture and small edits.")
    if both >= REPRINT and o.containment >= SAME and not _same_outlet(a, b):
        return Verdict("same_text", f"{share}; what differs is the headline, furniture and notes.")
    running = o.prose_words >= WORDS or (o.prose_words >= LEAST and o.prose >= SENTENCES)
    if running and both >= VERSION and _one_publisher(a, b) and _days_apart(a, b) <= VERSION_DAYS:
        return Verdict("revised", f"{share}: {_publisher(a, b)}, with text added, removed or reworded.")
    later = max(a, b, key=lambda x: x.published or "")
    if running and later.masthead.notes and _same_outlet(a, b) and 0 < _days_apart(a, b) <= VERSION_DAYS:
        return Verdict("revised", f"{share}: two versions by {a.outlet}; the later says that it was updated.")
    if running:
        return Verdict(
            "shared_text", f"{_count(o)} running prose in common outside quotation marks; {share}."
        )
    if o.quoted_words >= QUOTED_WORDS and o.prose_words < SOURCE_WORDS:
        return Verdict(
            "shared_source",
            f"They quote the same words ({o.quoted_words}) and share no running prose beyond.",
        )
    if o.quoted_words >= QUOTED_WORDS or o.prose_words >= SOURCE_WORDS:
        return Verdict(
            "shared_source",
            f"They share {o.quoted_words} quoted and {o.prose_words} other words in short runs, too few for a copy.",
        )
    return Verdict(
        "independent",
        f"Only {o.prose_words + o.quoted_words} words in short common runs, as any two reports of one matter may have.",
    )


def days(when: str | None) -> date | None:
    """The day of an EDTF value that has a full one."""
    try:
        return date.fromisoformat((when or "")[:10])
    except ValueError:
        return None


def _days_apart(a: Article, b: Article) -> int:
    """Days between the two dates of publication; none where one is unknown."""
    da, db = days(a.published), days(b.published)
    return abs((da - db).days) if da and db else 0


def _one_publisher(a: Article, b: Article) -> bool:
    """Whether nothing says that they have two publishers."""
    return _same_outlet(a, b) or not (a.outlet and b.outlet)


def _same_outlet(a: Article, b: Article) -> bool:
    return bool(a.outlet and b.outlet) and (a.outlet or "").casefold() == (b.outlet or "").casefold()


def _publisher(a: Article, b: Article) -> str:
    return (
        f"two versions by {a.outlet}"
        if _same_outlet(a, b)
        else "two versions, as far as the publisher is known"
    )


def _percent(x: float) -> str:
    return f"{x:.0%}"


def _count(o: Overlap) -> str:
    return f"{o.prose} sentences of" if o.prose >= SENTENCES else f"{o.prose_words} words of lightly reworded"
