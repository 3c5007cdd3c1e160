"""What a case holds, as rows: its lists, and single things under the ids that they have now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from twosource.case.anchoring import accounts_with
from twosource.case.withholding import confidential
from twosource.clean import clean
from twosource.store import Store, derived, evidence, mastheads
from twosource.store.decisions import Decision, history, in_force
from twosource.store.search import Hit
from twosource.wire import report

Row = dict[str, Any]
_NOUNS = ("claims", "actors", "statements", "disagreements")


def report_in(store: Store, name: str) -> Row | None:
    """A report as `read` writes it, None when there is none of that id."""
    with store.reads() as c:
        return _report(c, name)


def _report(c: Connection, name: str) -> Row | None:
    numbers = evidence.numbers_of(c, [name])
    if name not in numbers:
        return None
    return report(evidence.fetch(c, [numbers[name]])[numbers[name]])


def row_of(store: Store, name: str) -> Row | None:
    """A report, a decision, or a claim, actor, statement or difference with its incident and what was decided about it.

    None for an incident, and where there is nothing of that id.
    """
    with store.reads() as c:
        log = history(c)
        holds = {d.id for d in in_force(log)}
        if (found := _report(c, name)) is not None:
            marked = {"confidential": True} if name in confidential(c) else {}
            return {**found, **marked, **_about(c, log, holds, name)}
        for d in log:
            if d.id == name:
                return decision_row(d, d.id in holds)
        current = derived.current(c, name)
        if derived.numbers_in(c, [current]):
            return None
        for account in accounts_with(c, current):
            for noun in _NOUNS:
                for thing in account[noun]:
                    if thing["id"] == current:
                        return {**thing, "incident": account["id"], **_about(c, log, holds, current)}
    return None


def _about(c: Connection, log: list[Decision], holds: set[str], name: str) -> Row:
    found = [
        decision_row(d, True)
        for d in log
        if d.id in holds and name in {derived.current(c, t) for t in d.targets}
    ]
    return {"decided": found} if found else {}


def decision_row(d: Decision, holds: bool) -> Row:
    """A decision as it is on record, and whether it holds."""
    return {
        "id": d.id,
        "at": d.at,
        "who": d.who,
        "kind": d.kind,
        "about": d.about,
        "targets": list(d.targets),
        "value": d.said,
        "why": d.why,
        "undoes": d.undoes,
        "holds": holds,
    }


def hit_row(h: Hit) -> Row:
    """What a search found, with where its words stand in the snippet."""
    return {
        "noun": h.noun,
        "id": h.id,
        "incident": h.incident,
        "report": h.report,
        "title": h.title,
        "snippet": h.snippet,
        "marks": [list(m) for m in h.marks],
        **({} if h.alike is None else {"alike": h.alike}),
    }


def reports_of(store: Store) -> list[Row]:
    """Every report with its incident, its marks, and the outlet and date that it has or that its head shows."""
    with store.reads() as c:
        held = list(evidence.listed(c))
        numbers = [r.n for r in held]
        home, heads = derived.incidents_of(c, numbers), mastheads.of(c, numbers)
        unread = [r.n for r in held if r.n not in heads and not (r.outlet and r.published)]
        heads |= {
            n: (a.outlet, a.published) for n, r in evidence.fetch(c, unread).items() for a in clean([r])
        }
        hidden, tags = confidential(c), tags_of(c)
    return [
        {
            "id": r.id,
            "title": r.title,
            "outlet": r.outlet or heads.get(r.n, (None, None))[0],
            "published": r.published or heads.get(r.n, (None, None))[1],
            "url": r.url,
            "words": r.words,
            "incident": home.get(r.n),
            "confidential": r.id in hidden,
            "tags": tags.get(r.id, []),
        }
        for r in held
    ]


def incidents_of(store: Store) -> list[Row]:
    """Every incident, the largest first."""
    with store.reads() as c:
        tags = tags_of(c)
        return [
            {
                "id": i.id,
                "title": i.title,
                "when": i.when,
                "where": i.place,
                "reports": i.reports,
                "outlets": i.outlets,
                "why": i.why,
                "tags": tags.get(i.id, []),
            }
            for i in list(derived.listed(c))
        ]


def tags_of(c: Connection) -> dict[str, list[str]]:
    """The tags of each thing that has some, under the id that it has now."""
    found: dict[str, set[str]] = {}
    for d in in_force(history(c)):
        for target in d.targets if d.kind == "tag" and d.value else ():
            found.setdefault(derived.current(c, target), set()).add(d.value or "")
    return {i: sorted(words) for i, words in found.items()}
