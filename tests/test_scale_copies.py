"""Copies found over partitions: what compare() finds, whatever the parts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("daft")

from twosource.model import Reuse
from twosource.pipeline import articles_of
from twosource.reuse import candidates, compare, workers
from twosource.scale import copies as room
from twosource.scale import judging
from twosource.scale.copies import copies_stage
from twosource.scale.engine import Alone, Cluster, Engine
from twosource.scale.reading import reports_stage
from twosource.scale.records import copies, files
from twosource.scale.stages import Run, finish
from twosource.settings import Settings

pytestmark = [  # Daft leaves it to the garbage collector to close what its processes write
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SENTENCES = [" ".join(f"{chr(97 + k)}word{n}" for n in range(10)).capitalize() + "." for k in range(9)]


def run_over(folder: Path, rows: Sequence[dict[str, Any]], parts: int, engine: Engine | None = None) -> Run:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run = Run(folder / f"out{parts}", replace(Settings(), scale_parts=parts), engine or Alone())
    finish(run, copies_stage(), [finish(run, reports_stage(run, [str(path)]), [])])
    return run


def found_in(run: Run) -> list[Reuse]:
    return [r for path in files(run.at("copies")) for r in copies(path)]


def in_process(folder: Path) -> list[Reuse]:
    return compare(articles_of([str(folder / "in.jsonl")], Settings())[0])


ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join)},
        optional={
            "outlet": st.sampled_from(["Selwyn Post", "Coast Wire"]),
            "published": st.sampled_from(["2021-03-04", "2021-03-05", "2020"]),
        },
    ),
    min_size=1,
    max_size=24,
)


@settings(deadline=None, max_examples=25)
@given(rows=ROWS, parts=st.integers(1, 5), small=st.integers(1, 4))
def test_copies_over_partitions_are_those_found_in_process(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], parts: int, small: int
) -> None:
    folder = tmp_path_factory.mktemp("run")
    named = [{"id": f"r{n * 7 % 24:02}", **row} for n, row in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("RANGES", "PAIRS", "FAMILIES", "ROWS"):
            patch.setattr(room, name, small)
        patch.setattr(judging, "AT_ONCE", small)
        patch.setattr(candidates, "CHUNK", 64 * small)
        patch.setattr(workers, "AT_HAND", 2 * small)
        assert found_in(run_over(folder, named, parts)) == in_process(folder)


@pytest.mark.parametrize("parts", [1, 4])
def test_a_family_too_large_to_pair_each_with_each_is_completed(tmp_path: Path, parts: int) -> None:
    story = "\n".join(SENTENCES)
    rows = [{"id": f"r{n:02}", "text": f"{story}\nCopy number {n} of the same."} for n in range(40)]
    found = found_in(run_over(tmp_path, rows, parts))
    assert len(found) == 40 * 39 // 2
    assert found == in_process(tmp_path)


def test_a_story_reprinted_over_and_over_costs_no_more_than_its_pairs(tmp_path: Path) -> None:
    story = "\n".join(SENTENCES)
    rows = [{"id": f"r{n:04}", "text": story, "outlet": f"Outlet {n}"} for n in range(450)]
    rows += [{"id": f"x{n}", "text": s} for n, s in enumerate(SENTENCES)]
    found = found_in(run_over(tmp_path, rows, 3))
    assert found == in_process(tmp_path)
    assert len(found) < 2 * len(rows)


def test_reports_that_share_nothing_make_no_pairs(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": s} for n, s in enumerate(SENTENCES)] + [{"id": "e", "text": "one"}]
    assert found_in(run_over(tmp_path, rows, 2)) == []


def test_two_workers_find_the_same(tmp_path: Path) -> None:
    rows = [{"id": f"r{n}", "text": "\n".join(SENTENCES[n % 3 : n % 3 + 4])} for n in range(8)]
    run = run_over(tmp_path, rows, 4, Cluster(2))
    assert found_in(run) == in_process(tmp_path) != []


def test_a_run_that_broke_off_in_the_middle_goes_on_to_the_same_end(tmp_path: Path) -> None:
    rows = [{"id": f"r{n}", "text": "\n".join(SENTENCES[n % 3 : n % 3 + 4])} for n in range(8)]
    run = run_over(tmp_path, rows, 2)
    run.at("copies.done").unlink()
    first = finish(run, reports_stage(run, [str(tmp_path / "in.jsonl")]), [])

    def broken(stage: str, done: int, total: int | None) -> None:
        if stage == "comparing" and (done, total) != (0, 0):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        finish(replace(run, progress=broken), copies_stage(), [first])
    assert not run.at("copies.done").exists()
    assert not finish(run, copies_stage(), [first]).again
    assert found_in(run) == in_process(tmp_path)
