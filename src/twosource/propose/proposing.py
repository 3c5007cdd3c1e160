"""An account with what a model proposed for it, as far as it held: first which claims are one, then plainer sentences.

A model sees the account as it may be shown, never what is withheld; judged is by what our own code read. What was accepted
and what was refused is on record, each with its reason and the model's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from twosource.brief.evidence import Desk, unsupported
from twosource.claims import Point, closeness, points
from twosource.model import Account, Claim, Evidence, Proposal, Ruling, Span, Statement, Thing
from twosource.propose.asking import Passage, ask_relation, ask_shorter, passages
from twosource.propose.client import Model, NoAnswer
from twosource.propose.judging import ALIKE, Side, against_one, against_stance, origins_risen, quoted
from twosource.propose.shortening import may_be_shortened, shortened
from twosource.resolve import resolve
from twosource.text import make_id

Again = Callable[[Sequence[Ruling]], Account]  # the account with these groupings in it
Cover = Callable[[Account], Account]
Told = Callable[[str, int, int | None], None]  # how far it has come

_PAIRS, _SENTENCES = "asking the model which claims are one", "asking the model for plainer sentences"

_CLAIMS = 30  # the most important ones, that are held against one another
_KEPT = 700  # characters of a proposal that are kept: more than any passage that a model is shown
_ROUNDS = 3  # in which groupings are tried together


@dataclass(frozen=True, slots=True)
class _Record:
    """A proposal while it is looked at: about the claims that hold these statements."""

    kind: Literal["grouping", "stance", "wording"]
    about: tuple[str, ...]
    text: str
    why: str
    accepted: bool = False
    evidence: tuple[Evidence, ...] = ()
    told: str = ""  # what the claim's reader is told of an accepted one

    def refused(self, why: str) -> _Record:
        return replace(self, accepted=False, why=why, evidence=(), told="")


class _Room:
    """An account and the same as a model may see it."""

    def __init__(self, account: Account, cover: Cover) -> None:
        self.account = account
        self.shown = cover(account)
        self.desk = Desk(self.shown)
        self.claims = {c.id: c for c in self.shown.claims}
        ids = zip(self.shown.articles, account.articles, strict=True)
        self._own = {s.id: a.id for s, a in ids}

    def own(self, evidence: Evidence) -> Evidence:
        """The evidence under the report's own id."""
        return replace(evidence, report=self._own[evidence.report])

    def passages(self, claim: Claim) -> tuple[Passage, ...]:
        """The words of a claim, those first in which it is told."""
        found = sorted(self.desk.of_claim(claim), key=lambda s: s.id != claim.worded)
        return passages(self.desk, found)


def _nobody(stage: str, done: int, total: int | None) -> None:
    """Nobody is told."""


def proposed(account: Account, model: Model, cover: Cover, again: Again, progress: Told = _nobody) -> Account:
    """The account with every proposal on record, and changed by those that held.

    `cover` gives the account without what is withheld, `again` makes it anew with groupings in it; `progress` is told before
    each question how far that is. Where a model gives nothing usable, what comes out is the account as it was.
    """
    room = _Room(account, cover)
    records = _related(room, model, progress)
    account, records = _joined(account, records, again)
    if account is not room.account:
        room = _Room(account, cover)
    worded = list(_worded(room, model, progress))
    records += [r for r, _ in worded]
    texts = {r.about[0]: text for r, text in worded if r.accepted}
    return _told(account, records, texts, model.name)


# ------------------------------------------------------------------ how claims stand to one another


def _related(room: _Room, model: Model, progress: Told) -> list[_Record]:
    account = room.account
    cast = resolve(account.articles, account.annotations)
    told = {p.statement.id: p for p in points(account.articles, account.annotations, cast)}
    found = []
    near = _near(account.claims, told)[: model.left // 2]
    for n, (a, b, alike) in enumerate(near):
        if not model.open:
            break
        progress(_PAIRS, n, len(near))
        record = _relation(room, model, _side(room, a, told), _side(room, b, told), alike)
        if record is not None:
            found.append(record)
    return _once(found)


def _side(room: _Room, claim: Claim, told: Mapping[str, Point]) -> Side:
    return Side(room.claims[claim.id], tuple(told[s] for s in claim.statements if s in told))


def _near(claims: Sequence[Claim], told: Mapping[str, Point]) -> list[tuple[Claim, Claim, float]]:
    """The pairs of important claims that have something in common, the most alike first."""
    known = [c for c in claims if _key(c) in told][:_CLAIMS]
    alike = closeness(list(told.values()), frozenset(_key(c) for c in known))
    pairs = [
        (a, b, alike(_key(a), _key(b)))
        for n, a in enumerate(known)
        for b in known[n + 1 :]
        if a.event == b.event
    ]
    near = [x for x in pairs if x[2] >= ALIKE]
    return sorted(near, key=lambda x: (-round(x[2], 6), x[0].id, x[1].id))


def _key(claim: Claim) -> str:
    """The statement by which a claim is found again."""
    return claim.worded or next(iter(claim.statements), "")


def _relation(room: _Room, model: Model, a: Side, b: Side, alike: float) -> _Record | None:
    of_a, of_b = room.passages(a.claim), room.passages(b.claim)
    blank = _Record("grouping", (_key(a.claim), _key(b.claim)), "", "")
    try:
        said = ask_relation(model, a.claim, b.claim, of_a, of_b)
    except NoAnswer as e:
        return blank.refused(str(e))
    if said.relation == "none":
        return None
    if said.relation == "same":
        why = against_one(a, b, alike, room.account.disagreements)
        if why:
            return blank.refused(why)
        where = tuple(room.own(p.evidence) for p in (*of_a[:1], *of_b[:1]))
        kept = (
            "numbers, people, days, places and polarity of the two do not clash, and no origin is won by it"
        )
        return replace(blank, accepted=True, why=kept, evidence=where, told="that these claims are one")
    record = replace(blank, kind="stance", text=_short(said.quote))
    found = quoted(said.quote, of_b)
    if found is None:
        return record.refused("the words quoted do not stand in the passages")
    why = against_stance(said.relation, said.quote, a, b)
    if why:
        return record.refused(why)
    own = room.own(found)
    return replace(
        record,
        accepted=True,
        why="the words quoted stand in the report, and what was read of them agrees",
        evidence=(own,),
        told=f"that {own.report} {said.relation} this with “{record.text}”; no figure rests on that",
    )


def _once(records: Iterable[_Record]) -> list[_Record]:
    """A claim is brought together with one other at most: a like b and b like c do not make a like c."""
    taken: set[str] = set()
    found = []
    for r in records:
        if r.accepted and r.kind == "grouping":
            if taken & set(r.about):
                r = r.refused("one of them is brought together with another already")
            else:
                taken.update(r.about)
        found.append(r)
    return found


def _joined(account: Account, records: list[_Record], again: Again) -> tuple[Account, list[_Record]]:
    """The account with the groupings that win no origin and lose no denial; the others are refused."""
    for _ in range(_ROUNDS):
        rulings = [_ruling(account, r) for r in records if r.accepted and r.kind == "grouping"]
        if not rulings:
            return account, records
        after = again(rulings)
        judged = [_risen(account, after, r) for r in records]
        if judged == records:
            return after, records
        records = judged
    lost = "what it does to the origins could not be settled"
    return account, [r.refused(lost) if r.accepted and r.kind == "grouping" else r for r in records]


def _risen(before: Account, after: Account, record: _Record) -> _Record:
    if not record.accepted or record.kind != "grouping":
        return record
    joined = frozenset(s for c in before.claims if _key(c) in record.about for s in c.statements)
    why = origins_risen(before, after, joined)
    return record.refused(why) if why else record


def _ruling(account: Account, record: _Record) -> Ruling:
    sides = [c.statements for c in account.claims if _key(c) in record.about]
    return Ruling(_id(record), "join", "claim", tuple(Thing(ids=s) for s in sides), "")


# ------------------------------------------------------------------ plainer sentences


def _worded(room: _Room, model: Model, progress: Told) -> Iterator[tuple[_Record, str]]:
    statements = {s.id: s for s in room.shown.statements}
    asked = room.shown.claims[:_CLAIMS]
    for n, claim in enumerate(asked):
        if not model.open:
            return
        progress(_SENTENCES, n, len(asked))
        statement = statements.get(claim.worded or "")
        found = _sentence(room, model, claim, statement) if statement is not None else None
        if found is not None:
            yield found


def _sentence(room: _Room, model: Model, claim: Claim, statement: Statement) -> tuple[_Record, str] | None:
    article = room.desk.articles[statement.report]
    pieces = (*statement.content, *statement.source, *statement.cue)
    held = room.desk.annotations[statement.report]
    sentences = [s for s in held.sentences if any(p.overlaps(s.span) for p in pieces)]
    if not may_be_shortened(claim.text, article.text, sentences):
        return None
    record = _Record("wording", (statement.id,), "", "")
    try:
        said = ask_shorter(model, claim)
    except NoAnswer as e:
        return record.refused(str(e)), ""
    if not said.strip() or said.split() == claim.text.split():
        return None
    record = replace(record, text=_short(said))
    settings = [*(t.span for t in held.times), *(p.span for p in held.places)]
    made = shortened(said, claim.text, article.text, sentences, settings)
    if made.why:
        return record.refused(made.why), ""
    where = Evidence(article.id, Span(sentences[0].span.start, sentences[-1].span.end))
    if unsupported(made.text, [room.desk.text(where)]):
        return record.refused("a number or a name of it does not stand in the passage"), ""
    why = "it is the report's own words with some left out that deny, doubt, limit and attribute nothing"
    told = "this wording, of the report's own words"
    return replace(
        record, text=made.text, accepted=True, why=why, evidence=(room.own(where),), told=told
    ), made.text


# ------------------------------------------------------------------ what is on record


def _told(account: Account, records: Sequence[_Record], texts: Mapping[str, str], model: str) -> Account:
    """The account with the new wordings, each claim that a proposal shaped saying so, and the proposals."""
    home = {s: c.id for c in account.claims for s in c.statements}
    notes: dict[str, list[str]] = {}
    for r in records:
        if r.accepted:
            note = f"Proposed by {model}, checked against the passages: {r.told}."
            notes.setdefault(home[r.about[0]], []).append(note)
    claims, backings = [], []
    for claim, backing in zip(account.claims, account.backings, strict=True):
        more = notes.get(claim.id, [])
        text = next((texts[s] for s in claim.statements if s in texts and s == claim.worded), None)
        if text is not None:
            claim = replace(claim, text=text, unframed=claim.said)
        claims.append(replace(claim, why=" ".join([claim.why, *more]).strip()) if more else claim)
        backings.append(replace(backing, why=" ".join([backing.why, *more]).strip()) if more else backing)
    found = tuple(
        Proposal(
            _id(r),
            r.kind,
            tuple(dict.fromkeys(home[s] for s in r.about if s in home)),
            r.text,
            r.accepted,
            r.why,
            model,
            r.evidence,
        )
        for r in records
    )
    return replace(account, claims=tuple(claims), backings=tuple(backings), proposals=found)


def _id(record: _Record) -> str:
    return make_id("p", record.kind, *record.about, record.text)


def _short(text: str) -> str:
    return " ".join(text.split())[:_KEPT]
