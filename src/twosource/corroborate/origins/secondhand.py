"""Who has it from whom, where the words for a source say so: "Roe's office", a councillor "who was briefed by detectives"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from twosource.corroborate.origins.callings import callings
from twosource.corroborate.origins.voices import Desk, Voice

_OFFICE = re.compile(r"\A(?:the )?(?P<who>[A-Z].{1,60}?)\s?['’]\s?s?\s(?:office|staff|team)\Z")
_BRIEFED = re.compile(r"\b(?:briefed|informed|notified|updated) (?:\w+ )?by (?P<by>[^,;.()]{3,80})")
_LONGEST = 300  # characters of a source's words that are read


def attached(voices: Mapping[str, Voice], at: Desk) -> dict[str, Voice]:
    """The voices with what their sources' words tell of others: whose office speaks, and who told somebody what he tells.

    An office has the calling of the one whose it is. What somebody was briefed of once, he has from there in all reports.
    """
    heard: dict[str, frozenset[str]] = {}
    for _, v in sorted(voices.items()):
        if v.role == "source" and (m := _BRIEFED.search(_words(v, at))):
            heard[v.body] = heard.get(v.body, frozenset()) | callings(m["by"])
    return {
        i: replace(
            v,
            heard_by=v.heard_by | heard.get(v.body, frozenset()),
            callings=v.callings | _of_office(v, at),
        )
        for i, v in voices.items()
    }


def _words(v: Voice, at: Desk) -> str:
    article = at.articles.get(v.statement.report)
    if article is None or not v.statement.source:
        return ""
    first = v.statement.source[0].start
    last = max(s.end for s in v.statement.source)
    return article.text[first : min(last, first + _LONGEST)]


def _of_office(v: Voice, at: Desk) -> frozenset[str]:
    m = _OFFICE.match(v.statement.who or "") if v.role == "source" else None
    actor = at.cast.named(m["who"]) if m else None
    if actor is None:
        return frozenset()
    bodies = (a.name for a in at.cast.actors if a.id in actor.affiliations)
    return callings(*actor.titles, *actor.roles, *bodies)
