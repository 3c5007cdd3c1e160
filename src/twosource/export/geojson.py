"""GeoJSON (RFC 7946): a Point for each place that the reports name, the radius a property.

A place with no coordinates, or with such as are not on Earth, is there without a geometry: nobody puts it at 0, 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twosource.export.encoding import gathered, known
from twosource.export.shape import View, point
from twosource.model import Evidence, Place
from twosource.text import make_id
from twosource.wire import Row


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One FeatureCollection of all incidents."""
    return gathered(
        b'{"type":"FeatureCollection","features":[', (f for v in views for f in features(v)), b"]}\n"
    )


def features(view: View) -> Iterator[Row]:
    """Where it happened, then each place that is named, with the passages that name it."""
    facts = view.account.facts
    if facts.where is not None:
        yield _feature(view, "where", facts.where, facts.where_evidence)
    for spot in view.spots():
        yield _feature(view, "named", spot.place, spot.evidence)


def _feature(view: View, role: str, place: Place, evidence: tuple[Evidence, ...]) -> Row:
    name = place.full_name or place.name
    at = point(place.lat, place.lon)
    return {
        "type": "Feature",
        "id": make_id(
            "g", view.account.id, role, name, place.geonameid, place.lat, place.lon, place.radius_km
        ),
        "geometry": {"type": "Point", "coordinates": list(at)} if at else None,
        "properties": {
            "name": name,
            "role": role,
            "incident": view.account.id,
            "title": view.account.title,
            "when": view.account.facts.when if role == "where" else None,
            "geonameid": place.geonameid,
            "radius_km": place.radius_km if at else None,
            "mentions": len(evidence),
            "evidence": [
                known(
                    {
                        "report": e.report,
                        "start": e.span.start,
                        "end": e.span.end,
                        "text": view.passage(e),
                        "outlet": view.articles[e.report].outlet,
                    }
                )
                for e in evidence
            ],
        },
    }
