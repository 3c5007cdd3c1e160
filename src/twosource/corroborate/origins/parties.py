"""Who has a side in the matter, as far as the texts state it: accused, accuser, kin, backer or opponent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twosource.corroborate.origins.voices import Voice
from twosource.model import Actor, Annotation, Relation, Token
from twosource.resolve import Cast

# Verbs that put somebody in the place of the accused. How far a case has gone is not said: it may have gone on since.
_BLAMING = frozenset(
    {"accuse", "blame", "denounce", "suspect", "arrest", "charge", "indict", "sue", "convict"}
)
_ACCUSING = frozenset({"accuse", "blame", "denounce", "sue"})
_SIDES = ("backs", "opposes")
_NEAR = 40  # statements that start before a sentence ends and may reach into it


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides that actors have, by their ids."""

    accused: frozenset[str]
    accusers: dict[str, str]  # id -> name of the one accused
    relations: tuple[Relation, ...]
    kin: dict[str, Actor]  # statement id -> whose relative or lawyer its source is

    def of(self, group: Sequence[Voice], names: frozenset[str], cast: Cast) -> str | None:
        """The side of an origin in a claim that names these actors; None where the texts state none."""
        mine = {i for v in group for i in (v.body, *v.above, *((v.speaker.id,) if v.speaker else ()))}
        if mine & self.accused:
            return "accused"
        if whom := sorted({self.accusers[i] for i in mine if i in self.accusers}):
            return f"accuser of {whom[0]}"
        for v in group:
            other = self.kin.get(v.statement.id)
            if other is not None and other.id not in mine:
                return _kin(v, other, other.id in self.accused)
        sides = sorted(
            (r.role, actor.name)
            for r in self.relations
            if r.role in _SIDES
            for one, other in ((r.a, r.b), *(((r.b, r.a),) if r.role == "opposes" else ()))
            if one in mine
            and other in names
            and other not in mine
            and (actor := cast.by_id(other)) is not None
        )
        return f"{sides[0][0]} {sides[0][1]}" if sides else None


def parties_of(
    annotations: Sequence[Annotation], voices: Iterable[Voice], main: frozenset[str], cast: Cast
) -> Parties:
    """Read who is accused by whom from the grammar of the sentences, and whose relatives and lawyers speak.

    `main` are the ids of the statements on the main event: who was accused in another matter has no side in this one.
    """
    accused: set[str] = set()
    accusers: dict[str, str] = {}
    for annotation in sorted(annotations, key=lambda a: a.report):
        spans = sorted(c for s in annotation.statements if s.id in main for c in s.content)
        for sentence in annotation.sentences:
            at = bisect_right(spans, sentence.span.end, key=lambda s: s.start)
            if not any(s.overlaps(sentence.span) for s in spans[max(0, at - _NEAR) : at]):
                continue
            for n, token in enumerate(sentence.tokens):
                if token.pos == "VERB" and token.lemma.lower() in _BLAMING:
                    objects, subjects = _sides_of(sentence.tokens, n)
                    whom = [a for t in objects if (a := cast.at(annotation.report, t.span)) is not None]
                    accused |= {a.id for a in whom}
                    by = [a for t in subjects if (a := cast.at(annotation.report, t.span)) is not None]
                    accusers.update((a.id, whom[0].name) for a in by if whom and a.id not in accusers)
    pages = {a.report: a for a in annotations}
    kin = {v.statement.id: other for v in voices if (other := _whose(v, pages, cast)) is not None}
    return Parties(frozenset(accused), accusers, tuple(cast.relations), kin)


def _sides_of(tokens: Sequence[Token], verb: int) -> tuple[list[Token], list[Token]]:
    """Whom a verb of blame blames, and who blames; nobody where it is negated or only possible."""
    lemma = tokens[verb].lemma.lower()
    mine = [t for t in tokens if t.head == verb and t is not tokens[verb]]
    people = [t for t in mine if t.pos in ("PROPN", "PRON")]  # "his death" is blamed, not he
    passive = any(t.dep in ("nsubjpass", "auxpass") for t in mine)
    if any(t.dep == "neg" or t.tag == "MD" for t in mine) or (lemma == "suspect" and not passive):
        return [], []  # may yet be charged; "they suspect arson"
    objects = [t for t in people if t.dep == ("nsubjpass" if passive else "dobj")]
    return objects, [t for t in people if t.dep == "nsubj" and lemma in _ACCUSING and not passive]


def _whose(v: Voice, pages: dict[str, Annotation], cast: Cast) -> Actor | None:
    """The one whose relative or lawyer a source is: "his lawyer", "her brother, Arun"."""
    if not v.callings & {"family", "lawyer"} or not v.statement.source:
        return None
    source, page = v.statement.source[0], pages.get(v.statement.report)
    sentence = next((s for s in page.sentences if s.span.holds(source)), None) if page else None
    if sentence is None:
        return None
    inside = [n for n, t in enumerate(sentence.tokens) if source.overlaps(t.span)]
    for t in sentence.tokens:
        if t.dep == "poss" and t.head in inside and (a := cast.at(v.statement.report, t.span)) is not None:
            return a
    return None


def _kin(v: Voice, other: Actor, accused: bool) -> str:
    what = "lawyer" if "lawyer" in v.callings else "family"
    return f"{what} of {other.name}" + (", the accused" if accused else "")
