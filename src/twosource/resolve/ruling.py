"""People's decisions about who is who: mentions put apart before names are compared, actors merged and split afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twosource.model import Annotation, Article, Evidence, Mention, Ruling, Thing
from twosource.resolve.merge import Merge
from twosource.resolve.nodes import Node


def of_actors(rulings: Iterable[Ruling], kind: str) -> list[Ruling]:
    """The decisions of that kind that are about actors."""
    return [r for r in rulings if r.about == "actor" and r.kind == kind and r.things]


def rechained(
    annotations: Sequence[Annotation], articles: Sequence[Article], rulings: Sequence[Ruling]
) -> Sequence[Annotation]:
    """The annotations with mentions that a person took out of an actor as actors of their own, each under its own name."""
    splits = of_actors(rulings, "split")
    if not splits:
        return annotations
    text = {a.id: a.text for a in articles}
    for ruling in splits:
        out = ruling.things[0].rests_on
        annotations = [_apart(a, text.get(a.report, ""), [e for e in out if e.report == a.report]) for a in annotations]  # fmt: skip
    return annotations


def _apart(annotation: Annotation, text: str, out: Sequence[Evidence]) -> Annotation:
    """Each chain of which some mentions are taken out and some are not becomes two."""
    taken = {i for i, m in enumerate(annotation.mentions) if any(m.span.overlaps(e.span) for e in out)}
    chains = {annotation.mentions[i].chain for i in taken}
    torn = [
        c
        for c in sorted(chains)
        if c >= 0 and any(m.chain == c and i not in taken for i, m in enumerate(annotation.mentions))
    ]
    if not torn:
        return annotation
    free = 1 + max(m.chain for m in annotation.mentions)
    mentions = list(annotation.mentions)
    for chain in torn:
        for side in (True, False):
            part = [i for i, m in enumerate(mentions) if m.chain == chain and (i in taken) == side]
            name = _fullest([mentions[i] for i in part], text)
            for i in part:
                mentions[i] = replace(mentions[i], chain=free if side else chain, name=name)
        free += 1
    return replace(annotation, mentions=tuple(mentions))


def _fullest(mentions: Sequence[Mention], text: str) -> str:
    names = [" ".join(m.span.of(text).split()) for m in mentions if m.form == "name"]
    return max(names, key=lambda n: (n.count(" "), len(n), n), default=mentions[0].name)


def ruled(
    units: Sequence[Node], groups: list[list[int]], rulings: Sequence[Ruling]
) -> tuple[list[list[int]], list[Merge]]:
    """The groups as people want them, and a reason for each that a decision shaped; decisions are applied in their order."""
    made: list[Merge] = []
    for ruling in rulings:
        if ruling.about != "actor" or ruling.kind not in ("merge", "split"):
            continue
        if ruling.kind == "merge":
            chosen = sorted({g for t in ruling.things if (g := _home(t, units, groups)) is not None})
            if len(chosen) > 1:
                one = sorted(n for g in chosen for n in groups[g])
                groups = [g for i, g in enumerate(groups) if i not in chosen] + [one]
                made.append(Merge(one[0], one[0], True, ruling.told("found these names to be one actor's")))
            continue
        split: list[list[int]] = []
        for group in groups:
            out = [n for n in group if _hits(ruling.things[0], units[n])]
            rest = [n for n in group if n not in out]
            split += [part for part in (out, rest) if part]
            if out and rest:
                why = ruling.told("took these mentions for another actor's")
                made += [Merge(part[0], part[0], True, why) for part in (out, rest)]
        groups = split
    return (sorted(groups), made) if made else (groups, made)


def _home(thing: Thing, units: Sequence[Node], groups: Sequence[Sequence[int]]) -> int | None:
    """The group that has most of the mentions that the person saw; None where none is left."""
    hits = [sum(_hits(thing, units[n]) for n in group) for group in groups]
    best = max(range(len(groups)), key=lambda g: (hits[g], -min(groups[g])), default=None)
    return best if best is not None and hits[best] else None


def _hits(thing: Thing, unit: Node) -> int:
    return sum(any(e.span.overlaps(s) for s in unit.spans) for e in thing.rests_on if e.report == unit.report)
