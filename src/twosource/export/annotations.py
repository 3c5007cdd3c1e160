"""W3C Web Annotations: who says what, on the very characters, for any tool that shows notes on a text.

Each target names the text by its words (TextQuoteSelector, with what stands before and behind) and by its place
(TextPositionSelector, in code points of the text as it was extracted). See https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator

from twosource.export.encoding import encoded, gathered, known
from twosource.export.iris import VOCABULARY, address, iri
from twosource.export.shape import View
from twosource.model import Disagreement, Evidence, Report, Reuse, Span, Statement
from twosource.wire import Row

AROUND = 32  # characters before and behind a quotation, so that it is found again where the page has changed
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"ts": VOCABULARY}]  # the second: ours, inside the file
_TO_THE_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}")
_PAGES = ("text/html", "text/plain", "text/markdown", "application/pdf")
_FIELDS = "who kind told via stance certainty mode register within basis negated declined voiced".split()


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One AnnotationPage with all annotations of all incidents."""
    head = (
        b'{"@context":'
        + encoded(CONTEXT)
        + b',"id":"urn:twosource:annotations","type":"AnnotationPage","items":['
    )
    return gathered(head, (a for v in views for a in notes(v)), b"]}\n")


def notes(view: View) -> Iterator[Row]:
    """Statements and who makes them, mentions of actors, places, shared passages, differences."""
    for s in view.account.statements:
        yield _said(view, s)
        if s.source:
            yield _speaker(view, s)
    for a in view.account.actors:
        kind = {"person": "Person", "organisation": "Organization"}.get(a.kind)
        body = known({"id": iri("actor", a.id), "type": kind, "name": a.name, "ts:kind": a.kind})
        for e in a.mentions:
            yield _annotation(view, iri("mention", a.id, *_at(e)), "identifying", [body], [e])
    for spot in view.spots():
        if spot.place.geonameid is not None:
            body = {"id": f"https://sws.geonames.org/{spot.place.geonameid}/", "name": spot.name}
            for e in spot.evidence:
                name = iri("place", str(spot.place.geonameid), *_at(e))
                yield _annotation(view, name, "identifying", [body], [e])
    for r in view.account.reuse:
        yield from _shared(view, r)
    for d in view.account.disagreements:
        yield _difference(view, d)


def _said(view: View, s: Statement) -> Row:
    """A statement on its words; what it says of a claim never without who denies that claim."""
    claim = view.claim_of.get(s.id)
    told = view.spoken(s) if claim is None else f"{view.spoken(s)} {view.response(claim.id)}"
    record: Row = {"id": iri("statement", s.id), "type": "ts:Statement"}
    record |= {f"ts:{f}": getattr(s, f) for f in _FIELDS if getattr(s, f) is not None}
    if claim is not None:
        record |= {"ts:claim": iri("claim", claim.id), "ts:claimText": claim.text}
        record |= known({"ts:deniedBy": view.denied_by(claim.id)})
    spoken = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": told}  # fmt: skip
    return _annotation(view, iri("statement", s.id, "said"), "describing", [spoken, record], _of(s.report, s.content))  # fmt: skip


def _speaker(view: View, s: Statement) -> Row:
    """The words that name who says it."""
    body = known({"id": iri("statement", s.id), "type": "ts:Statement", "ts:who": s.who, "ts:kind": s.kind})
    return _annotation(view, iri("statement", s.id, "source"), "identifying", [body], _of(s.report, s.source))


def _shared(view: View, r: Reuse) -> Iterator[Row]:
    """A passage of one report, linked to the same in the other; of the younger to the older where that is known."""
    for p in r.passages:
        ours, theirs = Evidence(r.a, p.ours), Evidence(r.b, p.theirs)
        here, there = (theirs, ours) if r.older == r.a else (ours, theirs)
        body = {**_target(view, there), "ts:relation": r.relation, "ts:olderKnown": r.older is not None}
        yield _annotation(view, iri("passage", *_at(here), *_at(there)), "linking", [body], [here])


def _difference(view: View, d: Disagreement) -> Row:
    values = " | ".join(s.value for s in d.sides)
    told = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "language": "en", "value": f"Reports differ on {d.about}: {values}. {d.why}"}  # fmt: skip
    record = {"id": iri("disagreement", d.id), "type": "ts:Disagreement", "ts:kind": d.kind, "ts:nature": d.nature}  # fmt: skip
    return _annotation(view, iri("disagreement", d.id, "sides"), "commenting", [told, record], [s.evidence for s in d.sides])  # fmt: skip


def _annotation(view: View, name: str, motivation: str, body: list[Row], passages: Iterable[Evidence]) -> Row:
    return {
        "id": name,
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": [_target(view, e) for e in passages],
    }


def _target(view: View, e: Evidence) -> Row:
    report = view.articles[e.report].report
    text, start, end = report.text, e.span.start, e.span.end
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return known(
        {
            "type": "SpecificResource",
            "source": address(report.url) or iri("report", report.id),
            "ts:report": report.id,
            "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}],
            "state": _state(report),
        }
    )


def _state(report: Report) -> Row | None:
    """When the copy was made in which the words stood; nothing where that isn't known, since pages change."""
    if not report.retrieved or not _TO_THE_SECOND.fullmatch(report.retrieved):
        return None
    return known({"type": "TimeState", "sourceDate": report.retrieved, "cached": _copy(report)})


def _copy(report: Report) -> str | None:
    """The name of the copy by the hash of its bytes (RFC 6920), where they are a page's own: not of an entry of a feed."""
    if report.media_type not in _PAGES or not _SHA.fullmatch(report.sha256 or ""):
        return None
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(report.sha256 or '')).decode().rstrip('=')}"


def _of(report: str, spans: Iterable[Span]) -> list[Evidence]:
    return [Evidence(report, s) for s in spans]


def _at(e: Evidence) -> tuple[str, str, str]:
    return e.report, str(e.span.start), str(e.span.end)
