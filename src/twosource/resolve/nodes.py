"""What one report calls one actor: the units that are merged across reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from twosource.annotate.mentions.chain import parts
from twosource.annotate.mentions.lexicon import bare, body_forms, lexicon
from twosource.annotate.mentions.spelling import likeness
from twosource.annotate.places.gazetteer import state_names
from twosource.model import Annotation, Article, Evidence, MentionKind, Span
from twosource.resolve.nations import nation


@dataclass(frozen=True, slots=True)
class Node:
    """One chain of one report: its names with counts, and what is said beside them."""

    report: str
    chain: int
    kind: MentionKind
    name: str  # the fullest
    forms: tuple[tuple[str, int], ...]  # names as written, most used first
    spans: tuple[Span, ...]
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    affiliations: tuple[tuple[str, str, Span], ...]  # body, role there, where it stands

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the report mentions the actor."""
        return tuple(Evidence(self.report, s) for s in self.spans)


def nodes(articles: Sequence[Article], annotations: Sequence[Annotation]) -> list[Node]:
    """One node for each chain of each report, in the order of reports' ids."""
    text = {a.id: a.text for a in articles}
    out = []
    for annotation in sorted(annotations, key=lambda a: a.report):
        if annotation.report in text:
            out += _of_report(annotation, text[annotation.report])
    return _one_kind(out, _placed(annotations))


def _placed(annotations: Sequence[Annotation]) -> frozenset[str]:
    """The names, folded, of the places that the gazetteer knows in the reports."""
    return frozenset(
        key(p.name)
        for a in annotations
        for p in a.places
        if p.geonameid is not None and p.feature in ("town", "region", "country", "continent")
    )


def _one_kind(units: Sequence[Node], placed: frozenset[str]) -> list[Node]:
    """One kind for one name over all reports: offices make a person, known places a place, else most uses decide."""
    votes: dict[str, Counter[MentionKind]] = {}
    for u in units:
        tally = votes.setdefault(key(u.name), Counter())
        tally[u.kind] += len(u.spans)
        if u.kind == "person" and (u.titles or u.roles or len(parts(u.name)) > 1):
            tally["person"] += 100
        if set(parts(u.name)) & lexicon().institution_heads:
            tally["organisation"] += 50
        elif u.kind == "organisation" and key(u.name) in placed and bare(u.name) not in body_forms():
            tally["place"] += 60
    settled = [replace(u, kind=_most(votes[key(u.name)])) for u in units]
    surnames = {
        w for u in settled if u.kind == "person" and len(parts(u.name)) > 1 for w in parts(u.name)[-1:]
    }
    return [replace(u, kind="person") if _surname(u, surnames, placed) else u for u in settled]


def _surname(unit: Node, surnames: set[str], placed: frozenset[str]) -> bool:
    """Whether a single word that no map knows is a surname of the incident's people, or nearly."""
    words = parts(unit.name)
    if unit.kind == "person" or len(words) != 1 or key(unit.name) in placed or unit.name.isupper():
        return False
    if words[0] in lexicon().institution_heads or bare(unit.name) in body_forms() or nation(words[0]):
        return False
    return words[0] in surnames or (
        len(words[0]) >= 6 and any(s[:2] == words[0][:2] and likeness(s, words[0]) >= 0.8 for s in surnames)
    )


def _most(tally: Counter[MentionKind]) -> MentionKind:
    return max(sorted(tally), key=lambda kind: tally[kind])


def _of_report(annotation: Annotation, text: str) -> list[Node]:
    by_chain: dict[int, list[int]] = {}
    for i, m in enumerate(annotation.mentions):
        by_chain.setdefault(m.chain if m.chain >= 0 else -2 - i, []).append(i)
    out = []
    for chain, at in sorted(by_chain.items()):
        ms = [annotation.mentions[i] for i in at]
        named = [m for m in ms if m.form == "name"]
        forms = Counter(" ".join(m.span.of(text).split()) for m in named)
        name = (named or ms)[0].name
        if ms[0].kind == "place" and "." in name and name in state_names():
            name = state_names()[name][0]  # "Colo." in one report is "Colorado" in another
        if not forms:
            forms = Counter({name: len(ms)})
        out.append(
            Node(
                annotation.report,
                chain,
                ms[0].kind,
                name,
                tuple(sorted(forms.items(), key=lambda f: (-f[1], f[0]))),
                tuple(sorted({m.span for m in ms})),
                tuple(dict.fromkeys(m.title for m in ms if m.title)),
                tuple(dict.fromkeys(m.role for m in ms if m.role)),
                tuple(dict.fromkeys((m.affiliation, m.role or "", m.span) for m in ms if m.affiliation)),
            )
        )
    return out


def full(name: str, kind: MentionKind) -> bool:
    """Whether a name tells its bearer from others: a person's needs two words."""
    return kind != "person" or len(parts(name)) > 1


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """A name folded for looking up: no articles, titles or punctuation."""
    words = parts(name)
    lex = lexicon()
    while len(words) > 1 and words[0] in lex.titles and words[0] not in lex.also_names:
        words = words[1:]
    return " ".join(words) or bare(name)
