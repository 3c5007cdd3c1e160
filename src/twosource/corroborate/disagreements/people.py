"""Who somebody is: parts of a name that reports choose differently, a rank, and who holds a post."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from twosource.corroborate.disagreements.ages import Aged, aged
from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.questions.names import Names
from twosource.model import Disagreement, Side, Span
from twosource.text import normal

_OF = re.compile(
    r"\b(?P<post>head|chief|director|leader|chairman|chairwoman|president|mayor|governor)\s+(?:of|at)\s+(?:the\s+)?(?P<body>(?:[\w'’-]+\s+){0,6}?[\w'’-]+)(?=[,.;:]|\s+(?:said|says|told|who|and)\b|$)"
)
_SMALL = frozenset("the of in a an for at and agency department service services office authority".split())


@lru_cache(maxsize=1)
def _ranks() -> Mapping[str, str]:
    data = tomllib.loads(files(__package__).joinpath("people.toml").read_text(encoding="utf-8"))
    return {w: rank for rank, forms in data["ranks"].items() for w in forms.split()}


def differing_people(
    readings: Sequence[Reading], heads: Mapping[str, str], cast: Names
) -> list[Disagreement]:
    """One disagreement for each person with two surnames, two ranks, and each post with two holders."""
    own = [r for r in readings if heads[r.id] == r.id]
    found = [*_surnames(own), *_ranked(own, cast), *_posts(own)]
    return [d for d in found if d]


def _surnames(own: Sequence[Reading]) -> list[Disagreement | None]:
    """People of one given name and one age whose other names differ; one report that has both keeps them apart."""
    by_id = {r.id: r for r in own}
    told: dict[tuple[str, int], list[Aged]] = defaultdict(list)
    for r in own:
        for a in aged(r):
            kept = tuple(w for w in a.name if w not in ("jr", "sr", "ii", "iii", "iv"))
            if len(kept) > 1:
                told[kept[0], a.age].append(replace(a, name=kept))
    found: list[Disagreement | None] = []
    for first, age in sorted(told):
        group = told[first, age]
        names: dict[str, set[str]] = defaultdict(set)
        for a in group:
            names[a.report].add(" ".join(a.name))
        every = {n for ns in names.values() for n in ns}
        if len({n.split()[-1] for n in every}) < 2 or any(len(ns) > 1 for ns in names.values()):
            continue
        once: dict[str, Aged] = {}
        for a in sorted(group, key=lambda a: (a.report, a.span)):
            once.setdefault(a.report, a)
        sides = [
            Side(" ".join(w.title() for w in a.name), by_id[a.report].evidence(a.span)) for a in once.values()
        ]
        why = f"One age ({age}) and one given name, and other names that differ: {', '.join(sorted(every))}."
        found.append(disagreement("name", f"full name of {first.title()}", "variant", sides, why))
    return found


def _ranked(own: Sequence[Reading], cast: Names) -> list[Disagreement | None]:
    by_id = {r.id: r for r in own}
    found: list[Disagreement | None] = []
    for actor in cast.actors:
        if actor.kind != "person":
            continue
        sides: dict[str, Side] = {}
        for mention in actor.mentions:
            reading = by_id.get(mention.report)
            rank = _rank(reading.text, mention.span) if reading else None
            if reading and rank:
                sides.setdefault(reading.id, Side(rank, reading.evidence(mention.span)))
        said = ", ".join(f"{s.value} in {r}" for r, s in sorted(sides.items()))
        found.append(
            disagreement("other", f"rank of {actor.name}", "precision", sides.values(), f"Called {said}.")
        )
    return found


def _rank(text: str, span: Span) -> str | None:
    """The rank right before a name, or at its head where the mention includes it."""
    before = re.search(r"([A-Za-z]+)\.?\s+$", text[max(0, span.start - 16) : span.start])
    first = re.match(r"([A-Za-z]+)\.?\s", span.of(text))
    for m in (first, before):
        if m and normal(m.group(1)) in _ranks():
            return _ranks()[normal(m.group(1))]
    return None


def _posts(own: Sequence[Reading]) -> list[Disagreement | None]:
    """The head of one body named differently by two reports."""
    held: list[tuple[Reading, frozenset[str], str, Span]] = []
    for r in own:
        for m in _OF.finditer(r.text):
            sentence = r.sentence(m.start())
            body = frozenset(normal(w)[:6] for w in m["body"].split() if normal(w) not in _SMALL)
            who = _beside(r, Span(*m.span()), sentence.span if sentence else None)
            if len(body) >= 2 and who:
                held.append((r, body, who, Span(*m.span())))
    found: list[Disagreement | None] = []
    for i, (r, body, who, span) in enumerate(held):
        for other, body2, who2, span2 in held[i + 1 :]:
            if r.id == other.id or len(body & body2) < 2 or not (body <= body2 or body2 <= body):
                continue
            if set(normal(who).split()) & set(normal(who2).split()):
                continue
            sides = [Side(who, r.evidence(span)), Side(who2, other.evidence(span2))]
            about = f"who is {span.of(r.text)}"
            found.append(
                disagreement(
                    "name", about, "contradiction", sides, f"{who} in {r.id}, {who2} in {other.id}.", 1.2
                )
            )
    return found[:3]


def _beside(reading: Reading, span: Span, sentence: Span | None) -> str | None:
    """The person named next to a post, at most a comma and a few words away."""
    near = [
        m
        for m in reading.annotation.mentions
        if m.kind == "person"
        and m.form == "name"
        and sentence
        and sentence.holds(m.span)
        and (0 <= m.span.start - span.end <= 24 or 0 <= span.start - m.span.end <= 12)
    ]
    return near[0].span.of(reading.text) if near else None
