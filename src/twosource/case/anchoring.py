"""What the ids that a person names stand for now, in ids and stretches of reports that never change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from twosource.errors import UsageError
from twosource.store import derived, evidence
from twosource.store.decisions import Anchor, anchor
from twosource.text import normal

Meant = tuple[str, list[list[Anchor]]]  # the noun, and what each of the ids rests on


def meant(c: Connection, kind: str, ids: Sequence[str], value: str | None) -> Meant:
    """The noun of the ids, and for each the reports, statements or passages that it stands for.

    Raises UsageError for an id that there is none of, for ids of different things, and for things that the kind cannot be about.
    """
    if kind == "split":
        return _taken_out(c, ids, value)
    if kind == "redact" and not ids:
        return "name", []
    found = [one(c, i) for i in ids]
    if len({noun for noun, _ in found}) > 1:
        listed = ", ".join(f"{i} ({noun})" for i, (noun, _) in zip(ids, found, strict=True))
        raise UsageError(f"these are different things: {listed}")
    noun, anchors = found[0][0], [a for _, a in found]
    if kind in ("confirm", "reject"):
        return _found(c, noun, ids, anchors, value)
    _fits(kind, noun)
    return noun, anchors


_ABOUT = {
    "merge": ("incident", "actor", "claim"),
    "grade": ("claim", "actor", "report"),
    "verdict": ("claim",),
    "confidential": ("report", "incident"),
    "redact": ("actor",),
}


def _fits(kind: str, noun: str) -> None:
    able = _ABOUT.get(kind)
    if kind == "merge" and noun not in _ABOUT["merge"]:
        raise UsageError(f"a {noun} cannot be merged: incidents, actors and claims can")
    if able and noun not in able:
        raise UsageError(f"{kind} is not for {_a(noun)}: it takes the id of {' or '.join(map(_a, able))}")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aio" else f"a {noun}"


def _found(
    c: Connection, noun: str, ids: Sequence[str], anchors: list[list[Anchor]], value: str | None
) -> Meant:
    """What was found, right or wrong: two reports are a copy, a claim with a name is an origin of it."""
    if noun == "report" and len(ids) > 1:
        if len(set(ids)) != 2:
            raise UsageError("a copy is two reports: name both")
        return "copy", anchors
    if noun == "claim" and value:
        (name, *more) = ids
        if more:
            raise UsageError("an origin belongs to one claim: name that one")
        claim = next(x for x in _account_with(c, name)["claims"] if x["id"] == derived.current(c, name))
        known = [o["who"] for o in claim["origins"] if o["who"]]
        if normal(value) not in {normal(k) for k in known}:
            raise UsageError(
                f"{value!r} is no origin of {name}: {'; '.join(known) or 'it has none with a name'}"
            )
        return "origin", anchors
    return noun, anchors


# ------------------------------------------------------------------ one thing


def one(c: Connection, name: str) -> tuple[str, list[Anchor]]:
    """What an id means and rests on; ids that were merged away lead to what they became."""
    current = derived.current(c, name)
    numbers = derived.numbers_in(c, [current]).get(current)
    if numbers:
        return "incident", [Anchor(r) for r in evidence.ids_of(c, numbers)]
    if name in evidence.numbers_of(c, [name]):
        return "report", [Anchor(name)]
    found = _in_accounts(c, current)
    if found is None:
        raise UsageError(
            f"there is nothing called {name!r} in the case: `case search` and `case show` name the ids"
        )
    return found


def _in_accounts(c: Connection, name: str) -> tuple[str, list[Anchor]] | None:
    """A claim, actor, statement or disagreement of an account, by what it rests on."""
    for account in accounts_with(c, name):
        where = {s["id"]: _statement(s) for s in account["statements"]}
        if name in where:
            return "statement", [where[name]]
        for claim in account["claims"]:
            if claim["id"] == name:
                found = Anchor(words=f"{claim['grade']['source']}{claim['grade']['information']}")
                held = [where[s] for s in claim["statements"] if s in where]
                return "claim", [*held, found, Anchor(words=claim["status"])]
        for actor in account["actors"]:
            if actor["id"] == name:
                names = dict.fromkeys([actor["name"], *actor["aliases"]])
                return "actor", [*map(_stretch, actor["mentions"]), *(Anchor(words=n) for n in names)]
        for d in account["disagreements"]:
            if d["id"] == name:
                sides = list(dict.fromkeys(_stretch(s) for s in d["sides"]))
                words = [d["kind"], *sorted({s["value"] for s in d["sides"]})]
                return "disagreement", [*sides, *(Anchor(words=w) for w in words)]
    return None


def accounts_with(c: Connection, name: str) -> Iterator[Any]:
    """The accounts that may hold a thing of that id, as they are stored."""
    for incident in derived.incidents_with(c, name):
        account = derived.account(c, incident)
        if account is not None:
            yield account


def _account_with(c: Connection, claim: str) -> Any:
    name = derived.current(c, claim)
    return next(a for a in accounts_with(c, name) if any(x["id"] == name for x in a["claims"]))


def _statement(row: Any) -> Anchor:
    start, end = row["content"][0] if row["content"] else (0, 0)
    return Anchor(row["report"], start, end, row["id"])


def _stretch(row: Any) -> Anchor:
    return Anchor(row["report"], row["start"], row["end"])


# ------------------------------------------------------------------ taken out


def _taken_out(c: Connection, ids: Sequence[str], value: str | None) -> Meant:
    """Split: what was taken out, and what stays of the incident, claim or actor that it was taken out of."""
    numbers = evidence.numbers_of(c, ids)
    if all(i in numbers for i in ids):
        return _reports_out(c, ids, numbers)
    stretches = [anchor(i, "actor") for i in ids]
    if all(a.start is not None and a.statement is None for a in stretches):
        return _mentions_out(c, stretches)
    if len(ids) == 1 and value and one(c, ids[0])[0] == "actor":
        return _name_out(c, ids[0], value)
    nouns = {i: one(c, i)[0] for i in ids if i not in numbers}
    if set(nouns.values()) == {"statement"} and not numbers:
        return _statements_out(c, ids)
    raise UsageError(
        "split takes reports out of their incident, statements out of their claim, or mentions (REPORT:START:END, or the actor's id "
        f"with --value NAME) out of their actor; {', '.join(f'{i} is {n}' for i, n in nouns.items())}"
    )


def _reports_out(c: Connection, ids: Sequence[str], numbers: dict[str, int]) -> Meant:
    homes = set(derived.incidents_of(c, list(numbers.values())).values())
    if len(homes) != 1:
        raise UsageError("split takes reports out of one incident; these stand in several, or in none yet")
    every = evidence.ids_of(c, derived.numbers_in(c, sorted(homes))[homes.pop()])
    rest = sorted(set(every) - set(ids))
    if not rest:
        raise UsageError("these are all the reports of the incident: nothing would be left of it")
    return "incident", [[Anchor(i) for i in sorted(set(ids))], [Anchor(r) for r in rest]]


def _statements_out(c: Connection, ids: Sequence[str]) -> Meant:
    wanted = set(ids)
    for account in accounts_with(c, ids[0]):
        where = {s["id"]: _statement(s) for s in account["statements"]}
        for claim in account["claims"]:
            mine = set(claim["statements"])
            if not wanted & mine:
                continue
            if not wanted < mine:
                raise UsageError(
                    "split takes some statements out of one claim; these stand in several, or are all that it has"
                )
            out = [where[s] for s in claim["statements"] if s in wanted]
            return "claim", [out, [where[s] for s in claim["statements"] if s not in wanted]]
    raise UsageError("these statements are in no claim")


def _mentions_out(c: Connection, stretches: Sequence[Anchor]) -> Meant:
    reports = [a.report for a in stretches if a.report]
    numbers = evidence.numbers_of(c, reports)
    for incident in sorted(set(derived.incidents_of(c, sorted(numbers.values())).values())):
        for actor in (derived.account(c, incident) or {"actors": []})["actors"]:
            mentions = [_stretch(m) for m in actor["mentions"]]
            out = [m for m in mentions if any(_overlap(m, a) for a in stretches)]
            if len(out) >= len(stretches):
                return _apart(out, mentions)
    raise UsageError("these stretches are not mentions of one actor: `case show ID -o FILE.json` lists them")


def _overlap(a: Anchor, b: Anchor) -> bool:
    return a.report == b.report and (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)


def _name_out(c: Connection, actor: str, name: str) -> Meant:
    """All mentions of an actor under one of its names."""
    wanted = normal(" ".join(name.split()))
    _, held = one(c, actor)
    mentions = [a for a in held if a.words is None]
    texts = {
        r.id: r.text
        for r in evidence.fetch(
            c, sorted(evidence.numbers_of(c, sorted({a.report or "" for a in mentions})).values())
        ).values()
    }
    out = [m for m in mentions if normal(" ".join(texts[m.report or ""][m.start : m.end].split())) == wanted]
    if not out:
        raise UsageError(f"{actor} is nowhere called {name!r}")
    return _apart(out, mentions)


def _apart(out: list[Anchor], mentions: Sequence[Anchor]) -> Meant:
    rest = [m for m in mentions if m not in out]
    if not rest:
        raise UsageError("these are all the mentions of the actor: nothing would be left of it")
    return "actor", [out, rest]
