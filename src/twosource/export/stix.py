"""STIX 2.1: a bundle that intelligence platforms take.

A claim is a Note that names who says and who denies it in its words and authors; each denial is an Opinion on that Note. No
object carries a `confidence`, since nobody gave one. Relationships are for offices alone. A report whose day of publication
is known is a Report, any other a Grouping, which needs no date; midnight UTC stands for a day, and its label says what is
known. There is no clock: `created` is when the newest dated report of the incident was published.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from math import isfinite

from twosource.export.encoding import encoded, known
from twosource.export.iris import address
from twosource.export.shape import View
from twosource.export.shape import point as at_point
from twosource.model import Actor, Article, Claim, Known, Relation, Statement
from twosource.version import __version__
from twosource.wire import Row

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:twosource:export:stix")
_BEGINNING = "1970-01-01T00:00:00.000Z"
_CLASSES = {"person": "individual", "organisation": "organization", "group": "group", "media": "organization"}


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One bundle of all incidents, its id made of what is in it."""
    held = hashlib.sha256()
    yield b'{"type":"bundle","objects":['
    for n, thing in enumerate(_everything(views)):
        line = (b",\n" if n else b"\n") + encoded(thing)
        held.update(line)
        yield line
    name = uuid.uuid5(_OURS, held.hexdigest())
    yield f'\n],"id":"bundle--{name}"}}\n'.encode()


def _everything(views: Iterable[View]) -> Iterator[Row]:
    yield _object("identity", "twosource", stamp=_BEGINNING, name=f"twosource {__version__}", identity_class="system", created_by_ref=None)  # fmt: skip
    for view in views:
        yield from objects(view)


def objects(view: View) -> Iterator[Row]:
    """All objects of one account, every reference among them."""
    made = _Making(view)
    yield from made.where()
    yield made.incident()
    for a in view.account.actors:
        if a.kind != "place":
            yield made.actor(a)
    yield from made.outlets()
    for s in view.account.statements:
        yield made.statement(s)
    for c in view.account.claims:
        yield made.claim(c)
        yield from made.denials(c)
    for article in view.account.articles:
        yield made.report(article)
    for r in view.offices():
        if all(view.actors[x].kind != "place" for x in (r.a, r.b)):
            yield made.office(r)
    yield made.all_of_it()


class _Making:
    """Makes the objects of one account and keeps their ids."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.ids: dict[str, None] = {}
        dates = [at for a in view.account.articles if (at := stamp(a.published)) is not None]
        self.stamp = max(dates, default=_BEGINNING)

    def name(self, kind: str, *parts: object) -> str:
        return _name(kind, self.view.account.id, *parts)

    def made(self, kind: str, *parts: object, **values: object) -> Row:
        row = _object(kind, self.view.account.id, *parts, stamp=self.stamp, **values)
        self.ids[row["id"]] = None
        return row

    def incident(self) -> Row:
        account = self.view.account
        told = [line.text for line in account.summary]
        return self.made(
            "incident", name=account.title or account.id, description="\n".join(told),
            external_references=[_ref(account.id)], labels=[f"when: {account.facts.when}"] if account.facts.when else None,
        )  # fmt: skip

    def where(self) -> Iterator[Row]:
        """Where it happened, and the relationship that says so; a place without coordinates has no place in STIX."""
        place = self.view.account.facts.where
        point = None if place is None else at_point(place.lat, place.lon)
        if place is None or point is None:
            return
        radius = place.radius_km
        at = self.made(
            "location", name=place.full_name or place.name, latitude=float(point[1]), longitude=float(point[0]),
            precision=radius * 1000.0 if radius is not None and isfinite(radius) else None,
        )  # fmt: skip
        yield at
        yield self.made("relationship", "where", relationship_type="related-to", source_ref=self.name("incident"), target_ref=at["id"], description="happened at")  # fmt: skip

    def actor(self, a: Actor) -> Row:
        described = [*a.titles, *a.roles]
        also = [x.name for x in a.aliases if x.name != a.name]
        return self.made(
            "identity", a.id, name=a.name, identity_class=_CLASSES.get(a.kind, "unknown"), roles=described,
            description=f"Also called {'; '.join(also)}" if also else None, external_references=[_ref(a.id), *map(_listed, a.known)],
        )  # fmt: skip

    def outlets(self) -> Iterator[Row]:
        for o in dict.fromkeys(a.outlet for a in self.view.account.articles if a.outlet):
            yield self.made("identity", "outlet", o, name=o, identity_class="organization", labels=["outlet"])

    def statement(self, s: Statement) -> Row:
        """What somebody says, in words that name who it is and who denies it."""
        claim = self.view.claim_of.get(s.id)
        told = self.view.spoken(s)
        return self.made(
            "note", s.id, content=told if claim is None else f"{told} {self.view.response(claim.id)}",
            authors=[self.view.speaker(s)], object_refs=[self.name("incident")], external_references=[_ref(s.id)],
            labels=["statement", f"stance: {s.stance}", f"certainty: {s.certainty}", f"mode: {s.mode}"],
        )  # fmt: skip

    def claim(self, c: Claim) -> Row:
        b = self.view.backings[c.id]
        spoken = [self.name("note", s) for s in c.statements if s in self.view.statements]
        return self.made(
            "note", c.id, content=self.view.attributed(c.id), authors=self.view.said_by(c.id),
            object_refs=[self.name("incident"), *spoken], external_references=[_ref(c.id)],
            labels=["claim", f"status: {b.status}", f"certainty: {b.certainty}", f"independent origins: {b.independent_origins}", f"at most: {b.at_most}"],
        )  # fmt: skip

    def denials(self, c: Claim) -> Iterator[Row]:
        """Disagreement with the claim itself; how strong, nobody measured."""
        for s, target in self.view.denials(c.id):
            if target == "claim":
                yield self.made(
                    "opinion", c.id, s.id, opinion="disagree", explanation=self.view.spoken(s),
                    authors=[self.view.speaker(s)], object_refs=[self.name("note", c.id)], external_references=[_ref(s.id)],
                )  # fmt: skip

    def report(self, a: Article) -> Row:
        told = [self.name("note", s.id) for s in self.view.said_in.get(a.id, ())]
        url, hashes = address(a.report.url), {"SHA-256": a.report.sha256} if a.report.sha256 else None
        source = _ref(a.id) if url is None else {**_ref(a.id), **known({"url": url, "hashes": hashes})}
        published = stamp(a.published)
        kind: Row = (
            {"context": "unspecified"}
            if published is None
            else {"published": published.replace(".000Z", "Z")}
        )
        return self.made(
            "grouping" if published is None else "report", a.id, name=a.report.title or a.outlet or a.id,
            object_refs=[self.name("incident"), *told], external_references=[source],
            labels=[f"published: {a.published}"] if a.published else None,
            created_by_ref=self.name("identity", "outlet", a.outlet) if a.outlet else _name("identity", "twosource"), **kind,
        )  # fmt: skip

    def office(self, r: Relation) -> Row:
        words = " | ".join(dict.fromkeys(self.view.passage(e) for e in r.evidence))
        return self.made(
            "relationship", r.a, r.role, r.b, relationship_type="related-to",
            source_ref=self.name("identity", r.a), target_ref=self.name("identity", r.b),
            description=f"{r.role.replace('_', ' ')}, as {'; '.join(self.view.told_of(r))} put it: “{words}”",
        )  # fmt: skip

    def all_of_it(self) -> Row:
        refs = list(self.ids)
        return self.made("grouping", "account", name=self.view.account.title or self.view.account.id, context="unspecified", object_refs=refs)  # fmt: skip


def _name(kind: str, *parts: object) -> str:
    return f"{kind}--{uuid.uuid5(_OURS, repr((kind, *map(str, parts))))}"


def _object(kind: str, *parts: object, stamp: str, **values: object) -> Row:
    """A domain or relationship object with what all of them have; texts as STIX can hold them."""
    held: Row = {
        "type": kind,
        "spec_version": "2.1",
        "id": _name(kind, *parts),
        "created_by_ref": _name("identity", "twosource"),
        "created": stamp,
        "modified": stamp,
    }
    return known({**held, **values})


def _ref(name: str) -> Row:
    return {"source_name": "twosource", "external_id": name}


def _listed(k: Known) -> Row:
    """An entry of a list that bears the name: that they are one, nobody has checked."""
    told = f"listed as {k.name}, resolved by twosource by the name, not checked"
    return known({"source_name": k.source, "external_id": k.id, "description": told, "url": address(k.id)})


def stamp(edtf: str | None) -> str | None:
    """A day or a time in UTC as STIX writes it; None where no day is known."""
    if not edtf or not re.match(r"\d{4}-\d\d-\d\d", edtf):
        return None
    try:
        at = datetime.fromisoformat(edtf)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return f"{at.isoformat()[:19]}.000Z"
