"""Mentions of all reports brought together: one actor for many spellings, and what the texts say stands between actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.model import Annotation, Article, Ruling
from twosource.resolve.actors import actors as actors_of
from twosource.resolve.cast import Cast, cast_of
from twosource.resolve.compare import compare_names
from twosource.resolve.merge import merges
from twosource.resolve.nodes import nodes
from twosource.resolve.relations import from_sentences, from_standings, gathered
from twosource.resolve.ruling import rechained, ruled
from twosource.resolve.standing import above

__all__ = ["Cast", "compare_names", "resolve"]


def resolve(
    articles: Sequence[Article], annotations: Sequence[Annotation], rulings: Sequence[Ruling] = ()
) -> Cast:
    """The actors of an incident's reports; their order and that of the reports don't matter.

    Mentions are merged across reports only where names, and what stands beside them, leave little doubt; undecided
    pairs are listed in `maybe`. Unnamed sources are never actors. People's `rulings` have the last word.
    """
    annotations = rechained(annotations, articles, rulings)
    units = nodes(articles, annotations)
    groups, decisions = merges(units)
    groups, decided = ruled(units, groups, rulings)
    decisions += decided
    found = actors_of(units, groups, decisions)
    first = cast_of(found, (), {})
    actor_of = {n: a.id for n, unit in enumerate(units) if (a := first.at(unit.report, unit.spans[0]))}
    stated = [
        *from_standings(units, actor_of, first.named),
        *from_sentences(annotations, first.at, first.named),
    ]
    speaking = {
        a.id for annotation in annotations for s in annotation.statements if (a := first.named(s.who))
    }
    up = above(found, stated, speaking)
    held: dict[str, set[str]] = {}
    for s in stated:
        if s.role in ("speaks_for", "commands", "leads", "part_of"):
            held.setdefault(s.a, set()).add(s.b)
    found = [
        replace(a, affiliations=tuple(sorted(held.get(a.id, set()) | ({up[a.id]} if a.id in up else set()))))
        for a in found
    ]
    return cast_of(found, gathered(stated, annotations), up)
