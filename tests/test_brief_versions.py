"""Two versions of a text side by side: what one has and the other lacks is marked, whatever the texts hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from test_brief_invented import account, brief
from twosource.brief import to_html, to_markdown
from twosource.brief.evidence import Desk
from twosource.brief.versions import _rows, versions
from twosource.model import Account, Article, Change, Report, Reuse, Span

FIRST = "Three boats were lost off Amsel.\nThe harbour master said so.\nA storm is coming."
LATER = "Four boats were lost off Amsel.\nThe harbour master said so.\nThe search was called off."


def revised(first: str = FIRST, later: str = LATER) -> Account:
    """Two versions by one outlet, with the number that changed."""
    span = Span(0, 5)
    change = (Change("number", span, Span(0, 4)),) if first == FIRST else ()
    pair = Reuse("a", "b", "revised", 0.8, "a", (), "The same outlet, a day later.", change)
    articles = (
        Article(Report("a", first, outlet="The Post", published="2031-05-05")),
        Article(Report("b", later, outlet="The Post", published="2031-05-06")),
    )
    bare = replace(
        account(), annotations=(), claims=(), backings=(), disagreements=(), questions=(), timeline=()
    )
    return replace(
        bare,
        articles=articles,
        reuse=(pair,),
        actors=(),
        relations=(),
        central=None,
        facts=type(bare.facts)(),
    )


def test_what_changed_is_said_and_marked() -> None:
    (view,), more = versions(Desk(revised()))
    assert more == 0
    assert (view.left, view.right, view.order) == (1, 2, "the earlier first")
    assert view.what.startswith("number “Three” → “Four”")
    assert "1 sentence added" in view.what
    assert "1 sentence removed" in view.what
    page = to_html(brief(revised()))
    assert "[removed] </span>Three</del> boats were lost off Amsel." in page
    assert "[added] </span>Four</ins> boats were lost off Amsel." in page
    assert "1 sentence alike" in page
    assert "Reports 1 and 2, the earlier first: number “Three” → “Four”" in to_markdown(brief(revised()))


def test_the_later_is_on_the_right_whatever_its_id() -> None:
    a = revised(LATER, FIRST)
    a = replace(a, reuse=(replace(a.reuse[0], older="b"),), articles=tuple(reversed(a.articles)))
    a = replace(a, articles=tuple(replace(x, report=replace(x.report, published=None)) for x in a.articles))
    (view,), _ = versions(Desk(a))
    assert view.rows[0].left[0].text == "Three"
    assert view.rows[0].right[0].text == "Four"


def test_the_same_text_has_no_versions() -> None:
    assert versions(Desk(revised(FIRST, FIRST))) == ((), 0)


def test_what_a_report_holds_never_acts_as_markup() -> None:
    page = to_html(brief(revised("<del>Gone</del> & done today.", "<script>Gone</script> & done today.")))
    assert "<script" not in page
    assert "<del>Gone" not in page


@given(st.lists(st.sampled_from("abcdef"), max_size=9), st.lists(st.sampled_from("abcdef"), max_size=9))
def test_both_versions_can_be_read_out_of_the_rows(a: list[str], b: list[str]) -> None:
    """Nothing is lost: the left cells and what is alike are the one version, the right cells the other."""
    mine, theirs = ([f"{w} was {w} on day {n % 3}." for n, w in enumerate(side)] for side in (a, b))
    left = right = 0
    for row in _rows(mine, theirs):
        if row.same:
            left, right = left + row.same, right + row.same
            continue
        if row.left:
            assert " ".join(p.text for p in row.left) == mine[left]
            left += 1
        if row.right:
            assert " ".join(p.text for p in row.right) == theirs[right]
            right += 1
    assert (left, right) == (len(mine), len(theirs))
