"""What `case verify` names: damage to anything that is kept, and what no longer belongs to a report; mended, all is as before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text, update

from databases import settled
from twosource.case import settle
from twosource.case.deciding import decide
from twosource.case.verifying import replayed
from twosource.model import Report
from twosource.settings import Settings
from twosource.store import Store, derived
from twosource.store.records import packed, unpacked
from twosource.store.schema import finished
from twosource.store.soundness import mend, problems

REPORTS = [
    Report("p1", "PORT ELLIS — The ferry Orla struck the north pier at Port Ellis on Monday. Two passengers were killed, harbour master Hugo Brandt said.", outlet="The Mail", published="2023-05-02"),
    Report("p2", "Three passengers died when the ferry Orla hit the north pier at Port Ellis, the coast guard said on Tuesday. Mr Brandt denied that the ferry was speeding.", outlet="The Post", published="2023-05-03"),
]  # fmt: skip


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with settled(case_name, REPORTS) as opened:
        yield opened


DAMAGE = {
    "a parsed paragraph": ("UPDATE passages SET record = :bytes WHERE key = (SELECT min(key) FROM passages)", "parsed paragraph"),
    "the key of one": ("UPDATE passages SET key = 'other' WHERE key = (SELECT min(key) FROM passages)", "another key"),
    "a paragraph that no report has": ("DELETE FROM passages_of WHERE key = (SELECT min(key) FROM passages_of)", "no report has it"),
    "a paragraph that is gone": ("DELETE FROM passages WHERE key = (SELECT min(key) FROM passages)", "gone"),
    "an annotation": ("UPDATE analyses SET record = :bytes", "annotation"),
    "a sketch": ("UPDATE sketches SET record = :bytes WHERE n = 1", "sketch of report number 1"),
    "the sketch of another": ("UPDATE sketches SET record = (SELECT s.record FROM sketches s WHERE s.n = 2) WHERE n = 1", "of another text"),
    "a sketch that is gone": ("DELETE FROM sketches WHERE n = 1", "it has no sketch"),
    "a key that it is looked up by": ("UPDATE keys SET key = key + 1 WHERE n = 1 AND key = (SELECT max(k.key) FROM keys k WHERE k.n = 1)", "not looked up by"),
    "a fingerprint": ("DELETE FROM prints WHERE n = 1", "not looked up by"),
    "a vector": ("UPDATE vectors SET vector = :vector WHERE noun = 'report' AND n = 1", "report number 1: its vector"),
    "the signs of vectors": ("UPDATE vector_signs SET signs = (SELECT s.signs FROM vector_signs s WHERE s.noun = 'claim') WHERE noun = 'report'", "its vector"),
    "a vector that is gone": ("DELETE FROM vectors WHERE noun = 'report' AND n = 2", "looked through that is gone"),
    "an account": ("UPDATE incidents SET record = :bytes", "account of incident"),
    "a finished account": ("UPDATE finished SET record = :bytes", "finished account"),
    "a finished account of no incident": ("UPDATE finished SET incident = 'elsewhere'", "finished account"),
}  # fmt: skip


def standing(store: Store) -> list[Any]:
    """All accounts of a case."""
    with store.reads() as c:
        return [derived.account(c, i.id) for i in derived.listed(c)]


@pytest.mark.parametrize("what", sorted(DAMAGE))
def test_damage_to_what_is_derived_is_named_and_mended(store: Store, what: str) -> None:
    change, said = DAMAGE[what]
    before = standing(store)
    with store.writes() as c:
        given = {"bytes": b"nothing", "vector": bytes([129] * 512)}
        c.execute(text(change), {k: v for k, v in given.items() if f":{k}" in change})
    with store.reads() as c:
        found = problems(c)
    assert any(said in p.what for p in found), found
    assert all(p.derived for p in found), found
    with store.writes() as c:
        mend(c)
    settle(store, Settings())
    with store.reads() as c:
        assert problems(c) == []
    assert standing(store) == before


def test_a_finished_account_that_was_changed_with_its_digest_is_named_where_a_person_decided(
    store: Store,
) -> None:
    decide(store, "grade", ["p1"], who="ada", value="B")
    settle(store, Settings())
    assert replayed(store, Settings()) == []
    with store.writes() as c:
        row = c.execute(select(finished)).one()
        account = unpacked(row.record, row.check, "it")
        record, check = packed({**account, "title": "Another title"})
        c.execute(update(finished).values(record=record, check=check))
    with store.reads() as c:
        assert problems(c) == []
    (found,) = replayed(store, Settings())
    assert "not what its reports and the decisions give" in found.what
