"""The sentence that says why a claim has that many origins, with figures and words that a reader can look up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twosource.corroborate.origins.counting import Count
from twosource.corroborate.origins.naming import called
from twosource.corroborate.origins.voices import NOT_GIVEN, Desk, Voice
from twosource.corroborate.ownership import of_owners

_MANY = 4


def because(
    found: Count, reports: Sequence[str], outlets: Sequence[str], collectors: Sequence[str], at: Desk
) -> str:
    """One sentence: the chain of figures, then who each origin is and in which words which report shows it."""
    unknown = sum(at.outlet(r) is None for r in reports)
    of_outlets = _number(len(outlets), "known outlet") if unknown else _number(len(outlets), "outlet")
    chain = [
        _number(len(reports), "report"),
        of_outlets + of_owners(at.houses.holdings((r, at.outlet(r)) for r in reports), len(outlets)),
        _number(len(collectors), "known collector"),
        _number(found.independent, "independent origin"),
    ]
    who = [_who(group, at) for group in found.origins[:_MANY] if group[0].role != "own"]
    if len([g for g in found.origins if g[0].role != "own"]) > _MANY:
        who.append("others")
    said = "; ".join(who) if who else "only the reports' own voices say so, which together count as one"
    most = (
        f"; at most {found.at_most}, since unnamed sources may differ"
        if found.at_most > found.independent
        else ""
    )
    return f"{' → '.join(chain)}: {said}{most}{_echoed(found)}."


def of_one_owner(outlets: Iterable[str], collectors: Iterable[str], at: Desk) -> list[str]:
    """A sentence for each owner of several who published or gathered it, with what says that they are one's."""
    told = []
    for names, known in at.houses.shared({*outlets, *collectors}):
        why = "; ".join(dict.fromkeys(h.why for h in known))
        told.append(f"{', '.join(names[:-1])} and {names[-1]} are of one owner and gather as one: {why}.")
    return told


def _echoed(found: Count) -> str:
    """The detail for which two may have one source that neither names."""
    if not found.echoes:
        return ""
    e = found.echoes[0]
    words = " ".join(e.words.split())
    more = f", and {len(found.echoes) - 1} more such details" if len(found.echoes) > 1 else ""
    return f"; may rest on one unknown source: both say “{words}”, one in {e.report}, the other in {e.other}{more}"


def _number(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}"


def _who(group: Sequence[Voice], at: Desk) -> str:
    shown: list[str] = []
    for v in group:
        text = at.articles[v.statement.report].text
        words = " … ".join(" ".join(s.of(text).split()) for s in v.statement.source[:1])
        told = f" told {v.statement.told}" if v.statement.told in v.collectors else ""
        mark = (
            f"“{words}”{told} in {v.statement.report}"
            if words
            else f"{told.strip()} in {v.statement.report}".strip()
        )
        if mark not in shown:
            shown.append(mark)
    more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
    return f"{called(group, at) or NOT_GIVEN} ({', '.join(shown[:3])}{more})"
