"""The pictures: they hold what the lists beside them hold, with one row and with sixty, and no label runs out of its box."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from test_brief_invented import account, brief
from test_brief_page import many
from twosource.brief import to_html
from twosource.brief.citing import Citations
from twosource.brief.evidence import Desk
from twosource.brief.page import account_view, room_for
from twosource.brief.pictures.lettering import ELLIPSIS, cut, width, wrapped
from twosource.brief.pictures.moments import begins, moments
from twosource.brief.pictures.options import options
from twosource.brief.pictures.origins import OriginsView, origins
from twosource.brief.pictures.stances import StancesView, stances
from twosource.brief.rendering import drawn, said, shown
from twosource.model import Account

SVG = "//*[local-name()='svg']"


def way(a: Account) -> OriginsView:
    desk = Desk(a)
    made = origins(desk, Citations(desk, "i1"), a.claims[0])
    assert made
    return made


def matrix(a: Account) -> StancesView:
    desk = Desk(a)
    made = stances(desk, Citations(desk, "i1"), a.claims)
    assert made
    return made


# ------------------------------------------------------------------ lettering


@given(st.text(max_size=80), st.integers(20, 400))
def test_a_label_fits_its_room(text: str, room: int) -> None:
    least = width(ELLIPSIS, 12)
    assert width(cut(text, room, 12), 12) <= max(room, least)
    lines = wrapped(text, room, 12, lines=3)
    assert len(lines) <= 3
    assert all(width(line, 12) <= max(room, least) for line in lines)


def test_a_label_is_broken_between_words_and_says_that_it_is_cut() -> None:
    assert wrapped("county rescue service of the northern coast", 130, 12) == (
        "county rescue",
        "service of the nort…",
    )
    assert wrapped("short", 100, 12) == ("short",)
    assert wrapped("", 100, 12) == ()


def test_a_label_of_a_megabyte_is_quick_and_short() -> None:
    assert len(cut("x" * 1_000_000, 100, 12)) < 40
    assert len("".join(wrapped("y " * 500_000, 100, 12))) < 80


# ------------------------------------------------------------------ origins


def test_the_way_is_drawn_under_the_figure_of_the_claim() -> None:
    made = way(account())
    assert [(n, word, more) for _, n, word, more in made.heads] == [
        ("4", "reports", ""), ("3", "outlets", "+ 1 unknown"), ("2", "collectors", ""), ("1", "origin", "at most 2"),
    ]  # fmt: skip


def test_a_copy_is_drawn_as_one_beside_what_it_copies() -> None:
    made = way(account())
    assert [b.note[1] for b in made.boxes if b.kind == "copy" and b.note] == ["same text as 1"]
    assert len(made.copies) == 1


def test_every_way_of_the_picture_stands_in_the_list() -> None:
    made = way(account())
    assert {b.full for b in made.boxes if b.kind in ("origin", "voice")} == {w.origin for w in made.ways}
    assert {c.number for w in made.ways for c in w.carriers} == {1, 2, 3}


def test_the_ways_of_hundreds_of_reports_share_boxes_and_none_is_lost_in_the_list() -> None:
    a = many(60)
    backing = a.backings[0]
    first = replace(backing.origins[0], reports=backing.reports)
    made = way(replace(a, backings=(replace(backing, origins=(first,)), *a.backings[1:])))
    assert len(made.boxes) < 30
    assert made.height < 1200
    assert len({c.number for w in made.ways for c in w.carriers}) == 64


def test_boxes_of_a_column_never_cover_each_other() -> None:
    for made in (way(account()), way(many(9))):
        for x in {b.x for b in made.boxes}:
            column = sorted((b.y, b.y + b.h) for b in made.boxes if b.x == x)
            assert all(a[1] <= b[0] for a, b in pairwise(column))
            assert column[-1][1] <= made.height


# ------------------------------------------------------------------ claims and reports


def test_each_report_stands_in_the_matrix_with_what_it_says() -> None:
    made = matrix(account())
    assert [c.number for c in made.columns] == [1, 3, 2, 4]  # the copy beside its text
    assert len(made.brackets) == 1
    rammed = made.rows[0]
    assert [stance for stance, _, _ in rammed.said] == ["asserts", "hedges", "denies"]
    assert len(made.rows) == len(account().claims)


def test_who_denies_the_contrary_asserts() -> None:
    a = account()
    claim, backing = a.claims[0], a.backings[0]
    assert any(d.target == "claim" for d in backing.denials)
    told = replace(a, backings=(replace(backing, denials=()), *a.backings[1:]))
    row = matrix(told).rows[[c.id for c in told.claims].index(claim.id)]
    assert "denies" not in [stance for stance, _, _ in row.said]


def test_the_matrix_of_one_report_is_not_drawn() -> None:
    a = account()
    assert account_view(replace(a, articles=a.articles[:1], annotations=a.annotations[:1])).stances is None


def test_many_copies_share_one_column() -> None:
    made = matrix(many(60))
    assert len(made.columns) < 6
    assert made.columns[0].more == 61
    assert "copies of one text share a column" in made.note


def test_sixty_claims_are_drawn_and_the_rest_is_counted() -> None:
    a = account()
    claims = tuple(replace(a.claims[0], id=f"c{n:03}") for n in range(70))
    backings = tuple(replace(a.backings[0], claim=c.id) for c in claims)
    made = matrix(replace(a, claims=claims, backings=backings))
    assert len(made.rows) == 60
    assert "10 more claims not drawn" in made.note
    assert made.height > made.rows[-1].y


# ------------------------------------------------------------------ answers and evidence


def test_the_sums_count_origins_for_and_against() -> None:
    made = options(
        "Who?", ["the ferry", "the fleet"], [("fleet", ("", "against")), ("service", ("for", "for"))]
    )
    assert made
    assert [text for _, text in made.sums] == ["1 fits", "1 fits, 1 against"]
    assert "the fleet: fits: service; speaks against: fleet" in made.description


@pytest.mark.parametrize("rows", [1, 60, 90])
def test_the_matrix_of_answers_grows_with_its_rows_to_a_limit(rows: int) -> None:
    made = options("Who?", ["a"] * 8, [(f"origin {n}", ("for",) * 8) for n in range(rows)])
    assert made
    assert len(made.rows) == min(rows, 60)
    assert ("more origins" in made.note) == (rows > 60)
    assert "2 more answers in the table" in made.note


def test_no_evidence_no_picture() -> None:
    assert options("Who?", ["a"], []) is None


# ------------------------------------------------------------------ the line of time


def test_moments_stand_in_order_above_the_reports_of_their_time() -> None:
    made = moments(["2031-05-03T10:00", "2031-05-03T14:00", "2031-05-09"], ["2031-05-04", None])
    assert made
    assert [d.text for d in sorted(made.dots, key=lambda d: d.x)] == ["1", "2", "3"]
    assert [p.text for p in made.published] == ["1"]
    assert [t.text for t in made.ticks] == ["3 May", "3 May", "9 May"]


def test_a_date_is_no_more_exact_than_it_is_known() -> None:
    made = moments(["1972", "2013-06", "2031-05-03"], [])
    assert made
    assert [t.text for t in made.ticks] == ["1972", "June 2013", "3 May 2031"]
    assert made.breaks


def test_a_moment_without_a_year_is_not_drawn_and_that_is_said() -> None:
    made = moments(["2031-05-03", "XXXX-05-04", "2031-05-05"], [])
    assert made
    assert len(made.dots) == 2
    assert made.note == "1 moment without a year stands in the list only"


@given(st.lists(st.text(alphabet="0123456789X-/T:~?.", max_size=22), max_size=70))
def test_any_dates_can_be_drawn(dates: list[str]) -> None:
    made = moments(dates, dates)
    if made:
        assert all(0 <= d.x <= made.width and 0 <= d.y <= made.height for d in made.dots)


def test_where_a_date_begins() -> None:
    assert begins("XXXX-11-21") is None
    assert begins("2031-02-31") is None
    found = begins("../2031-05-03")
    assert found
    assert found.isoformat() == "2031-05-03T00:00:00"


# ------------------------------------------------------------------ on the page


def test_every_picture_is_named_described_and_scales() -> None:
    page = lxml_html.document_fromstring(to_html(brief()))
    pictures = page.xpath(SVG)
    assert len(pictures) >= 5
    for picture in pictures:
        names = picture.get("aria-labelledby").split()
        assert [page.xpath("//*[@id=$i]", i=n)[0].tag.split("}")[-1] for n in names] == ["title", "desc"]
        assert picture.get("role") == "img"
        assert picture.get("viewbox") or picture.get("viewBox")
        assert not picture.xpath(".//*[local-name()='a' or @style or @onclick]")


def test_no_picture_refers_to_anything_outside() -> None:
    page = to_html(brief())
    assert not re.search(r"url\(|xlink:|<image|<foreignObject", page)
    assert all(href.startswith("#") for href in re.findall(r'<use href="([^"]*)"', page))


def test_ids_are_of_one_place_also_with_two_incidents() -> None:
    page = lxml_html.document_fromstring(to_html(brief(account(), replace(account(), id="i2"))))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_claims_after_the_first_are_given_in_short_with_every_link() -> None:
    a = account()
    plain = replace(a.claims[1], statements=a.claims[1].statements)
    claims = (a.claims[0], *(replace(plain, id=f"c{n:03}") for n in range(40)))
    backings = (a.backings[0], *(replace(a.backings[1], claim=c.id) for c in claims[1:]))
    page = lxml_html.document_fromstring(to_html(brief(replace(a, claims=claims, backings=backings))))
    short = page.xpath("//ol[@class='shorts']/li")
    assert len(short) == 41 - room_for(1).full
    assert all(li.xpath(".//sup/a") and li.xpath(".//a[@class='n']/@href") for li in short)


def test_each_claim_has_a_citation_with_its_figure_and_address() -> None:
    page = lxml_html.document_fromstring(to_html(brief()))
    first = page.xpath("//article[contains(@class, 'claim')]")[0]
    citation = " ".join(first.xpath(".//p[@class='citation']")[0].text_content().split())
    assert "said by coastal service" in citation
    assert "(4 reports, 3 outlets, 2 collectors, 1 origin)" in citation
    assert citation.endswith("#i1c1")


# ------------------------------------------------------------------ names withheld


def test_a_withheld_name_is_spoken_as_one() -> None:
    made = lxml_html.fragment_fromstring(f"<p>{shown('Told by ████ ██████, 14.')}</p>")
    assert made.xpath("string(.//span[@class='unseen'])") == "name withheld"
    assert made.xpath("string(.//span[@aria-hidden])") == "████ ██████"
    assert said("Told by ████ ██████.") == "Told by [name withheld]."
    assert drawn("██ & <b>") == "██ &amp; &lt;b&gt;"


def test_the_mask_is_explained_once_and_never_stands_in_an_attribute() -> None:
    a = account()
    masked = replace(
        a,
        articles=tuple(
            replace(x, report=replace(x.report, text=x.report.text.replace("Mara Voss", "████ ████")))
            for x in a.articles
        ),
        actors=tuple(replace(x, name=x.name.replace("Mara Voss", "████ ████")) for x in a.actors),
    )
    page = lxml_html.document_fromstring(to_html(brief(masked)))
    assert len(page.xpath("//p[@class='withheld-note']")) == 1
    assert not [v for v in page.xpath("//@*") if "█" in v]
    assert not lxml_html.document_fromstring(to_html(brief())).xpath("//p[@class='withheld-note']")
