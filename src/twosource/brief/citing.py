"""Links from what the brief says to the exact characters it rests on, and the reports with those characters marked."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from twosource.brief.evidence import Desk
from twosource.brief.rendering import shown
from twosource.brief.wording import clipped, one_line
from twosource.model import Article, Evidence, Span, Statement
from twosource.text import paragraphs

WORDS = 11  # of a passage that its link shows
ON_PAPER = 14  # of a passage that the printed list shows


@dataclass(frozen=True, slots=True)
class Cite:
    """A link to a passage: the report's number, with a letter from the second passage of one report on."""

    label: str
    anchor: str
    report: int
    outlet: str
    words: str
    href: str
    note: str  # the passage's number on paper: the report's number, a stop, the passage's own


@dataclass(frozen=True, slots=True)
class NotesView:
    """The passages of one report in the printed list, in the order of their numbers from 1 on."""

    report: int
    outlet: str
    passages: tuple[str, ...]


def this_page(_report: str) -> str:
    """No address before the anchor: the report stands on the same page."""
    return ""


@dataclass
class Citations:
    """Hands out an anchor for each passage that is cited, and remembers them for marking the reports."""

    desk: Desk
    prefix: str
    page: Callable[[str], str] = this_page
    _spans: dict[str, set[Span]] = field(default_factory=dict)
    _notes: dict[str, dict[Span, int]] = field(default_factory=dict)
    _key: set[str] = field(default_factory=set)

    def report_anchor(self, report: str) -> str:
        """Where the whole report starts."""
        return f"{self.prefix}r{self.desk.numbers[report]}"

    def report_href(self, report: str) -> str:
        """The link to where the whole report starts."""
        return f"{self.page(report)}#{self.report_anchor(report)}"

    def anchor(self, evidence: Evidence) -> str | None:
        """The anchor of a passage; None where it points outside the reports."""
        article = self.desk.articles.get(evidence.report)
        span = evidence.span
        if article is None or not 0 <= span.start < span.end <= len(article.text):
            return None
        self._spans.setdefault(evidence.report, set()).add(span)
        return f"{self.report_anchor(evidence.report)}-{span.start}-{span.end}"

    def key(
        self, evidence: tuple[Evidence, ...] | list[Evidence], *, printed: bool = True
    ) -> tuple[Cite, ...]:
        """Links to the passages that the account turns on, marked more strongly than the rest."""
        self._key.update(a for e in evidence if (a := self.anchor(e)))
        return self.cite(evidence, printed=printed)

    def is_key(self, anchor: str) -> bool:
        """Whether the account turns on the passage."""
        return anchor in self._key

    def one_each(self, evidence: tuple[Evidence, ...] | list[Evidence]) -> tuple[Cite, ...]:
        """Links to the first passage of each report."""
        first: dict[str, Evidence] = {}
        for e in sorted(evidence):
            first.setdefault(e.report, e)
        return self.key(list(first.values()))

    def cite(
        self, evidence: tuple[Evidence, ...] | list[Evidence], *, printed: bool = True
    ) -> tuple[Cite, ...]:
        """Links to the passages, each once, in the order of the reports; what paper doesn't show needs no number there."""
        found: list[Cite] = []
        seen: dict[str, int] = {}
        kept = [e for e in dict.fromkeys(evidence) if self.anchor(e)]
        for e in sorted(kept, key=lambda e: (self.desk.numbers[e.report], e.span)):
            n = seen[e.report] = seen.get(e.report, 0) + 1
            number = self.desk.numbers[e.report]
            anchor = self.anchor(e) or ""
            found.append(
                Cite(
                    label=str(number) + (_letter(n) if n > 1 else ""),
                    anchor=anchor,
                    report=number,
                    outlet=one_line(self.desk.articles[e.report].outlet) or "outlet unknown",
                    words=clipped(one_line(self.desk.text(e)), WORDS),
                    href=f"{self.page(e.report)}#{anchor}",
                    note=self._note(e) if printed else "",
                )
            )
        return tuple(found)

    def _note(self, evidence: Evidence) -> str:
        """The number that a passage has on paper, counted through its report as the account first cites them."""
        numbers = self._notes.setdefault(evidence.report, {})
        return f"{self.desk.numbers[evidence.report]}.{numbers.setdefault(evidence.span, len(numbers) + 1)}"

    def of_statements(self, statements: list[Statement], *, printed: bool = True) -> tuple[Cite, ...]:
        """Links to each statement's passages."""
        return self.cite([e for s in statements for e in self.desk.passages(s)], printed=printed)

    def notes(self) -> tuple[NotesView, ...]:
        """The passages that have a number on paper, report by report."""
        found = []
        for article in self.desk.reading_order:
            spans = self._notes.get(article.id, {})
            words = [
                clipped(one_line(x.of(article.text)), ON_PAPER) for x in sorted(spans, key=spans.__getitem__)
            ]
            if words:
                outlet = one_line(article.outlet) or "outlet unknown"
                found.append(NotesView(self.desk.numbers[article.id], outlet, tuple(words)))
        return tuple(found)

    def cited(self, report: str) -> list[tuple[Span, str]]:
        """The cited passages of a report with their anchors, in order."""
        base = self.report_anchor(report)
        return [(s, f"{base}-{s.start}-{s.end}") for s in sorted(self._spans.get(report, ()))]


def _letter(n: int) -> str:
    """b, c … z, then aa, ab …: the first passage has none."""
    said = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        said = chr(97 + rest) + said
    return said


# ------------------------------------------------------------------ marked text


@dataclass(frozen=True, slots=True)
class MarkedReport:
    """A report's paragraphs as safe markup, and the anchors whose passage had to be cut into several pieces."""

    paragraphs: tuple[Markup, ...]
    torn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of a report that a page can tint on request: a style's name (ours, never a report's) and what to say of it."""

    span: Span
    style: str
    title: str


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    span: Span
    anchor: str  # empty for furniture and layers
    label: str
    style: str = ""  # of a layer


def marked(
    article: Article,
    cited: list[tuple[Span, str]],
    key: Callable[[str], bool] = bool,
    layers: Sequence[Layer] = (),
) -> MarkedReport:
    """The report whole: furniture dimmed, each cited passage an element with its anchor, each layer one with its style.

    Elements cannot overlap: a passage is cut where another one or its paragraph ends, and keeps its anchor on the first piece.
    """
    marks = [_Mark(s, anchor, "key" if key(anchor) else "") for s, anchor in cited]
    marks += [_Mark(f.span, "", f"{f.kind}: {f.why}" if f.why else f.kind) for f in article.boilerplate]
    marks += [_Mark(x.span, "", x.title, x.style) for x in layers]
    marks.sort(key=lambda m: (m.span.start, -m.span.end, m.anchor, m.style, m.label))
    counted: dict[str, int] = {}
    _blocks(article.text, marks, counted, frozenset())
    torn = frozenset(a for a, n in counted.items() if n > 1)
    return MarkedReport(_blocks(article.text, marks, {}, torn), tuple(sorted(torn)))


def _blocks(
    text: str, marks: list[_Mark], opened: dict[str, int], torn: frozenset[str]
) -> tuple[Markup, ...]:
    """The paragraphs with their marks; counts in how many pieces each passage was opened."""
    blocks = []
    at = 0
    live: list[_Mark] = []
    for block in paragraphs(text):
        while at < len(marks) and marks[at].span.start < block.end:
            live.append(marks[at])
            at += 1
        live = [m for m in live if m.span.end > block.start]
        blocks.append(_block(text, block, live, opened, torn))
    return tuple(blocks)


def _block(
    text: str, block: Span, marks: list[_Mark], opened: dict[str, int], torn: frozenset[str]
) -> Markup:
    """One paragraph with its marks nested properly."""
    pending = [(max(m.span.start, block.start), -min(m.span.end, block.end), i) for i, m in enumerate(marks)]
    pending = [p for p in pending if p[0] < -p[1]]
    heapq.heapify(pending)
    out: list[str] = []
    ends: list[tuple[int, str]] = []
    at = block.start
    while pending or ends:
        if ends and (not pending or ends[-1][0] <= pending[0][0]):
            end, close = ends.pop()
            out.append(_plain(text, at, end) + close)
            at = end
            continue
        start, minus_end, i = heapq.heappop(pending)
        end = -minus_end
        if ends and end > ends[-1][0]:
            heapq.heappush(pending, (ends[-1][0], -end, i))
            end = ends[-1][0]
        out.append(_plain(text, at, start) + _open(marks[i], opened, torn))
        at = start
        ends.append((end, "</mark>" if marks[i].anchor else "</span>"))
    out.append(_plain(text, at, block.end))
    return Markup("".join(out))


def _open(mark: _Mark, opened: dict[str, int], torn: frozenset[str]) -> str:
    if mark.style:
        return str(Markup('<span class="layer {}" title="{}">').format(mark.style, one_line(mark.label)))
    if not mark.anchor:
        return str(
            Markup(
                '<span class="furniture" title="Page furniture, {}"><span class="unseen">[page furniture] </span>'
            ).format(one_line(mark.label))
        )
    n = opened[mark.anchor] = opened.get(mark.anchor, 0) + 1
    styles = " ".join(x for x in (mark.label, f"at-{mark.anchor}" if mark.anchor in torn else "") if x)
    return (
        "<mark" + (f' class="{styles}"' if styles else "") + (f' id="{mark.anchor}"' if n == 1 else "") + ">"
    )


def _plain(text: str, start: int, end: int) -> str:
    return str(shown(text[start:end]))
