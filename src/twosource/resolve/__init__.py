"""Mentions of all reports brought together: one actor for many spellings, and what the texts say stands between actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.model import Annotation, Article, Known, Listed, Ruling
from twosource.resolve.actors import actors as actors_of
from twosource.resolve.cast import Cast, cast_of
from twosource.resolve.compare import compare_names
from twosource.resolve.known import NO_LISTS, Lists, Register, joined, recognised, register
from twosource.resolve.merge import Merge, merges
from twosource.resolve.nodes import Node, nodes
from twosource.resolve.relations import from_sentences, from_standings, gathered
from twosource.resolve.ruling import rechained, ruled
from twosource.resolve.standing import above

__all__ = ["NO_LISTS", "Cast", "Register", "compare_names", "register", "resolve"]


def resolve(
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    rulings: Sequence[Ruling] = (),
    known: Sequence[Listed] = (),
) -> Cast:
    """The actors of an incident's reports; their order and that of the reports don't matter.

    Mentions are merged across reports only where names, and what stands beside them, leave little doubt; undecided
    pairs are listed in `maybe`. Unnamed sources are never actors. `known` actors of somebody's lists bring names together and give ids;
    people's `rulings` have the last word.
    """
    annotations = rechained(annotations, articles, rulings)
    units = nodes(articles, annotations)
    groups, decisions, ids = _grouped(units, rulings, known)
    found = actors_of(units, groups, decisions, ids)
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


def _grouped(
    units: Sequence[Node], rulings: Sequence[Ruling], known: Sequence[Listed]
) -> tuple[list[list[int]], list[Merge], dict[int, tuple[Known, ...]]]:
    """Which nodes are one actor, why, and the ids of known ones: what names tell, then what lists do, then what people say."""
    groups, decisions = merges(units)
    if not known:
        groups, decided = ruled(units, groups, rulings)
        return groups, decisions + decided, {}
    lists = Lists(units, known)
    before, undecided = joined(lists, groups)
    groups, decided = ruled(units, before, rulings)
    ids, said = recognised(lists, groups, before)
    return groups, [*decisions, *undecided, *said, *decided], ids
