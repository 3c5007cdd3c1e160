"""Linked data: expanded, held against schemas and shapes, read by the standards' own libraries; nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pyshacl
import pytest
from prov.model import ProvAttribution, ProvDocument, ProvEntity
from pyld import jsonld
from rdflib import RDF, Graph, Namespace, URIRef

from exporting import awkward, written
from twosource.export.iris import address, iri
from twosource.export.shape import View
from twosource.model import Account

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:(rdflib|pyshacl|prov).*")
Row = dict[str, Any]
DOCS = Path(__file__).parents[1] / "docs" / "exports"
PROV = Namespace("http://www.w3.org/ns/prov#")
TS = Namespace("urn:twosource:vocabulary:")
# What the published contexts say of the terms that we use.
_OA = "http://www.w3.org/ns/oa#"
_POINTS = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
_WORDS = (
    "Annotation",
    "TextualBody",
    "SpecificResource",
    "TextQuoteSelector",
    "TextPositionSelector",
    "exact",
    "prefix",
    "suffix",
)
CONTEXTS: dict[str, Row] = {
    "http://www.w3.org/ns/anno.jsonld": {
        "id": "@id", "type": "@type",
        **{name: {"@id": _OA + to, "@type": "@id"} for name, to in _POINTS.items()},
        **{name: _OA + name for name in (*_WORDS, "describing", "identifying", "linking", "commenting")},
        "motivation": {"@id": _OA + "motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": _OA + "hasPurpose", "@type": "@vocab"},
        "start": _OA + "start", "end": _OA + "end",
        "AnnotationPage": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
        "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
        "format": "http://purl.org/dc/elements/1.1/format", "language": "http://purl.org/dc/elements/1.1/language",
        "value": str(RDF.value), "name": "http://xmlns.com/foaf/0.1/name",
        "Person": "http://xmlns.com/foaf/0.1/Person", "Organization": "http://xmlns.com/foaf/0.1/Organization",
    },
    "https://schema.org": {"@vocab": "http://schema.org/"},
}  # fmt: skip


def expanded(held: Row) -> Any:
    """The document expanded, with the contexts at hand: any other is an error."""

    def load(url: str, _: Row) -> Row:
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXTS[url]}}

    return jsonld.expand(held, {"documentLoader": load})


def valid(held: Row, schema: str) -> None:
    jsonschema.Draft202012Validator(json.loads((DOCS / schema).read_text(encoding="utf-8"))).validate(held)


def keys_of(found: Any) -> set[str]:
    """Every property and type in an expanded document."""
    if isinstance(found, list):
        return {k for x in found for k in keys_of(x)}
    if not isinstance(found, dict):
        return set()
    return set(found) | set(found.get("@type", ())) | {k for v in found.values() for k in keys_of(v)}


def even(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


# ------------------------------------------------------------------ W3C Web Annotations


def test_annotations_come_back(account: Account) -> None:
    held = json.loads(written("annotations", [account]))
    valid(held, "annotations.schema.json")
    (page,) = expanded(held)
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == len(held["items"])
    assert all(k.startswith("@") or ":" in k for k in keys_of(page)), "a term has no meaning"
    view = View(account)
    ids = [a["id"] for a in held["items"]]
    said = {a["id"]: a for a in held["items"] if a["motivation"] == "describing"}
    assert len(set(ids)) == len(ids)
    for s in account.statements:
        text, record = said[iri("statement", s.id, "said")]["body"]
        assert text["value"].startswith(even(view.spoken(s)))
        assert {k: record.get(f"ts:{k}") for k in ("who", "kind", "told", "via", "stance", "certainty", "mode")} == {
            "who": s.who, "kind": s.kind, "told": s.told, "via": s.via, "stance": s.stance, "certainty": s.certainty, "mode": s.mode,
        }  # fmt: skip
        spans = [
            (t["selector"][1]["start"], t["selector"][1]["end"])
            for t in said[iri("statement", s.id, "said")]["target"]
        ]
        assert spans == [(c.start, c.end) for c in s.content]
        claim = view.claim_of.get(s.id)
        assert record.get("ts:deniedBy", []) == (view.denied_by(claim.id) if claim else [])
    assert len([i for i in ids if i.startswith("urn:twosource:mention:")]) == sum(
        len(a.mentions) for a in account.actors
    )
    assert len([i for i in ids if i.startswith("urn:twosource:passage:")]) == sum(
        len(r.passages) for r in account.reuse
    )


def test_selectors_find_their_words(account: Account) -> None:
    held = json.loads(written("annotations", [account]))
    texts = {a.id: even(a.text) for a in account.articles}
    for a in held["items"]:
        for t in [*a["target"], *(b for b in a["body"] if b.get("type") == "SpecificResource")]:
            quote, at = t["selector"]
            text = texts[t["ts:report"]]
            assert text[at["start"] : at["end"]] == quote["exact"]
            assert text[: at["start"]].endswith(quote["prefix"])
            assert text[at["end"] :].startswith(quote["suffix"])


def test_an_accusation_is_annotated_with_its_denial() -> None:
    held = json.loads(written("annotations", [awkward()]))
    told = [
        b["value"]
        for a in held["items"]
        for b in a["body"]
        if b.get("purpose") == "describing" and "alight" in b["value"]
    ]
    assert len(told) == 2
    assert all("Denied by Oskar Veld." in t for t in told)


# ------------------------------------------------------------------ PROV-O


@pytest.fixture
def graph(account: Account) -> Graph:
    return Graph().parse(data=written("prov", [account]), format="json-ld")


def test_the_chain_keeps_its_shape(graph: Graph) -> None:
    conforms, _, told = pyshacl.validate(graph, shacl_graph=str(DOCS / "prov.shapes.ttl"))
    assert conforms, told


def test_a_broken_chain_has_not_that_shape() -> None:
    graph = Graph().parse(data=written("prov", [awkward()]), format="json-ld")
    graph.remove((None, PROV.wasQuotedFrom, None))
    assert not pyshacl.validate(graph, shacl_graph=str(DOCS / "prov.shapes.ttl"))[0]


def test_the_chain_leads_from_a_claim_to_who_said_it(account: Account, graph: Graph) -> None:
    view = View(account)
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    for c in account.claims:
        at = URIRef(iri("claim", c.id))
        assert {str(o) for o in graph.objects(at, PROV.wasDerivedFrom)} == {
            iri("statement", s) for s in c.statements
        }
        testimonies = list(graph.subjects(TS.of, at))
        named = {
            str(x)
            for t in testimonies
            for a in graph.objects(t, PROV.wasAttributedTo)
            for x in graph.objects(a, label)
        }
        assert named >= {even(w) for w in view.said_by(c.id)} - {"the reports themselves"}
        assert {str(s) for s in graph.subjects(TS.denies, at)} == {
            iri("statement", s.id) for s, t in view.denials(c.id) if t == "claim"
        }
    for s in account.statements:
        assert [str(o) for o in graph.objects(URIRef(iri("statement", s.id)), PROV.wasQuotedFrom)] == [
            iri("report", s.report)
        ]
        assert [str(o) for o in graph.objects(URIRef(iri("statement", s.id)), PROV.value)] == [
            even(view.words(s.report, s.content))
        ]
    for r in account.reuse:
        if r.older and r.relation in ("same_text", "revised"):
            younger = URIRef(iri("report", r.b if r.older == r.a else r.a))
            how = PROV.wasDerivedFrom if r.relation == "same_text" else PROV.wasRevisionOf
            assert (younger, how, URIRef(iri("report", r.older))) in graph


def test_the_library_of_the_standard_reads_it(account: Account, graph: Graph) -> None:
    read = ProvDocument.deserialize(
        content=graph.serialize(format="turtle"), format="rdf", rdf_format="turtle"
    )
    entities = {e.identifier.uri for e in read.get_records(ProvEntity)}
    assert {iri("claim", c.id) for c in account.claims} <= entities
    assert {iri("statement", s.id) for s in account.statements} <= entities
    assert {iri("report", a.id) for a in account.articles} <= entities
    said = {a.args[0].uri for a in read.get_records(ProvAttribution)}
    assert {iri("statement", s.id) for s in account.statements if s.who} <= said


# ------------------------------------------------------------------ schema.org


def test_schema_org_comes_back(account: Account) -> None:
    held = json.loads(written("schema_org", [account]))
    valid(held, "schema-org.schema.json")
    assert len(expanded(held)) == len(held["@graph"])
    view = View(account)
    found: dict[str, list[Row]] = {}
    for thing in held["@graph"]:
        found.setdefault(thing["@type"], []).append(thing)
    assert [a["identifier"] for a in found["NewsArticle"]] == [a.id for a in account.articles]
    assert [a.get("publisher", {}).get("name") for a in found["NewsArticle"]] == [
        a.outlet for a in account.articles
    ]
    quoted = [s for s in account.statements if s.mode in ("direct", "mixed")]
    assert [(q["identifier"], q["text"]) for q in found.get("Quotation", [])] == [
        (s.id, even(view.words(s.report, s.content))) for s in quoted
    ]
    for claim, c in zip(found["Claim"], account.claims, strict=True):
        assert (claim["identifier"], claim["text"]) == (c.id, c.text)
        assert claim["abstract"] == view.attributed(c.id)
        assert [x["identifier"] for x in claim.get("comment", [])] == [s.id for s, _ in view.denials(c.id)]
    assert len(found.get("ClaimReview", [])) == sum(len(c.verdicts) for c in account.claims)


def test_a_claim_is_reviewed_by_people_alone_and_in_words() -> None:
    (review,) = [
        t for t in json.loads(written("schema_org", [awkward()]))["@graph"] if t["@type"] == "ClaimReview"
    ]
    assert review["author"] == {"@type": "Person", "name": "Mia"}
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "False: it was lightning."}
    assert review["claimReviewed"] == "The depot was set alight by Oskar Veld."


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ('https://x.example/a b?c="1"', "https://x.example/a%20b?c=%221%22"),
        ("https://x.example/<é>", "https://x.example/%3C%C3%A9%3E"),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("pages/a.html", None),
        (None, None),
    ],
)
def test_only_web_addresses_name_pages(url: str | None, named: str | None) -> None:
    assert address(url) == named


def test_any_id_can_stand_in_a_name() -> None:
    assert iri("report", "r 1/=:é\ud83d") == "urn:twosource:report:r%201%2F%3D%3A%C3%A9%3F"
