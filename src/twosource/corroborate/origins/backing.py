"""What stands behind each claim: reports → outlets → collectors → independent origins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from twosource.claims import Point, closeness, points, statements_of
from twosource.corroborate.origins.basis import basis_of
from twosource.corroborate.origins.contraries import bears_out
from twosource.corroborate.origins.counting import Count, count
from twosource.corroborate.origins.coverage import covers, is_part, worded_as
from twosource.corroborate.origins.denials import (
    Contest,
    contest,
    denials_of,
    deniers,
    opponents,
    turncoats,
    turned_on,
)
from twosource.corroborate.origins.echoes import Ear
from twosource.corroborate.origins.grades import grade
from twosource.corroborate.origins.merging import bodies
from twosource.corroborate.origins.naming import called
from twosource.corroborate.origins.parties import Parties, parties_of
from twosource.corroborate.origins.sameness import Sayings, sayings
from twosource.corroborate.origins.secondhand import attached
from twosource.corroborate.origins.voices import Desk, Voice, desk, voices_of
from twosource.corroborate.origins.wording import because, of_one_owner
from twosource.corroborate.ownership import NOBODYS, Ownership
from twosource.model import (
    Annotation,
    Article,
    Backing,
    Certainty,
    Claim,
    Origin,
    Reuse,
    Ruling,
    Statement,
    Status,
)
from twosource.resolve import Cast
from twosource.text import normal, surfaces

FIRM = 0.36  # the closeness to some other of its claim below which a statement strays
_FEW = 3  # wordings of a claim from which one of them can be told to stray
_SUBSTANCE = 3  # content words or figures that a statement must have to bear another out
_MOSTLY = 0.4  # of what somebody says, for it to be only what somebody else said
_WEAKEST: tuple[Certainty, ...] = ("possible", "assessed", "asserted")


def back(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    cast: Cast,
    shared: Sequence[Reuse],
    rulings: Sequence[Ruling] = (),
    owners: Ownership = NOBODYS,
) -> list[Backing]:
    """The backing of each claim, in the order given.

    Copies, carriers and a report's own voice beside a named origin add nothing; counting one origin as two is the
    worst error, so in doubt the count is lower and `at_most` says what it may be. What people ruled to be one claim
    says the same, and an origin that they rejected is none. Outlets of one owner gather as one: that can only lower a count.
    """
    at = desk(articles, cast, shared, owners)
    statements = {s.id: s for a in annotations for s in a.statements}
    by_id = {p.statement.id: p for p in points(articles, annotations, cast)}
    members = [[by_id[s] for s in c.statements if s in by_id] for c in claims]
    voices = attached(voices_of(list(by_id.values()), at), at)
    found = deniers(list(by_id.values()), voices)
    wanted = {p.statement.id for m in members if len(m) > 1 for p in m}
    wanted |= {i for d in found for i in (d.point.statement.id, *d.near)}
    places = frozenset(a.id for a in cast.actors if a.kind == "place")
    said = sayings([p for i, p in by_id.items() if i in wanted], annotations)
    held = contest(found, closeness(list(by_id.values()), wanted), voices, statements, said, places)
    main = frozenset(s for c in claims if c.event == "main" for s in c.statements)
    parties = parties_of(annotations, voices.values(), main, cast)
    room = _Room(at, held, Ear(articles, at.family), parties, _one_claim(rulings, statements), _rejected(rulings, statements))  # fmt: skip
    return [_backing(c, m, room) for c, m in zip(claims, members, strict=True)]


@dataclass(frozen=True, slots=True)
class _Room:
    """All that is known of an incident when one of its claims is weighed."""

    at: Desk
    held: Contest
    ear: Ear
    parties: Parties
    together: tuple[frozenset[str], ...] = ()  # statements that a person found to say the same
    rejected: tuple[
        tuple[frozenset[str], str, Ruling], ...
    ] = ()  # a claim's statements, who is no origin of it


def _one_claim(rulings: Sequence[Ruling], statements: Mapping[str, Statement]) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset().union(*(statements_of(t, statements) for t in r.things))
        for r in rulings
        if r.about == "claim" and r.kind == "merge"
    )


def _rejected(
    rulings: Sequence[Ruling], statements: Mapping[str, Statement]
) -> tuple[tuple[frozenset[str], str, Ruling], ...]:
    return tuple(
        (statements_of(r.things[0], statements), r.value, r)
        for r in rulings
        if r.about == "origin" and r.kind == "reject" and r.value and r.things
    )


def _backing(claim: Claim, members: Sequence[Point], room: _Room) -> Backing:
    at, held = room.at, room.held
    close = held.close
    days = {p.report: at.articles[p.report].published for p in members}
    support, against = opponents(members, held.voices, close, held.said, claim.said, days)
    told_as = worded_as(claim.worded, members)
    if other := turncoats(support, held):
        support, against = _sided(support, against, other, told_as, held)
    firm = frozenset().union(*(t for t in room.together if t & frozenset(claim.statements)))
    kept = _without_parts(told_as, _without_strays(claim.said, support, held, firm))
    voices = _innermost([held.voices[p.statement.id] for p in kept])
    agree, echoes = _agreement(told_as, support, held.said, room.together), room.ear.echoes(support)
    found = count(voices, at, agree, echoes)
    told = []
    for who, ruling in _not_of(claim, room):
        gone = {v.statement.id for g in found.origins if _is_called(g, who, at) for v in g}
        if gone:
            voices = [v for v in voices if v.statement.id not in gone]
            found = count(voices, at, agree, echoes)
            told.append(ruling.told(f"found that {who} is no origin of it"))
    denials = denials_of(members, support, against, held, claim.said)
    names = frozenset(name for p in support for name in p.names)
    reports = tuple(sorted({p.report for p in support}))
    outlets = tuple(sorted({o for r in reports if (o := at.outlet(r))}))
    origins = tuple(_origin(g, names, room) for g in found.origins)
    gathered = {c for g in found.origins for v in g for c in v.collectors}
    collectors = at.houses.collectors(gathered)
    status = _status(found, any(d.target == "claim" for d in denials), nobody=bool(told) and not voices)
    backing = Backing(
        claim=claim.id,
        origins=origins,
        reports=reports,
        outlets=outlets,
        unknown_outlets=sum(at.outlet(r) is None for r in reports),
        collectors=collectors,
        independent_origins=found.independent,
        at_most=found.at_most,
        certainty=_certainty(found),
        status=status,
        denials=tuple(denials),
        why=" ".join([because(found, reports, outlets, collectors, at), *of_one_owner(outlets, gathered, at), *told]),
        owners=at.houses.holdings((r, at.outlet(r)) for r in reports),
    )  # fmt: skip
    denied = [held.voices[d.statement] for d in denials if d.target == "claim"]
    against_it = [_origin(g, names, room) for g in bodies(denied)]
    return replace(backing, grade=grade(backing, against_it, suspected=bool(found.echoes)))


def _sided(
    support: Sequence[Point],
    against: Sequence[Point],
    other: Sequence[Point],
    told_as: Sequence[Point],
    held: Contest,
) -> tuple[list[Point], list[Point]]:
    """Support and opposition where some who seem to say it deny it elsewhere: they are no origin of it.

    Where the claim is in their own words ("within the limit", say those who deny the speeding), it is theirs: what they deny
    goes against it, and their denials of that agree.
    """
    rest = [p for p in support if p not in other]
    if not any(p in other for p in told_as):
        return rest, list(against)
    contrary = turned_on(other, rest, held)
    bodies = {held.voices[p.statement.id].body for p in other}
    left = [p for p in against if held.voices[p.statement.id].body not in bodies]
    return [*other, *(p for p in rest if p not in contrary)], [*left, *contrary]


def _not_of(claim: Claim, room: _Room) -> list[tuple[str, Ruling]]:
    """Who was found to be no origin of this claim: of the one that most of the statements then seen are in."""
    mine = frozenset(claim.statements)
    return [(who, ruling) for held, who, ruling in room.rejected if 2 * len(held & mine) > len(held)]


def _is_called(group: Sequence[Voice], who: str, at: Desk) -> bool:
    """Whether an origin goes by that name, or is the actor that the name means."""
    wanted = at.cast.named(who)
    names = {called(group, at), *(v.name for v in group), *(v.statement.who for v in group)} - {None}
    return any(normal(n) == normal(who) for n in names if n) or (
        wanted is not None and any(v.body == wanted.id or v.speaker == wanted for v in group)
    )


def _without_strays(
    words_of_it: str, support: Sequence[Point], held: Contest, firm: frozenset[str]
) -> list[Point]:
    """Without the attributed statements that come near no other of the claim: whoever made them said something else.

    The statement that the claim has its words from never strays. A claim in a report's own voice is not put into the mouth of a body that is quoted elsewhere on another matter.
    """
    ranked = sorted({p.key for p in support})
    if len(ranked) < _FEW:
        return list(support)
    stray = set()
    for p in support:
        if p.statement.id in firm or p.statement.mode == "narration" or _is_worded(p, words_of_it):
            continue
        others = (q.statement.id for q in support if q.key != p.key)
        if not any(held.close(p.statement.id, q) >= FIRM for q in others):
            stray.add(p.statement.id)
    kept = [p for p in support if p.statement.id not in stray]
    return kept or list(support)


def _without_parts(told: Sequence[Point], support: Sequence[Point]) -> list[Point]:
    """Without those who speak of some only of the people whom the claim counts: they vouch for their part, not for the whole."""
    return [p for p in support if p in told or not any(is_part(p, t) for t in told)]


def _agreement(
    told_as: Sequence[Point], support: Sequence[Point], said: Sayings, together: Sequence[frozenset[str]]
) -> Callable[[str, str], bool]:
    """Whether two statements, by their ids, say firmly the same: the same of the same, of some substance, not contrary.

    What they agree on must be what the claim's own words say (those of the statements `told_as`): that the water stood three
    metres high is told of a flood, but no second origin for how many families left. Who asks for a thing doesn't say that
    it is so.
    """
    full = {
        p.statement.id: p
        for p in support
        if len(p.lemmas) + len(p.quantities) >= _SUBSTANCE and p.statement.stance != "asks"
    }
    told = {p.statement.id: p for p in told_as}

    def same(a: str, b: str) -> bool:
        return said.same(a, b) or any(a in t and b in t for t in together)

    @cache
    def covering(a: str) -> bool:
        ruled = any(a in t and not t.isdisjoint(told) for t in together)
        return ruled or not told or a in told or any(covers(said, full[a], t) for t in told.values())

    return lambda a, b: (
        a in full and b in full and bears_out(full[a], full[b]) and same(a, b) and covering(a) and covering(b)
    )


def _is_worded(point: Point, words_of_it: str) -> bool:
    """Whether a claim has its words from a statement: all of them, or all but those that a sentence does without ("that")."""
    mine, its = (f" {' '.join(normal(w) for w in surfaces(t))} " for t in (point.text, words_of_it))
    return mine.strip() in its or its in mine


def _innermost(voices: Sequence[Voice]) -> list[Voice]:
    """Without those who only carry what somebody else says in a statement of the same claim.

    Where that is but a part of what they say ("by wavering on what she once called fair, she lost our trust"), the
    words are their own, and the part is dropped.
    """
    outer = {v.statement.id: v for v in voices}
    carried: set[str] = set()
    parts: set[str] = set()
    for v in voices:
        holder = outer.get(v.statement.within or "")
        if holder is None or holder.body == v.body:
            continue
        if _length(v) < _MOSTLY * _length(holder):
            parts.add(v.statement.id)
        else:
            carried.add(holder.statement.id)
    tied = _tied(voices)
    left = [v for v in voices if v.statement.id not in carried and (v.statement.id not in parts)]
    return [replace(v, body=tied.get(v.body, v.body)) for v in left]


def _length(voice: Voice) -> int:
    return sum(s.end - s.start for s in voice.statement.content)


def _tied(voices: Sequence[Voice]) -> dict[str, str]:
    """The bodies that speak for one another: who tells what the navy believes is no origin beside the navy."""
    by_id = {v.statement.id: v for v in voices}
    root: dict[str, str] = {}

    def of(body: str) -> str:
        while root.get(body, body) != body:
            body = root[body]
        return body

    for v in sorted(voices, key=lambda v: v.statement.id):
        outer = by_id.get(v.statement.within or "")
        if outer is not None and outer.role == "source" and v.role == "source" and not v.person:
            a, b = of(outer.body), of(v.body)
            root[max(a, b)] = min(a, b)
    return {body: of(body) for body in sorted(root)}


def _status(found: Count, disputed: bool, *, nobody: bool = False) -> Status:
    """`nobody`: every origin was rejected, so that nobody but the reports is left to say so."""
    if disputed:
        return "disputed"
    if found.own_voice_only or nobody:
        return "reporter_only"
    return "corroborated" if found.independent >= 2 else "single_origin"


def _certainty(found: Count) -> Certainty:
    attributed = [v for g in found.origins for v in g if v.role != "own"]
    all_voices = attributed or [v for g in found.origins for v in g]
    return min((_sure(v.statement) for v in all_voices), key=_WEAKEST.index, default="asserted")


def _sure(statement: Statement) -> Certainty:
    return (
        "possible"
        if statement.stance == "hedges" and statement.certainty == "asserted"
        else statement.certainty
    )


def _origin(group: Sequence[Voice], names: frozenset[str], room: _Room) -> Origin:
    first, at = group[0], room.at
    return Origin(
        who=called(group, at),
        kind=first.kind,
        basis=basis_of(group, at),
        party=None if first.role == "own" else room.parties.of(group, names, at.cast),
        collectors=at.houses.collectors(c for v in group for c in v.collectors),
        reports=tuple(sorted({v.statement.report for v in group})),
        statements=tuple(sorted(v.statement.id for v in group)),
    )
