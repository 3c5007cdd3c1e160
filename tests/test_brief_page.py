"""The page: in the reader's order, every link has its target, and the rules against harm hold on it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from test_brief_invented import TEXTS, account, brief
from twosource.brief import to_html
from twosource.brief.citing import Citations
from twosource.brief.evidence import Desk
from twosource.brief.pictures.copies import tree
from twosource.brief.pictures.origins import origins
from twosource.brief.pictures.places import _rings, distance_km
from twosource.model import Account, Brief, Evidence, Reuse, Span


@pytest.fixture(scope="module")
def page() -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(to_html(brief()))


def text_of(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_same_brief_gives_the_same_page() -> None:
    assert to_html(brief()) == to_html(brief())


def test_every_link_inside_the_page_has_its_target(page: lxml_html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in page.xpath("//a/@href"):
        assert href.startswith("https://post.example/") or href[1:] in ids


def test_an_evidence_link_leads_to_its_very_words(page: lxml_html.HtmlElement) -> None:
    found = 0
    for link in page.xpath("//sup/a[@title]"):
        target = page.xpath("//*[@id=$id]", id=link.get("href")[1:])[0]
        words = re.search(r"“(.*)”$", link.get("title"))
        assert words
        if " …" not in words[1] and target.tag == "mark":
            name = target.get("id")
            pieces = page.xpath(f"//*[contains(concat(' ', @class, ' '), ' at-{name} ')]") or [target]
            assert "".join("".join(text_of(p) for p in pieces).split()) == "".join(words[1].split())
            found += 1
    assert found > 8


def test_sections_stand_in_the_readers_order(page: lxml_html.HtmlElement) -> None:
    heads = [text_of(h) for h in page.xpath("//h2")]
    wanted = [
        "The central claim, and how far back it can be followed", "What is known", "Claims", "Where they differ", "Open questions",
        "Who copied whom", "Timeline", "Map", "People and organisations", "The passages cited", "The reports", "What could not be read", "How this was made",
    ]  # fmt: skip
    assert heads == wanted


def test_the_figure_shows_unknown_outlets_as_unknown(page: lxml_html.HtmlElement) -> None:
    steps = text_of(page.xpath("//ol[contains(@class, 'large')]")[0])
    assert steps == "4 reports 3 outlets + 1 unknown 2 collectors 1 origin at most 2"


def test_the_central_claim_names_who_says_it_and_who_denies_it(page: lxml_html.HtmlElement) -> None:
    central = text_of(page.xpath("//section[contains(@class, 'central')]")[0])
    assert "said by coastal service" in central
    assert "disputed" in central
    assert "denied by Vell fleet" in central


def test_a_claim_shows_its_denials_and_what_accuses_nobody_asks_for_no_answer(
    page: lxml_html.HtmlElement,
) -> None:
    rammed, *others = page.xpath("//article[contains(@class, 'claim')]")
    assert "denied by Vell fleet" in text_of(rammed)
    assert others
    assert not any("response" in text_of(c) for c in others)
    assert all("Goes back to" in text_of(c) for c in (rammed, *others))


def test_origins_found_are_explained_and_never_called_corroborated(page: lxml_html.HtmlElement) -> None:
    whole = text_of(page.body)
    assert "2 origins found" in whole
    assert "corroborated" not in whole
    assert "it does not mean that it is true" in whole
    assert "only show what was said in English" in whole


def test_the_reports_are_there_whole_with_furniture_marked(page: lxml_html.HtmlElement) -> None:
    for article, report in zip(page.xpath("//article[@class='report']"), ("a", "c", "b", "d"), strict=True):
        shown = " ".join(text_of(p) for p in article.xpath(".//div[@class='text']/p")).replace(
            "[page furniture] ", ""
        )
        assert shown == " ".join(TEXTS[report].split())
    assert [text_of(f) for f in page.xpath("//span[@class='furniture']")] == [
        "[page furniture] DOWNLOAD OUR APP FOR MORE"
    ]


def test_sides_stand_beside_each_other_and_spellings_apart(page: lxml_html.HtmlElement) -> None:
    sides = page.xpath("//article[contains(@class, 'contradiction')]//div[@class='sides']/div/b")
    assert [text_of(s) for s in sides] == ["off Amsel Head", "6 miles east of Amsel"]
    assert page.xpath("//table[@class='variants']")


def test_the_matrix_counts_an_origin_once(page: lxml_html.HtmlElement) -> None:
    rows = page.xpath("//table[@class='matrix']/tbody/tr")
    assert [text_of(r.xpath("./th/strong")[0]) for r in rows] == ["Vell fleet", "coastal service"]
    assert text_of(rows[1].xpath("./td")[0]) == "+ fits"


def test_pictures_have_titles_descriptions_and_words_beside_them(page: lxml_html.HtmlElement) -> None:
    pictures = page.xpath("//*[local-name()='svg']")
    assert len(pictures) > 4
    for picture in pictures:
        assert picture.xpath("./*[local-name()='title']")
        assert picture.xpath("./*[local-name()='desc']")
        assert picture.get("role") == "img"


def test_a_reader_without_eyes_or_mouse_finds_the_way(page: lxml_html.HtmlElement) -> None:
    assert page.get("lang") == "en"
    assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert page.xpath("//nav/@aria-label")
    assert all(t.xpath("./caption") for t in page.xpath("//table"))
    assert all(t.get("scope") for t in page.xpath("//th"))
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_several_incidents_begin_with_a_list_of_them() -> None:
    other = replace(account(), id="i2")
    made = lxml_html.document_fromstring(to_html(brief(account(), other)))
    assert text_of(made.xpath("//h1")[0]) == "2 incidents"
    assert [a.get("href") for a in made.xpath("//ol[@class='index']//a")] == ["#i1", "#i2"]
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in made.xpath("//a/@href") if h.startswith("#")} <= set(ids)


def many(n: int) -> Account:
    """The account with that many reprints of its first report."""
    a = account()
    first = a.articles[0]
    more = tuple(
        replace(first, report=replace(first.report, id=f"x{i:04}", published="2031-05-07")) for i in range(n)
    )
    notes = tuple(replace(a.annotations[0], report=x.id, statements=()) for x in more)
    pairs = tuple(Reuse("a", x.id, "same_text", 1.0, "a", (), "The same.") for x in more)
    backing = replace(a.backings[0], reports=(*a.backings[0].reports, *(x.id for x in more)))
    return replace(
        a,
        articles=(*a.articles, *more),
        annotations=(*a.annotations, *notes),
        reuse=a.reuse + pairs,
        backings=(backing, *a.backings[1:]),
    )


def test_hundreds_of_reports_are_folded_and_the_tree_is_cut() -> None:
    made = lxml_html.document_fromstring(to_html(Brief((many(400),))))
    assert len(made.xpath("//article[@class='report']/details")) == 404
    assert len(made.xpath("//*[local-name()='g'][@class='node']")) < 70
    assert "more reports not drawn" in text_of(made.body)


def test_the_tree_hangs_each_report_on_the_one_it_is_closest_to() -> None:
    nodes = tree(Desk(account())).nodes
    assert [(n.number, n.how) for n in nodes] == [
        (1, "first of its family as far as the texts show"),
        (3, "same text as 1 + 1 piece of furniture; order not known"),
        (2, "own words, same origin as 1"),
    ]


def test_a_circle_of_who_is_older_is_no_trouble() -> None:
    a = account()
    round_about = (
        Reuse("a", "b", "shared_text", 0.5, "a", (), ""),
        Reuse("b", "c", "shared_text", 0.5, "b", (), ""),
        Reuse("a", "c", "shared_text", 0.5, "c", (), ""),
    )
    assert len(tree(Desk(replace(a, reuse=round_about))).nodes) == 3


def test_the_flow_shows_the_way_of_each_report() -> None:
    a = account()
    made = origins(Desk(a), Citations(Desk(a), "i1"), a.claims[0])
    assert made
    assert "report 2 in The Sextant, gathered by The Sextant, from coastal service" in made.description
    assert "report 3 in an unknown outlet" in made.description


def test_evidence_outside_its_report_is_no_link() -> None:
    a = account()
    wild = tuple(
        replace(m, evidence=(Evidence("a", Span(5, 99_999)), Evidence("nowhere", Span(0, 4))))
        for m in a.timeline
    )
    made = lxml_html.document_fromstring(to_html(Brief((replace(a, timeline=wild),))))
    assert not made.xpath("//ol[@class='timeline']//a")


def test_the_outline_of_the_world_is_whole() -> None:
    rings = _rings()
    assert len(rings) > 200
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
    assert round(distance_km((0.0, 0.0), (0.0, 1.0))) == 111


def test_opinion_and_what_everybody_knows_are_marked_as_such() -> None:
    a = account()
    only = replace(a.claims[2], statements=("sd1",), event="main")
    made = lxml_html.document_fromstring(to_html(Brief((replace(a, claims=(*a.claims[:2], only)),))))
    assert "given as well known" in [
        text_of(t) for t in made.xpath("//article[@id='i1c3']//span[@class='tag']")
    ]
