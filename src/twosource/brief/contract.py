"""The brief as JSON, exactly in the shape that docs/brief.schema.json names."""

from __future__ import annotations

import json
from typing import Any

from twosource.model import (
    Account,
    Backing,
    Brief,
    Claim,
    Disagreement,
    Effect,
    Evidence,
    Holding,
    Origin,
    Place,
    Proposal,
    Question,
    Relation,
    Toll,
    Verdict,
)
from twosource.text import make_id, normal
from twosource.version import __version__
from twosource.wire import Row, evidence, known, reuse, spans, statement

SCHEMA = "twosource.brief/1"
_STATEMENT = [
    "id",
    "report",
    "content",
    "cue",
    "source",
    "who",
    "kind",
    "told",
    "via",
    "stance",
    "certainty",
    "mode",
    "register",
    "within",
    "claim",
]


def document(brief: Brief) -> dict[str, Any]:
    """The brief as plain lists and dicts, ready for JSON; the same brief gives the same document."""
    return {
        "schema": SCHEMA,
        "made": {
            "version": __version__,
            "models": list(brief.models),
            "as_of": brief.as_of,
            "inputs_sha256": list(brief.inputs_sha256),
        },
        "refused": [{"input": r.input, "reason": r.reason} for r in brief.refused],
        "incidents": [_incident(a) for a in brief.accounts],
    }


def to_json(brief: Brief) -> bytes:
    """The document as UTF-8 with a newline at its end; characters that UTF-8 cannot hold are escaped."""
    made = document(brief)
    try:
        return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(made, indent=1) + "\n").encode("ascii")


def known_outlets(account: Account) -> tuple[list[str], int]:
    """The distinct outlets of the account's reports, in reading order, and how many reports have none known."""
    found: dict[str, str] = {}
    unknown = 0
    for article in account.articles:
        if article.outlet and article.outlet.strip():
            found.setdefault(normal(article.outlet.strip()), article.outlet.strip())
        else:
            unknown += 1
    return list(found.values()), unknown


def holdings(account: Account) -> tuple[Holding, ...]:
    """The owners of the account's outlets, as far as a list names them."""
    by_owner: dict[str, dict[str, str]] = {}
    outlet = {a.id: (a.outlet or "").strip() for a in account.articles}
    for o in account.owned:
        if name := outlet.get(o.report):
            by_owner.setdefault(o.owner, {}).setdefault(normal(name), name)
    return tuple(Holding(owner, tuple(held.values())) for owner, held in sorted(by_owner.items()))


def _incident(account: Account) -> Row:
    claim_of = {s: c.id for c in account.claims for s in c.statements}
    outlets, unknown = known_outlets(account)
    facts = account.facts
    owned = {o.report: {"owner": {"name": o.owner, "why": o.why}} for o in account.owned}
    unread = {n.report: n.language for n in account.annotations if not n.analysed}
    return {
        "id": account.id,
        "title": account.title,
        "summary": [{"text": s.text, "evidence": [evidence(e) for e in s.evidence]} for s in account.summary],
        "when": facts.when,
        "where": _where(facts.where),
        "killed": _toll(facts.killed),
        "injured": _toll(facts.injured),
        "figure": {
            "reports": len(account.articles),
            "outlets": len(outlets),
            "unknown_outlets": unknown,
            "claim": account.central,
            **({"owners": len(holdings(account))} if account.owned else {}),
        },
        "reports": [
            {
                "id": a.id,
                "title": a.report.title,
                "outlet": a.outlet,
                "published": a.published,
                "url": a.report.url,
                "sha256": a.report.sha256,
                "boilerplate": spans(f.span for f in a.boilerplate),
                **owned.get(a.id, {}),
                **({"retrieved": a.report.retrieved} if a.report.retrieved else {}),
                **({"not_analysed": f"language {unread[a.id]}"} if a.id in unread else {}),
            }
            for a in account.articles
        ],
        "reuse": [reuse(r) for r in account.reuse],
        "actors": [
            {
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "aliases": [x.name for x in a.aliases],
                "mentions": [evidence(e) for e in a.mentions],
                **({"known": [known(k) for k in a.known]} if a.known else {}),
            }
            for a in account.actors
        ],
        "relations": [_relation(r, claim_of) for r in account.relations],
        "statements": [
            {k: v for k, v in statement(s, claim_of.get(s.id)).items() if k in _STATEMENT}
            for s in account.statements
        ],
        "claims": [_claim(c, b) for c, b in zip(account.claims, account.backings, strict=True)],
        "disagreements": [_disagreement(d) for d in account.disagreements],
        "hypotheses": [_question(q) for q in account.questions],
        "timeline": [
            {"when": m.when, "text": m.text, "evidence": [evidence(e) for e in m.evidence]}
            for m in account.timeline
        ],
        "places": places_of(account),
        **({"decisions": [_effect(e) for e in account.decided]} if account.decided else {}),
        **({"proposals": _proposals(account.proposals)} if account.proposals else {}),
    }


def _proposals(found: tuple[Proposal, ...]) -> Row:
    accepted = sum(p.accepted for p in found)
    return {
        "accepted": accepted,
        "refused": len(found) - accepted,
        "all": [
            {
                "id": p.id,
                "kind": p.kind,
                "claims": list(p.claims),
                "text": p.text,
                "accepted": p.accepted,
                "why": p.why,
                "model": p.model,
                "evidence": [evidence(e) for e in p.evidence],
            }
            for p in found
        ],
    }


def _where(place: Place | None) -> Row | None:
    if place is None:
        return None
    return {
        "name": place.full_name or place.name,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
    }


def _toll(toll: Toll | None) -> Row | None:
    return None if toll is None else {"low": toll.low, "high": toll.high}


def _relation(relation: Relation, claim_of: dict[str, str]) -> Row:
    claims = dict.fromkeys(claim_of[s] for s in relation.statements if s in claim_of)
    return {"a": relation.a, "role": relation.role, "b": relation.b, "claims": list(claims)}


def _claim(claim: Claim, backing: Backing) -> Row:
    return {
        "id": claim.id,
        "text": claim.text,
        "event": claim.event,
        "statements": list(claim.statements),
        "origins": [_origin(o) for o in backing.origins],
        "reports": len(backing.reports),
        "outlets": len(backing.outlets),
        "collectors": len(backing.collectors),
        "independent_origins": backing.independent_origins,
        "at_most": backing.at_most,
        "certainty": backing.certainty,
        "status": backing.status,
        "denials": [
            {"statement": d.statement, "target": d.target, "relayed_by": d.relayed_by}
            for d in backing.denials
        ],
        "why": backing.why,
        "grade": {
            "source": backing.grade.source,
            "information": backing.grade.information,
            "why": backing.grade.why,
        },
        **({"owners": [_holding(h) for h in backing.owners]} if backing.owners else {}),
        **({"verdicts": [_verdict(v) for v in claim.verdicts]} if claim.verdicts else {}),
    }


def _holding(holding: Holding) -> Row:
    return {"owner": holding.owner, "outlets": list(holding.outlets)}


def _verdict(verdict: Verdict) -> Row:
    return {"text": verdict.text, "who": verdict.who, "decision": verdict.decision, "why": verdict.why}


def _effect(effect: Effect) -> Row:
    return {
        "id": effect.decision,
        "kind": effect.kind,
        "about": effect.about,
        "state": effect.state,
        "text": effect.text,
        "things": list(effect.things),
    }


def _origin(origin: Origin) -> Row:
    return {
        "who": origin.who,
        "kind": origin.kind,
        "basis": origin.basis,
        "party": origin.party,
        "collectors": list(origin.collectors),
        "reports": list(origin.reports),
    }


def _disagreement(d: Disagreement) -> Row:
    return {
        "id": d.id or make_id("d", d.kind, d.about, *(s.value for s in d.sides)),
        "kind": d.kind,
        "about": d.about,
        "nature": d.nature,
        "sides": [{"value": s.value, **evidence(s.evidence)} for s in d.sides],
        "why": d.why,
    }


def _question(q: Question) -> Row:
    return {
        "question": q.question,
        "options": [
            {
                "value": o.value,
                "for": list(o.supports),
                "against": list(o.against),
                "neutral": list(o.neutral),
            }
            for o in q.options
        ],
        "decisive": [{"text": d.text, "evidence": [evidence(e) for e in d.evidence]} for d in q.decisive],
    }


def places_of(account: Account) -> list[Row]:
    """Each resolved place once, with every passage that names it; unresolved ones by their words alone."""
    found: dict[tuple[object, ...], Row] = {}
    for a in account.annotations:
        for p in a.places:
            name = p.full_name or p.name
            key = (p.geonameid, name, p.lat, p.lon, p.radius_km)
            row = found.setdefault(
                key,
                {
                    "name": name,
                    "geonameid": p.geonameid,
                    "lat": p.lat,
                    "lon": p.lon,
                    "radius_km": p.radius_km,
                    "evidence": [],
                },
            )
            row["evidence"].append(evidence(Evidence(a.report, p.span)))
    return sorted(
        found.values(),
        key=lambda r: (
            -len(r["evidence"]),
            r["name"],
            str(r["geonameid"]),
            str(r["lat"]),
            str(r["radius_km"]),
        ),
    )
