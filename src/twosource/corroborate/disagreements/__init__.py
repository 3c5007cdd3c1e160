"""Where the reports differ: each distinct difference once, with every report on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.corroborate.disagreements.ages import differing_ages
from twosource.corroborate.disagreements.causes import differing_causes
from twosource.corroborate.disagreements.clocks import differing_times
from twosource.corroborate.disagreements.culprits import differing_culprits
from twosource.corroborate.disagreements.deaths import differing_deaths
from twosource.corroborate.disagreements.distances import differing_distances
from twosource.corroborate.disagreements.framing import differing_frames
from twosource.corroborate.disagreements.hedges import differing_certainty
from twosource.corroborate.disagreements.names import differing_names
from twosource.corroborate.disagreements.numbers import differing_numbers
from twosource.corroborate.disagreements.opposites import differing_occurrence
from twosource.corroborate.disagreements.people import differing_people
from twosource.corroborate.disagreements.quotations import differing_quotations
from twosource.corroborate.disagreements.spots import differing_spots
from twosource.corroborate.disagreements.steps import differing_steps
from twosource.corroborate.disagreements.tolls import differing_tolls
from twosource.corroborate.disagreements.unnamed import differing_unnamed
from twosource.corroborate.facts.reading import families, open_all
from twosource.corroborate.questions.names import Names
from twosource.model import Annotation, Article, Backing, Claim, Disagreement, Reuse, Span

__all__ = ["differ"]


def differ(
    claims: Sequence[Claim],
    backings: Sequence[Backing],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    cast: Names,
    shared: Sequence[Reuse],
) -> list[Disagreement]:
    """Every difference between reports that an editor would want to see, the weightiest first.

    Copies of one text speak once, through the copy with the smallest id.
    """
    readings = open_all(articles, annotations)
    heads = families((r.id for r in readings), shared)
    found = [
        *differing_quotations(readings, heads),
        *differing_frames(readings, heads),
        *differing_names(readings, heads, cast),
        *differing_ages(readings, heads),
        *differing_unnamed(readings, heads),
        *differing_people(readings, heads, cast),
        *differing_causes(readings, heads),
        *differing_tolls(readings, heads),
        *differing_numbers(readings, heads),
        *differing_times(readings, heads),
        *differing_spots(readings, heads),
        *differing_distances(readings, heads),
        *differing_occurrence(readings, heads),
        *differing_culprits(readings, heads, cast.actors),
        *differing_certainty(readings, heads),
        *differing_deaths(claims, readings, heads),
        *differing_steps(readings, heads, cast.actors),
    ]
    weights = _claimed(claims, backings, annotations)
    ranked = [replace(d, weight=round(d.weight * _share(d, weights), 4)) for d in found]
    return sorted(ranked, key=lambda d: (-d.weight, d.kind, d.id))


def _claimed(
    claims: Sequence[Claim], backings: Sequence[Backing], annotations: Sequence[Annotation]
) -> dict[str, list[tuple[Span, float]]]:
    """The stretches of each report that claims rest on, with how much a difference there matters."""
    disputed = {b.claim for b in backings if b.status == "disputed"}
    weight = {s: _weight(c, n, c.id in disputed) for n, c in enumerate(claims) for s in c.statements}
    found: dict[str, list[tuple[Span, float]]] = {}
    for annotation in annotations:
        for s in annotation.statements:
            if s.id in weight:
                found.setdefault(annotation.report, []).extend((span, weight[s.id]) for span in s.content)
    return found


def _weight(claim: Claim, rank: int, disputed: bool) -> float:
    """Claims come with the most important first; background matters less, what is disputed more."""
    return (1.0 if claim.event == "main" else 0.6) * (1.1 if disputed else 1.0) * (1.0 if rank < 12 else 0.9)


def _share(d: Disagreement, weights: dict[str, list[tuple[Span, float]]]) -> float:
    """The weight of the weightiest claim that a side stands in; a little less than background's where it stands in none."""
    held = [
        w
        for side in d.sides
        for span, w in weights.get(side.evidence.report, [])
        if span.overlaps(side.evidence.span)
    ]
    return max(held, default=0.55 if weights else 1.0)
