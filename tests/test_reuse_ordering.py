"""Families of versions: who is in one, and that its order hangs on nothing outside it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.model import Article, Report
from twosource.reuse import compare
from twosource.reuse.lineage import connected, families

PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30)


@given(PAIRS)
def test_numbers_that_pairs_connect_have_one_lowest_number(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    low = connected(a, b, 20).tolist()
    for family in families(pairs):
        assert {low[x] for x in family} == {min(family)}
    alone = set(range(20)) - {x for pair in pairs for x in pair}
    assert all(low[x] == x for x in alone)


def sentences(prefix: str) -> list[str]:
    return [" ".join(f"{prefix}{k}word{n}" for n in range(9)) + "." for k in range(5)]


def corpus(prefix: str) -> st.SearchStrategy[list[Article]]:
    """Versions that share nothing with those of another prefix."""
    text = st.lists(st.sampled_from(sentences(prefix)), min_size=1, max_size=5).map("\n".join)
    report = st.tuples(
        text, st.sampled_from([None, "Selwyn Post"]), st.sampled_from([None, "2021-03-04", "2021-03-05"])
    )
    return st.lists(report, min_size=2, max_size=5).map(
        lambda rows: [
            Article(Report(f"{prefix}{n}", text, outlet=outlet, published=day))
            for n, (text, outlet, day) in enumerate(rows)
        ]
    )


@settings(deadline=None, max_examples=40)
@given(corpus("a"), corpus("b"))
def test_reports_that_share_nothing_with_a_family_change_nothing_in_it(
    ours: list[Article], others: list[Article]
) -> None:
    assert [r for r in compare([*ours, *others]) if r.a[0] == "a"] == compare(ours)
