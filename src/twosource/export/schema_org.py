"""schema.org as JSON-LD: NewsArticle, Quotation, Claim, and ClaimReview where a person gave a verdict.

A verdict carries the words and the name of the person who gave it: there is no rating on a scale, since none was given.
A Claim names who makes it as its author and has each denial of it as a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from twosource.export.encoding import gathered, known
from twosource.export.iris import address, iri
from twosource.export.shape import View
from twosource.model import Actor, Article, Claim, Statement, Verdict
from twosource.wire import Row

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_TYPES = {"person": "Person", "organisation": "Organization", "media": "Organization"}


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One graph of all incidents."""
    head = b'{"@context":"https://schema.org","@graph":['
    return gathered(head, (t for v in views for t in things(v)), b"]}\n")


def things(view: View) -> Iterator[Row]:
    """Reports, quotations, claims and verdicts of one account."""
    for a in view.account.articles:
        yield _article(view, a)
    for s in view.account.statements:
        if s.mode in ("direct", "mixed"):
            yield _quotation(view, s)
    for c in view.account.claims:
        yield _claim(view, c)
        for v in c.verdicts:
            yield _review(c, v)


def _article(view: View, a: Article) -> Row:
    byline = a.report.byline or (a.masthead.byline.value if a.masthead.byline else None)
    modified = a.report.modified or (a.masthead.modified.value if a.masthead.modified else None)
    older = view.older(a.id, "same_text", "revised")
    return known(
        {
            "@type": "NewsArticle",
            "@id": iri("report", a.id),
            "identifier": a.id,
            "headline": a.report.title,
            "author": {"@type": "Person", "name": byline} if byline else None,
            "publisher": _publisher(view, a),
            "datePublished": _date(a.published),
            "dateModified": _date(modified),
            "inLanguage": a.report.language,
            "url": address(a.report.url),
            "isBasedOn": [{"@id": iri("report", o)} for o in older],
        }
    )


def _publisher(view: View, a: Article) -> Row | None:
    """The outlet, and whose it is where a list that a person gave says so."""
    if not a.outlet:
        return None
    owner = view.owners.get(a.id)
    above = {"@type": "Organization", "name": owner.owner, "description": owner.why} if owner else None
    return known({"@type": "Organization", "name": a.outlet, "parentOrganization": above})


def _quotation(view: View, s: Statement) -> Row:
    claim = view.claim_of.get(s.id)
    return known(
        {
            "@type": "Quotation",
            "@id": iri("statement", s.id),
            "identifier": s.id,
            "text": view.words(s.report, s.content),
            "abstract": view.spoken(s),
            "spokenByCharacter": _speaker(view, s),
            "isPartOf": {"@id": iri("report", s.report)},
            "about": {"@id": iri("claim", claim.id)} if claim else None,
        }
    )


def _claim(view: View, c: Claim) -> Row:
    named = [v for v in view.voices(c.id) if v.origin.kind != "reporter"]
    authors = [_named(v.origin.kind, v.name, v.actor) for v in named if v.origin.who]
    reports = [r for v in view.voices(c.id) if v.origin.kind == "reporter" for r in v.origin.reports]
    own = [{"@type": "Organization", "name": o} for r in reports if (o := view.articles[r].outlet)]
    carried = dict.fromkeys(view.statements[s].report for s in c.statements if s in view.statements)
    return known(
        {
            "@type": "Claim",
            "@id": iri("claim", c.id),
            "identifier": c.id,
            "text": c.text,
            "abstract": view.attributed(c.id),
            "author": list({str(a): a for a in authors + own}.values()),
            "appearance": [{"@id": iri("report", r)} for r in carried],
            "comment": [_denial(view, s, target) for s, target in view.denials(c.id)],
        }
    )


def _denial(view: View, s: Statement, target: str) -> Row:
    """A denial in the words of who denies; `name` says of what."""
    return known(
        {
            "@type": "Comment",
            "identifier": s.id,
            "name": {"claim": "denial", "premise": "denial of what it presupposes"}.get(
                target, "related denial"
            ),
            "text": view.spoken(s),
            "author": _speaker(view, s),
            "isPartOf": {"@id": iri("report", s.report)},
        }
    )


def _review(c: Claim, v: Verdict) -> Row:
    return known(
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


def _speaker(view: View, s: Statement) -> Row | None:
    """Who says it, as a thing of its kind; nobody where the text names none."""
    if s.kind == "reporter":
        outlet = view.articles[s.report].outlet
        return {"@type": "Organization", "name": outlet} if outlet else None
    if not s.who or s.kind is None:
        return None
    return _named(s.kind, s.who, view.actor(s.who, s.kind))


def _named(kind: str, name: str, actor: Actor | None) -> Row:
    """Somebody, with the addresses by which lists of known actors have whoever bears the name; other ids are no addresses."""
    same = dict.fromkeys(a for k in (actor.known if actor else ()) if (a := _address(k.id)))
    return known({"@type": _TYPES.get(kind, "Thing"), "name": name, "sameAs": list(same)})


def _address(name: str) -> str | None:
    return f"http://www.wikidata.org/entity/{name}" if re.fullmatch(r"Q[1-9]\d*", name) else address(name)


def _date(edtf: str | None) -> str | None:
    """An EDTF date where ISO 8601 can say the same: not one of an unknown year."""
    return edtf if edtf and _DATE.fullmatch(edtf) else None
