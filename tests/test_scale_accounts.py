"""What a run over partitions makes of an archive is what one process makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import archives
from twosource.scale.tables import publish


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_accounts_and_tables_are_those_of_one_process(tmp_path: Path, parts: int) -> None:
    here, done = archives.laid_out(tmp_path, parts)
    archives.finished(here, done)
    found, expected = archives.accounts_in(tmp_path), archives.accounts_expected()
    assert [a["id"] for a in found] == [a["id"] for a in expected]
    assert json.dumps(found) == json.dumps(expected)
    publish(here.at("accounts"), here.at("reports") / "refused", tmp_path / "tables")
    assert repr(archives.tables_in(tmp_path / "tables")) == repr(archives.tables_expected())
