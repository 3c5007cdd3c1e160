"""Stories that another report calls false in its own voice: what they quote somebody as saying, only they say."""

from __future__ import annotations

import re

from twosource.brief.evidence import Desk
from twosource.claims.hollow import is_hollow
from twosource.model import Statement

# A report that has such a word may itself tell that it is none.
_DOUBTS = re.compile(
    r"\b(?:hoax|fake|false|untrue|not true|debunk|satir|rumou?r|prank|den(?:y|ie))", re.IGNORECASE
)


def disbelieved(desk: Desk) -> frozenset[str]:
    """The reports that tell as so what another report, naming nobody for it, calls false; none where no report does.

    A body's denial that a report carries is a dispute, not a verdict of the report's own.
    """
    kept = desk.kept.get("disbelieved")
    if isinstance(kept, frozenset):
        return kept
    told = {
        s for b in desk.account.backings for d in b.denials if d.target == "claim" for s in (d.statement,)
    }
    doubters = {
        s.report
        for s in desk.account.statements
        if s.id in told and s.mode == "narration" and is_hollow(desk.content(s))
    }
    found = frozenset(
        a.id
        for a in desk.account.articles
        if doubters and a.id not in doubters and not _DOUBTS.search(a.text)
    )
    desk.kept["disbelieved"] = found
    return found


def only_in_disbelieved(desk: Desk, statements: list[Statement]) -> bool:
    """Whether all that is said stands in such stories."""
    reports = disbelieved(desk)
    return bool(statements) and all(s.report in reports for s in statements)
