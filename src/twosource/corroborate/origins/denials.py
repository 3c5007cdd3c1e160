"""Who denies a claim: the claim itself, what it presupposes, or only something near it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from twosource.claims import Point, is_hollow
from twosource.corroborate.origins.callings import is_picture
from twosource.corroborate.origins.contraries import (
    contrary,
    is_dead,
    is_decision,
    says_nothing_of_it,
)
from twosource.corroborate.origins.merging import same_utterance
from twosource.corroborate.origins.partaking import denies_own_part, target_of_own_part
from twosource.corroborate.origins.sameness import Sayings
from twosource.corroborate.origins.scope import (
    is_conditional,
    is_of_it,
    negates_what,
    says_no_to,
    share_more_than_names,
)
from twosource.corroborate.origins.voices import Voice
from twosource.model import Denial, Statement
from twosource.resolve.nations import nation, nation_of_capital
from twosource.text import normal, surfaces

_FALSE = re.compile(r"\b(?:hoax(?:es)?|debunked|untrue|fabricated)\b", re.IGNORECASE)
OPPOSED = 0.4  # closeness from which two statements of opposite polarity contradict each other
OTHERWISE = 0.3  # the same where one says died and the other survived
DENIES, PREMISE = 0.27, 0.18  # closeness of a denial's content to what a claim says
_AS_GOOD = 0.05  # a denial answers the claim it is closest to, and those that are as close but for this
_DAY = 10  # characters of a full date
_CROWD = 150  # statements that hold a word; a word of more leads nowhere
Close = Callable[[str, str], float]
Voices = dict[str, Voice]  # by statement id
Target = Literal["claim", "premise", "related"]


@dataclass(frozen=True, slots=True)
class Denier:
    """A statement that denies, and the statements that it answers by its place where its words name nothing."""

    point: Point
    voice: Voice
    hollow: bool  # says that something is false, not what
    answers: frozenset[str]  # ids of the statements that a hollow one of the report itself takes apart
    near: frozenset[str]  # ids of statements of others that share a telling word with it
    own_part: bool = False  # of the denier's own part in something


def opponents(
    points: Sequence[Point],
    voices: Voices,
    close: Close,
    said_of: Sayings,
    words_of_it: str = "",
    published: Mapping[str, str | None] = MappingProxyType({}),
) -> tuple[list[Point], list[Point]]:
    """The statements of a claim that support it and those that go against it.

    Against it go those that deny, and those that say the opposite of most while nearly in the same words, where
    somebody else says them; where the claim's own words are theirs, the others go against it. A claim of denials alone is
    the denial: then they support it. Who turns down what is put to him denies nothing, and neither supports it.
    """
    points = [p for p in points if not _turns_down(p)] or points
    said = [p for p in points if p.statement.stance != "asks"] or list(points)
    against = [p for p in said if p.statement.stance == "denies"]
    support = [p for p in said if p.statement.stance != "denies"]
    if not support:
        return against, []
    carrying = [p for p in support if any(_holds(p, d) for d in against)]
    if len(carrying) == len(support):  # the claim is that somebody denied
        against = [d for d in against if not any(_holds(p, d) for p in carrying)]
    else:
        support = [p for p in support if p not in carrying]
    if all(p.turned for p in support):  # the claim says no: who denies the same agrees with it
        agreeing = [p for p in against if p.negative]
        support, against = [*support, *agreeing], [p for p in against if not p.negative]
    if _calls_false(words_of_it):  # the claim is that something is false: who says so too agrees
        agreeing = [p for p in against if is_hollow(p.text)]
        return [*support, *agreeing], [p for p in against if p not in agreeing]
    opposed = {p.statement.id for p in _opposed(support, voices, close, said_of)}
    opposed |= {p.statement.id for p in _otherwise(support, voices, close, published)}
    if any(p.statement.id in opposed and _words(p.text) == _words(words_of_it) for p in support):
        its_own = [p for p in support if p.statement.id in opposed]
        rest = [p for p in support if p.statement.id not in opposed]
        return its_own, against + [p for p in rest if any(_collide(p, q, close, said_of) for q in its_own)]
    return (
        [p for p in support if p.statement.id not in opposed],
        against + [p for p in support if p.statement.id in opposed],
    )


def _collide(p: Point, q: Point, close: Close, said_of: Sayings) -> bool:
    """Whether one says the opposite of the other, nearly in the same words, and of the same people."""
    no, yes = (p, q) if p.turned else (q, p)
    mine, theirs = (said_of.whom[x.statement.id] for x in (no, yes))
    return (
        no.turned
        and not yes.turned
        and not says_nothing_of_it(yes)
        and close(p.statement.id, q.statement.id) >= OPPOSED
        and says_no_to(no, yes, said_of)
        and negates_what(no, yes)
        and not mine.strange_to(theirs)
    )


def _calls_false(text: str) -> bool:
    """Whether a claim is itself that something is false."""
    return is_hollow(text) or _FALSE.search(text) is not None


def _words(text: str) -> str:
    """The words as they are compared; "that" in front belongs to whoever says it."""
    return " ".join(normal(w) for w in surfaces(text)).removeprefix("that ")


def _turns_down(point: Point) -> bool:
    """Whether it turns down what is put to somebody: "Congress rejected the veto"."""
    return point.statement.stance == "denies" and is_decision(point)


def _holds(outer: Point, denial: Point) -> bool:
    """Whether a statement passes a denial on as a whole: "the wire says that the firm denied speeding"."""
    return outer.report == denial.report and all(
        any(o.start < d.start and d.end <= o.end for o in outer.statement.content)
        for d in denial.statement.content
    )


def _otherwise(
    support: Sequence[Point], voices: Voices, close: Close, published: Mapping[str, str | None]
) -> list[Point]:
    """The statements of those, the fewer, who leave somebody in another state: died, where others say survived.

    Who is dead in a report of a later day has died since.
    """
    against: dict[str, set[str]] = {}
    for n, p in enumerate(support):
        for q in support[n + 1 :]:
            a, b = p.statement.id, q.statement.id
            if (
                voices[a].body != voices[b].body
                and contrary(p, q, disputing=True)
                and close(a, b) >= OTHERWISE
                and max(_people(p), _people(q)) <= 1
                and not (_died_since(p, q, published) or _died_since(q, p, published))
            ):
                against.setdefault(a, set()).add(voices[b].body)
                against.setdefault(b, set()).add(voices[a].body)
    if not against:
        return []
    most = max(len(bodies) for bodies in against.values())
    lost = [p for p in support if len(against.get(p.statement.id, ())) == most]
    first = lost[0]
    return [p for p in lost if p is first or not contrary(p, first, disputing=True)]


def _died_since(p: Point, q: Point, published: Mapping[str, str | None]) -> bool:
    days = [(published.get(x.report) or "")[:_DAY] for x in (p, q)]
    return is_dead(p.text) is True and is_dead(q.text) is False and len(days[1]) == _DAY and days[1] < days[0]


def _people(point: Point) -> float:
    return max((q.low for q in point.quantities if q.unit == "person"), default=0.0)


def _opposed(support: Sequence[Point], voices: Voices, close: Close, said_of: Sayings) -> list[Point]:
    negative = [p for p in support if p.turned and not says_nothing_of_it(p)]
    positive = [p for p in support if not p.turned]
    fewer, more = (negative, positive) if len(negative) <= len(positive) else (positive, negative)
    others = [(q, voices[q.statement.id]) for q in more]
    found = []
    for p in fewer:
        mine = voices[p.statement.id]
        same = any(same_utterance(mine, v) for _, v in others)
        if not same and any(v.body != mine.body and _collide(p, q, close, said_of) for q, v in others):
            found.append(p)
    return found


def deniers(points: Sequence[Point], voices: Voices) -> list[Denier]:
    """All statements that deny, in order, with what they may answer."""
    ranked = sorted(points, key=lambda p: (p.report, p.statement.content, p.statement.id))
    by_report: dict[str, list[Point]] = defaultdict(list)
    holding: dict[str, list[Point]] = defaultdict(list)
    for p in ranked:
        by_report[p.report].append(p)
        for lemma in sorted(p.lemmas):
            holding[lemma].append(p)
    found = []
    for p in ranked:
        hollow = is_hollow(p.text)
        own_part = denies_own_part(p)
        if hollow or own_part or (p.statement.stance == "denies" and p.clause and not is_decision(p)):
            near = {
                q.statement.id
                for lemma in p.lemmas
                if len(holding[lemma]) <= _CROWD
                for q in holding[lemma]
                if q is not p and q.statement.stance != "denies" and not (p.negative and q.turned)
            }
            said_by = voices[p.statement.id]
            answers = (
                _answered(by_report[p.report], voices) if hollow and said_by.role == "own" else frozenset()
            )
            found.append(Denier(p, said_by, hollow, answers, frozenset(near), own_part))
    return found


def _answered(page: Sequence[Point], voices: Voices) -> frozenset[str]:
    """What "no such thing happened", said by the report itself, answers: what it relays from others or doubts first.

    That is the story that the page is about; of the rest it answers what tells the same.
    """
    found = []
    for p in page:
        v = voices[p.statement.id]
        relayed = v.role != "own" and not is_picture(v.name)
        if not is_hollow(p.text) and (relayed or (v.role == "own" and p.statement.stance == "hedges")):
            found.append(p)
    story = next((p for p in found if p.clause), None)
    return frozenset(
        p.statement.id for p in found if p is story or (story and share_more_than_names(p, story))
    )


@dataclass(frozen=True, slots=True)
class Contest:
    """All deniers of an incident, with how near each comes to each claim."""

    deniers: Sequence[Denier]
    nearest: Sequence[float]  # for each denier its greatest closeness to any statement of others
    close: Close
    voices: Voices
    statements: dict[str, Statement]
    said: Sayings
    places: frozenset[str] = (
        frozenset()
    )  # ids of actors that are places: to name one land is not to speak of one thing


def contest(
    found: Sequence[Denier],
    close: Close,
    voices: Voices,
    statements: dict[str, Statement],
    said: Sayings,
    places: frozenset[str] = frozenset(),
) -> Contest:
    """The deniers made ready to be held against every claim."""
    nearest = [max((close(d.point.statement.id, q) for q in sorted(d.near)), default=0.0) for d in found]
    return Contest(found, nearest, close, voices, statements, said, places)


def turncoats(support: Sequence[Point], held: Contest) -> list[Point]:
    """The statements of those who elsewhere deny what others say in the claim: they are no origin of it.

    Who says "no missile was fired" and "she struck a mine" gives another account, in however like words.
    """
    bodies = {held.voices[p.statement.id].body for p in support}
    found: set[str] = set()
    for d in held.deniers:
        body = d.voice.body
        if body not in bodies or d.hollow or d.voice.role != "source":
            continue
        others = [p for p in support if held.voices[p.statement.id].body != body]
        if any(_turns_on(d, p, held) for p in others if p.statement.id in d.near):
            found.add(body)
    return [p for p in support if held.voices[p.statement.id].body in found] if found != bodies else []


def turned_on(own: Sequence[Point], rest: Sequence[Point], held: Contest) -> list[Point]:
    """Of the rest, the statements that those who said the first elsewhere deny."""
    bodies = {held.voices[p.statement.id].body for p in own}
    mine = [d for d in held.deniers if d.voice.body in bodies and not d.hollow]
    return [p for p in rest if any(p.statement.id in d.near and _turns_on(d, p, held) for d in mine)]


def _turns_on(denier: Denier, point: Point, held: Contest) -> bool:
    """Whether a denial is near a statement and of the same of the same."""
    return held.close(denier.point.statement.id, point.statement.id) >= PREMISE and is_of_it(
        denier.point, point, held.said
    )


def denials_of(
    members: Sequence[Point],
    support: Sequence[Point],
    against: Sequence[Point],
    held: Contest,
    words_of_it: str = "",
) -> list[Denial]:
    """The denials that concern a claim: those brought together with it, and those of its neighbourhood by target."""
    found = {
        p.statement.id: Denial(p.statement.id, _gathered(p, support, held), _relay(p.statement, held))
        for p in against
    }
    backers = {held.voices[p.statement.id].body for p in support}
    inside = {p.statement.id for p in members}
    backing = {p.statement.id: p for p in support}
    says_false = _calls_false(words_of_it)
    hypothetical = _hypothetical(support)
    reports = {p.report for p in members}
    everybody = frozenset(name for p in support for name in p.names)
    names = everybody - held.places
    for denier, nearest in zip(held.deniers, held.nearest, strict=True):
        s = denier.point.statement
        if s.id in inside or denier.voice.body in backers or (denier.hollow and says_false):
            continue
        if any(_holds(p, denier.point) for p in support):
            continue  # who says so says the "no" along with it
        target: Target | None
        if denier.answers & inside:
            target = "claim"
        elif denier.own_part:
            target = target_of_own_part(denier.point, denier.voice, support, held.said)
        else:  # who calls a claim false and goes on to say why denies what that names
            near = sorted(
                q for q in denier.near & backing.keys() if share_more_than_names(denier.point, backing[q])
            )
            value = max((held.close(s.id, q) for q in near), default=0.0)
            named = bool(denier.point.names & names)
            target = _target(value, nearest, s.report in reports, named)
            if target is None and s.report in reports and _concerns(denier.voice, everybody, support):
                target = "related"
            if target == "claim" and not _answers(denier, [backing[q] for q in near], held.said):
                target = "premise" if named else "related"
            if target == "claim" and hypothetical and not is_conditional(denier.point):
                target = "premise"
        if target:
            found[s.id] = Denial(s.id, target, _relay(s, held))
    return [found[i] for i in sorted(found)]


def _answers(denier: Denier, near: Sequence[Point], said: Sayings) -> bool:
    """Whether a denial is of what one of the statements says; one that names nothing is, by its place."""
    return denier.hollow or any(is_of_it(denier.point, q, said) for q in near)


def _gathered(denial: Point, support: Sequence[Point], held: Contest) -> Target:
    """What a denial that was brought together with a claim denies of it: the whole, its condition, or a neighbour."""
    said = held.said
    if denial.statement.stance != "denies":
        return "claim"  # says the opposite, nearly in the same words
    if denies_own_part(denial):
        voice = held.voices[denial.statement.id]
        return target_of_own_part(denial, voice, support, said) or "related"
    if _hypothetical(support) and not is_conditional(denial):
        return "premise"
    if is_hollow(denial.text):
        return "claim"
    if not denial.clause or not any(is_of_it(denial, p, said) for p in support):
        return "related"
    return "claim"


def _concerns(voice: Voice, names: frozenset[str], support: Sequence[Point]) -> bool:
    """Whether a claim names the one who denies, or somebody of the country for which he stands: "Moscow" and "Russian troops"."""
    if voice.body in names or (voice.speaker is not None and voice.speaker.id in names):
        return True
    land = nation(voice.name) or nation_of_capital(voice.name)
    return land is not None and any(
        w[:1].isupper() and nation(w) == land for p in support for w in surfaces(p.text)
    )


def _hypothetical(support: Sequence[Point]) -> bool:
    return bool(support) and all(is_conditional(p) for p in support)


def _target(value: float, nearest: float, beside: bool, named: bool) -> Target | None:
    if value >= DENIES and value >= nearest - _AS_GOOD:
        return "claim"
    if beside and value >= PREMISE:
        return "premise" if named else "related"
    return "related" if beside and named else None


def _relay(statement: Statement, held: Contest) -> str | None:
    outer = held.statements.get(statement.within or "")
    if outer is not None and outer.who and outer.who != statement.who:
        return outer.who
    return statement.via
