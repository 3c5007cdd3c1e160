"""What most reports suspect: why it happened or who did it, where nobody says it for sure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from twosource.brief.choosing import best_first, leans
from twosource.brief.evidence import Desk
from twosource.brief.passing import telling
from twosource.model import Claim, Statement

_LEAST = 2  # reports that must carry a suspicion
_SHARE = 0.25  # … of all
_SAID = 0.6  # of a suspicion's long words, that a line above may hold


@lru_cache
def _pattern() -> re.Pattern[str]:
    lists = tomllib.loads((files("twosource.brief") / "data" / "saying.toml").read_text(encoding="utf-8"))
    return re.compile(r"\b(?:" + "|".join(lists["suspicion"]) + ")", re.IGNORECASE)


def suspected(desk: Desk, already: list[str]) -> Iterator[tuple[Claim, Statement]]:
    """The suspicion that most reports carry, each with the statement that tells it; what lines above tell is left out.

    A report tells one where its sentence is unsure and speaks of a cause, a motive or a culprit.
    """
    found: dict[str, tuple[Claim, list[Statement]]] = {}
    carried: dict[str, set[str]] = {}
    for claim in desk.account.claims:
        unsure = [s for s in best_first(desk, claim) if _suspects(desk, s)]
        if claim.event == "main" and unsure:
            found[claim.id] = (claim, unsure)
            carried[claim.id] = {s.report for s in desk.of_claim(claim)}
    words = {
        i: {w.casefold() for s in xs for w in _pattern().findall(desk.content(s))}
        for i, (_, xs) in found.items()
    }
    weight = {
        i: set().union(*(carried[j] for j in found if words[i] & words[j])) for i in found
    }  # the same suspicion stands in several claims where each report words it in its own way
    at_least = max(_LEAST, _SHARE * len(desk.articles))
    for i in sorted(
        (i for i in found if len(weight[i]) >= at_least),
        key=lambda i: (-len(weight[i]), -len(carried[i]), list(found).index(i)),
    ):
        claim, unsure = found[i]
        for s in unsure:
            mine = telling(desk.content(s))
            if not leans(desk.content(s)) and not any(
                len(mine & telling(x)) >= _SAID * len(mine) for x in already
            ):
                yield claim, s
                break


def _suspects(desk: Desk, statement: Statement) -> bool:
    content = desk.content(statement)
    return (
        statement.certainty != "asserted"
        and statement.stance != "denies"
        and bool(_pattern().search(content))
    )
