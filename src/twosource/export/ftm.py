"""FollowTheMoney as JSON Lines, for Aleph and OpenAleph.

A claim is a Note on the event, in words that name who says and who denies it; who says what is a Documentation of the
speaker by the article. No allegation is an UnknownLink: that is for offices alone, with the words that state them. What may
be one actor under two names, or an entity of a list of known actors, is Similar, without a score, since none was worked out. A group is a LegalEntity; whether a
body is public nobody says, so none is a PublicBody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from twosource.export.encoding import encoded
from twosource.export.iris import address
from twosource.export.shape import View
from twosource.model import Actor, Article, Known, Statement
from twosource.text import make_id
from twosource.wire import Row

_SCHEMATA = {"person": "Person", "organisation": "Organization", "group": "LegalEntity"}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LONGEST_NAME = 384
_REFERENCE = re.compile(
    r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?"
)  # ids that the model takes as an entity's


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One entity a line."""
    for view in views:
        for e in entities(view):
            yield encoded(e) + b"\n"


def entities(view: View) -> Iterator[Row]:
    """The event, its articles, actors, mentions, what is said, offices, and who may be one."""
    yield from _event(view)
    for a in view.account.articles:
        yield _article(view, a)
    entities_of = [a for a in view.account.actors if a.kind in _SCHEMATA]
    for actor in entities_of:
        yield _actor(view, actor)
        yield from _mentions(view, actor)
    for s in view.account.statements:
        if (documented := _documentation(view, s)) is not None:
            yield documented
    for c in view.account.claims:
        yield _entity(
            _id(view, "claim", c.id),
            "Note",
            name=f"What is said: {c.id}",
            description=view.attributed(c.id),
            entity=_id(view, "event"),
            proof=[_id(view, "report", r) for r in view.backings[c.id].reports],
        )
    yield from _offices(view)
    yield from _similar(view, entities_of)
    for actor in entities_of:
        yield from _known(view, actor)


def _event(view: View) -> Iterator[Row]:
    account = view.account
    where = account.facts.where
    place = (where.full_name or where.name) if where else None
    yield _entity(
        _id(view, "event"),
        "Event",
        name=account.title or account.id,
        recordId=account.id,
        date=_date(account.facts.when),
        location=place,
        summary=view.attributed(account.central) if account.central else None,
        description="\n".join(line.text for line in account.summary),
        proof=[_id(view, "report", a.id) for a in account.articles],
    )


def _article(view: View, a: Article) -> Row:
    byline = a.report.byline or (a.masthead.byline.value if a.masthead.byline else None)
    places = [p.full_name or p.name for p in view.places_in.get(a.id, ())]
    return _entity(
        _id(view, "report", a.id),
        "Article",
        title=a.report.title or a.outlet or a.id,
        author=byline,
        publisher=a.outlet,
        publishedAt=_date(a.published),
        sourceUrl=address(a.report.url),
        contentHash=a.report.sha256,
        mimeType=a.report.media_type,
        bodyText=a.text,
        notes=[f"id {a.id}", *([owned.why] if (owned := view.owners.get(a.id)) else [])],
        locationMentioned=list(dict.fromkeys(places)),
    )


def _actor(view: View, a: Actor) -> Row:
    names = [x.name for x in a.aliases if x.name != a.name]
    described = [*a.titles, *a.roles]
    return _entity(
        _id(view, "actor", a.id),
        _SCHEMATA[a.kind],
        name=a.name,
        alias=names,
        position=described if a.kind == "person" else None,
        notes=[*([] if a.kind == "person" else described), *(f"Id {k.id}: {_listed(k)}" for k in a.known)],
        proof=list(dict.fromkeys(_id(view, "report", e.report) for e in a.mentions)),
    )


def _mentions(view: View, a: Actor) -> Iterator[Row]:
    """One a report and spelling; a description or pronoun is no name."""
    names = {a.name, *(x.name for x in a.aliases)}
    said = {(e.report, words) for e in a.mentions if (words := view.passage(e)) in names}
    for report, words in sorted(said):
        yield _entity(
            _id(view, "mention", a.id, report, words),
            "Mention",
            document=_id(view, "report", report),
            name=words,
            resolved=_id(view, "actor", a.id),
            detectedSchema=_SCHEMATA[a.kind],
        )


def _documentation(view: View, s: Statement) -> Row | None:
    """That an article has the speaker say this, with the denial of it or that none was found; None for who is no entity here."""
    actor = view.actor(s.who, s.kind)
    if actor is None or actor.kind not in _SCHEMATA:
        return None
    claim = view.claim_of.get(s.id)
    told = view.spoken(s) if claim is None else f"{view.spoken(s)} {view.response(claim.id)}"
    return _entity(
        _id(view, "statement", s.id),
        "Documentation",
        document=_id(view, "report", s.report),
        entity=_id(view, "actor", actor.id),
        role={"denies": "denies", "asks": "asks"}.get(s.stance, "says"),
        summary=told,
        date=_date(view.articles[s.report].published),
        publisher=view.articles[s.report].outlet,
        recordId=s.id,
    )


def _offices(view: View) -> Iterator[Row]:
    for r in view.offices():
        a, b = view.actors[r.a], view.actors[r.b]
        if a.kind in _SCHEMATA and b.kind in _SCHEMATA:
            words = " | ".join(dict.fromkeys(view.passage(e) for e in r.evidence))
            yield _entity(
                _id(view, "office", r.a, r.role, r.b),
                "UnknownLink",
                subject=_id(view, "actor", r.a),
                object=_id(view, "actor", r.b),
                role=r.role.replace("_", " "),
                summary=f"As {'; '.join(view.told_of(r))} put it: “{words}”",
            )


def _similar(view: View, actors: Iterable[Actor]) -> Iterator[Row]:
    pairs = {(min(a.id, other), max(a.id, other)) for a in actors for other in a.maybe}
    for a, b in sorted(pairs):
        if all(x in view.actors and view.actors[x].kind in _SCHEMATA for x in (a, b)):
            yield _entity(
                _id(view, "similar", a, b),
                "Similar",
                candidate=_id(view, "actor", a),
                match=_id(view, "actor", b),
                criteria="the reports don't say whether they are one",
                matcher="twosource",
            )


def _known(view: View, a: Actor) -> Iterator[Row]:
    """The entity of a list that bears the actor's name, as one that may be it: its own properties stay its own."""
    mine = _id(view, "actor", a.id)
    for k in a.known:
        if _REFERENCE.fullmatch(k.id) and k.id != mine:
            yield _entity(
                _id(view, "known", a.id, k.source, k.id),
                "Similar",
                candidate=mine,
                match=k.id,
                criteria=_listed(k),
                matcher="twosource",
            )


def _listed(k: Known) -> str:
    return f"listed as {k.name} in {k.source}, resolved by twosource by the name, not checked"


def _id(view: View, noun: str, *parts: str) -> str:
    """An id that the model takes, whatever the report's own looks like."""
    return make_id("twosource-", view.account.id, noun, *parts)


def _entity(name: str, schema: str, /, **properties: str | list[str] | None) -> Row:
    """An entity with the values as the model keeps them: what it would drop silently isn't there."""
    held = {}
    for key, value in properties.items():
        values = [value] if isinstance(value, str) else value or []
        cleaned = dict.fromkeys(c for v in values if (c := _even(v, key)))
        if cleaned:
            held[key] = list(cleaned)
    return {"id": name, "schema": schema, "properties": held}


def _even(value: str, key: str) -> str:
    """Composed characters, none that cannot be shown, no blanks around; names on one line."""
    plain = unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode("utf-8"))
    shown = "".join(ch for ch in plain if ch in "\t\n\r" or unicodedata.category(ch) != "Cc")
    if key in ("name", "alias", "location", "locationMentioned"):
        return " ".join(shown.split())[:_LONGEST_NAME].strip()
    return shown.strip()


def _date(edtf: str | None) -> str | None:
    """A day, month or year, or a time in UTC; None for what is not known in full or has no zone."""
    if not edtf:
        return None
    if _DATE.fullmatch(edtf):
        return edtf
    try:
        at = datetime.fromisoformat(edtf)
    except ValueError:
        return None
    return at.astimezone(UTC).isoformat()[:19] if at.tzinfo else edtf[:10]
