"""Who stands behind a statement: the originator, as far as the text shows, and who gathered it from there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from twosource.claims import Point
from twosource.corroborate.origins.callings import (
    callings,
    commands,
    is_carrier,
    is_official,
    is_picture,
    is_spokes,
    telling,
    words_of,
)
from twosource.corroborate.origins.houses import NO_HOUSES, Houses, houses
from twosource.corroborate.ownership import NOBODYS, Ownership
from twosource.model import Actor, Article, Reuse, SourceKind, Statement
from twosource.resolve import Cast
from twosource.resolve.nations import nation, nation_of_capital
from twosource.resolve.vocabulary import is_general
from twosource.text import normal

NOT_GIVEN = "a source that the text does not give"
_DEEPEST = 8  # bodies above one another
_LONGEST = 200  # characters of a source's words that are read
_INITIALS = 3  # letters of a short name
_YOUNGER = ("jr", "sr", "ii", "iii", "iv")  # behind the last name
_FOR_OTHERS = frozenset(("lawyer", "family", "campaign"))
_NAME = re.compile(r"\b([A-Z][\w-]{2,})")
_COPIES = ("same_text", "revised", "shared_text")


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement's originator. `body` is what it speaks for; voices with one body are one origin."""

    statement: Statement
    key: str  # the words of the content, as they are compared
    role: Literal["source", "unnamed", "carrier", "own"]
    body: str  # an actor's id, or the words of the description
    name: str  # of the body, or of the source where no body is known
    kind: SourceKind
    callings: frozenset[str]
    proper: frozenset[str]  # words of the body's own name, without callings and places; none for "police"
    towns: frozenset[str]  # places in the body's name: "Boston" of "Boston police"
    person: bool  # nothing is known but the person
    speaker: Actor | None  # who spoke, where the texts name them
    above: tuple[str, ...]  # ids of the bodies that the speaker is or speaks for, the nearest first
    collectors: tuple[str, ...]
    commands: frozenset[str] | None = None  # countries, of those who command a country's forces
    clients: frozenset[str] = (
        frozenset()
    )  # names of those whom a lawyer, a relative or a spokesman speaks for
    heard_by: frozenset[str] = (
        frozenset()
    )  # callings of those whom it was told to: the police, who then tell it on

    @property
    def bodied(self) -> bool:
        """Somebody who is known to speak for a body that has a name."""
        return (
            bool(self.proper)
            and not self.person
            and self.speaker is not None
            and self.speaker.kind == "person"
        )

    @property
    def official(self) -> bool:
        """Speaks for a body of the state, as far as the description shows."""
        return is_official(self.callings)


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known of the reports and actors when voices are looked up."""

    articles: dict[str, Article]
    family: dict[str, str]  # report -> the first report of those that copy one another
    first: dict[str, str | None]  # family -> the outlet that had it first, None where the texts don't show it
    cast: Cast
    actors: dict[str, Actor]
    places: frozenset[str]  # words of place names
    houses: Houses = NO_HOUSES

    def outlet(self, report: str) -> str | None:
        """The report's outlet, where known."""
        return self.articles[report].outlet if report in self.articles else None


def desk(
    articles: Sequence[Article], cast: Cast, shared: Sequence[Reuse], owners: Ownership = NOBODYS
) -> Desk:
    """Ready to look up voices: reports that copy one another are put together into families, outlets of one owner into houses."""
    by_id = {a.id: a for a in articles}
    family = {a: a for a in sorted(by_id)}

    def root(report: str) -> str:
        while family[report] != report:
            report = family[report]
        return report

    for r in sorted(shared, key=lambda r: (r.a, r.b)):
        if r.relation in _COPIES and r.a in by_id and r.b in by_id:
            low, high = sorted((root(r.a), root(r.b)))
            family[high] = low
    of = {a: root(a) for a in by_id}
    actors = {a.id: a for a in cast.actors}
    return Desk(by_id, of, _firsts(by_id, of, shared), cast, actors, _places(cast), houses(articles, owners))


def _places(cast: Cast) -> frozenset[str]:
    names = [a.name for a in cast.actors if a.kind == "place"]
    return frozenset(w for name in names for w in telling(name) if not callings(w))


def _firsts(
    by_id: dict[str, Article], family: dict[str, str], shared: Sequence[Reuse]
) -> dict[str, str | None]:
    later = {(r.b if r.older == r.a else r.a) for r in shared if r.relation in _COPIES and r.older}
    found: dict[str, str | None] = {}
    for head in sorted(set(family.values())):
        members = [m for m in sorted(family) if family[m] == head]
        credited = {c.outlet for m in members for c in by_id[m].masthead.credits if c.role == "copy"}
        outlets = {by_id[m].outlet for m in members}
        earliest = {by_id[m].outlet for m in members if m not in later}
        choice = credited or (outlets if len(outlets) == 1 else earliest)
        found[head] = next(iter(choice)) if len(choice) == 1 else None
    return found


def voices_of(points: Sequence[Point], at: Desk) -> dict[str, Voice]:
    """Who stands behind each statement, by its id.

    An outlet that was told, or that is credited, gathered it; where a report names one for some words of a body, it is
    taken to have the body's other words from there too. Else the report's own outlet gathered it, or the outlet that
    the report copies.
    """
    known: dict[tuple[str, str], _Source] = {}
    found: dict[str, Voice] = {}
    short = _short_names(points, at)
    named: dict[tuple[str, str], set[str]] = {}
    heard: dict[tuple[str, str], frozenset[str]] = {}
    for p in points:
        s = p.statement
        who, kind = s.who or "", s.kind or "anonymous"
        if (who, kind) not in known:
            known[who, kind] = _source(who, "media" if who in short else kind, at)
        found[s.id] = v = _voice(p, known[who, kind], at)
        named.setdefault((s.report, v.body), set()).update(v.collectors)
        if s.told:
            key = (s.report, v.body)
            heard[key] = heard.get(key, frozenset()) | callings(s.told)
    own: dict[str, tuple[str, ...]] = {
        r: (first,) if (first := at.first.get(f)) else () for r, f in at.family.items()
    }
    return {
        i: replace(
            v,
            collectors=v.collectors or _from(named[v.statement.report, v.body], v, own),
            heard_by=heard.get((v.statement.report, v.body), frozenset()),
        )
        for i, v in found.items()
    }


def _short_names(points: Sequence[Point], at: Desk) -> frozenset[str]:
    """The initials of those who carry news, where three words or more make them: "HHP" of "the Harbour and Hill Post"."""
    names = {_written(p.statement, at) for p in points if p.statement.kind in ("organisation", "media")}
    names |= {n for p in points for n in (p.statement.who, p.statement.told, p.statement.via) if n}
    found = set()
    for name in names:
        words = [w for w in name.split() if w[:1].isupper()]
        if len(words) > 1 and is_carrier(" ".join(words)):
            found |= {"".join(w[0] for w in words), "T" + "".join(w[0] for w in words)}
    return frozenset(i for i in found if len(i) >= _INITIALS)


def _from(named: set[str], v: Voice, own: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(named)) if named and v.role == "source" else own.get(v.statement.report, ())


@dataclass(frozen=True, slots=True)
class _Source:
    """What the words for a source, and the actor that they mean, tell of it."""

    role: Literal["source", "unnamed", "carrier", "own"]
    body: str
    name: str
    callings: frozenset[str]
    proper: frozenset[str]
    towns: frozenset[str]
    person: bool
    speaker: Actor | None
    above: tuple[str, ...]
    commands: frozenset[str] | None


def _source(who: str, kind: SourceKind, at: Desk) -> _Source:
    """A story, article or post with no body behind it is an outlet's: it carries, it does not originate."""
    actor = at.cast.named(who) if who else None
    body = at.cast.body(actor) if actor else at.cast.body_named(who)
    name = body.name if body else who or NOT_GIVEN
    called = callings(who, *_about(actor, at), *((body.name,) if body else ()))
    if body is not None and not called and _is_state(body):
        called = callings("government official")
    return _Source(
        role=_role(kind, who, body, called),
        body=body.id if body else "words " + " ".join(sorted(telling(who))),
        name=name,
        callings=called,
        proper=_proper(name, body, at)
        | (_proper(who, body, at) if body and body.kind != "person" else frozenset())
        | _in_titles(actor, at),
        towns=_towns(name, body, at),
        person=body.kind == "person" if body else kind in ("person", "anonymous") or is_spokes(who),
        speaker=actor,
        above=_above(actor or body, at),
        commands=_commands((who, name, *_about(actor, at))),
    )


def _commands(descriptions: tuple[str, ...]) -> frozenset[str] | None:
    if not commands(*descriptions):
        return None
    return frozenset(n for d in descriptions for w in words_of(d) if (n := nation(w)))


def _voice(point: Point, source: _Source, at: Desk) -> Voice:
    statement = point.statement
    collectors = _collectors(statement, at)
    if statement.mode == "narration" or source.role == "own" or statement.kind == "reporter":
        name = at.outlet(statement.report) or statement.report
        none: frozenset[str] = frozenset()
        return Voice(
            statement,
            point.key,
            "own",
            "reporter",
            name,
            "reporter",
            none,
            none,
            none,
            False,
            None,
            (),
            collectors,
        )
    said_as = _written(statement, at)
    return Voice(
        statement=statement,
        key=point.key,
        role="carrier"
        if source.role == "source" and statement.kind == "organisation" and is_carrier(said_as)
        else source.role,
        body=source.body,
        name=source.name,
        kind=statement.kind or "anonymous",
        callings=source.callings,
        proper=source.proper,
        towns=source.towns | _towns(said_as, None, at),
        person=source.person,
        speaker=source.speaker,
        above=source.above,
        collectors=collectors,
        commands=source.commands,
        clients=_of_others(said_as, source, at),
    )


def _written(statement: Statement, at: Desk) -> str:
    """The report's own words for the source."""
    text = at.articles[statement.report].text if statement.report in at.articles else ""
    return " ".join(s.of(text[: s.start + _LONGEST]) for s in statement.source)


def _of_others(said_as: str, source: _Source, at: Desk) -> frozenset[str]:
    """The names of those whom a lawyer, a relative or a spokesman is shown to speak for: "an attorney for Roe's wife"."""
    if not source.person or not (is_spokes(said_as) or callings(said_as) & _FOR_OTHERS):
        return frozenset()
    words = {normal(m.group(1)) for m in _NAME.finditer(said_as)}
    return frozenset(w for w in words if w not in at.places and not nation(w) and not callings(w))


def _above(actor: Actor | None, at: Desk) -> tuple[str, ...]:
    """The bodies that an actor is or speaks for, the nearest first and the outermost last."""
    if actor is None:
        return ()
    found = [actor.id] if actor.kind != "person" else []
    queue = [actor]
    for a in queue:
        for i in a.affiliations:
            if i in at.actors and i not in found and i != actor.id:
                queue.append(at.actors[i])
                if at.actors[i].kind != "person":
                    found.append(i)
        if len(found) > _DEEPEST:
            break
    outermost = at.cast.body(actor).id
    return tuple(i for i in found if i != outermost or i == actor.id) + (
        (outermost,) if outermost != actor.id else ()
    )


def _role(
    kind: SourceKind, who: str, body: Actor | None, called: frozenset[str]
) -> Literal["source", "unnamed", "carrier", "own"]:
    if is_picture(who):
        return "own"
    if (
        kind == "media"
        or (kind == "organisation" and is_carrier(who))
        or (kind == "document" and body is None and not called)
    ):
        return "carrier"
    if not who or kind == "anonymous" or (kind == "group" and body is None and not called):
        return "source" if body is not None and body.kind != "person" else "unnamed"
    return "source"


def _about(actor: Actor | None, at: Desk) -> tuple[str, ...]:
    if actor is None:
        return ()
    bodies = tuple(at.actors[a].name for a in actor.affiliations if a in at.actors)
    return (*actor.titles, *actor.roles, *bodies)


def _is_state(body: Actor) -> bool:
    """Whether a body goes by the name of a country or place alone: "Moscow" said so."""
    return body.kind == "place" or nation(body.name) is not None or nation_of_capital(body.name) is not None


def _proper(name: str, body: Actor | None, at: Desk) -> frozenset[str]:
    """The words of a name that are its own: no calling, place, nation or word that many bodies have in theirs.

    Of a person the last name only, so that relatives and a person's campaign are found.
    """
    words = telling(name) - _calling_words(name)
    if body is not None and body.kind == "person":
        words &= frozenset([w for w in words_of(name) if w not in _YOUNGER][-1:])
    return frozenset(w for w in words if w not in at.places and not nation(w) and not is_general(w))


def _in_titles(actor: Actor | None, at: Desk) -> frozenset[str]:
    """The words of bodies that a person's titles name: a "NASA expert" speaks for NASA."""
    words = {w for t in (actor.titles if actor else ()) for w in t.split() if w[:1].isupper()}
    bodies = [b for w in sorted(words) if (b := at.cast.named(w)) is not None and b.kind == "organisation"]
    return frozenset(x for b in bodies for x in _proper(b.name, b, at))


def _towns(name: str, body: Actor | None, at: Desk) -> frozenset[str]:
    """The places in a name, nations under one name whatever the form: "U.S.", "American"."""
    forms = [name, *(a.name for a in body.aliases)] if body is not None and _is_state(body) else [name]
    whole = {n for f in forms if (n := nation(f) or nation_of_capital(f))}
    words = {w for f in forms for w in telling(f)}
    return frozenset(
        whole | {n for w in words if (n := nation(w))} | {w for w in words & at.places if not nation(w)}
    )


def _calling_words(name: str) -> frozenset[str]:
    return frozenset(w for w in telling(name) if callings(w))


def _collectors(statement: Statement, at: Desk) -> tuple[str, ...]:
    """The outlet that the statement itself names; none where it names none."""
    for name in (statement.told, statement.via):
        if name and _may_collect(name, at):
            return (name,)
    return ()


def _may_collect(told: str, at: Desk) -> bool:
    """Whether those who were told are an outlet: somebody's supporters or a court gather nothing for readers."""
    actor = at.cast.named(told)
    return told[:1].isupper() and (actor is None or actor.kind == "organisation")
