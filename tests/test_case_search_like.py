"""What is near in meaning is found without a word in common, over both kinds of storage; filters hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from databases import settled
from twosource.case import likening, settle
from twosource.case.forgetting import forget
from twosource.case.likening import like
from twosource.errors import UsageError
from twosource.model import Report
from twosource.settings import Settings
from twosource.store import Store, vectors
from twosource.store.search import Filters

REPORTS = [
    Report("crane", "Two dockers died when a crane fell on the north quay of Port Ellis, the harbour master said.", outlet="The Pier Post", published="2024-02-26"),
    Report("goods", "A goods train left the rails near Tennick on Friday and two wagons caught fire, the railway said.", outlet="Tennick Mail", published="2024-03-01"),
    Report("cook", "The mayor opened a school of cookery in Ellerton and praised its soups.", outlet="The Pier Post", published="2024-03-02"),
]  # fmt: skip


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with settled(case_name, REPORTS) as opened:
        yield opened


REPORT = Filters(nouns=("report",))


def test_a_text_finds_what_is_near_it_in_meaning(store: Store) -> None:
    hits = like(store, "railway accident: carriages derailed and burned", REPORT)
    assert next(h.id for h in hits) == "goods"
    assert all(h.alike is not None and -1 <= h.alike <= 1 for h in hits)
    assert [h.alike for h in hits] == sorted((h.alike or 0 for h in hits), reverse=True)
    assert hits[0].snippet.startswith("A goods train")


def test_a_report_or_claim_finds_others_and_not_itself(store: Store) -> None:
    assert {h.id for h in like(store, "crane", REPORT)} == {"goods", "cook"}
    claims = like(store, "two dockers were killed by a falling crane", Filters(nouns=("claim",)))
    assert claims
    assert claims[0].incident
    others = like(store, claims[0].id, Filters(nouns=("claim",)))
    assert claims[0].id not in {h.id for h in others}


def test_filters_hold_and_nothing_to_look_for_is_said(store: Store) -> None:
    assert {h.id for h in like(store, "an accident", Filters(("report",), outlet="The Pier Post"))} == {"crane", "cook"}  # fmt: skip
    assert like(store, "an accident", Filters(("report",), outlet="Nobody")) == []
    assert {h.id for h in like(store, "an accident", Filters(("report",), since="2024-03-01"))} == {"goods", "cook"}  # fmt: skip
    with pytest.raises(UsageError, match="--like needs"):
        like(store, "  ")


def test_what_was_forgotten_is_near_nothing(store: Store) -> None:
    forget(store, "goods", who="ada", why="asked to")
    settle(store, Settings())
    assert {h.id for h in like(store, "train", REPORT)} == {"crane", "cook"}
    with store.reads() as c:
        assert vectors.count(c, "report") == 2


def test_vectors_of_another_encoder_are_made_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likening, "encoder", lambda: "another 1.0")
    with pytest.raises(UsageError, match="no sentence vectors"):
        like(store, "train")
    settle(store, Settings())
    assert next(h.id for h in like(store, "railway accident", REPORT)) == "goods"


def test_signs_lead_to_the_nearest_of_many(case_name: str) -> None:
    chance = np.random.default_rng(3)
    table = chance.normal(size=(3000, 512)).astype(np.float32)
    table[2999] = table[7] + 0.3 * chance.normal(size=512)
    with Store.create(case_name) as store:
        with store.writes() as c:
            vectors.made_by(c, "test")
            for at in range(0, 3000, 1000):
                vectors.put(c, "report", {n + 1: table[n] for n in range(at, at + 1000)})
        with store.writes() as c:
            vectors.drop(c, "report", [1, 2, 1025])
        with store.reads() as c:
            assert vectors.count(c, "report") == 2997
            found = vectors.nearest(c, "report", table[7])
        assert [n for n, _ in found[:2]] == [8, 3000]
        assert found[1][1] == pytest.approx(0.958, abs=0.02)
