"""The account as tables, one a noun, in the columns that `tables.toml` documents."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from twosource.export.shape import View
from twosource.model import Evidence, Toll
from twosource.wire import Row, evidence, quantity, reuse, statement, when

Kind = Literal["text", "int", "float", "bool", "texts", "spans"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what its cells hold, and what they mean."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A noun, with where its rows come from: a cell that is not known is None."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def rows(self, view: View) -> Iterator[Row]:
        """The noun's rows of one account, in the account's order."""
        for row in _ROWS[self.name](view):
            yield {"incident": view.account.id, **row}


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """All tables, in the order in which one would read them."""
    held = tomllib.loads((files(__package__) / "tables.toml").read_text(encoding="utf-8"))
    return tuple(
        Table(name, table["meaning"], tuple(Column(*c) for c in table["columns"]))
        for name, table in held.items()
    )


def _incidents(view: View) -> Iterator[Row]:
    a, facts = view.account, view.account.facts
    where = facts.where
    yield {
        "title": a.title,
        "when": facts.when,
        "place": (where.full_name or where.name) if where else None,
        "geonameid": where.geonameid if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "radius_km": where.radius_km if where else None,
        **_toll("killed", facts.killed),
        **_toll("injured", facts.injured),
        "reports": len(a.articles),
        "central": a.central,
    }


def _toll(name: str, toll: Toll | None) -> Row:
    return {f"{name}_low": toll.low if toll else None, f"{name}_high": toll.high if toll else None}


def _summary(view: View) -> Iterator[Row]:
    for n, s in enumerate(view.account.summary, 1):
        yield {"n": n, "text": s.text}


def _reports(view: View) -> Iterator[Row]:
    unread = {n.report for n in view.account.annotations if not n.analysed}
    for a in view.account.articles:
        byline, modified = a.masthead.byline, a.masthead.modified
        yield {
            "id": a.id,
            "title": a.report.title,
            "outlet": a.outlet,
            "byline": a.report.byline or (byline.value if byline else None),
            "published": a.published,
            "modified": a.report.modified or (modified.value if modified else None),
            "url": a.report.url,
            "language": a.report.language,
            "analysed": a.id not in unread,
            "sha256": a.report.sha256,
            "media_type": a.report.media_type,
            "retrieved": a.report.retrieved,
            "owner": owned.owner if (owned := view.owners.get(a.id)) else None,
            "owner_why": owned.why if owned else None,
        }


def _texts(view: View) -> Iterator[Row]:
    for a in view.account.articles:
        yield {"report": a.id, "text": a.text}


def _boilerplate(view: View) -> Iterator[Row]:
    for a in view.account.articles:
        for f in a.boilerplate:
            yield {"report": a.id, "start": f.span.start, "end": f.span.end, "kind": f.kind, "why": f.why}


def _reuse(view: View) -> Iterator[Row]:
    for r in view.account.reuse:
        yield {k: v for k, v in reuse(r).items() if k != "passages"}


def _passages(view: View) -> Iterator[Row]:
    for r in view.account.reuse:
        for p in r.passages:
            yield {
                "a": r.a,
                "a_start": p.ours.start,
                "a_end": p.ours.end,
                "b": r.b,
                "b_start": p.theirs.start,
                "b_end": p.theirs.end,
                "quotation": p.quotation,
            }


def _actors(view: View) -> Iterator[Row]:
    for a in view.account.actors:
        yield {
            "id": a.id,
            "name": a.name,
            "kind": a.kind,
            "aliases": [x.name for x in a.aliases],
            "titles": list(a.titles),
            "roles": list(a.roles),
            "known": [k.id for k in a.known],
            "known_in": [k.source for k in a.known],
        }


def _mentions(view: View) -> Iterator[Row]:
    for a in view.account.actors:
        for e in a.mentions:
            yield {"actor": a.id, **_passage(view, e)}


def _relations(view: View) -> Iterator[Row]:
    for n, r in enumerate(view.account.relations, 1):
        claims = dict.fromkeys(view.claim_of[s].id for s in r.statements if s in view.claim_of)
        yield {
            "n": n,
            "a": r.a,
            "role": r.role,
            "b": r.b,
            "said_by": view.told_of(r),
            "denied_by": list(dict.fromkeys(who for c in claims for who in view.denied_by(c))),
            "statements": list(r.statements),
        }


def _statements(view: View) -> Iterator[Row]:
    for s in view.account.statements:
        claim = view.claim_of.get(s.id)
        yield {**statement(s, claim.id if claim else None), "text": view.words(s.report, s.content)}


def _claims(view: View) -> Iterator[Row]:
    for c in view.account.claims:
        b = view.backings[c.id]
        yield {
            "id": c.id,
            "text": c.text,
            "said_by": view.said_by(c.id),
            "denied_by": view.denied_by(c.id),
            "event": c.event,
            "status": b.status,
            "certainty": b.certainty,
            "reports": len(b.reports),
            "outlets": len(b.outlets),
            "owners": [h.owner for h in b.owners],
            "collectors": len(b.collectors),
            "independent_origins": b.independent_origins,
            "at_most": b.at_most,
            "why": b.why,
            "grade_source": b.grade.source,
            "grade_information": b.grade.information,
            "grade_why": b.grade.why,
        }


def _verdicts(view: View) -> Iterator[Row]:
    for c in view.account.claims:
        for v in c.verdicts:
            yield {"claim": c.id, "text": v.text, "who": v.who, "decision": v.decision, "why": v.why}


def _origins(view: View) -> Iterator[Row]:
    for b in view.account.backings:
        for n, o in enumerate(b.origins, 1):
            yield {
                "claim": b.claim,
                "n": n,
                "who": o.who,
                "kind": o.kind,
                "basis": o.basis,
                "party": o.party,
                "collectors": list(o.collectors),
                "reports": list(o.reports),
                "statements": list(o.statements),
            }


def _denials(view: View) -> Iterator[Row]:
    for b in view.account.backings:
        for d in b.denials:
            yield {
                "claim": b.claim,
                "statement": d.statement,
                "target": d.target,
                "relayed_by": d.relayed_by,
            }


def _disagreements(view: View) -> Iterator[Row]:
    for d in view.account.disagreements:
        yield {"id": d.id, "kind": d.kind, "about": d.about, "nature": d.nature, "why": d.why}


def _sides(view: View) -> Iterator[Row]:
    for d in view.account.disagreements:
        for n, s in enumerate(d.sides, 1):
            yield {"disagreement": d.id, "n": n, "value": s.value, **evidence(s.evidence)}


def _hypotheses(view: View) -> Iterator[Row]:
    for q in view.account.questions:
        for o in q.options:
            yield {
                "question": q.question,
                "value": o.value,
                "for": list(o.supports),
                "against": list(o.against),
                "neutral": list(o.neutral),
            }


def _decisive(view: View) -> Iterator[Row]:
    lines = [(q.question, d.text) for q in view.account.questions for d in q.decisive]
    for n, (question, text) in enumerate(lines, 1):
        yield {"n": n, "question": question, "text": text}


def _timeline(view: View) -> Iterator[Row]:
    for n, m in enumerate(view.account.timeline, 1):
        yield {"n": n, "when": m.when, "text": m.text}


def _places(view: View) -> Iterator[Row]:
    for n, s in enumerate(view.spots(), 1):
        yield {
            "n": n,
            "name": s.name,
            "geonameid": s.place.geonameid,
            "lat": s.place.lat,
            "lon": s.place.lon,
            "radius_km": s.place.radius_km,
        }


def _times(view: View) -> Iterator[Row]:
    for a in view.account.annotations:
        for w in a.times:
            yield {"report": a.report, **when(w)}


def _quantities(view: View) -> Iterator[Row]:
    for a in view.account.annotations:
        for q in a.quantities:
            yield {"report": a.report, **quantity(q)}


def _decisions(view: View) -> Iterator[Row]:
    for e in view.account.decided:
        yield {
            "id": e.decision,
            "kind": e.kind,
            "about": e.about,
            "state": e.state,
            "text": e.text,
            "things": list(e.things),
        }


def _evidence(view: View) -> Iterator[Row]:
    a = view.account
    facts = a.facts
    decisive = [d.evidence for q in a.questions for d in q.decisive]
    for noun, things in (
        ("summary", [s.evidence for s in a.summary]),
        ("when", [facts.when_evidence]),
        ("where", [facts.where_evidence]),
        ("killed", [facts.killed.evidence if facts.killed else ()]),
        ("injured", [facts.injured.evidence if facts.injured else ()]),
        ("relations", [r.evidence for r in a.relations]),
        ("timeline", [m.evidence for m in a.timeline]),
        ("places", [s.evidence for s in view.spots()]),
        ("decisive", decisive),
    ):
        for n, passages in enumerate(things, 1):
            for e in passages:
                yield {"noun": noun, "n": n, **_passage(view, e)}


def _passage(view: View, e: Evidence) -> Row:
    return {**evidence(e), "text": view.passage(e)}


_ROWS: dict[str, Callable[[View], Iterator[Row]]] = {
    "incidents": _incidents,
    "summary": _summary,
    "reports": _reports,
    "texts": _texts,
    "boilerplate": _boilerplate,
    "reuse": _reuse,
    "passages": _passages,
    "actors": _actors,
    "mentions": _mentions,
    "relations": _relations,
    "statements": _statements,
    "claims": _claims,
    "verdicts": _verdicts,
    "origins": _origins,
    "denials": _denials,
    "disagreements": _disagreements,
    "sides": _sides,
    "hypotheses": _hypotheses,
    "decisive": _decisive,
    "timeline": _timeline,
    "places": _places,
    "times": _times,
    "quantities": _quantities,
    "decisions": _decisions,
    "evidence": _evidence,
}
