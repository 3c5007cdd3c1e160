"""PROV-O as JSON-LD: how each claim came from who said it, by way of whom, into which report.

The chain of a claim: claim ← statement, which is quoted from a report ← testimony of an origin, its primary source, which
is attributed to whoever that is. A younger report is derived from the older one that is the same text; where they only
share some, both may have it from a third, so no derivation is said (`ts:sharesTextWith`). What the origins of a claim are
is our reading of the texts: claims and the account are attributed to the program. See https://www.w3.org/TR/prov-o/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from twosource.export.encoding import encoded, gathered, known
from twosource.export.iris import VOCABULARY, address, iri
from twosource.export.shape import View, Voice
from twosource.model import Article, SourceKind, Statement
from twosource.version import __version__
from twosource.wire import Row

PROGRAM = "urn:twosource:program"
_AGENTS = {"person": "prov:Person", "organisation": "prov:Organization", "media": "prov:Organization"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def _points(*names: str) -> Row:
    return {n: {"@id": f"prov:{n}", "@type": "@id"} for n in names}


CONTEXT: Row = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ts": VOCABULARY,
    "id": "@id",
    "type": "@type",
    "label": "rdfs:label",
    "value": "prov:value",
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "sharesTextWith": {"@id": "ts:sharesTextWith", "@type": "@id"},
    "denies": {"@id": "ts:denies", "@type": "@id"},
    "of": {"@id": "ts:of", "@type": "@id"},
    "address": {"@id": "ts:address", "@type": "@id"},
    **_points(
        "wasAttributedTo", "wasDerivedFrom", "wasRevisionOf", "wasQuotedFrom", "hadPrimarySource",
        "wasGeneratedBy", "wasAssociatedWith", "specializationOf",
    ),
}  # fmt: skip


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One graph of all incidents; the context is inside, so that nothing has to be fetched to read it."""
    head = b'{"@context":' + encoded(CONTEXT) + b',"@graph":['
    return gathered(head, _things(views), b"]}\n")


def _things(views: Iterable[View]) -> Iterator[Row]:
    yield {"id": PROGRAM, "type": ["prov:Agent", "prov:SoftwareAgent"], "label": f"twosource {__version__}"}
    for view in views:
        yield from things(view)


def things(view: View) -> Iterator[Row]:
    """The entities and agents of one account, each once."""
    yield from _account(view)
    agents: dict[str, Row] = {}
    for a in view.account.articles:
        yield _report(view, a, agents)
    statements = {s.id: _statement(view, s, agents) for s in view.account.statements}
    for c in view.account.claims:
        for voice in view.voices(c.id):
            testimony = iri("testimony", c.id, voice.id)
            agent = _voice(view, voice, agents)
            yield known(
                {
                    "id": testimony,
                    "type": ["prov:Entity", "ts:Testimony"],
                    "of": iri("claim", c.id),
                    "wasAttributedTo": agent,
                    "ts:basis": voice.origin.basis,
                    "ts:party": voice.origin.party,
                    "ts:collectors": list(voice.origin.collectors),
                }
            )
            for s in voice.origin.statements:
                if s in statements:
                    statements[s].setdefault("hadPrimarySource", []).append(testimony)
        yield _claim(view, c.id)
    for claim in view.account.claims:
        for denial, target in view.denials(claim.id):
            if target == "claim":
                statements[denial.id].setdefault("denies", []).append(iri("claim", claim.id))
    yield from statements.values()
    yield from agents.values()


def _account(view: View) -> Iterator[Row]:
    made = iri("making", view.account.id)
    yield known(
        {
            "id": iri("account", view.account.id),
            "type": ["prov:Entity", "ts:Account"],
            "label": view.account.title,
            "wasGeneratedBy": made,
            "wasAttributedTo": PROGRAM,
            "wasDerivedFrom": [iri("report", a.id) for a in view.account.articles],
        }
    )
    yield {"id": made, "type": "prov:Activity", "wasAssociatedWith": PROGRAM}


def _report(view: View, a: Article, agents: dict[str, Row]) -> Row:
    published = a.published or ""
    return known(
        {
            "id": iri("report", a.id),
            "type": ["prov:Entity", "ts:Report"],
            "label": a.report.title,
            "address": address(a.report.url),
            "ts:published": a.published,
            "ts:sha256": a.report.sha256,
            "generatedAtTime": published if _TIME.fullmatch(published) else None,
            "wasAttributedTo": _outlet(view, a.outlet, agents) if a.outlet else None,
            "wasDerivedFrom": [iri("report", o) for o in view.older(a.id, "same_text")],
            "wasRevisionOf": [iri("report", o) for o in view.older(a.id, "revised")],
            "sharesTextWith": [iri("report", o) for o in view.older(a.id, "shared_text")],
        }
    )


def _statement(view: View, s: Statement, agents: dict[str, Row]) -> Row:
    return known(
        {
            "id": iri("statement", s.id),
            "type": ["prov:Entity", "ts:Statement"],
            "value": view.words(s.report, s.content),
            "wasQuotedFrom": iri("report", s.report),
            "wasAttributedTo": _speaker(view, s, agents),
            "ts:stance": s.stance,
            "ts:certainty": s.certainty,
            "ts:mode": s.mode,
            "ts:told": s.told,
            "ts:via": s.via,
        }
    )


def _claim(view: View, name: str) -> Row:
    claim, backing = view.claims[name], view.backings[name]
    return {
        "id": iri("claim", name),
        "type": ["prov:Entity", "ts:Claim"],
        "label": view.attributed(name),
        "value": claim.text,
        "wasAttributedTo": PROGRAM,
        "wasDerivedFrom": [iri("statement", s) for s in claim.statements if s in view.statements],
        "ts:status": backing.status,
        "ts:certainty": backing.certainty,
        "ts:independentOrigins": backing.independent_origins,
        "ts:atMost": backing.at_most,
    }


def _voice(view: View, voice: Voice, agents: dict[str, Row]) -> list[str]:
    """Whom an origin is attributed to: the outlets where it is the reports' own voice."""
    if voice.origin.kind == "reporter":
        outlets = {o for r in voice.origin.reports if (o := view.articles[r].outlet)}
        return [_outlet(view, o, agents) for o in sorted(outlets)]
    return [_agent(voice.id, voice.name, voice.actor.kind if voice.actor else voice.origin.kind, agents)]


def _speaker(view: View, s: Statement, agents: dict[str, Row]) -> str | None:
    """Whom a statement is attributed to; one that is not named is somebody of that statement alone."""
    if s.kind == "reporter":
        outlet = view.articles[s.report].outlet
        return _outlet(view, outlet, agents) if outlet else None
    actor = view.actor(s.who, s.kind)
    if actor is not None:
        return _agent(actor.id, actor.name, actor.kind, agents)
    return _agent(s.id, view.speaker(s), s.kind, agents)


def _outlet(view: View, outlet: str, agents: dict[str, Row]) -> str:
    name = iri("outlet", view.account.id, outlet)
    agents.setdefault(name, {"id": name, "type": ["prov:Agent", "prov:Organization"], "label": outlet})
    return name


def _agent(ref: str, label: str, kind: SourceKind | str | None, agents: dict[str, Row]) -> str:
    name = iri("agent", ref)
    agents.setdefault(
        name,
        known(
            {
                "id": name,
                "type": ["prov:Agent", *([_AGENTS[kind]] if kind in _AGENTS else [])],
                "label": label,
                "ts:kind": kind,
            }
        ),
    )
    return name
