"""What leaves, in the one shape that all formats write: each thing with who says it, who denies it and where it stands.

An allegation is never a link between two entities. It leaves as a statement that somebody makes, with its denials, or
with the words that none was found. Only standings of office (`OFFICES`) may be drawn as links, with the passages
that state them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from twosource.model import (
    Account,
    Actor,
    Article,
    Backing,
    Claim,
    Evidence,
    Origin,
    Owned,
    Place,
    Relation,
    Reuse,
    Span,
    Statement,
)
from twosource.text import make_id, normal

NO_DENIAL = "No denial of it was found in these reports."
OFFICES = frozenset(("commands", "leads", "part_of", "speaks_for"))
_NAMED = frozenset(("person", "organisation", "group", "media"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an incident and all passages that name it; a point only where the coordinates can be on Earth."""

    place: Place
    evidence: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        """Town, region and country where they are known, else the words of the text."""
        return self.place.full_name or self.place.name

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude, in that order."""
        return point(self.place.lat, self.place.lon)


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin of a claim: an actor where exactly one goes by its name, a source of its own otherwise."""

    id: str
    origin: Origin
    actor: Actor | None

    @property
    def name(self) -> str:
        """Who it is, as far as the texts say."""
        return self.origin.who or (
            "the reports themselves" if self.origin.kind == "reporter" else "not named"
        )


class View:
    """An account with its records at hand under their ids."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.articles: Mapping[str, Article] = {a.id: a for a in account.articles}
        self.statements: Mapping[str, Statement] = {s.id: s for s in account.statements}
        self.actors: Mapping[str, Actor] = {a.id: a for a in account.actors}
        self.claims: Mapping[str, Claim] = {c.id: c for c in account.claims}
        self.backings: Mapping[str, Backing] = {b.claim: b for b in account.backings}
        self.claim_of: Mapping[str, Claim] = {s: c for c in account.claims for s in c.statements}
        self.owners: Mapping[str, Owned] = {o.report: o for o in account.owned}
        self.said_in = {a.report: a.statements for a in account.annotations}
        self.places_in = {a.report: a.places for a in account.annotations}
        self._named = _named(account.actors)
        self._older: dict[str, list[Reuse]] = defaultdict(list)
        for r in account.reuse:
            if r.older in (r.a, r.b):
                self._older[r.b if r.older == r.a else r.a].append(r)

    def words(self, report: str, spans: Iterable[Span]) -> str:
        """The characters of a report that stand there; what is left out between them is shown."""
        text = self.articles[report].text
        return " … ".join(s.of(text) for s in spans)

    def passage(self, e: Evidence) -> str:
        """The characters that something rests on."""
        return e.span.of(self.articles[e.report].text)

    def outlet(self, report: str) -> str:
        """Who published a report, for a reader."""
        return self.articles[report].outlet or "an outlet that is not known"

    def speaker(self, s: Statement) -> str:
        """Who says it: for the report's own voice its outlet, never a name that the text doesn't give."""
        if s.kind == "reporter":
            return f"{self.outlet(s.report)} (in the report's own voice)"
        return s.who or "somebody not named"

    def actor(self, who: str | None, kind: str | None) -> Actor | None:
        """The one actor of that name; none for an unnamed source, whom nothing may link to a named one."""
        if not who or kind not in _NAMED:
            return None
        return self._named.get(normal(who))

    def denials(self, claim: str) -> list[tuple[Statement, str]]:
        """Statements that deny a claim, with what of it they deny: the claim, a premise, something related."""
        found = self.backings[claim].denials
        return [(self.statements[d.statement], d.target) for d in found if d.statement in self.statements]

    def voices(self, claim: str) -> list[Voice]:
        """The origins of a claim. Unnamed ones are each of this claim alone: descriptions are never fused."""
        return [self._voice(claim, n, o) for n, o in enumerate(self.backings[claim].origins)]

    def _voice(self, claim: str, n: int, origin: Origin) -> Voice:
        found = self.actor(origin.who, origin.kind)
        if found is not None:
            return Voice(found.id, origin, found)
        alone = () if origin.who and origin.kind in (*_NAMED, "document") else (claim, n)
        return Voice(make_id("o", self.account.id, origin.kind, origin.who, *alone), origin, None)

    def said_by(self, claim: str) -> list[str]:
        """Who stands behind a claim, each once."""
        return list(dict.fromkeys(v.name for v in self.voices(claim)))

    def denied_by(self, claim: str) -> list[str]:
        """Who denies a claim itself, each once; not those who deny something near it."""
        return list(dict.fromkeys(self.speaker(s) for s, target in self.denials(claim) if target == "claim"))

    def attributed(self, claim: str) -> str:
        """The claim as it may stand alone: who says it, and who denies it."""
        names, text = self.said_by(claim), self.claims[claim].text
        for name in names:
            text = text.removeprefix(f"{name} said: ")  # it is said once
        return (
            f"According to {'; '.join(names) or 'nobody who is named'}: {_ended(text)} {self.response(claim)}"
        )

    def response(self, claim: str) -> str:
        """Who denies the claim, or that no denial of it was found; and who denies something near it."""
        denied = "; ".join(self.denied_by(claim))
        near = dict.fromkeys(self.speaker(s) for s, target in self.denials(claim) if target != "claim")
        related = f" Related denials by {'; '.join(near)}." if near else ""
        return (f"Denied by {denied}." if denied else NO_DENIAL) + related

    def spoken(self, s: Statement) -> str:
        """A statement as it may stand alone: who says it to whom, in which report."""
        told = f" to {s.told}" if s.told else ""
        via = f", by way of {s.via}" if s.via and s.via != s.told else ""
        verb = {"asserts": "says", "denies": "denies", "hedges": "says with doubt", "asks": "asks"}[s.stance]
        where = "" if s.kind == "reporter" else f" ({self.outlet(s.report)})"
        words = self.words(s.report, s.content)
        quoted = words if words[:1] in ("“", '"', "‘") else f"“{words}”"
        return f"{self.speaker(s)} {verb}{told}{via}: {quoted}{where}"

    def told_of(self, relation: Relation) -> list[str]:
        """Who states that two actors stand so to each other, each once."""
        said = [self.speaker(self.statements[s]) for s in relation.statements if s in self.statements]
        own = [f"{self.outlet(e.report)} (in the report's own voice)" for e in relation.evidence]
        return list(dict.fromkeys(said or own))

    def offices(self) -> Iterator[Relation]:
        """The standings that may be drawn as links: office and membership, stated by a text and denied by nobody."""
        for r in self.account.relations:
            if r.role in OFFICES and r.evidence and not any(self._disputed(s) for s in r.statements):
                yield r

    def _disputed(self, statement: str) -> bool:
        claim = self.claim_of.get(statement)
        return claim is not None and bool(self.denied_by(claim.id))

    def spots(self) -> list[Spot]:
        """Each place once, those named most first; those that could not be found on Earth by their words."""
        found: dict[tuple[object, ...], list[tuple[Place, Evidence]]] = {}
        for a in self.account.annotations:
            for p in a.places:
                key = (p.geonameid, p.full_name or p.name, p.lat, p.lon, p.radius_km)
                found.setdefault(key, []).append((p, Evidence(a.report, p.span)))
        spots = [Spot(named[0][0], tuple(e for _, e in named)) for named in found.values()]
        return sorted(spots, key=lambda s: (-len(s.evidence), s.name, s.evidence))

    def older(self, report: str, *relations: str) -> list[str]:
        """The older reports to which this one stands in one of the relations, where it can be told which is older."""
        return [r.older for r in self._older.get(report, ()) if r.relation in relations and r.older]


def point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """Longitude and latitude of a point on Earth, None for what is none: not known, not a number, out of range."""
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return lon, lat


def _named(actors: Iterable[Actor]) -> Mapping[str, Actor]:
    """Actors by name; a name that two go by leads to neither."""
    held = [(normal(a.name), a) for a in actors]
    count = Counter(name for name, _ in held)
    return {name: a for name, a in held if count[name] == 1}


def _ended(text: str) -> str:
    return text if text.rstrip("”’\"'")[-1:] in (".", "!", "?", "…") else f"{text}."
