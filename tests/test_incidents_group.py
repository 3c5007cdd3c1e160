"""Which incident a report is about, on invented reports."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.incidents import Index, group
from twosource.incidents.candidates import KEYS, candidates
from twosource.incidents.light import light
from twosource.incidents.likeness import likeness
from twosource.incidents.packed import Collection
from twosource.incidents.sketch import sketch_of
from twosource.incidents.weights import Rarity, weigh
from twosource.model import Article, Report
from twosource.reuse import compare

TOWNS = ["Velden", "Oskarby", "Tirmouth", "Lannock", "Quenby", "Marsau", "Pelling", "Dorvik"]
PEOPLE = [
    "Anselm Rook",
    "Berit Hale",
    "Corin Daas",
    "Dunja Mertz",
    "Edvin Pask",
    "Fenna Loy",
    "Goran Tsui",
    "Hedda Brix",
]


def fire(i: int, name: str, *, day: int, outlet: str = "Gazette", **more: str) -> Article:
    """A report of the fire in the i-th town."""
    town, person = TOWNS[i], PEOPLE[i]
    text = {
        "Gazette": f"{town.upper()} - A fire at the {town} cannery killed {person} on the night shift, firefighters said. {person.split()[1]}, {30 + i}, had worked there for {i + 3} years.",
        "Herald": f"The night watchman who died when flames tore through a cannery in {town} was {person}, aged {30 + i}, his family said. The {town} plant packs sardines and stands on Quay {i + 11}.",
        "Radio": f"Flowers lie at the gate of {town} cannery, where {person} lost his life. Investigators suspect a kettle in the {town} canteen.",
    }[outlet]
    return Article(Report(name, text, outlet=outlet, published=f"2022-05-{day:02}", **more))


def partition(articles: list[Article]) -> set[frozenset[str]]:
    return {frozenset(i.reports) for i in group(articles, compare(articles))}


def test_three_tellings_of_one_fire_are_one_incident() -> None:
    held = [fire(0, "a", day=3), fire(0, "b", day=3, outlet="Herald"), fire(0, "c", day=5, outlet="Radio")]
    (found,) = group(held, compare(held))
    assert found.reports == ("a", "b", "c")
    assert "velden" in found.why


def test_look_alikes_in_two_towns_are_two_incidents() -> None:
    held = [
        fire(i, f"{i}{o[0]}", day=3 + i, outlet=o) for i in range(4) for o in ("Gazette", "Herald", "Radio")
    ]
    assert partition(held) == {frozenset({f"{i}G", f"{i}H", f"{i}R"}) for i in range(4)}


def test_what_a_person_decided_stays_together_and_apart() -> None:
    held = [
        fire(0, "a", day=3, incident="one"),
        fire(1, "b", day=3, incident="one"),
        fire(0, "c", day=3, outlet="Herald", incident="two"),
        fire(0, "d", day=4, outlet="Radio"),
    ]
    assert partition(held) == {frozenset({"a", "b"}), frozenset({"c"}), frozenset({"d"})}


def test_the_same_text_twice_is_one_incident() -> None:
    assert partition(
        [Article(Report("a", "Nil.")), Article(Report("b", "Nil.")), Article(Report("c", ""))]
    ) == {frozenset("ab"), frozenset("c")}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from(["Gazette", "Herald", "Radio"])),
        min_size=1,
        max_size=9,
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_every_report_is_in_one_incident_whatever_the_order(
    picked: list[tuple[int, str]], rng: random.Random
) -> None:
    held = [fire(i, f"{i}{o}", day=3, outlet=o) for i, o in picked]
    found = group(held, compare(held))
    assert sorted(r for i in found for r in i.reports) == sorted(a.id for a in held)
    assert len({i.id for i in found}) == len(found)
    mixed = list(held)
    rng.shuffle(mixed)
    assert group(mixed, compare(mixed)) == found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_odd_texts_never_fail(texts: list[str]) -> None:
    held = [Article(Report(f"r{i}", t, published="20xx")) for i, t in enumerate(texts)]
    assert sum(len(i.reports) for i in group(held, compare(held))) == len(held)


def test_the_index_places_a_new_report_with_its_incident_and_keeps_ids() -> None:
    held = [fire(i, f"{i}{o[0]}", day=3, outlet=o) for o in ("Gazette", "Herald", "Radio") for i in range(3)]
    fetch: Callable[[str], Article] = {a.id: a for a in held}.__getitem__
    index = Index(fetch)
    placed = {p.report: p for p in map(index.add, held)}
    assert [placed[f"{i}G"].new for i in range(3)] == [True] * 3
    assert all(placed[f"{i}{o}"].incident == placed[f"{i}G"].incident for i in range(3) for o in "HR")
    assert len({p.incident for p in placed.values()}) == 3
    assert index.add(held[0]).incident == placed["0G"].incident
    assert len(index) == 9


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from(["Gazette", "Herald", "Radio"]), st.integers(1, 9)),
        min_size=2,
        max_size=9,
        unique=True,
    )
)
def test_a_whole_collection_is_weighed_as_two_reports_are(picked: list[tuple[int, str, int]]) -> None:
    held = [fire(i, f"{i}{o}{d}", day=d, outlet=o) for i, o, d in picked]
    sketches = [sketch_of(a) for a in held]
    rarity = Rarity()
    for s in sketches:
        rarity.add(s)
    one, *others = [weigh(s, rarity, KEYS) for s in sketches]
    together = Collection(map(light, sketches), KEYS).odds(
        0, list(range(1, len(held))), [None] * len(others), 0.0
    )
    assert together == pytest.approx([likeness(one, other).value for other in others], abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), max_size=6, unique=True), max_size=12))
def test_reports_that_share_two_telling_words_or_a_rare_one_are_looked_at(keys: list[list[int]]) -> None:
    found = candidates([np.array(k, dtype=np.int32) for k in keys])
    shared = [[i, j] for j in range(len(keys)) for i in range(j) if set(keys[i]) & set(keys[j])]
    assert found.tolist() == sorted(shared)
