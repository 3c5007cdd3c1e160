"""Incidents from what partitions saw are those of all reports together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import archives
from twosource.incidents import held, light, sketch_of, written
from twosource.model import Article, Report
from twosource.pipeline import incidents_of
from twosource.scale.incidents import Grouping, group, listed, sketch, sketching
from twosource.scale.shelves import order, shelve

TEXTS = st.text(st.sampled_from("aB9é’'. \n\ud83d"), max_size=60)


@pytest.mark.parametrize("parts", [1, 3, 30])
def test_the_parts_change_no_incident(tmp_path: Path, parts: int) -> None:
    here, _ = archives.laid_out(tmp_path, parts)
    sketches, out = tmp_path / "sketches", tmp_path / "incidents"
    assert sum(map(sketch, sketching(here.at("reports"), sketches))) == len(archives.cleaned())
    group(Grouping(sketches, here.at("copies"), out))
    expected, _ = incidents_of(archives.cleaned())
    assert [(i.id, i.size) for i in listed(out)] == sorted(
        ((i.id, len(i.reports)) for i in expected), key=lambda i: (-i[1], i[0])
    )


@given(
    TEXTS,
    TEXTS,
    st.sampled_from([None, "Radio Marrow", "half \ud83d"]),
    st.sampled_from([None, "2025-03-09", "2025"]),
)
def test_what_was_seen_in_a_report_comes_back_to_the_last_bit(
    text: str, title: str, outlet: str | None, published: str | None
) -> None:
    one = light(sketch_of(Article(Report("r \ud83d", text, title=title, outlet=outlet, published=published))))
    again = held(written(one))
    assert (again.words, again.beside.id, again.beside.days) == (one.words, one.beside.id, one.beside.days)
    assert (again.beside.published, again.beside.outlet) == (one.beside.published, one.beside.outlet)
    assert np.array_equal(again.times, one.times)
    assert np.array_equal(again.marks, one.marks)


@pytest.mark.parametrize("volume", [1, 2_000, 10**9])
def test_a_shelf_holds_neighbours_and_copies_stand_side_by_side(tmp_path: Path, volume: int) -> None:
    here, _ = archives.laid_out(tmp_path, 2)
    sketches, out = tmp_path / "sketches", tmp_path / "incidents"
    for task in sketching(here.at("reports"), sketches):
        sketch(task)
    group(Grouping(sketches, here.at("copies"), out))
    shelves = shelve(sketches, here.at("copies"), out, tmp_path, parts=1, volume=volume)
    where = order(tmp_path / "order.parquet")
    assert where.shelves == shelves
    row = np.argsort(where.place)
    for column in (where.rank, where.shelf):
        assert (np.diff(column[row]) >= 0).all()  # neither goes back
    assert shelves == {1: len(row), 10**9: 1}.get(volume, shelves)
    texts = [archives.cleaned()[n].text for n in row]
    same = [n for n, t in enumerate(texts) if t == archives.WIRE.format(n=3)]
    assert same == list(range(same[0], same[0] + len(same)))
