"""Whatever stands in a report, every export is written and can be read."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from exporting import awkward, written
from twosource.export import ENDINGS, NAMES, write
from twosource.model import Account, Evidence, Moment, Place, Report, Span

ANYTHING = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "=1",
        "\ud83d",
        "\x00\x1b",
        "‮",
        "a\r\n b",
        "]]>",
        "</script>",
        '"',
        "http://[",
        "https://x.example/" + "%" * 9,
        "��",
        "9" * 400,
    ]
)
WHEN = (
    st.sampled_from(
        [None, "", "2025", "XXXX", "9999-12-31", "0001-01-01", "2025-13-01", "2025-01-01T99:99", "0000-00-00"]
    )
    | ANYTHING
)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """The awkward account with anything in its words, addresses, dates and coordinates."""
    made = awkward()
    text = draw(ANYTHING) * 20
    report = Report(
        "r 1/=", text, draw(ANYTHING), draw(ANYTHING), draw(ANYTHING | st.none()), draw(WHEN), draw(WHEN), draw(ANYTHING), draw(ANYTHING), draw(ANYTHING),
    )  # fmt: skip
    place = Place(
        Span(0, 3),
        draw(ANYTHING),
        draw(st.none() | st.integers()),
        draw(st.floats() | st.none()),
        draw(st.floats() | st.none()),
        draw(st.none() | st.floats()),
    )
    first = replace(made.annotations[0], places=(place,))
    said = tuple(
        replace(s, who=draw(ANYTHING | st.none()), told=draw(ANYTHING | st.none())) for s in first.statements
    )
    claims = tuple(replace(c, text=draw(ANYTHING)) for c in made.claims)
    moment = Moment(draw(WHEN) or "", draw(ANYTHING), (Evidence("r 1/=", Span(0, 5)),))
    return replace(
        made,
        title=draw(ANYTHING),
        articles=(replace(made.articles[0], report=report), made.articles[1]),
        annotations=(replace(first, statements=said), made.annotations[1]),
        actors=tuple(replace(a, name=draw(ANYTHING)) for a in made.actors),
        claims=claims,
        timeline=(moment,),
        facts=replace(made.facts, when=draw(WHEN), where=place),
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(account=accounts())
def test_every_export_can_be_read(account: Account, tmp_path: Path) -> None:
    for name in NAMES:
        write(name, [account], tmp_path / name)
    for name in ENDINGS:
        data = (tmp_path / name).read_bytes()
        if name in ("gexf", "graphml"):
            ElementTree.fromstring(data)
        elif name == "ical":
            assert not Calendar.from_ical(data).errors
        elif name in ("ftm", "passim"):
            assert all(isinstance(json.loads(line), dict) for line in data.splitlines())
        else:
            json.loads(data)
    for path in (tmp_path / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as f:
            assert len({len(row) for row in csv.reader(f)}) == 1
    for path in (tmp_path / "parquet").iterdir():
        pq.read_table(path)


def test_json_has_no_number_that_is_none() -> None:
    """A coordinate that is not a number is null: NaN is no JSON."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    for name in ("geojson", "stix", "ftm", "annotations", "prov", "schema_org"):
        for line in (
            written(name, [awkward()]).splitlines() if name == "ftm" else [written(name, [awkward()])]
        ):
            json.loads(line, parse_constant=refuse)
