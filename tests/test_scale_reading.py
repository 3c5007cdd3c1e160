"""Archives read by shares: the reports and the refusals of the pipeline, whatever the shares."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("daft")

from twosource.errors import NothingUsable
from twosource.model import Article
from twosource.pipeline import articles_of
from twosource.scale import reading as room
from twosource.scale import shards
from twosource.scale.engine import Alone
from twosource.scale.reading import reports_stage
from twosource.scale.records import articles, batches, files, refused
from twosource.scale.stages import Run, finish
from twosource.settings import Settings

PAGE = "<html><head><title>Pier closed</title></head><body><article><p>{}</p></article></body></html>"
LINES = ("The pier at Selwyn was closed on Monday after a storm.", "Follow us on every channel",
         "Nobody was hurt, the harbour master said.", "Read more at www.selwyn.example", "A half \ud800 sign.")  # fmt: skip


def run_over(inputs: Sequence[str], folder: Path, parts: int = 3, **changed: Any) -> Run:
    run = Run(folder, replace(Settings(), scale_parts=parts, **changed), Alone())
    finish(run, reports_stage(run, inputs), [])
    return run


def articles_in(run: Run) -> list[Article]:
    return [a for path in files(run.at("reports")) for a in articles(path)]


def put(path: Path, rows: Sequence[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": st.lists(st.sampled_from(LINES), max_size=5).map("\n\n".join)},
        optional={
            "id": st.sampled_from(["a", "b", "é", "\ud800", "z-2"]),
            "outlet": st.sampled_from(["Selwyn Post", "Coast Wire"]),
            "published": st.sampled_from(["2021-03-04", "2021-03", "2020-12-31"]),
        },
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, more=ROWS, parts=st.integers(1, 5), share=st.integers(1, 400))
def test_what_is_read_by_shares_is_what_the_pipeline_reads(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, Any]],
    more: list[dict[str, Any]],
    parts: int,
    share: int,
) -> None:
    folder = tmp_path_factory.mktemp("run")
    inputs = [put(folder / "one.jsonl", rows), put(folder / "two.jsonl", more), str(folder / "none.txt")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "SHARE", share)
        patch.setattr(room, "room", lambda _: share)
        patch.setattr(shards, "AT_ONCE", 2)
        if not any(row["text"].strip() for row in rows + more):
            with pytest.raises(NothingUsable) as wanted:
                articles_of(inputs, Settings())
            with pytest.raises(NothingUsable) as found:
                run_over(inputs, folder / "out", parts)
            assert str(found.value) == str(wanted.value)
            return
        want, why = articles_of(inputs, Settings())
        run = run_over(inputs, folder / "out", parts)
    assert articles_in(run) == want
    assert refused(run.at("reports") / "refused") == _fit(why)


def _fit(refusals: Sequence[Any]) -> list[Any]:
    def fit(said: str) -> str:
        return said.encode("utf-8", "replace").decode()

    return [replace(r, input=fit(r.input), reason=fit(r.reason)) for r in refusals]


def test_places_are_those_of_ids_and_of_likely_origin(tmp_path: Path) -> None:
    days = {"c": "2021-01-01", "a": "2021-01-02", "b": None, "d": "2021-01-01"}
    rows = [{"id": x, "text": f"Report {x} of the storm.", "published": day} for x, day in days.items()]
    run = run_over([put(tmp_path / "in.jsonl", rows)], tmp_path / "out")
    found = [
        (row["number"], row["id"], row["origin"])
        for path in files(run.at("reports"))
        for batch in batches(path, ("number", "id", "origin"))
        for row in batch.to_pylist()
    ]
    assert found == [(0, "a", 2), (1, "b", 3), (2, "c", 0), (3, "d", 1)]


def test_what_an_outlet_repeats_is_learned_across_shares(tmp_path: Path) -> None:
    stories = [" ".join(f"{w}{n}" for w in "the boat left its berth on".split()) + "." for n in range(4)]
    inputs = [
        put(tmp_path / f"{n}.jsonl", [{"id": f"r{n}", "outlet": "Post", "text": f"{s}\n\n{LINES[1]}"}])
        for n, s in enumerate(stories)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "FILES", 1)
        found = articles_in(run_over(inputs, tmp_path / "out"))
    assert all(a.boilerplate for a in found)
    assert found == articles_of(inputs, Settings())[0]


def test_pages_archives_and_folders_are_read_as_ever(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_text(PAGE.format(" ".join(LINES[:4] * 3)))
    (tmp_path / "in" / "packed.jsonl.gz").write_bytes(gzip.compress(b'{"id": "g", "text": "Packed text."}'))
    (tmp_path / "in" / "empty.txt").write_text("")
    inputs = [str(tmp_path / "in"), str(tmp_path / "in" / "page.html")]
    want, why = articles_of(inputs, Settings())
    run = run_over(inputs, tmp_path / "out", 2)
    assert (articles_in(run), refused(run.at("reports") / "refused")) == (want, why)
    assert len(want) == 2


def test_object_storage_is_read_through_the_engine(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in" / "a.jsonl", [{"id": "a", "text": "One report."}])
    put(tmp_path / "in" / "b.jsonl", [{"id": "b", "text": "Another report."}])
    for name in (f"file://{tmp_path}/in/", f"file://{tmp_path}/in/*.jsonl", f"file://{tmp_path}/in/a.jsonl"):
        found = articles_in(run_over([name], tmp_path / "out"))
        assert [a.id for a in found] == (["a"] if name.endswith("a.jsonl") else ["a", "b"])
    with pytest.raises(NothingUsable, match="nowhere"):
        run_over([f"file://{tmp_path}/nowhere/x.jsonl"], tmp_path / "out")


def test_a_changed_file_is_read_again_and_no_other_reason_is(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    inputs = [put(path, [{"id": "a", "text": "One report."}])]
    run = run_over(inputs, tmp_path / "out")
    assert finish(run, reports_stage(run, inputs), []).again
    put(path, [{"id": "a", "text": "One REPORT."}])
    assert not finish(run, reports_stage(run, inputs), []).again
    assert [a.text for a in articles_in(run)] == ["One REPORT."]
