"""What comes back is what went in, field by field, for everything that docs/exports.md says linked data carries."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from exporting import written
from twosource.export.iris import address, iri
from twosource.export.shape import View
from twosource.model import Account, Article, Disagreement, Evidence, Passage, Reuse, Span, Statement
from twosource.version import __version__

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:(rdflib).*")
Row = dict[str, Any]
PROV = Namespace("http://www.w3.org/ns/prov#")
TS = Namespace("urn:twosource:vocabulary:")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")


def even(value: Any) -> Any:
    """A value as UTF-8 can hold it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {k: even(v) for k, v in value.items()}
    return [even(v) for v in value] if isinstance(value, list | tuple) else value


def full(row: Row) -> Row:
    """The row without what is not known."""
    return {k: v for k, v in row.items() if v not in (None, [], "")}


# ------------------------------------------------------------------ W3C Web Annotations


@pytest.fixture
def notes(account: Account) -> dict[str, Row]:
    return {a["id"]: a for a in json.loads(written("annotations", [account]))["items"]}


def place(target: Row) -> Evidence:
    at = target["selector"][1]
    return Evidence(target["ts:report"], Span(at["start"], at["end"]))


def test_every_statement_comes_back_whole(account: Account, notes: dict[str, Row]) -> None:
    """All but what its cue and its words of doubt are, which the page of exports leaves out."""
    view = View(account)
    for s in account.statements:
        note = notes[iri("statement", s.id, "said")]
        spoken, record = note["body"]
        told = {f.name: record[f"ts:{f.name}"] for f in fields(Statement) if f"ts:{f.name}" in record}
        speaker = notes.get(iri("statement", s.id, "source"))
        back = Statement(
            id=s.id,
            report=note["target"][0]["ts:report"],
            content=tuple(place(t).span for t in note["target"]),
            cue=(),
            source=tuple(place(t).span for t in speaker["target"]) if speaker else (),
            **{"who": None, "kind": None, "told": None, "via": None, **told},
        )
        assert back == replace(s, cue=(), hedge=())
        assert record["id"] == iri("statement", s.id)
        claim = view.claim_of.get(s.id)
        assert record.get("ts:claim") == (iri("claim", claim.id) if claim else None)
        assert record.get("ts:claimText") == (even(claim.text) if claim else None)
        assert record.get("ts:deniedBy", []) == (even(view.denied_by(claim.id)) if claim else [])
        assert spoken["value"] == even(view.spoken(s) + (f" {view.response(claim.id)}" if claim else ""))
        assert set(record) == {"id", "type"} | {f"ts:{k}" for k in told} | (
            {"ts:claim", "ts:claimText"} | ({"ts:deniedBy"} if record.get("ts:deniedBy") else set()) if claim else set()
        )  # fmt: skip
        if speaker:
            (body,) = speaker["body"]
            assert body == full({"id": iri("statement", s.id), "type": "ts:Statement", "ts:who": s.who, "ts:kind": s.kind})  # fmt: skip


def test_mentions_and_places_come_back(account: Account, notes: dict[str, Row]) -> None:
    mentions = defaultdict(list)
    spots = defaultdict(list)
    for i, note in notes.items():
        if i.startswith("urn:twosource:mention:"):
            (body,), (target,) = note["body"], note["target"]
            mentions[body["id"], body["name"], body["ts:kind"], body.get("type")].append(place(target))
        elif i.startswith("urn:twosource:place:"):
            (body,), (target,) = note["body"], note["target"]
            spots[body["id"], body["name"]].append(place(target))
    types = {"person": "Person", "organisation": "Organization"}
    assert mentions == {
        (iri("actor", a.id), even(a.name), a.kind, types.get(a.kind)): list(a.mentions)
        for a in account.actors
        if a.mentions
    }
    named = defaultdict(list)
    for a in account.annotations:
        for p in a.places:
            if p.geonameid is not None:
                at = (f"https://sws.geonames.org/{p.geonameid}/", even(p.full_name or p.name))
                named[at].append(Evidence(a.report, p.span))
    assert {k: sorted(v) for k, v in spots.items()} == {k: sorted(v) for k, v in named.items()}


def test_shared_passages_come_back(account: Account, notes: dict[str, Row]) -> None:
    found = []
    for i, note in notes.items():
        if i.startswith("urn:twosource:passage:"):
            (body,), (target,) = note["body"], note["target"]
            here, there = place(target), place(body)
            known = there.report if body["ts:olderKnown"] else None
            (a, b) = sorted((here, there), key=lambda e: e.report)
            found.append((a.report, b.report, body["ts:relation"], known, a.span, b.span))
    assert sorted(found, key=repr) == sorted(
        ((r.a, r.b, r.relation, r.older, p.ours, p.theirs) for r, p in passages(account)), key=repr
    )


def passages(account: Account) -> Iterator[tuple[Reuse, Passage]]:
    return ((r, p) for r in account.reuse for p in r.passages)


def test_differences_come_back(account: Account, notes: dict[str, Row]) -> None:
    found = [n for i, n in notes.items() if i.startswith("urn:twosource:disagreement:")]
    assert [n["id"] for n in found] == [iri("disagreement", d.id, "sides") for d in account.disagreements]
    for note, d in zip(found, account.disagreements, strict=True):
        told, record = note["body"]
        assert told["value"] == even(said_of(d))
        assert record == {"id": iri("disagreement", d.id), "type": "ts:Disagreement", "ts:kind": d.kind, "ts:nature": d.nature}  # fmt: skip
        assert [place(t) for t in note["target"]] == [s.evidence for s in d.sides]


def said_of(d: Disagreement) -> str:
    return f"Reports differ on {d.about}: {' | '.join(s.value for s in d.sides)}. {d.why}"


def test_reports_are_named_with_the_copy_that_was_read(account: Account, notes: dict[str, Row]) -> None:
    reports = {a.id: a.report for a in account.articles}
    for note in notes.values():
        for t in [*note["target"], *(b for b in note["body"] if b.get("type") == "SpecificResource")]:
            r = reports[t["ts:report"]]
            assert t["source"] == (address(r.url) or iri("report", r.id))
            if r.retrieved is None:
                assert "state" not in t
            else:
                assert t["state"] == {
                    "type": "TimeState",
                    "sourceDate": r.retrieved,
                    "cached": "ni:///sha-256;" + "A" * 43,  # of sixty-four noughts
                }


def test_nothing_else_is_in_it(account: Account, notes: dict[str, Row]) -> None:
    expected = [iri("statement", s.id, "said") for s in account.statements]
    expected += [iri("statement", s.id, "source") for s in account.statements if s.source]
    nouns = ("mention", "place", "passage", "disagreement")
    others = [i for i in notes if not i.startswith(tuple(f"urn:twosource:{n}:" for n in nouns))]
    assert sorted(others) == sorted(expected)


# ------------------------------------------------------------------ PROV-O

Triple = tuple[Any, Any, Any]


def test_every_triple_is_what_went_in_and_there_is_no_other(account: Account) -> None:
    graph = Graph().parse(data=written("prov", [account]), format="json-ld")
    expected = {t for t in triples(View(account)) if t[2] is not None}
    found = {(s, p, o) for s, p, o in graph}
    assert found - expected == set()
    assert expected - found == set()


def node(noun: str, *parts: str) -> URIRef:
    return URIRef(iri(noun, *parts))


def text(value: Any) -> Literal | None:
    return None if value in (None, "") else Literal(even(value))


def kinds(at: URIRef, *types: URIRef) -> Iterator[Triple]:
    return ((at, RDF.type, t) for t in types)


def triples(view: View) -> Iterator[Triple]:
    """What an account says as a graph, written down once more from the records alone."""
    account = view.account
    program, at, made = (
        URIRef("urn:twosource:program"),
        node("account", account.id),
        node("making", account.id),
    )
    yield from kinds(program, PROV.Agent, PROV.SoftwareAgent)
    yield program, LABEL, Literal(f"twosource {__version__}")
    yield from kinds(at, PROV.Entity, TS.Account)
    yield at, LABEL, text(account.title)
    yield at, PROV.wasGeneratedBy, made
    yield at, PROV.wasAttributedTo, program
    yield from kinds(made, PROV.Activity)
    yield made, PROV.wasAssociatedWith, program
    for a in account.articles:
        yield at, PROV.wasDerivedFrom, node("report", a.id)
        yield from of_report(account, a)
    for s in account.statements:
        yield from of_statement(view, s)
    for c in account.claims:
        yield from of_claim(view, c.id)


def of_outlet(account: Account, of: URIRef, outlet: str | None) -> Iterator[Triple]:
    if outlet:
        agent = node("outlet", account.id, outlet)
        yield of, PROV.wasAttributedTo, agent
        yield from kinds(agent, PROV.Agent, PROV.Organization)
        yield agent, LABEL, text(outlet)


def of_report(account: Account, a: Article) -> Iterator[Triple]:
    at = node("report", a.id)
    yield from kinds(at, PROV.Entity, TS.Report)
    yield at, LABEL, text(a.report.title)
    url = address(a.report.url)
    yield at, TS.address, URIRef(url) if url else None
    yield at, TS.published, text(a.published)
    yield at, TS.sha256, text(a.report.sha256)
    if re.fullmatch(r"[\d-]{10}T[\d:]{8}(Z|[+-][\d:]{5})", a.published or ""):
        yield at, PROV.generatedAtTime, Literal(a.published, datatype=XSD.dateTime)
    yield from of_outlet(account, at, a.outlet)
    how = {"same_text": PROV.wasDerivedFrom, "revised": PROV.wasRevisionOf, "shared_text": TS.sharesTextWith}
    for r in account.reuse:
        if a.id in (r.a, r.b) and r.older in (r.a, r.b) and r.older != a.id and r.relation in how:
            yield at, how[r.relation], node("report", r.older)  # type: ignore[arg-type]


def of_agent(of: URIRef, name: str, label: str, kind: str | None) -> Iterator[Triple]:
    agent = node("agent", name)
    types = {"person": PROV.Person, "organisation": PROV.Organization, "media": PROV.Organization}
    yield of, PROV.wasAttributedTo, agent
    yield from kinds(agent, PROV.Agent, *([types[kind]] if kind in types else []))
    yield agent, LABEL, text(label)
    yield agent, TS.kind, text(kind)


def of_statement(view: View, s: Statement) -> Iterator[Triple]:
    at = node("statement", s.id)
    yield from kinds(at, PROV.Entity, TS.Statement)
    words = " … ".join(c.of(view.articles[s.report].text) for c in s.content)
    yield at, PROV.value, text(words)
    yield at, PROV.wasQuotedFrom, node("report", s.report)
    for name in ("stance", "certainty", "mode", "told", "via"):
        yield at, TS[name], text(getattr(s, name))
    actor = view.actor(s.who, s.kind)
    if s.kind == "reporter":
        yield from of_outlet(view.account, at, view.articles[s.report].outlet)
    elif actor is not None:
        yield from of_agent(at, actor.id, actor.name, actor.kind)
    else:
        yield from of_agent(at, s.id, s.who or "somebody not named", s.kind)


def of_claim(view: View, name: str) -> Iterator[Triple]:
    at, claim, backing = node("claim", name), view.claims[name], view.backings[name]
    yield from kinds(at, PROV.Entity, TS.Claim)
    yield at, LABEL, text(view.attributed(name))
    yield at, PROV.value, text(claim.text)
    yield at, PROV.wasAttributedTo, URIRef("urn:twosource:program")
    yield from ((at, PROV.wasDerivedFrom, node("statement", s)) for s in claim.statements)
    yield at, TS.status, text(backing.status)
    yield at, TS.certainty, text(backing.certainty)
    yield at, TS.independentOrigins, Literal(backing.independent_origins)
    yield at, TS.atMost, Literal(backing.at_most)
    for d in backing.denials:
        if d.target == "claim":
            yield node("statement", d.statement), TS.denies, at
    for voice in view.voices(name):
        origin, testimony = voice.origin, node("testimony", name, voice.id)
        yield from kinds(testimony, PROV.Entity, TS.Testimony)
        yield testimony, TS.of, at
        yield testimony, TS.basis, text(origin.basis)
        yield testimony, TS.party, text(origin.party)
        yield from ((testimony, TS.collectors, text(c)) for c in origin.collectors)
        yield from ((node("statement", s), PROV.hadPrimarySource, testimony) for s in origin.statements)
        if origin.kind == "reporter":
            for r in origin.reports:
                yield from of_outlet(view.account, testimony, view.articles[r].outlet)
        else:
            actor = voice.actor
            yield from of_agent(testimony, voice.id, voice.name, actor.kind if actor else origin.kind)


# ------------------------------------------------------------------ schema.org


def test_every_thing_is_what_went_in_and_there_is_no_other(account: Account) -> None:
    found = json.loads(written("schema_org", [account]))["@graph"]
    for thing, expected in zip(found, things(View(account)), strict=True):
        assert thing == even(full(expected))


def organisation(name: str | None, **more: Any) -> Row | None:
    return {"@type": "Organization", "name": name, **more} if name else None


def things(view: View) -> Iterable[Row]:
    """The same once more, from the records alone."""
    account = view.account
    whose = {o.report: o for o in account.owned}
    for a in account.articles:
        r, head, owner = a.report, a.masthead, whose.get(a.id)
        byline = r.byline or (head.byline.value if head.byline else None)
        modified = r.modified or (head.modified.value if head.modified else None)
        above = {"parentOrganization": organisation(owner.owner, description=owner.why)} if owner else {}
        older = [x.older for x in account.reuse if a.id in (x.a, x.b) and x.older not in (None, a.id) and x.relation in ("same_text", "revised")]  # fmt: skip
        yield {
            "@type": "NewsArticle",
            "@id": iri("report", a.id),
            "identifier": a.id,
            "headline": r.title,
            "author": {"@type": "Person", "name": byline} if byline else None,
            "publisher": organisation(a.outlet, **above),
            "datePublished": None if "X" in (a.published or "") else a.published,
            "dateModified": None if "X" in (modified or "") else modified,
            "inLanguage": r.language,
            "url": address(r.url),
            "isBasedOn": [{"@id": iri("report", o)} for o in older if o],
        }
    for s in account.statements:
        if s.mode in ("direct", "mixed"):
            yield quotation(view, s)
    for c in account.claims:
        yield claim_of(view, c.id)
        for v in c.verdicts:
            yield full(
                {
                    "@type": "ClaimReview",
                    "@id": iri("verdict", v.decision, c.id),
                    "identifier": v.decision,
                    "claimReviewed": c.text,
                    "itemReviewed": {"@id": iri("claim", c.id)},
                    "author": {"@type": "Person", "name": v.who},
                    "reviewBody": v.why,
                    "reviewRating": {"@type": "Rating", "alternateName": v.text},
                }
            )


TYPES = {"person": "Person", "organisation": "Organization", "media": "Organization"}


def speaker(view: View, s: Statement) -> Row | None:
    if s.kind == "reporter":
        return organisation(view.articles[s.report].outlet)
    return {"@type": TYPES.get(s.kind, "Thing"), "name": s.who} if s.who and s.kind else None


def quotation(view: View, s: Statement) -> Row:
    claim = view.claim_of.get(s.id)
    return {
        "@type": "Quotation",
        "@id": iri("statement", s.id),
        "identifier": s.id,
        "text": " … ".join(c.of(view.articles[s.report].text) for c in s.content),
        "abstract": view.spoken(s),
        "spokenByCharacter": speaker(view, s),
        "isPartOf": {"@id": iri("report", s.report)},
        "about": {"@id": iri("claim", claim.id)} if claim else None,
    }


def claim_of(view: View, name: str) -> Row:
    claim, backing = view.claims[name], view.backings[name]
    authors: list[Row] = []
    for o in sorted(backing.origins, key=lambda o: o.kind == "reporter"):
        named = [{"@type": TYPES.get(o.kind, "Thing"), "name": o.who}] if o.who else []
        outlets = [organisation(view.articles[r].outlet) for r in o.reports]
        for row in outlets if o.kind == "reporter" else named:
            if row is not None and row not in authors:
                authors.append(row)
    words = {"claim": "denial", "premise": "denial of what it presupposes", "related": "related denial"}
    denials = [(view.statements[d.statement], d.target) for d in backing.denials]
    return {
        "@type": "Claim",
        "@id": iri("claim", name),
        "identifier": name,
        "text": claim.text,
        "abstract": view.attributed(name),
        "author": authors,
        "appearance": [{"@id": iri("report", r)} for r in dict.fromkeys(view.statements[s].report for s in claim.statements)],
        "comment": [
            full({"@type": "Comment", "identifier": s.id, "name": words[target], "text": view.spoken(s), "author": speaker(view, s), "isPartOf": {"@id": iri("report", s.report)}})
            for s, target in denials
        ],
    }  # fmt: skip
