"""Graphs and text reuse: read back by networkx and compared with the account."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest

from exporting import awkward, written
from twosource.export.graph import graph
from twosource.export.passim import MOST_NEAR, clusters
from twosource.export.shape import OFFICES, View
from twosource.model import Account, Passage, Reuse, Span


def even(value: object) -> object:
    """A value as XML can hold it."""
    if not isinstance(value, str):
        return value
    return "".join("\ufffd" if ch == "\x07" or "\ud800" <= ch <= "\udfff" else ch for ch in value)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_the_graph_comes_back(account: Account, name: str) -> None:
    data = written(name, [account])
    read = (
        nx.read_gexf(io.BytesIO(data))
        if name == "gexf"
        else nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    )
    nodes, edges = graph(View(account))
    assert list(read.nodes) == [n.id for n in nodes]
    for n in nodes:
        found = dict(read.nodes[n.id])
        assert found.pop("label") == even(n.label)
        assert found == {k: even(v) for k, v in n.values.items()}
    assert read.number_of_edges() == len(edges)
    held = {}
    for a, b, key, values in read.edges(keys=True, data=True):
        held[values.pop("id", key)] = (a, b, values)
    for e in edges:
        a, b, values = held[e.id]
        assert (a, b, values.pop("label")) == (e.a, e.b, e.label)
        assert values == {k: even(v) for k, v in e.values.items()}


def test_actors_are_joined_by_offices_alone(account: Account) -> None:
    nodes, edges = graph(View(account))
    kind = {n.id: n.values["kind"] for n in nodes}
    between = [e for e in edges if kind[e.a] in ("actor", "source") and kind[e.b] in ("actor", "source")]
    assert {e.values["kind"] for e in between} <= OFFICES
    for e in between:
        assert e.values["words"]
        assert e.values["said_by"]


def test_who_says_and_who_denies_stand_beside_one_another() -> None:
    nodes, edges = graph(View(awkward()))
    label = {n.id: n.label for n in nodes}
    claim = next(n.id for n in nodes if n.values["ref"] == "c1")
    assert sorted((label[e.a], e.label) for e in edges if e.b == claim and e.label in ("says", "denies")) == [
        ("Ina Rask", "says"),
        ("Oskar Veld", "denies"),
        ("not named", "says"),
    ]


def test_the_younger_report_points_at_the_older() -> None:
    nodes, edges = graph(View(awkward()))
    ref = {n.id: n.values["ref"] for n in nodes}
    assert [(ref[e.a], ref[e.b]) for e in edges if e.values["kind"] == "shared_text"] == [("r2", "r 1/=")]


def test_passim_comes_back(account: Account) -> None:
    rows = [json.loads(line) for line in written("passim", [account]).splitlines()]
    texts = {a.id: a.text for a in account.articles}
    assert bool(rows) == any(r.passages for r in account.reuse)
    for r in rows:
        assert r["text"] == texts[r["id"]][r["begin"] : r["end"]]
        assert r["size"] == sum(x["cluster"] == r["cluster"] for x in rows)
        for s in r["src"]:
            assert any(x["cluster"] == r["cluster"] and x["id"] == s["id"] for x in rows)
    at = {(r["id"], b): r for r in rows for b in range(r["begin"], r["end"])}
    for pair in account.reuse:
        for p in pair.passages:
            here = [
                r for r in rows if r["id"] == pair.a and r["begin"] <= p.ours.start and p.ours.end <= r["end"]
            ]
            there = [
                r
                for r in rows
                if r["id"] == pair.b and r["begin"] <= p.theirs.start and p.theirs.end <= r["end"]
            ]
            assert {r["cluster"] for r in here} & {r["cluster"] for r in there}
            assert (pair.a, p.ours.start) in at


def test_stretches_that_lie_over_one_another_for_the_most_part_are_one() -> None:
    def pair(b: str, start: int, end: int) -> Reuse:
        return Reuse(
            "r 1/=", b, "shared_text", 1.0, "r 1/=", (Passage(Span(start, end), Span(0, end - start)),), ""
        )

    made = awkward()
    found = clusters(View(replace(made, reuse=(pair("r2", 0, 40), pair("r3", 2, 41), pair("r4", 5, 12)))))
    assert [len(c) for c in found] == [3, 2]
    assert [(s.at.span.start, s.at.span.end) for s in found[0] if s.at.report == "r 1/="] == [(0, 41)]
    assert [x.report for s in found[0] for x in s.sources] == ["r 1/=", "r 1/="]
    many = tuple(pair(f"r{n}", n, 2 * MOST_NEAR * 20) for n in range(1, 2 * MOST_NEAR))
    sizes = [len(c) for c in clusters(View(replace(made, reuse=many)))]
    assert all(a >= b for a, b in pairwise(sizes))
