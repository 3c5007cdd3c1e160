"""Where the reports differ: each distinct difference once, with every report on either side."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.corroborate.disagreements.ages import differing_ages
from twosource.corroborate.disagreements.clocks import differing_times
from twosource.corroborate.disagreements.names import Names, differing_names
from twosource.corroborate.disagreements.numbers import differing_numbers
from twosource.corroborate.disagreements.opposites import differing_occurrence
from twosource.corroborate.disagreements.quotations import differing_quotations
from twosource.corroborate.disagreements.reading import families, open_all
from twosource.corroborate.disagreements.spots import differing_spots
from twosource.corroborate.disagreements.tolls import differing_tolls
from twosource.model import Annotation, Article, Backing, Claim, Disagreement, Reuse

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
        *differing_names(readings, heads, cast),
        *differing_ages(readings, heads),
        *differing_tolls(readings, heads),
        *differing_numbers(readings, heads),
        *differing_times(readings, heads),
        *differing_spots(readings, heads),
        *differing_occurrence(readings, heads),
    ]
    return sorted(found, key=lambda d: (-d.weight, d.kind, d.id))
