"""Rows between tasks: what is put by a key is taken by it, whoever wrote it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

import pyarrow as pa

from twosource.scale.exchange import put, taken
from twosource.scale.records import whole


@settings(deadline=None, max_examples=30)
@given(
    files=st.lists(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=3)), max_size=9), min_size=1),
    cuts=st.sets(st.integers(0, 9)),
)
def test_slices_hold_each_row_once_in_the_order_of_the_key(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, bytes]]], cuts: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("files")
    paths = [folder / f"{n}.arrow" for n in range(len(files))]
    schema = pa.schema([("key", pa.int64()), ("text", pa.large_binary())])
    for path, rows in zip(paths, files, strict=True):
        put(path, pa.Table.from_pylist([{"key": k, "text": t} for k, t in rows], schema=schema), "key")
    edges = [0, *sorted(cuts - {0}), 10]
    found = [
        (row["key"], row["text"])
        for low, high in pairwise(edges)
        for row in taken(paths, "key", low, high).to_pylist()
    ]
    assert found == sorted((row for rows in files for row in rows), key=lambda row: row[0])


def broken_off(path: Path) -> None:
    with whole(path) as part:
        part.write_text("half")
        raise KeyboardInterrupt


def test_a_file_that_was_broken_off_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        broken_off(tmp_path / "deep" / "a")
    assert list((tmp_path / "deep").iterdir()) == []
