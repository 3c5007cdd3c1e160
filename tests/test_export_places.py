"""Maps and calendars: checked by the libraries that read them, and compared with what went in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from exporting import awkward, written
from twosource.export.ical import _folded, when
from twosource.export.shape import View, point
from twosource.model import Account


def test_geojson_comes_back(account: Account) -> None:
    held = json.loads(written("geojson", [account]))
    FeatureCollection(**held)
    view, found = View(account), held["features"]
    assert len({f["id"] for f in found}) == len(found)
    places = [f for f in found if f["properties"]["role"] == "named"]
    for spot, feature in zip(view.spots(), places, strict=True):
        told = feature["properties"]
        assert told["name"] == spot.name
        assert told["geonameid"] == spot.place.geonameid
        assert told["mentions"] == len(told["evidence"]) == len(spot.evidence)
        assert [(e["report"], e["start"], e["end"]) for e in told["evidence"]] == [
            (e.report, e.span.start, e.span.end) for e in spot.evidence
        ]
        assert [e["text"] for e in told["evidence"]] == [view.passage(e) for e in spot.evidence]
        if feature["geometry"] is None:
            assert spot.point is None
        else:
            assert feature["geometry"]["coordinates"] == [spot.place.lon, spot.place.lat]
            assert told["radius_km"] == spot.place.radius_km
    where = [f for f in found if f["properties"]["role"] == "where"]
    assert [f["properties"]["when"] for f in where] == [account.facts.when] * (
        account.facts.where is not None
    )


def test_what_is_not_on_earth_has_no_point() -> None:
    """It is there, without a geometry: not at 0, 0, and not left out."""
    places = [
        f
        for f in json.loads(written("geojson", [awkward()]))["features"]
        if f["properties"]["role"] == "named"
    ]
    assert {f["properties"]["name"]: f["geometry"] and f["geometry"]["coordinates"] for f in places} == {
        "depot": None,
        "Depot, Vale": [-180.0, 10.0],
        "nowhere": None,
        "somewhere": None,
    }


@given(st.floats() | st.none(), st.floats() | st.none())
def test_a_point_is_on_earth(lat: float | None, lon: float | None) -> None:
    if (at := point(lat, lon)) is not None:
        assert -180 <= at[0] <= 180
        assert -90 <= at[1] <= 90
        assert at == (lon, lat)


def test_the_calendar_comes_back(account: Account) -> None:
    read = Calendar.from_ical(written("ical", [account]))
    assert not read.errors
    view, events = View(account), read.walk("VEVENT")
    dated = [m for m in account.timeline if when(m.when)]
    for moment, event in zip(dated, events, strict=True):
        assert not event.errors
        assert str(event["SUMMARY"]) == moment.text
        for e in moment.evidence:
            words = "".join(
                ch if ch.isprintable() or ch == "\n" else " " for ch in view.passage(e).replace("\r\n", "\n")
            )
            assert f"“{words}”" in str(event["DESCRIPTION"])
        if len(moment.when) == 10:
            day = date.fromisoformat(moment.when)
            assert (event["DTSTART"].dt, event["DTEND"].dt) == (day, day + timedelta(1))
    left_out = len(account.timeline) - len(dated)
    assert [str(j["SUMMARY"]).split()[0] for j in read.walk("VJOURNAL")] == [str(left_out)] * (left_out > 0)
    assert len({str(e["UID"]) for e in events}) == len(events)


def test_times_and_stretches_stand_in_the_calendar_as_they_are_known() -> None:
    whole, call, smoke, gate = Calendar.from_ical(written("ical", [awkward()])).walk("VEVENT")
    assert whole["DTSTART"].dt == date(2025, 3, 14)
    assert whole["DTSTAMP"].dt == datetime(2025, 3, 14, tzinfo=UTC)
    assert call["DTSTART"].dt == datetime(2025, 3, 14, 21, 10, tzinfo=UTC)
    assert call["DTSTAMP"].dt == datetime(1970, 1, 1, tzinfo=UTC)
    assert smoke["DTSTART"].dt == datetime.fromisoformat("2025-03-14T22:00")  # nobody knows in which zone
    assert (gate["DTSTART"].dt, gate["DTEND"].dt) == (date(2025, 3, 13), date(2025, 3, 16))
    assert str(whole["URL"]).startswith("https://post.example/")


@pytest.mark.parametrize(
    "edtf",
    ["XXXX-11-21", "2025-03", "2025", "2025-02-31", "9999-12-31", "2025-03-14~", "2025-03-14/2025-03-01", ""],
)
def test_what_is_no_day_is_no_event(edtf: str) -> None:
    assert when(edtf) is None


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda s: s.encode("utf-8", "replace")))
def test_folded_lines_are_short_and_whole(line: Any) -> None:
    text = line.decode("utf-8", "replace").encode()
    if b"\r\n" in text:
        return
    folded = _folded(text)
    assert all(len(part) <= 75 for part in folded[:-2].split(b"\r\n"))
    assert folded.replace(b"\r\n ", b"")[:-2] == text
    folded.decode("utf-8")
