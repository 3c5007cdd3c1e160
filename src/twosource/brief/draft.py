"""The desk check as one page: the draft on the left, what the reports have on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from twosource.brief.rendering import own_environment, shown, source, style_hash, stylesheet
from twosource.brief.wording import harmless, one_line
from twosource.corroborate.draft import Checked, Desk, Fault, FaultKind
from twosource.model import Article, Evidence, Span
from twosource.text import paragraphs, sentences
from twosource.version import __version__
from twosource.wire import evidence as evidence_row

LABELS: dict[FaultKind, str] = {
    "number": "Number changed",
    "name": "Name",
    "date": "Date changed",
    "speaker": "Speaker changed",
    "hedge": "Hedge dropped",
    "denial": "Denial dropped",
    "quotation": "Quotation",
    "unsupported": "Unsupported",
}
AROUND = 60  # characters shown on either side of a short piece of evidence


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a report, with the words that matter marked."""

    outlet: str
    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at."""

    kind: str
    label: str
    why: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the draft and what stands beside it."""

    number: int
    verdict: str
    text: Markup
    opens: bool  # begins a paragraph
    notes: tuple[Note, ...]
    earliest: Shown | None
    others: int
    origins: str


def draft_document(desk: Desk) -> dict[str, Any]:
    """The desk check as plain lists and dicts: every sentence with its verdict, evidence, origins and faults."""
    return {
        "schema": "twosource.draft/1",
        "made": {"version": __version__},
        "draft": {"title": desk.draft.report.title, "sha256": desk.draft.report.sha256},
        "sentences": [_sentence(c) for c in desk.sentences],
    }


def _sentence(c: Checked) -> dict[str, Any]:
    return {
        "start": c.span.start,
        "end": c.span.end,
        "verdict": c.verdict,
        "evidence": [evidence_row(e) for e in c.evidence],
        "earliest": evidence_row(c.earliest) if c.earliest else None,
        "origins": list(c.origins),
        "independent_origins": c.independent_origins,
        "faults": [
            {
                "kind": f.kind,
                "start": f.span.start,
                "end": f.span.end,
                "why": f.why,
                "evidence": [evidence_row(e) for e in f.evidence],
            }
            for f in c.faults
        ],
    }


def draft_html(desk: Desk) -> str:
    """The page; nothing is loaded from outside and every character of draft and reports is escaped."""
    by_id = {a.id: a for a in desk.articles}
    openings = {p.start for p in paragraphs(desk.draft.text)}
    rows = [
        _row(n, c, desk.draft.text, c.span.start in openings, by_id) for n, c in enumerate(desk.sentences, 1)
    ]
    count = Counter(f.kind for c in desk.sentences for f in c.faults)
    style = stylesheet() + source("draft.css")
    page: str = (
        own_environment()
        .get_template("draft.html.j2")
        .render(
            title=one_line(desk.draft.report.title or "") or "Draft",
            rows=rows,
            tally=[(LABELS[k], count[k]) for k in LABELS if count[k]],
            supported=sum(c.verdict == "supported" for c in desk.sentences),
            reports=len(desk.articles),
            style=Markup(style),  # our own files
            style_hash=style_hash(style),
            version=__version__,
        )
    )
    return page


def _row(number: int, c: Checked, text: str, opens: bool, by_id: dict[str, Article]) -> Row:
    notes = tuple(_note(f, by_id) for f in c.faults)
    earliest = _shown(c.earliest, by_id) if c.earliest else None
    origins = ", ".join(one_line(o) for o in c.origins[:4])
    if c.independent_origins is not None:
        many = c.independent_origins
        origins = f"{many} independent {'origin' if many == 1 else 'origins'}: {origins}"
    return Row(
        number,
        c.verdict,
        _marked(text, c.span, c.faults),
        opens,
        notes,
        earliest,
        max(0, len(c.evidence) - 1),
        origins,
    )


def _note(f: Fault, by_id: dict[str, Article]) -> Note:
    return Note(f.kind, LABELS[f.kind], one_line(f.why), tuple(_shown(e, by_id) for e in f.evidence[:3]))


def _shown(e: Evidence, by_id: dict[str, Article]) -> Shown:
    article = by_id[e.report]
    home = next((s for s in sentences(article.text) if s.overlaps(e.span)), e.span)
    start, end = max(home.start, e.span.start - AROUND), min(home.end, e.span.end + AROUND)
    before = ("… " if start > home.start else "") + harmless(article.text[start : e.span.start])
    after = harmless(article.text[e.span.end : end]) + (" …" if end < home.end else "")
    return Shown(
        one_line(article.outlet or "unknown outlet"), before, harmless(e.span.of(article.text)), after
    )


def _marked(text: str, whole: Span, faults: Sequence[Fault]) -> Markup:
    """The sentence with its faulty stretches marked; a fault of the whole sentence marks nothing in it."""
    out, at = [], whole.start
    for f in sorted(faults, key=lambda f: (f.span.start, -f.span.end)):
        start, end = max(f.span.start, at), min(f.span.end, whole.end)
        if start >= end or f.span.holds(whole):
            continue
        out += [
            shown(text[at:start]),
            Markup('<mark class="{}">').format(f.kind),
            shown(text[start:end]),
            Markup("</mark>"),
        ]
        at = end
    return Markup("").join([*out, shown(text[at : whole.end])])
