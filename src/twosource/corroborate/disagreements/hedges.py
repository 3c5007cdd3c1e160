"""How sure it is said to be: "may have been" in one report, plain fact in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Sentence, Side, Span, Token
from twosource.text import normal

_MODALS = frozenset({"may", "might"})
_DOUBTS = frozenset({"possibly", "allegedly", "perhaps", "probably"})
_EMPTY = frozenset(
    "be have do make take get go come say tell see know use want need help give find relate link connect involve".split()
)
# Past tenses that small parsers leave as they are.
_PAST = {
    "mistook": "mistake",
    "overtook": "overtake",
    "undertook": "undertake",
    "withstood": "withstand",
    "forbade": "forbid",
}
_RELATIVE = frozenset({"who", "which", "that"})
_ASKING = frozenset({"whether", "if", "how", "why"})
# Verbs and nouns by which what hangs on them is laid at somebody's door, not told as fact.
_HELD = frozenset("accuse charge suspect allege indict face accusation suspicion allegation charges".split())
_DEEPEST = 12  # words up the tree
_SHARED = 2  # content words besides the verb that both sentences have
_MOST = 2


@dataclass(frozen=True)
class _Done:
    """A verb with its sentence's other content words, and the word of doubt that hangs on it."""

    reading: Reading
    verb: str
    span: Span
    others: frozenset[str]
    doubt: str | None
    negated: bool  # or left open: asked or alleged by a verb above
    doers: frozenset[str]  # what does it, pronouns aside
    objects: frozenset[str]  # what it is done to


def differing_certainty(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """One deed that a report tells with "may have" or "possibly" at its verb, and others flatly; two at most."""
    done = [d for r in readings if heads[r.id] == r.id for s in r.annotation.sentences for d in _done(r, s)]
    flat: dict[str, list[_Done]] = {}
    for d in done:
        if not d.doubt and not d.negated:
            flat.setdefault(d.verb, []).append(d)
    scored = []
    for a in done:
        if not a.doubt or a.negated:
            continue
        against = [
            b
            for b in flat.get(a.verb, [])
            if b.reading.id != a.reading.id and len(a.others & b.others) >= _SHARED and _of_one_thing(a, b)
        ]
        if against:
            scored.append((max(len(a.others & b.others) for b in against), a, against))
    scored.sort(key=lambda x: (-x[0], x[1].reading.id, x[1].span))
    found: list[Disagreement] = []
    verbs: set[str] = set()
    for _, a, against in scored:
        if a.verb in verbs or len(found) == _MOST:
            continue
        verbs.add(a.verb)
        sides = [Side(f"{a.doubt} {a.verb}", a.reading.evidence(a.span))]
        sides += [Side(b.verb, b.reading.evidence(b.span)) for b in against]
        why = f"{a.reading.id} says “{a.doubt}”; {', '.join(sorted({b.reading.id for b in against}))} without doubt."
        made = disagreement("certainty", f"how sure: {a.verb}", "precision", sides, why)
        found += [made] if made else []
    return found


def _of_one_thing(a: _Done, b: _Done) -> bool:
    """Whether both may be said of the same: where both name who does it, or what it is done to, one of these is in part the same."""
    if a.doers & b.doers or a.objects & b.objects:
        return True
    return not (a.doers and b.doers) and not (a.objects and b.objects)


def _done(reading: Reading, sentence: Sentence) -> Iterator[_Done]:
    tokens = sentence.tokens
    content = reading.content(sentence)
    for n, t in enumerate(tokens):
        verb = _PAST.get(normal(t.lemma), normal(t.lemma))
        if t.pos != "VERB" or verb in _EMPTY or len(verb) < 3:
            continue
        kids = [c for c in tokens if c.head == n and c is not t and tokens[c.head] is t]
        doubt = next((c.text.lower() for c in kids if c.dep == "aux" and c.lemma.lower() in _MODALS), None)
        doubt = doubt or next(
            (c.text.lower() for c in kids if c.dep == "advmod" and c.lemma.lower() in _DOUBTS), None
        )
        if doubt in _MODALS and not any(c.lemma.lower() == "have" and c.dep == "aux" for c in kids):
            continue  # "may happen" is of the future
        negated = any(c.dep == "neg" for c in kids) or (not doubt and _is_held_open(tokens, n))
        others = frozenset(w for w in content if _PAST.get(w, w) != verb)
        doers, objects = _named(kids, "nsubj"), _named(kids, "nsubjpass", "dobj")
        if t.dep == "relcl" and not any(c.dep == "nsubjpass" for c in kids):  # "a person who has died"
            head = {normal(tokens[t.head].lemma)}
            if any(c.dep == "nsubj" and c.lemma.lower() in _RELATIVE for c in kids):
                doers |= head
            else:
                objects |= head
        yield _Done(reading, verb, t.span, others, doubt, negated, doers, objects)


def _named(kids: Sequence[Token], *roles: str) -> frozenset[str]:
    return frozenset(normal(c.lemma) for c in kids if c.dep in roles and c.pos in ("NOUN", "PROPN"))


def _is_held_open(tokens: Sequence[Token], n: int) -> bool:
    """Whether a verb stands under a "whether" or an "if", or under one that accuses or suspects."""
    for _ in range(_DEEPEST):
        if any(c.head == n and c.dep in ("mark", "advmod") and c.lemma.lower() in _ASKING for c in tokens):
            return True
        above = tokens[n].head
        if above == n:
            return False
        n = above
        if tokens[n].lemma.lower() in _HELD:
            return True
    return False
