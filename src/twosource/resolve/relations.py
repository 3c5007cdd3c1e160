"""What stands between actors, as far as the texts state it: who backs, opposes, operates, commands or speaks for whom."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.model import Actor, Annotation, Evidence, Relation, Sentence, Span, Token
from twosource.resolve.nodes import Node

At = Callable[[str, Span], Actor | None]
Named = Callable[[str], Actor | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """One place where a text states a relation."""

    a: str
    role: str
    b: str
    evidence: Evidence


@lru_cache(maxsize=1)
def _cues() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    data = tomllib.loads((files(__package__) / "relations.toml").read_text(encoding="utf-8"))
    verbs, nouns, suffixes = ({w: role for role, cues in data.items() for w in cues[field].split()} for field in ("verbs", "nouns", "suffixes"))
    return verbs, nouns, suffixes


def from_standings(units: Sequence[Node], actor_of: dict[int, str], named: Named) -> list[Stated]:
    """Speaks for, commands, leads and part of, out of titles and appositions."""
    lex = lexicon()
    out = []
    for n, unit in enumerate(units):
        for body, role, span in unit.affiliations:
            other = named(body)
            if other is None or n not in actor_of or other.id == actor_of[n] or role in lex.kin_and_parts:
                continue
            kind = "speaks_for" if role in lex.speakers else "commands" if role in ("commander",) else "leads" if role in lex.leaders else "part_of"
            out.append(Stated(actor_of[n], kind, other.id, Evidence(unit.report, span)))
    return out


def from_sentences(annotations: Sequence[Annotation], at: At) -> list[Stated]:
    """Relations that verbs, "X-backed Y" and "X's backing" state between two actors of a sentence."""
    out = []
    for annotation in annotations:
        spans = sorted(m.span for m in annotation.mentions if m.form == "name")
        for sentence in annotation.sentences:
            inside = [s for s in spans if sentence.span.holds(s)]
            if len(inside) > 1:
                out += _of_sentence(annotation.report, sentence, inside, at)
    return out


def _of_sentence(report: str, sentence: Sentence, inside: Sequence[Span], at: At) -> Iterator[Stated]:
    tokens = sentence.tokens
    who = [_actor_at(report, t, inside, at) for t in tokens]
    verbs, _, suffixes = _cues()
    for i, token in enumerate(tokens):
        role = verbs.get(token.lemma.lower()) if token.pos == "VERB" else None
        if role and not _negated(tokens, i):
            yield from _around(report, sentence, i, role, who)
        role = suffixes.get(bare(token.text))
        if role and i >= 2 and tokens[i - 1].text == "-":
            a = who[i - 2]
            b = next((who[j] for j in range(i + 1, min(i + 5, len(tokens))) if who[j]), None)
            if a and b and a.id != b.id:
                yield Stated(a.id, role, b.id, Evidence(report, sentence.span))


def _around(report: str, sentence: Sentence, verb: int, role: str, who: Sequence[Actor | None]) -> Iterator[Stated]:
    """The doers and the targets of a verb, passive turned round; conjuncts count."""
    tokens = sentence.tokens
    doers, targets = [], []
    for i, t in enumerate(tokens):
        if t.head != verb or i == verb:
            continue
        if t.dep == "nsubj":
            doers += _with_conjuncts(tokens, i)
        elif t.dep in ("dobj", "nsubjpass"):
            targets += _with_conjuncts(tokens, i)
        elif t.dep == "agent":
            doers += [k for j, u in enumerate(tokens) if u.head == i and u.dep == "pobj" for k in _with_conjuncts(tokens, j)]
    if not doers and tokens[verb].dep == "xcomp":
        head = tokens[verb].head
        doers = [k for j, u in enumerate(tokens) if u.head == head and u.dep == "nsubj" for k in _with_conjuncts(tokens, j)]
    for d in doers:
        for t in targets:
            a, b = who[d], who[t]
            if a and b and a.id != b.id:
                yield Stated(a.id, role, b.id, Evidence(report, sentence.span))


def _with_conjuncts(tokens: Sequence[Token], at: int) -> list[int]:
    found = [at]
    for i, t in enumerate(tokens):
        if t.dep == "conj" and t.head in found:
            found.append(i)
    return found


def _negated(tokens: Sequence[Token], at: int) -> bool:
    return any(t.head == at and t.dep == "neg" for t in tokens)


def _actor_at(report: str, token: Token, inside: Sequence[Span], at: At) -> Actor | None:
    if not any(s.start < token.span.end and token.span.start < s.end for s in inside):
        return None
    return at(report, token.span)


def gathered(stated: Sequence[Stated], annotations: Sequence[Annotation]) -> tuple[Relation, ...]:
    """One relation for each pair and role, with all its evidence and the statements that hold it."""
    places: dict[tuple[str, str, str], set[Evidence]] = {}
    for s in stated:
        places.setdefault((s.a, s.role, s.b), set()).add(s.evidence)
    said = {a.report: a.statements for a in annotations}
    out = []
    for (a, role, b), evidence in sorted(places.items()):
        statements = sorted({s.id for e in evidence for s in said.get(e.report, ()) for c in s.content if c.overlaps(e.span)})
        out.append(Relation(a, role, b, tuple(sorted(evidence)), tuple(statements)))
    return tuple(out)
