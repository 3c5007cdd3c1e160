"""A report with its passages marked: every character there once, tags nested, every anchor once."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from twosource.brief.citing import marked
from twosource.brief.wording import around, date_in_words, harmless
from twosource.model import Article, Furniture, Report, Span
from twosource.text import paragraphs

TEXT = st.text(alphabet="ab <>&\"'\n\u202e", min_size=1, max_size=60)
PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def spans(pairs: list[tuple[int, int]], text: str) -> list[Span]:
    found = {Span(min(a, b), max(a, b)) for a, b in pairs}
    return sorted(s for s in found if s.start < s.end <= len(text))


def shown(markup: str) -> str:
    """What a reader sees: tags gone, the hidden words for screen readers too."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup.replace("[page furniture] ", "")))


@given(TEXT, PAIRS, PAIRS)
def test_marking_loses_and_adds_nothing(
    text: str, cited: list[tuple[int, int]], furniture: list[tuple[int, int]]
) -> None:
    article = Article(Report("r", text), tuple(Furniture(s, "promo", "why") for s in spans(furniture, text)))
    made = marked(article, [(s, f"i1r1-{s.start}-{s.end}") for s in spans(cited, text)])
    for block, paragraph in zip(paragraphs(text), made.paragraphs, strict=True):
        assert shown(str(paragraph)) == harmless(block.of(text))


@given(TEXT, PAIRS, PAIRS)
def test_tags_nest_and_each_anchor_stands_once(
    text: str, cited: list[tuple[int, int]], furniture: list[tuple[int, int]]
) -> None:
    wanted = [(s, f"i1r1-{s.start}-{s.end}") for s in spans(cited, text)]
    article = Article(Report("r", text), tuple(Furniture(s, "promo", "why") for s in spans(furniture, text)))
    ids = []
    for paragraph in marked(article, wanted).paragraphs:
        opened: list[str] = []
        for close, name, rest in re.findall(r"<(/?)(span|mark)([^>]*)>", str(paragraph)):
            if close:
                assert opened.pop() == name
            else:
                opened.append(name)
                ids += re.findall(r'id="([^"]*)"', rest)
        assert opened == []
    assert len(ids) == len(set(ids))
    visible = {
        a for s, a in wanted if any(max(s.start, p.start) < min(s.end, p.end) for p in paragraphs(text))
    }
    assert set(ids) == visible


@given(TEXT, PAIRS)
def test_a_mark_covers_exactly_its_passage(text: str, cited: list[tuple[int, int]]) -> None:
    wanted = [(s, f"i1r1-{s.start}-{s.end}") for s in spans(cited, text)]
    made = marked(Article(Report("r", text)), wanted)
    for span, anchor in wanted:
        pieces = []
        for paragraph in made.paragraphs:
            pieces += _inside(str(paragraph), anchor)
        want = "".join(
            Span(max(span.start, p.start), min(span.end, p.end)).of(text)
            for p in paragraphs(text)
            if span.overlaps(p)
        )
        assert "".join(pieces) == harmless(want)


def _inside(markup: str, name: str) -> list[str]:
    """The text inside the elements of a passage: its first piece has the anchor, all of several have the class."""
    found, depth, wanted = [], 0, []
    for part in re.split(r"(<[^>]*>)", markup):
        if part.startswith("</"):
            depth -= 1
            wanted = [d for d in wanted if d <= depth]
        elif part.startswith("<"):
            depth += 1
            if re.search(rf"[\" -]{name}\"", part):
                wanted.append(depth)
        elif wanted:
            found.append(html.unescape(part))
    return found


def test_a_thousand_overlapping_passages_are_quick() -> None:
    text = "word " * 2000
    wanted = [(Span(i * 10, i * 10 + 40), f"i1r1-{i}") for i in range(900)]
    assert len(str(marked(Article(Report("r", text)), wanted).paragraphs[0])) < 1_000_000


@given(st.text(max_size=40), st.text(max_size=6))
def test_words_around_a_value_never_fail(text: str, value: str) -> None:
    before, hit, after = around(text, value, 6)
    assert isinstance(before + hit + after, str)


@given(st.text(alphabet="0123456789X-/T:~?% .", max_size=24))
def test_any_date_can_be_put_into_words(edtf: str) -> None:
    assert date_in_words(edtf)


def test_dates_say_what_is_not_known() -> None:
    assert date_in_words("XXXX-11-21") == "21 November (year not given)"
    assert date_in_words("2031-05") == "May 2031"
    assert date_in_words("2031-05-03T14:30") == "3 May 2031, 14:30"
    assert date_in_words("2031-05-03/2031-05-05") == "3 May 2031 to 5 May 2031"
    assert date_in_words("203X") == "2030s"
    assert date_in_words("2031-21~") == "about spring 2031"
    assert date_in_words(None) == "not said in the reports"
