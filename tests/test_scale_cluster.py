"""Two machines share the work, one of them dies in the middle of it: the answer is the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import archives
from twosource.scale.tables import publish

pytest.importorskip("ray")
LONGEST = 600  # seconds; about one minute on a machine that does nothing else


def test_a_node_killed_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, Path(__file__).parent / "cluster.py", tmp_path, "6"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            said, errors = program.communicate(timeout=LONGEST)
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGTERM)
    assert program.returncode == 0, errors
    end = json.loads(said.splitlines()[-1])
    assert end["nodes"] == 1  # of two: the other is gone
    assert end["parts"] < len(list((tmp_path / "work" / "annotations").glob("*.parquet")))
    assert archives.accounts_in(tmp_path) == archives.accounts_expected()
    publish(tmp_path / "work" / "accounts", tmp_path / "work" / "reports" / "refused", tmp_path / "tables")
    assert repr(archives.tables_in(tmp_path / "tables")) == repr(archives.tables_expected())
