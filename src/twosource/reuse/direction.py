"""Which of two reports is the older: dates, credits, update notes, and what was added or taken away."""

from __future__ import annotations

from twosource.model import Article, RelationName
from twosource.reuse.overlap import Overlap
from twosource.reuse.relation import days

_VERSIONS = ("same_text", "revised")
GROWTH = 4  # words by which one version must be longer for its length to say anything


def older(
    a: Article, b: Article, relation: RelationName, o: Overlap, sizes: tuple[int, int]
) -> tuple[str | None, str]:
    """The id of the older report and the reason, or None where nothing tells.

    Length speaks only between versions of one article: articles grow. Between outlets a shorter copy is as likely a cut.
    """
    for first, second in ((a, b), (b, a)):
        da, db = days(first.published), days(second.published)
        if da and db and da < db:
            return first.id, f"{first.id} is dated {first.published}, {second.id} {second.published}"
    for first, second in ((a, b), (b, a)):
        name = (first.outlet or "").casefold()
        if name and any(c.role == "copy" and c.outlet.casefold() == name for c in second.masthead.credits):
            return first.id, f"{second.id} credits {first.outlet}"
    if relation in _VERSIONS or (relation == "shared_text" and not (a.outlet and b.outlet)):
        return _by_edits(a, b, o, sizes)
    return None, ""


def _by_edits(a: Article, b: Article, o: Overlap, sizes: tuple[int, int]) -> tuple[str | None, str]:
    for first, second in ((a, b), (b, a)):
        if second.masthead.notes and not first.masthead.notes:
            return first.id, f"{second.id} bears a note of correction or update"
        if (second.report.modified or second.masthead.modified) and not (
            first.report.modified or first.masthead.modified
        ):
            return first.id, f"{second.id} says that it was modified"
    only_a, only_b = sizes[0] * (1 - o.ours), sizes[1] * (1 - o.theirs)
    if abs(only_a - only_b) < GROWTH:
        return None, ""
    first = a if only_a < only_b else b
    return (
        first.id,
        f"the other has {abs(only_a - only_b):.0f} words more that are its own, and articles grow",
    )
