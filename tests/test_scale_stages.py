"""Stages: done once over the same input, never half."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from twosource.scale.engine import Alone
from twosource.scale.stages import Run, Stage, finish
from twosource.settings import Settings


class Counting:
    """Work that writes one file, counts how often it was asked, and breaks off after writing when told."""

    def __init__(self) -> None:
        self.times = 0
        self.breaks = False
        self.found: list[str] = []

    def __call__(self, run: Run, out: Path) -> int:
        assert out.is_relative_to(run.folder)
        self.times += 1
        self.found = sorted(p.name for p in out.iterdir())
        (out / f"{self.times}.parquet").touch()
        if self.breaks:
            raise KeyboardInterrupt
        return 7


def run_in(folder: Path, **settings: int) -> Run:
    return Run(folder, Settings(**settings), Alone())  # type: ignore[arg-type]


def test_a_finished_stage_is_skipped(tmp_path: Path) -> None:
    work = Counting()
    run = run_in(tmp_path)
    first = finish(run, Stage("reports", work, basis="a"), [])
    again = finish(run, Stage("reports", work, basis="a"), [])
    assert (work.times, first.rows, first.again, again.again) == (1, 7, False, True)
    assert (again.key, again.seconds) == (first.key, first.seconds)


@pytest.mark.parametrize("changed", ["basis", "settings", "upstream", "mark", "folder"])
def test_it_is_done_again_when_anything_it_rests_on_changed(tmp_path: Path, changed: str) -> None:
    work, before = Counting(), Counting()
    run = run_in(tmp_path)
    up = finish(run, Stage("reports", before, basis="a"), [])
    finish(run, Stage("copies", work, after=("reports",)), [up])
    if changed == "upstream":
        up = finish(run, Stage("reports", before, basis="b"), [])
    elif changed == "settings":
        run = run_in(tmp_path, max_words=5)
    elif changed == "mark":
        (tmp_path / "work" / "copies.done").write_text("{")
    elif changed == "folder":
        (tmp_path / "work" / "copies").rename(tmp_path / "work" / "elsewhere")
    finish(run, Stage("copies", work, after=("reports",), basis="b" if changed == "basis" else ""), [up])
    assert work.times == 2


def test_how_the_work_is_done_is_no_reason_to_do_it_again(tmp_path: Path) -> None:
    work = Counting()
    for parts in (1, 9):
        finish(run_in(tmp_path, scale_parts=parts, annotators=parts), Stage("reports", work), [])
    assert work.times == 1


@pytest.mark.parametrize("keeps", [False, True])
def test_what_a_run_that_broke_off_left_is_no_result(tmp_path: Path, keeps: bool) -> None:
    work = Counting()
    run, stage = run_in(tmp_path), Stage("reports", work, keeps=keeps)
    work.breaks = True
    with pytest.raises(KeyboardInterrupt):
        finish(run, stage, [])
    assert not (tmp_path / "work" / "reports.done").exists()
    assert not run.at("reports").exists()
    work.breaks = False
    assert not finish(run, stage, []).again
    assert work.found == (["1.parquet"] if keeps else [])
    kept = ["1.parquet", "2.parquet"] if keeps else ["2.parquet"]
    assert sorted(p.name for p in run.at("reports").iterdir()) == kept
    assert sorted(p.name for p in (tmp_path / "work").iterdir()) == ["reports", "reports.done"]
