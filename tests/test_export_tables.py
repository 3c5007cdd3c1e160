"""Tables: what went in comes back, cell by cell; nothing in them is a formula."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import example as at
from hypothesis import given
from hypothesis import strategies as st

from exporting import awkward, example
from twosource.brief import document
from twosource.errors import UsageError
from twosource.export import write
from twosource.export.delimited import _cell, loaded
from twosource.export.shape import NO_DENIAL, View
from twosource.export.tables import Column, Table, tables
from twosource.model import Account, Brief, Denial

Row = dict[str, Any]


def even(value: Any) -> Any:
    """A value as UTF-8 can hold it; what is empty is not known."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() or None
    return [even(v) for v in value] if isinstance(value, list) else value


def expected(table: Table, account: Account) -> list[Row]:
    rows = list(table.rows(View(account)))
    assert all(set(r) >= {c.name for c in table.columns} for r in rows), table.name
    return [{c.name: even(r[c.name]) for c in table.columns} for r in rows]


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("raw", [False, True])
def test_delimited_tables_come_back(
    account: Account,
    tmp_path: Path,
    name: str,
    separator: str,
    raw: bool,
) -> None:
    write(name, [account], tmp_path / "t", raw=raw)
    for t in tables():
        with (tmp_path / "t" / f"{t.name}.{name}").open(encoding="utf-8", newline="") as f:
            head, *rows = csv.reader(f, delimiter=separator)
        assert head == [c.name for c in t.columns]
        found = [{c.name: loaded(v, c, raw=raw) for c, v in zip(t.columns, row, strict=True)} for row in rows]
        assert repr(found) == repr(expected(t, account)), t.name


def test_parquet_comes_back_with_its_types(account: Account, tmp_path: Path) -> None:
    write("parquet", [account], tmp_path / "t")
    for t in tables():
        found = pq.read_table(tmp_path / "t" / f"{t.name}.parquet")
        assert [f.metadata[b"meaning"].decode() for f in found.schema] == [c.meaning for c in t.columns]
        assert found.schema.metadata[b"meaning"].decode() == t.meaning
        rows = [{k: even(v) for k, v in row.items()} for row in found.to_pylist()]
        assert repr(rows) == repr(expected(t, account)), t.name


def test_two_accounts_share_the_tables(tmp_path: Path) -> None:
    write("csv", iter([example(), awkward()]), tmp_path / "t")
    write("parquet", iter([example(), awkward()]), tmp_path / "p")
    with (tmp_path / "t" / "statements.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert {r["incident"] for r in rows} == {example().id, "i1"}
    assert (
        len(rows)
        == len(example().statements) + 4
        == pq.read_table(tmp_path / "p" / "statements.parquet").num_rows
    )


def test_the_tables_hold_what_the_brief_holds() -> None:
    """Field by field: every record of the contract is a row."""
    (incident,) = document(Brief((example(),)))["incidents"]
    rows = {t.name: list(t.rows(View(example()))) for t in tables()}
    for noun in ("statements", "claims", "actors", "reports", "disagreements", "timeline", "summary"):
        for of_brief, row in zip(incident[noun], rows[noun], strict=True):
            for key in of_brief.keys() & row.keys():
                assert row[key] == of_brief[key], (noun, key)
    assert [r["relation"] for r in rows["reuse"]] == [r["relation"] for r in incident["reuse"]]
    assert len(rows["passages"]) == sum(len(r["passages"]) for r in incident["reuse"])
    assert len(rows["mentions"]) == sum(len(a["mentions"]) for a in incident["actors"])
    assert len(rows["origins"]) == sum(len(c["origins"]) for c in incident["claims"])
    assert len(rows["denials"]) == sum(len(c["denials"]) for c in incident["claims"])
    assert [(p["name"], p["lat"], p["lon"]) for p in rows["places"]] == [(p["name"], p["lat"], p["lon"]) for p in incident["places"]]  # fmt: skip
    assert len([r for r in rows["evidence"] if r["noun"] == "places"]) == sum(len(p["evidence"]) for p in incident["places"])  # fmt: skip


def test_every_offset_leads_to_its_characters(account: Account) -> None:
    rows = {t.name: list(t.rows(View(account))) for t in tables()}
    texts = {r["report"]: r["text"] for r in rows["texts"]}
    for r in rows["mentions"] + rows["evidence"]:
        assert texts[r["report"]][r["start"] : r["end"]] == r["text"] != ""
    for r in rows["statements"]:
        assert " … ".join(texts[r["report"]][a:b] for a, b in r["content"]) == r["text"]


def test_a_claim_leaves_with_who_says_and_who_denies_it() -> None:
    view = View(awkward())
    (disputed, own) = [r for t in tables() if t.name == "claims" for r in t.rows(view)]
    assert disputed["said_by"] == ["Ina Rask", "not named"]
    assert disputed["denied_by"] == ["Oskar Veld"]
    assert own["said_by"] == ["the reports themselves"]
    assert view.attributed("c1") == "According to Ina Rask; not named: The depot was set alight by Oskar Veld. Denied by Oskar Veld."  # fmt: skip
    assert view.attributed("c2").endswith(NO_DENIAL)


def test_who_says_it_is_said_once() -> None:
    made = awkward()
    claims = (replace(made.claims[0], text="Ina Rask said: “It burned.”"), made.claims[1])
    told = View(replace(made, claims=claims)).attributed("c1")
    assert told == "According to Ina Rask; not named: “It burned.” Denied by Oskar Veld."


def test_a_related_denial_is_no_denial_of_the_claim() -> None:
    made = awkward()
    near = replace(made.backings[0], denials=(Denial("s2", "related"),))
    view = View(replace(made, backings=(near, made.backings[1])))
    assert view.denied_by("c1") == []
    assert view.response("c1") == f"{NO_DENIAL} Related denials by Oskar Veld."


def test_an_unnamed_source_is_nobody_elses() -> None:
    view = View(awkward())
    assert view.actor(None, "anonymous") is None
    assert view.actor("Ina Rask", "anonymous") is None
    ids = [v.id for c in view.account.claims for v in view.voices(c.id) if v.actor is None]
    assert len(ids) == len(set(ids))


def test_only_offices_may_be_links() -> None:
    """Who opposes whom is said by somebody; a membership that a denied claim states is not drawn either."""
    assert [(r.a, r.role, r.b) for r in View(awkward()).offices()] == [("a1", "leads", "a3")]


TEXT = Column("x", "text", "")


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n ＝ab1,\""), max_size=8) | st.text(max_size=20))
@at("=cmd|' /C calc'!A0")
@at("'=1")
@at(" \t=1")
def test_no_cell_is_a_formula_and_none_is_lost(text: str) -> None:
    cell = _cell(text, TEXT, False)
    assert not re.match(r"\s*[=+\-@\t\r\n＝＋－＠]", cell)
    assert loaded(cell, TEXT) == (text or None)


def test_a_folder_needs_a_name() -> None:
    with pytest.raises(UsageError, match="-o FOLDER"):
        write("csv", [], None)


def test_an_export_that_fails_leaves_nothing_half(tmp_path: Path) -> None:
    def broken() -> Any:
        yield example()
        raise RuntimeError("no more")

    for name, out in (("csv", "t"), ("parquet", "p"), ("geojson", "g"), ("gexf", "x")):
        with pytest.raises(RuntimeError, match="no more"):
            write(name, broken(), tmp_path / out)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_lists_in_cells_are_json() -> None:
    column = Column("x", "texts", "")
    assert json.loads(_cell(["=1", "b"], column, False)) == ["=1", "b"]
