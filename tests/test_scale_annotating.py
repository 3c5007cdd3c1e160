"""Annotation of an archive: copies cost little, and nothing shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archives
from twosource.annotate import annotate, parse, sharing
from twosource.annotate.language import Language
from twosource.model import Annotation, Article
from twosource.scale.annotating import annotate_shelf, annotated, annotating
from twosource.scale.records import files
from twosource.scale.shelves import order
from twosource.scale.stages import finish
from twosource.settings import Settings

OUTLETS = st.sampled_from([None, "Radio Marrow", "The Marrow Post", "Cascade Press", "Tilden Times", "RM"])
TEXTS = (
    archives.WIRE.format(n=3),
    "“We saw it,” she told us on Tuesday. “Nobody came,” she told the Post.\n\nRadio Marrow reported that RM had asked twice.",
    "Theo Marsh and Ida Brandt said the owner had told Radio Marrow that the quay was “closed for good”, as the Tilden Times wrote.",
    "Opinion: what a mess\n\nOfficials told Cascade Press they believe that nobody warned the crew, which Brandt denied.",
)


def alone(articles: Iterable[Article]) -> list[Annotation]:
    """What each report gives by itself."""
    return [found for a in articles for found in annotate([a], Settings())]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(TEXTS),
    st.lists(
        st.tuples(
            OUTLETS,
            st.sampled_from([None, "2025-03-09", "2025-03-11"]),
            st.sampled_from([None, "Opinion: no"]),
        ),
        min_size=2,
        max_size=4,
    ),
)
def test_a_copy_is_annotated_as_it_would_be_alone(
    text: str, copies: list[tuple[str | None, str | None, str | None]]
) -> None:
    (first,) = (a for a in archives.cleaned() if a.id == "wire-00")
    held = [
        replace(
            first,
            report=replace(first.report, id=f"c{n}", text=text, outlet=outlet, published=day, title=title),
            boilerplate=(),
        )
        for n, (outlet, day, title) in enumerate(copies)
    ]
    assert list(annotate(held, Settings())) == alone(held)


def test_shelves_hold_the_annotations_of_each_report_alone(tmp_path: Path) -> None:
    here, done = archives.laid_out(tmp_path, 3)
    archives.finished(here, done)
    found = {a.number: a for a in annotated(files(here.at("annotations")), 0, 10**6)}
    articles = archives.cleaned()
    assert [found[n].article for n in range(len(articles))] == list(articles)
    assert [found[n].annotation for n in range(len(articles))] == alone(articles)


def test_what_copies_share_is_parsed_and_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted: each different paragraph of the archive goes to the language model once, each different text to the rules."""
    here, done = archives.laid_out(tmp_path, 1)
    for stage in archives.later()[:3]:
        done.append(finish(here, stage, done))
    parsed: Counter[str] = Counter()
    read: list[str] = []
    pipe, first = Language.pipe, sharing._first

    def counted(self: Language, docs: list[Any], size: int) -> Iterator[Any]:
        parsed.update(str(d) for d in docs)
        return pipe(self, docs, size)

    monkeypatch.setattr(Language, "pipe", counted)
    monkeypatch.setattr(sharing, "_first", lambda p: (read.append(p.article.text), first(p))[1])
    shelves = here.at("shelves")
    for task in annotating(
        shelves / "reports", order(shelves / "order.parquet").shelves, tmp_path / "a", Settings()
    ):
        annotate_shelf(task)
    english = [a for a in archives.cleaned() if a.report.language != "fr"]
    assert set(parsed.values()) == {1}
    assert len(parsed) == len({s.of(a.text) for a in english for s, _ in parse.own_blocks(a)})
    assert len(read) == len({(a.text, a.boilerplate) for a in english}) < len(english)
