"""Where it happened, by coordinates: two places further apart than both allow contradict, else one is more exact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.lexicon import event_words
from twosource.corroborate.facts.nearness import distance
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.facts.sites import BODY, STREET
from twosource.model import Disagreement, Nature, Place, Sentence, Side
from twosource.text import normal

_HEAD = 14  # sentences in which the main event is placed
_WIDEST = 80.0  # km: a wider place says nothing finer than a region
_SHARED = 2  # content words that the sentences of two places of one event have in common
_FARTHEST = 250.0  # km: further apart, one of them is another place of that name


@dataclass(frozen=True)
class _Put:
    reading: Reading
    place: Place
    stems: frozenset[str]
    kinds: frozenset[int]  # the happenings that its sentence names, under whatever name

    @property
    def relative(self) -> bool:
        """Whether the place is told by its bearing to another."""
        return self.place.relation != "in"


def differing_distances(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """At most one disagreement: the places of one event, where at least one report puts it relative to a town."""
    put = [p for r in readings if heads[r.id] == r.id for p in _places(r)]
    pairs = [
        (a, b)
        for i, a in enumerate(put)
        for b in put[i + 1 :]
        if a.reading.id != b.reading.id
        and (a.relative or b.relative)
        and (len(a.stems & b.stems) >= _SHARED or a.kinds & b.kinds)
        and _differ(a.place, b.place)
        and distance(a.place, b.place) <= _FARTHEST
        and not any(_nested(a, b, r) for r in readings)
    ]
    if not pairs:
        return []
    kept = {(p.reading.id, p.place.span): p for pair in pairs for p in pair}
    sides = [Side(_say(p), p.reading.evidence(p.place.span)) for p in kept.values()]
    apart = [(a, b) for a, b in pairs if distance(a.place, b.place) > _radius(a.place) + _radius(b.place)]
    a, b = (apart or pairs)[0]
    why = f"{_say(a)!r} and {_say(b)!r} lie {distance(a.place, b.place):.0f} km apart."
    nature: Nature = "contradiction" if apart else "precision"
    made = disagreement("place", "where it happened", nature, sides, why)
    return [made] if made else []


def _nested(a: _Put, b: _Put, reading: Reading) -> bool:
    """Whether a report names the two places in one breath, the one in or at the other: "Alby on the isle of Dunn"."""
    if _name(a) == _name(b):
        exact = any(c.isdigit() for p in (a, b) for c in p.place.span.of(p.reading.text))
        return not exact and {a.place.relation, b.place.relation} == {"near", "offset"}
    if _name(a) not in reading.text or _name(b) not in reading.text:
        return False  # nor the words that they stand in
    inner, outer = (re.escape(_name(p)) for p in sorted((a, b), key=lambda p: p.place.relation == "in"))
    if inner and outer and re.search(rf"\b{inner} (?:on|in) (?:the )?{outer}\b", reading.text):
        return True  # five miles east of Alby, and on Dunn: "Alby on Dunn"
    said = [re.escape(_written(p) if p.place.relation == "offset" else _name(p)) for p in (a, b)]
    return all(said) and any(
        re.search(rf"\b{x}\b(?:,| on| in| of)(?: [A-Za-z-]+){{0,3}} {y}\b", reading.text)
        for x, y in (said, said[::-1])
    )


def _written(put: _Put) -> str:
    """A place as written."""
    return put.place.span.of(put.reading.text)


def _name(put: _Put) -> str:
    """The last capitalised words of a place as written: what a bearing starts from."""
    found = re.findall(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", _written(put))
    return found[-1] if found else ""


def _kinds(sentence: Sentence) -> frozenset[int]:
    """Which happenings a sentence names: "sank" and "went down" are one."""
    tokens = sentence.tokens
    verbs = {t.lemma.lower() for t in tokens}
    verbs |= {
        f"{tokens[t.head].lemma.lower()}_{t.lemma.lower()}" for t in tokens if t.dep in ("prt", "advmod")
    }
    return frozenset(n for n, names in enumerate(event_words().alike) if verbs & names)


def _radius(p: Place) -> float:
    return p.radius_km or 0.0


def _differ(a: Place, b: Place) -> bool:
    """Whether two places are told differently; "near X" and "in X" are not."""
    for one, other in ((a, b), (b, a)):
        if (
            one.relation == "in"
            and (one.full_name or "?").split(",")[0] in (other.full_name or "")
            and other.relation == "offset"
        ):
            return False  # the town that a bearing starts from
        if one.relation == "in" and other.relation != "in" and distance(a, b) <= (one.radius_km or 0.0):
            return False  # told finer, inside what the other names
    return a.full_name != b.full_name or {a.relation, b.relation} == {"over", "outside"}


def _say(p: _Put) -> str:
    written = " ".join(p.place.span.of(p.reading.text).split())
    lead = (
        ""
        if written.lower().startswith((p.place.relation, "outside", "near", "off"))
        or p.place.relation in ("in", "offset")
        else p.place.relation + " "
    )
    return lead + written


def _places(reading: Reading) -> list[_Put]:
    """The places of one report's event sentences: those told by a bearing, else the towns; two at most."""
    dateline = reading.article.masthead.dateline
    found = []
    for place in reading.annotation.places:
        sentence = reading.sentence(place.span.start)
        if (
            place.lat is None
            or not sentence
            or _radius(place) > _WIDEST
            or place.feature in ("country", "region", "continent")
        ):
            continue
        if reading.number(place.span.start) >= _HEAD or (
            dateline and dateline.span and dateline.span.overlaps(place.span)
        ):
            continue
        after = reading.text[place.span.end : place.span.end + 20]
        if STREET.match(after) or BODY.match(after):
            continue
        if sentence.span.start == place.span.start and place.span.of(reading.text).isupper():
            continue
        lemmas = {t.lemma.lower() for t in sentence.tokens}
        if not lemmas & event_words().happening or (lemmas & event_words().after and place.relation == "in"):
            continue
        named = {normal(w)[:6] for w in (place.full_name or "").replace(",", " ").split()}
        stems = frozenset(w[:6] for w in reading.content(sentence)) - named
        found.append(_Put(reading, place, stems, _kinds(sentence)))
    relative = [p for p in found if p.relative]
    return (relative or found)[:2]
