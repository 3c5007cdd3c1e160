"""What a report is but its article: masthead and furniture, each with the characters that show it."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.clean.furniture import furniture
from twosource.clean.masthead import masthead
from twosource.clean.repeats import merged, repeated
from twosource.model import Article, Report

__all__ = ["clean"]


def clean(reports: Sequence[Report]) -> list[Article]:
    """Each report with its furniture marked and its masthead read, in the order given; no text is changed.

    What one outlet repeats is learned from the reports given together, so a report alone may have less marked.
    """
    standing = repeated(reports)
    cleaned = []
    for report in reports:
        marked = merged(furniture(report.text), standing.get(report.id, ()))
        cleaned.append(Article(report, marked, masthead(report, marked)))
    return cleaned
