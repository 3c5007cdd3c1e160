"""Cases that every earlier version made are opened, brought up to date and go on; each version adds its file here."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from twosource.case import add, settle
from twosource.model import Report
from twosource.settings import Settings
from twosource.store import Store, decisions, derived, evidence
from twosource.store.migrations import LATEST, version_of
from twosource.store.soundness import problems

FILES = sorted((Path(__file__).parent / "cases").glob("version-*.case.gz"))


def test_every_version_of_the_tables_has_its_file() -> None:
    assert [p.name for p in FILES] == [f"version-{n}.case.gz" for n in range(1, LATEST + 1)]


@pytest.mark.parametrize("packed", FILES, ids=lambda p: p.name.partition(".")[0])
def test_an_earlier_case_loses_nothing_and_goes_on(packed: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.case"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with Store.open(str(path)) as store:
        with store.reads() as c:
            assert version_of(c) == LATEST
            assert sorted(evidence.known(c, ["a", "b"])) == ["a", "b"]
            assert [d.value for d in decisions.history(c)] == ["ask Brandt again"]
            assert problems(c) == []
        add(
            store,
            [
                Report(
                    "c",
                    "The north pier at Port Ellis is closed after the ferry Orla hit it, the coast guard said.",
                )
            ],
        )
        settle(store, Settings())
        with store.reads() as c:
            assert problems(c) == []
            assert [i.reports for i in derived.listed(c)] == [3]
