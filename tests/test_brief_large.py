"""A brief of a hundred reports stays small and readable: what is long is cut, and how much was left off is said."""

from __future__ import annotations

from dataclasses import replace

from lxml import html as lxml_html

from test_brief_invented import account, at, brief
from twosource.brief.page import to_html
from twosource.model import Account, Evidence, Reuse

MANY = 100


def large() -> Account:
    """The invented wire report in a hundred outlets."""
    a = account()
    wire, notes = a.articles[0], a.annotations[0]
    ids = [f"w{n:03}" for n in range(MANY)]
    articles = tuple(
        replace(wire, report=replace(wire.report, id=i, outlet=f"Outlet {i}", url=None)) for i in ids
    )

    def own(i: str) -> dict[str, str]:
        return {s.id: f"{i}-{s.id}" for s in notes.statements}

    annotations = tuple(
        replace(
            notes,
            report=i,
            statements=tuple(replace(s, id=own(i)[s.id], report=i) for s in notes.statements),
        )
        for i in ids
    )
    claims = tuple(
        replace(c, statements=tuple(own(i)[s] for i in ids for s in c.statements if s in own(i)))
        for c in a.claims[:1]
    )
    denials = tuple(replace(a.backings[0].denials[0], statement=own(i)["sa4"]) for i in ids)
    backing = replace(a.backings[0], reports=tuple(ids), denials=denials)
    pairs = tuple(
        Reuse(x, y, "same_text", 1.0, None, (), "The same words.")
        for n, x in enumerate(ids)
        for y in ids[n + 1 :]
    )
    span = at("a", "lost off Amsel Head on May 3").span
    moment = replace(a.timeline[0], evidence=tuple(Evidence(i, span) for i in ids))
    bare = replace(a, disagreements=(), questions=(), relations=(), actors=(), timeline=(moment,))
    facts = type(a.facts)()
    return replace(
        bare,
        articles=articles,
        annotations=annotations,
        claims=claims,
        backings=(backing,),
        reuse=pairs,
        facts=facts,
    )


def test_the_page_of_a_hundred_copies_is_small_and_says_what_it_leaves_off() -> None:
    page = to_html(brief(large()))
    assert len(page.encode()) < 1_000_000
    assert "and 88 more" in page  # twelve links of a hundred
    assert "4950 pairs" in page.replace(",", "")
    assert "the closest 60" in page


def test_what_copies_say_alike_stands_once() -> None:
    page = to_html(brief(large()))
    behind = page.partition('id="i1-claims"')[2].partition('id="i1-copied"')[0]
    assert behind.count("was rammed by a trawler of the Vell fleet</q>") <= 2


def test_a_page_that_is_too_large_gives_more_in_short_and_leaves_nothing_out() -> None:
    a = account()
    many = (a.claims[0], *(replace(a.claims[1], id=f"c{n:03}") for n in range(40)))
    backings = (a.backings[0], *(replace(a.backings[1], claim=c.id) for c in many[1:]))
    differing = tuple(replace(a.disagreements[0], id=f"d{n:03}") for n in range(40))
    made = brief(replace(a, claims=many, backings=backings, disagreements=differing))
    whole, small = (lxml_html.document_fromstring(to_html(made, largest=n)) for n in (10**7, 1))
    for page in (whole, small):
        shown = {e.get("id") for e in page.xpath("//*[@id]")}
        assert {f"i1{x.id}" for x in (*many, *differing)} <= shown
        assert all(link[1:] in shown for link in page.xpath("//a/@href") if link.startswith("#"))
    assert len(small.xpath("//ol[@class='shorts']/li")) > len(whole.xpath("//ol[@class='shorts']/li")) > 0
    assert len(lxml_html.tostring(small)) < len(lxml_html.tostring(whole))
