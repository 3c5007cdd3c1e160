"""The claim that an incident turns on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.model import Article, Backing, Claim

_NEARLY = 0.6  # of the reports that the most important claim has
_FRAGMENT = re.compile(r"(?:to|in|at|on|of|for|by|with|from|as|than|being|having)\b[^,]*\Z", re.IGNORECASE)


def central_claim(
    claims: Sequence[Claim], backings: Sequence[Backing], articles: Sequence[Article]
) -> str | None:
    """The id of the most important claim of the main event that somebody is given for; None without any claim.

    Claims come with the most important first. One that only the reports' own voices say is passed over when another
    is in nearly as many reports, since a brief turns on who says so; so is one whose words are no whole sentence.
    """
    if not claims:
        return None
    pairs = [(c, b) for c, b in zip(claims, backings, strict=True) if c.event == "main"]
    if not pairs:
        return claims[0].id
    most = min(len(pairs[0][1].reports), len(articles))
    whole = [(c, b) for c, b in pairs if not _FRAGMENT.match(c.text)] or pairs
    said = (c for c, b in whole if b.status != "reporter_only" and len(b.reports) >= _NEARLY * most)
    return next(said, whole[0][0]).id
