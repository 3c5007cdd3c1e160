"""What came in: passages, reports with their heads and furniture, what they share, and which incident they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# ------------------------------------------------------------------ evidence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch [start, end) of one report's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the stretch."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two stretches share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other stretch lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact characters of a report that something rests on."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One text that somebody published about an incident, exactly as it came in."""

    id: str
    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None  # EDTF
    modified: str | None = None  # EDTF
    url: str | None = None
    language: str | None = None
    sha256: str | None = None  # of the original bytes
    media_type: str | None = None
    original: str | None = None  # path or address it was read from
    incident: str | None = None  # a person's decision: kept together with its likes, apart from others
    retrieved: str | None = None  # when the copy was made that this was read from (UTC), as the input says


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be used: where it came from, why, and what to do."""

    input: str
    reason: str


# ------------------------------------------------------------------ clean


@dataclass(frozen=True, slots=True)
class Marked:
    """A value of the masthead with the characters that show it (none when it came with the report's metadata)."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Another outlet that the text itself names as having supplied copy ("(AP)", "The … contributed to this report")."""

    outlet: str
    span: Span
    role: Literal["copy", "contributed", "photo"]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head and foot of a report say about the report: outlet, byline, dateline, dates, credits, update notes."""

    outlet: Marked | None = None
    byline: Marked | None = None
    dateline: Marked | None = None  # the place, as written
    published: Marked | None = None  # EDTF
    modified: Marked | None = None  # EDTF
    credits: tuple[Credit, ...] = ()
    notes: tuple[Span, ...] = ()  # corrections and update notes


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch that is on the page but not of the article, with the rule that says so."""

    span: Span
    kind: str  # promo | share | signup | related | caption | credit | navigation | legal | biography
    why: str


@dataclass(frozen=True, slots=True)
class Article:
    """A report with its furniture marked and its masthead read; the text is still the report's own."""

    report: Report
    boilerplate: tuple[Furniture, ...] = ()
    masthead: Masthead = Masthead()

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id

    @property
    def text(self) -> str:
        """The report's text, unedited."""
        return self.report.text

    @property
    def outlet(self) -> str | None:
        """Who published it, given or read from the masthead."""
        return self.report.outlet or (self.masthead.outlet.value if self.masthead.outlet else None)

    @property
    def published(self) -> str | None:
        """When (EDTF), given or read from the masthead; no year is invented."""
        return self.report.published or (self.masthead.published.value if self.masthead.published else None)


# ------------------------------------------------------------------ reuse, incidents

RelationName = Literal["same_text", "revised", "shared_text", "shared_source", "independent"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Running text that two reports share."""

    ours: Span
    theirs: Span
    quotation: bool = False  # nothing but the words of one quotation: two reporters may quote one speech


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions of a text."""

    kind: Literal["added", "removed", "number", "name", "wording"]
    ours: Span | None
    theirs: Span | None


@dataclass(frozen=True, slots=True)
class Reuse:
    """What two reports share, and which took it from which; a < b."""

    a: str
    b: str
    relation: RelationName
    containment: float  # share of the shorter report's own words that the other has, 0 to 1
    older: str | None
    passages: tuple[Passage, ...]
    why: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Reports that are about one thing that happened."""

    id: str
    reports: tuple[str, ...]
    why: str = ""
