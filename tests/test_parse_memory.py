"""Paragraphs that were parsed in an earlier run are not parsed again, and nothing shows that they were not."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.annotate import annotate
from twosource.annotate.parse import keys_in, parse
from twosource.annotate.passages import Held, analyser
from twosource.model import Article, Furniture, Report, Span
from twosource.settings import Settings
from twosource.wire import line

MODEL = Settings().model
WIRE = (
    "ELLERTON (Harbour Wire) - Two dockers were killed on Monday when a crane fell at Port Ellis, the harbour master said.",
    '"We heard a crack, then nothing," said Mira Brandt, who works on the north quay. She had seen the crane sway.',
    "Police said that 14 people were taken to the hospital in Ellerton; three may not live.",
    "The owner, Halvas Marine, denied that the crane had been overloaded.",
)
OWN = "The mayor of Ellerton told this paper on Tuesday that the quay will stay closed until March 3."


def article(name: str, *paragraphs: str) -> Article:
    """A report of these paragraphs."""
    return Article(Report(name, "\n\n".join(paragraphs), published="2024-02-26"))


class Counted(Held):
    """A memory that counts what it is given."""

    def __init__(self, known: Mapping[str, bytes] | None = None) -> None:
        super().__init__(known or {})
        self.asked: list[str] = []

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """As any memory."""
        self.asked += keys
        return super().get(keys)


def written(articles: Sequence[Article], memory: Held | None = None) -> list[bytes]:
    """The annotations as they are written out."""
    return [line(a) for a in annotate(articles, Settings(), memory)]


def test_annotations_are_the_same_bytes_with_a_memory_full_half_full_or_none() -> None:
    articles = [article("a", *WIRE), article("b", OWN, *WIRE[1:]), article("c", WIRE[3], OWN, "")]
    plain = written(articles)
    empty, half = Counted(), Counted()
    written(articles[:1], half)
    assert written(articles, empty) == plain
    assert written(articles, half) == plain
    full = Counted(empty.made)
    assert written(articles, full) == plain
    assert full.made == {}


def test_only_paragraphs_that_are_new_are_parsed() -> None:
    memory = Counted()
    written([article("a", *WIRE)], memory)
    assert len(memory.made) == len(WIRE)
    written([article("b", *WIRE, OWN)], memory)
    assert len(memory.made) == len(WIRE) + 1
    assert len(memory.asked) == 2 * len(WIRE) + 1


def test_all_known_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Counted()
    written([article("a", *WIRE)], memory)

    def none(model: str) -> None:
        raise AssertionError(f"{model} was loaded")

    monkeypatch.setattr(sys.modules[parse.__module__], "load", none)
    assert len(list(parse([article("b", *WIRE)], MODEL, Held(memory.made)))) == 1


def test_another_model_or_furniture_inside_is_another_paragraph() -> None:
    one = article("a", *WIRE)
    within = Span(len(WIRE[0]) - 24, len(WIRE[0]))
    cut = Article(one.report, boilerplate=(Furniture(within, "promo", "test"),))
    assert keys_in(one, MODEL)[1:] == keys_in(cut, MODEL)[1:]
    assert keys_in(one, MODEL)[0] != keys_in(cut, MODEL)[0]
    assert analyser(MODEL) != analyser("en_core_web_other")
    assert not set(keys_in(one, MODEL)) & set(keys_in(one, "en_core_web_other"))


def test_several_processes_share_a_memory() -> None:
    articles = [article(f"r{n}", f"Report {n} of the quay.", *WIRE) for n in range(41)]
    memory = Counted()
    many = [line(a) for a in annotate(articles, Settings(annotators=2), memory)]
    assert many == written(articles)
    assert len(memory.made) == 41 + len(WIRE)
    again = Counted(memory.made)
    assert [line(a) for a in annotate(articles, Settings(annotators=2), again)] == many
    assert again.made == {}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text_comes_back_as_it_was_parsed(text: str) -> None:
    held = Counted()
    plain = list(parse([Article(Report("r", text))], MODEL))
    assert list(parse([Article(Report("r", text))], MODEL, held)) == plain
    again = Counted(held.made)
    assert list(parse([Article(Report("r", text))], MODEL, again)) == plain
    assert again.made == {}


def test_a_paragraph_is_written_small() -> None:
    memory = Counted()
    written([article("a", *WIRE)], memory)
    words = sum(len(p.split()) for p in WIRE)
    assert sum(len(d) for d in memory.made.values()) < 16 * words
