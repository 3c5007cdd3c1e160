"""The pages of speeds say what the benchmarks keep, and the benchmarks all answer to one command."""

from __future__ import annotations

import json
import math
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT / "benchmarks"
pytest.importorskip("matplotlib")


def script(name: str) -> dict[str, Any]:
    """What a script of docs/ defines; it finds its neighbours as it does when it is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "docs")
        return runpy.run_path(str(ROOT / "docs" / name))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return script("performance.py")["pages"]()


def listed() -> dict[str, str]:
    """Every benchmark's name, with what is said of it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(line.split(maxsplit=1) for line in done.stdout.splitlines())


def test_the_pages_are_made_from_what_was_measured(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, (
            f"docs/{name} is out of date: run make plots"
        )


def test_the_pictures_are_made_from_what_was_measured() -> None:
    made = script("plots.py")["pictures"]()
    there = {p.name: p.read_text(encoding="utf-8") for p in (ROOT / "docs" / "plots").glob("*.svg")}
    assert sorted(there) == sorted(made), "run make plots"
    for name, picture in made.items():
        assert there[name] == picture, f"docs/plots/{name} is out of date: run make plots"


def test_pictures_have_the_same_bytes_twice_and_no_date() -> None:
    draw = script("plots.py")["pictures"]
    once = draw()
    assert once == draw()
    for picture in once.values():
        assert "prefers-color-scheme:dark" in picture
        assert not re.search(r"20\d\d-\d\d-\d\d|<metadata", picture)
        ElementTree.fromstring(picture)


def test_pages_show_every_picture_and_link_to_what_is_there(pages: dict[str, str]) -> None:
    shown = set()
    for text in pages.values():
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / "docs" / target).exists(), target
            shown.add(Path(target).name)
    assert {p.name for p in (ROOT / "docs" / "plots").glob("*.svg")} <= shown


def test_what_is_kept_says_on_what_it_was_measured() -> None:
    """Those that were measured before the libraries were written down have at least a machine and a commit."""
    for name in ("annotate", "brief", "claims", "cost", "growth", "grouping", "minhash", "names", "things"):
        for part, figures in json.loads((BENCHMARKS / f"{name}.json").read_text(encoding="utf-8")).items():
            assert " GB, Python 3" in figures["machine"], (name, part)
            assert "spacy" in figures["libraries"], (name, part)
            assert re.match(r"[0-9a-f]{12}\+?$", figures["commit"]), (name, part)


def test_every_benchmark_is_listed_and_has_a_word_said_of_it() -> None:
    parts = {"figures", "invented", "planted", "simulated", "timing", "__main__", "__init__"}
    there = {p.stem for p in BENCHMARKS.glob("*.py")} - parts
    assert set(listed()) == there
    assert all(listed().values())


def test_a_name_that_is_no_benchmark_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "reading" in done.stderr


def test_invented_archives_are_the_same_each_time_and_hold_the_copies_asked_for() -> None:
    sys.path.insert(0, str(ROOT))
    try:
        from benchmarks.invented import archive
    finally:
        sys.path.remove(str(ROOT))
    rows = list(archive(60, copies=0.5, words=80))
    assert rows == list(archive(60, copies=0.5, words=80))
    assert len({r["id"] for r in rows}) == 60
    sentences = [set(re.split(r"(?<=[.”])\s+", r["text"])) for r in rows]
    originals, copies = sentences[:30], sentences[30:]
    assert all(any(len(c & o) >= len(c) / 2 for o in originals) for c in copies)
    assert not any(len(a & b) > 1 for n, a in enumerate(originals) for b in originals[:n])


def test_what_a_run_needs_once_is_told_by_the_smaller_and_reckoned_into_the_larger() -> None:
    sys.path.insert(0, str(ROOT))
    try:
        from benchmarks.cost import STAGES, beside
    finally:
        sys.path.remove(str(ROOT))

    def run(reports: int, each: float) -> dict[str, Any]:
        return {"reports": reports, "processor seconds by stage": dict.fromkeys(STAGES, each)}

    told = beside([run(10, 7.0), run(40, 10.0)], dict.fromkeys(STAGES, 1.0), dict.fromkeys(STAGES, 4.0))
    assert told["once, processor seconds by stage"] == dict.fromkeys(STAGES, 6.0)
    assert told["measured over reckoned, together"] == 1


def test_twice_the_articles_cost_at_least_twice_and_copies_save() -> None:
    sys.path.insert(0, str(ROOT))
    try:
        from benchmarks.cost import Assumed, Rates, total
        from benchmarks.cost import seconds as reckoned
    finally:
        sys.path.remove(str(ROOT))
    rates = Rates(
        read=0.004, compared=0.001, compared_at=1000, grouped=0.001, grouped_at=1000, steeper=1.1, grouping_steeper=1.0, parsed=0.00025, copy=0.1,
        weighed=0.05, pair=0.001, prints=1.0, words=300.0, stored={}, worker=500,
    )  # fmt: skip
    one = Assumed(1000, sizes=((1, 60), (10, 4)))
    twice = Assumed(2000, sizes=((1, 60), (10, 4)))
    assert total(reckoned(rates, twice)) > 2 * total(reckoned(rates, one))
    assert reckoned(rates, one)["accounts made"] == pytest.approx(1000 * 0.05 + 1000 * 180 / 100 * 0.001)
    assert reckoned(rates, one)["annotated"] == pytest.approx(300_000 * (0.7 + 0.3 * 0.1) * 0.00025)
    assert math.isclose(reckoned(rates, twice)["copies found"] / reckoned(rates, one)["copies found"], 2**1.1)
