"""The people, bodies, places and groups of an incident, and how to find them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twosource.annotate.mentions.chain import parts
from twosource.annotate.mentions.lexicon import bare, body_forms, lexicon
from twosource.model import Actor, Relation, Span
from twosource.resolve.bodies import clash, compare_bodies
from twosource.resolve.nodes import key
from twosource.resolve.people import compare_people

_LAW = frozenset("police detectives investigators officers authorities cops law enforcement".split())
_POLICE = frozenset("police sheriff sheriff's".split())
_SHERIFFS = frozenset(("sheriff's", "office"))
_UNNAMED = frozenset("unnamed anonymous unidentified undisclosed".split())


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of an incident with the relations that the texts state."""

    actors: tuple[Actor, ...] = ()
    relations: tuple[Relation, ...] = ()
    _by_id: Mapping[str, Actor] = field(default_factory=dict, repr=False, compare=False)
    _by_form: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _by_word: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _spans: Mapping[str, tuple[tuple[Span, str], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _above: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    _near: dict[str, Actor | None] = field(default_factory=dict, repr=False, compare=False)  # asked before

    def by_id(self, actor: str) -> Actor | None:
        """The actor of an id."""
        return self._by_id.get(actor)

    def named(self, who: str | None) -> Actor | None:
        """The actor that a name means; None for unnamed sources, unknown names and names that two actors share."""
        if not who or not who.strip() or bare(who.split()[0]) in _UNNAMED:
            return None
        ids = self._by_form.get(key(who), ()) or self._force(who)
        if len(ids) == 1:
            return self._by_id[ids[0]]
        if len(ids) > 1:
            return self._most_told(ids)
        if who not in self._near:
            self._near[who] = self._nearest(who)
        return self._near[who]

    def at(self, report: str, span: Span) -> Actor | None:
        """The actor mentioned there: exactly there, else the mention that covers most of it."""
        rows = self._spans.get(report, ())
        best: tuple[int, int, int] | None = None
        found = None
        until = bisect_right(rows, span.end, key=lambda r: r[0].start)
        for mention, actor in rows[max(0, until - 40) : until]:
            shared = min(span.end, mention.end) - max(span.start, mention.start)
            if shared <= 0:
                continue
            rank = (shared, -(mention.end - mention.start), -mention.start)
            if best is None or rank > best:
                best, found = rank, actor
        return self._by_id[found] if found else None

    def body(self, actor: Actor) -> Actor:
        """The outermost body that the actor speaks for or is part of, as far as the texts state; else the actor."""
        return self.bodies(actor)[-1]

    def bodies(self, actor: Actor) -> tuple[Actor, ...]:
        """The actor and the bodies above it, the nearest first."""
        found = [actor]
        while (above := self._above.get(found[-1].id)) is not None and all(a.id != above for a in found):
            found.append(self._by_id[above])
        return tuple(found)

    def closest(self, actors: Sequence[Actor]) -> Actor | None:
        """The nearest body that more than half of these voices speak for or are: a better name for them than the outermost.

        One voice on its own is that voice.
        """
        over: dict[str, int] = {}
        depth: dict[str, int] = {}
        for actor in actors:
            for far, body in enumerate(self.bodies(actor)):
                over[body.id] = over.get(body.id, 0) + 1
                depth[body.id] = max(depth.get(body.id, 0), far)
        fit = [i for i, n in over.items() if 2 * n > len(actors)]
        best = min(fit, key=lambda i: (depth[i], -over[i], i), default=None)
        return self._by_id[best] if best else None

    def body_named(self, who: str | None) -> Actor | None:
        """The outermost body inside a description ("unnamed harbour board official"), never a person."""
        words = [w for w in parts(who or "") if w not in _UNNAMED]
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                for i in self._by_form.get(" ".join(words[first : first + length]), ()):
                    if self._by_id[i].kind != "person":
                        return self.body(self._by_id[i])
        return None

    def same(self, a: str, b: str) -> bool:
        """Whether two names mean one actor here, or are the same name."""
        x, y = self.named(a), self.named(b)
        if x is not None and y is not None:
            return x.id == y.id
        return key(a) == key(b)

    def _force(self, who: str) -> tuple[str, ...]:
        """The only police of the incident, for words that mean its people ("detectives")."""
        words = set(key(who).split())
        if words == _SHERIFFS:
            offices = {i for i in self._by_word.get("sheriff's", ()) if self._by_id[i].kind == "organisation"}
            return tuple(offices) if len(offices) == 1 else ()
        if not words or not words <= _LAW:
            return ()
        found = {
            i
            for w in sorted(_POLICE)
            for i in self._by_word.get(w, ())
            if self._by_id[i].kind == "organisation"
        }
        return tuple(found) if len(found) == 1 else ()

    def _most_told(self, ids: Sequence[str]) -> Actor | None:
        """Of actors of different kinds with one name the one that can speak; None between two people."""
        able = [self._by_id[i] for i in ids]
        for kind in ("person", "organisation", "group", "place"):
            of_kind = [a for a in able if a.kind == kind]
            if len(of_kind) == 1:
                return of_kind[0]
            if of_kind:
                return None
        return None

    def _nearest(self, who: str) -> Actor | None:
        full = body_forms().get(bare(who))
        if full and (ids := self._by_form.get(key(full), ())):
            return self._most_told(ids)
        words = parts(key(who))
        if not words or set(words) <= lexicon().roles | lexicon().titles | lexicon().people_words:
            return None
        fit = []
        near = sorted({i for w in words for i in self._by_word.get(w, ())})
        for actor in (self._by_id[i] for i in near):
            if actor.kind in ("person", "organisation"):
                if actor.kind == "person":
                    value = max(compare_people(who, form.name).value for form in actor.aliases)
                else:
                    value = (
                        compare_bodies(who, actor.name, meaning=False).value
                        if not clash(who, actor.name)
                        else 0.0
                    )
                if value >= 0.6:
                    fit.append((value, actor))
        fit.sort(key=lambda f: (-f[0], f[1].id))
        return fit[0][1] if fit and (len(fit) == 1 or fit[0][0] > fit[1][0] + 0.1) else None


def cast_of(actors: Sequence[Actor], relations: Sequence[Relation], above: Mapping[str, str]) -> Cast:
    """A cast with its indexes."""
    by_form: dict[str, dict[str, None]] = {}
    by_word: dict[str, dict[str, None]] = {}
    spans: dict[str, list[tuple[Span, str]]] = {}
    for actor in actors:
        for form in (actor.name, *(a.name for a in actor.aliases)):
            for word in parts(form):
                by_word.setdefault(word, {})[actor.id] = None
        for form in (actor.name, *(a.name for a in actor.aliases)):
            by_form.setdefault(key(form), {})[actor.id] = None
        for e in actor.mentions:
            spans.setdefault(e.report, []).append((e.span, actor.id))
    return Cast(
        tuple(actors),
        tuple(relations),
        {a.id: a for a in actors},
        {k: tuple(v) for k, v in by_form.items()},
        {k: tuple(v) for k, v in by_word.items()},
        {r: tuple(sorted(rows)) for r, rows in spans.items()},
        dict(above),
    )
