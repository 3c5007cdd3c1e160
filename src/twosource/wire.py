"""Records as JSON-ready rows, as the contract names them; field order is fixed so that bytes are stable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import msgspec

from twosource.model import (
    Annotation,
    Evidence,
    Incident,
    Known,
    Mention,
    Passage,
    Place,
    Quantity,
    Report,
    Reuse,
    Span,
    Statement,
    When,
)

Row = dict[str, Any]


def line(row: Row) -> bytes:
    """One line of JSON Lines, with its newline."""
    return msgspec.json.encode(row) + b"\n"


def spans(found: Iterable[Span]) -> list[list[int]]:
    """Spans as [start, end] pairs."""
    return [[s.start, s.end] for s in found]


def evidence(e: Evidence) -> Row:
    """Where something stands: {"report", "start", "end"}."""
    return {"report": e.report, "start": e.span.start, "end": e.span.end}


def report(r: Report) -> Row:
    """A report as `read` writes it: what is not known is left out, `original` never."""
    row = {f.name: getattr(r, f.name) for f in fields(Report)}
    return {k: v for k, v in row.items() if v is not None or k == "original"}


def statement(s: Statement, claim: str | None = None) -> Row:
    """A statement, with the claim it belongs to where that is known."""
    return {
        "id": s.id,
        "report": s.report,
        "content": spans(s.content),
        "cue": spans(s.cue),
        "source": spans(s.source),
        "who": s.who,
        "kind": s.kind,
        "told": s.told,
        "via": s.via,
        "stance": s.stance,
        "certainty": s.certainty,
        "mode": s.mode,
        "register": s.register,
        "within": s.within,
        "basis": s.basis,
        "negated": s.negated,
        "declined": s.declined,
        "voiced": s.voiced,
        "hedge": spans(s.hedge),
        "claim": claim,
    }


def mention(m: Mention) -> Row:
    """A mention of an actor."""
    return {
        "start": m.span.start,
        "end": m.span.end,
        "kind": m.kind,
        "name": m.name,
        "form": m.form,
        "title": m.title,
        "role": m.role,
        "affiliation": m.affiliation,
    }


def known(k: Known) -> Row:
    """An entry of a list of known actors that bears an actor's name."""
    return {"id": k.id, "name": k.name, "source": k.source}


def when(w: When) -> Row:
    """A time: TIMEX3 type and value, and EDTF."""
    return {
        "start": w.span.start,
        "end": w.span.end,
        "type": w.type,
        "value": w.value,
        "edtf": w.edtf,
        "why": w.why,
    }


def place(p: Place) -> Row:
    """A place with its coordinates, or with nulls where it could not be resolved."""
    return {
        "start": p.span.start,
        "end": p.span.end,
        "name": p.name,
        "geonameid": p.geonameid,
        "lat": p.lat,
        "lon": p.lon,
        "radius_km": p.radius_km,
        "full_name": p.full_name,
        "relation": p.relation,
        "why": p.why,
    }


def quantity(q: Quantity) -> Row:
    """A number with its bounds; high null means no upper bound."""
    return {
        "start": q.span.start,
        "end": q.span.end,
        "low": q.low,
        "high": q.high,
        "unit": q.unit,
        "of": q.of,
        "role": q.role,
    }


def annotation(a: Annotation, boilerplate: Iterable[Span]) -> Row:
    """What `annotate` writes of one report."""
    return {
        "id": a.report,
        "language": a.language,
        **({} if a.analysed else {"not_analysed": f"language {a.language}"}),
        "boilerplate": spans(boilerplate),
        "statements": [statement(s) for s in a.statements],
        "mentions": [mention(m) for m in a.mentions],
        "times": [when(w) for w in a.times],
        "places": [place(p) for p in a.places],
        "quantities": [quantity(q) for q in a.quantities],
    }


def passage(p: Passage) -> list[int]:
    """A shared passage: its offsets in the one report, then in the other."""
    return [p.ours.start, p.ours.end, p.theirs.start, p.theirs.end]


def reuse(r: Reuse) -> Row:
    """What two reports share."""
    return {
        "a": r.a,
        "b": r.b,
        "relation": r.relation,
        "containment": round(r.containment, 4),
        "older": r.older,
        "passages": [passage(p) for p in r.passages],
        "why": r.why,
    }


def membership(incidents: Iterable[Incident]) -> list[Row]:
    """What `group` writes: each report and its incident."""
    return sorted(
        ({"id": r, "incident": i.id} for i in incidents for r in i.reports), key=lambda row: row["id"]
    )
