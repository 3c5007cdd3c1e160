"""What a report is but its article: masthead and furniture, each with the characters that show it."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.clean.furniture import furniture
from twosource.clean.masthead import masthead
from twosource.clean.repeats import Lines, lines_of, merged, repeated, standing_in, stood
from twosource.model import Article, Furniture, Report

__all__ = ["Lines", "clean", "cleaned", "lines_of", "standing_in", "stood"]


def clean(reports: Sequence[Report]) -> list[Article]:
    """Each report with its furniture marked and its masthead read, in the order given; no text is changed.

    What one outlet repeats is learned from the reports given together, so a report alone may have less marked.
    """
    standing = repeated(reports)
    return [cleaned(report, standing.get(report.id, ())) for report in reports]


def cleaned(report: Report, standing: Sequence[Furniture]) -> Article:
    """One report, given which of its lines its outlet repeats."""
    marked = merged(furniture(report.text), standing)
    return Article(report, marked, masthead(report, marked))
