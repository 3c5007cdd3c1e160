"""What each decision does to an account, told from the account itself; a decision that does nothing any more is told too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.claims import statements_of
from twosource.corroborate.rulings.copies import pair_of
from twosource.corroborate.rulings.differences import is_of, unseen
from twosource.corroborate.rulings.judging import claims_of
from twosource.model import Account, Actor, Effect, Evidence, Reuse, Ruling, Statement, Thing

State = Literal["holds", "idle", "partly", "gone", "conflict"]
_DONE = {
    "merge": "found these {about}s to be one",
    "split": "took a part of this {about} for another one",
    "confirm": "confirmed this {about}",
    "reject": "rejected this {about}",
    "grade": "graded this {about} {value}",
    "verdict": "found this {about} to be “{value}”",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """How much of what a decision rested on is still there, and what carries it now."""

    left: int
    of: int
    things: tuple[str, ...]
    against: str = ""  # what later reports say against it
    idle: str = ""  # why it changes nothing


def effects(account: Account, rulings: Sequence[Ruling], shared: Sequence[Reuse] = ()) -> tuple[Effect, ...]:
    """One for each decision, in the order given; `shared` are the pairs as they were found before anybody decided."""
    statements = {s.id: s for s in account.statements}
    looks: Mapping[str, Callable[[Ruling], _Seen]] = {
        "actor": lambda r: _actors(account, r),
        "claim": lambda r: _claims(account, r, statements),
        "origin": lambda r: _origin(account, r, statements),
        "copy": lambda r: _copy(account, r, shared),
        "disagreement": lambda r: _difference(account, r),
        "report": lambda r: _reports(account, r),
    }
    return tuple(_effect(r, looks[r.about](r)) for r in rulings if r.about in looks)


def _effect(ruling: Ruling, seen: _Seen) -> Effect:
    state: State = "holds"
    more = ""
    if seen.of and not seen.left:
        state, more = "gone", "It rests on nothing that is still there."
    elif seen.against:
        state, more = "conflict", seen.against
    elif seen.left < seen.of:
        state, more = "partly", f"Of the {seen.of} passages that it rested on {seen.left} are still found."
    elif ruling.kind in ("merge", "split") and any(not t.rests_on and not t.ids for t in ruling.things):
        state, more = "idle", "The rest of it stands in another incident now."
    elif seen.idle:
        state, more = "idle", seen.idle
    about = f"origin ({ruling.value})" if ruling.about == "origin" else ruling.about
    done = _DONE.get(ruling.kind, ruling.kind).format(about=about, value=ruling.value or "")
    text = " ".join(x for x in (ruling.told(done), more) if x)
    return Effect(ruling.id, ruling.kind, ruling.about, state, text, seen.things)


# ------------------------------------------------------------------ actors


def _actors(account: Account, ruling: Ruling) -> _Seen:
    sides = [_bearers(account, t) for t in ruling.things]
    left = sum(len(mentions) for side in sides for mentions in side.values())
    of = sum(len(t.rests_on) for t in ruling.things)
    homes = [max(sorted(s), key=lambda i, s=s: len(s[i])) for s in sides if s]  # type: ignore[misc]
    spread = max((len(s) for s in sides), default=0) > 1 and ruling.kind == "merge"
    against = _both_named(account, ruling) if ruling.kind in ("merge", "split") else ""
    if not against and spread:
        against = "The mentions of one of them are found to be of several actors now."
    return _Seen(left, of, tuple(dict.fromkeys(homes)), against)


def _bearers(account: Account, thing: Thing) -> dict[str, list[Evidence]]:
    """The actors that have these mentions now, each with those it has."""
    held: dict[str, list[Evidence]] = {}
    for e in thing.rests_on:
        actor = _at(account, e)
        if actor is not None:
            held.setdefault(actor.id, []).append(e)
    return held


def _at(account: Account, e: Evidence) -> Actor | None:
    return next(
        (a for a in account.actors for m in a.mentions if m.report == e.report and m.span.overlaps(e.span)),
        None,
    )


def _both_named(account: Account, ruling: Ruling) -> str:
    """Of a merge: a later report that has names of both sides in full. Of a split: one actor of a later report has both."""
    texts = {a.id: a.text for a in account.articles}
    seen = {e.report for t in ruling.things for e in t.rests_on}
    sides = [{n for e in t.rests_on if (n := _name(e, texts))} for t in ruling.things]
    if len(sides) < 2 or any(not s for s in sides):
        return ""
    own = [s - set().union(*(o for o in sides if o is not s)) for s in sides]
    for actor in account.actors:
        later: dict[str, set[str]] = {}
        for m in actor.mentions:
            if m.report not in seen:
                later.setdefault(m.report, set()).add(_name(m, texts))
        for report in sorted(later):
            if sum(bool(later[report] & names) for names in own) > 1:
                return f"{report}, which came later, has both names."
    return ""


def _name(e: Evidence, texts: Mapping[str, str]) -> str:
    """A name in full, folded; nothing for single words."""
    words = e.span.of(texts.get(e.report, "")).casefold().split()
    return " ".join(words) if len(words) > 1 else ""


# ------------------------------------------------------------------ claims and their origins


def _claims(account: Account, ruling: Ruling, statements: Mapping[str, Statement]) -> _Seen:
    sides = [statements_of(t, statements) for t in ruling.things]
    left, of = sum(map(len, sides)), sum(len(t.ids) for t in ruling.things)
    now = tuple(dict.fromkeys(c.id for t in ruling.things for c in claims_of(account.claims, t, statements)))
    return _Seen(left, of, now, _against_claim(account, ruling, now, frozenset().union(*sides), statements))


def _against_claim(
    account: Account,
    ruling: Ruling,
    now: Sequence[str],
    seen: frozenset[str],
    statements: Mapping[str, Statement],
) -> str:
    later = [
        statements[s]
        for c in account.claims
        if c.id in now
        for s in c.statements
        if s not in seen and s in statements and statements[s].report not in {statements[x].report for x in seen}
    ]  # fmt: skip
    if ruling.kind == "merge":
        denials = [s for s in later if s.stance == "denies"]
        return f"{denials[0].report}, which came later, denies it: is it a denial of both?" if denials else ""
    if ruling.kind in ("grade", "verdict") and ruling.things[0].words and now:
        backing = next(b for b in account.backings if b.claim == now[0])
        was = ruling.things[0].words[-1]
        if backing.status != was:
            return f"It was {was.replace('_', ' ')} then and is {backing.status.replace('_', ' ')} now."
    return ""


def _origin(account: Account, ruling: Ruling, statements: Mapping[str, Statement]) -> _Seen:
    thing = ruling.things[0]
    seen = statements_of(thing, statements)
    now = claims_of(account.claims, thing, statements)
    who = (ruling.value or "").casefold()
    reports = {statements[s].report for s in seen}
    later = sorted(
        {
            statements[s].report
            for c in now
            for s in c.statements
            if s in statements
            and statements[s].report not in reports
            and (statements[s].who or "").casefold() == who
        }
    )
    against = f"{later[0]}, which came later, has it from there again." if later and ruling.kind == "reject" else ""  # fmt: skip
    return _Seen(len(seen), len(thing.ids), tuple(c.id for c in now), against)


# ------------------------------------------------------------------ copies, differences, reports


def _copy(account: Account, ruling: Ruling, shared: Sequence[Reuse]) -> _Seen:
    pair = pair_of(ruling)
    present = {a.id for a in account.articles}
    ids = tuple(i for t in ruling.things for i in t.ids)
    left = sum(i in present for i in ids)
    if pair is None or left < len(ids):
        return _Seen(0 if left < 2 else left, len(ids), ids)
    found = any((r.a, r.b) == pair for r in shared)
    if ruling.kind == "reject":
        kin = [r for r in account.reuse if r.relation in ("same_text", "revised", "shared_text")]
        third = sorted(
            i for i in present if all(any({r.a, r.b} == {i, p} for r in kin) for p in pair if p != i) and i not in pair
        )  # fmt: skip
        against = f"Both are still copies of {third[0]}." if third else ""
        return _Seen(left, len(ids), ids, against, "" if found else "The two are not found to share text.")
    return _Seen(left, len(ids), ids)


def _difference(account: Account, ruling: Ruling) -> _Seen:
    thing = ruling.things[0]
    present = {a.id for a in account.articles}
    left = sum(e.report in present for e in thing.rests_on)
    now = [d for d in account.disagreements if is_of(d, thing)]
    new = [v for d in now for v in unseen(d, thing)]
    against = f"Another value was reported since: {new[0]}." if new else ""
    idle = "" if now or ruling.kind == "reject" else "The difference is not found any more."
    return _Seen(left, len(thing.rests_on), tuple(d.id for d in now), against, idle)


def _reports(account: Account, ruling: Ruling) -> _Seen:
    present = {a.id for a in account.articles}
    ids = tuple(i for t in ruling.things for i in t.ids)
    return _Seen(sum(i in present for i in ids), len(ids), ids)
