"""Reports, titles and outlets are hostile: nothing of them acts as markup, script, link or terminal command."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from rich.console import Console

from test_brief_invented import account, brief
from twosource.brief import summarise, to_html, to_markdown, to_terminal
from twosource.brief.markdown import plain
from twosource.brief.page import web_address
from twosource.model import Account, Actor, Alias, Article, Brief, Refusal, Report, Side, Statement

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>x</script>",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066",
    "\x1b[31mred\x1b]0;title\x07\x9b2J",
    "{{ 7 * 7 }}{% raw %}",
    "[click](javascript:alert(1)) <https://evil.example> ![x](https://evil.example/x.png)",
    "[bold red]rich[/bold red] :smile:",
    "a\u2028b\u0000c",
)


def poisoned(attack: str) -> Account:
    """The invented account with the attack in every string that a report or a room may bring."""
    a = account()

    def article(x: Article) -> Article:
        r = x.report
        return replace(
            x,
            report=Report(
                r.id,
                r.text + "\n" + attack,
                attack,
                attack,
                attack,
                attack,
                attack,
                attack,
                "en",
                attack,
                None,
                attack,
            ),
        )

    def said(s: Statement) -> Statement:
        return replace(s, who=attack if s.who else None, told=attack, via=attack)

    return replace(
        a,
        id="i1",
        articles=tuple(article(x) for x in a.articles),
        annotations=tuple(replace(n, statements=tuple(said(s) for s in n.statements)) for n in a.annotations),
        reuse=tuple(replace(r, why=attack) for r in a.reuse),
        actors=tuple(Actor(x.id, attack, x.kind, (Alias(attack + "2", 1),), (attack,), (attack,), mentions=x.mentions) for x in a.actors),
        claims=tuple(replace(c, text=attack, why=attack) for c in a.claims),
        backings=tuple(replace(b, why=attack, collectors=(attack,), origins=tuple(replace(o, who=attack, party=attack, collectors=(attack,)) for o in b.origins)) for b in a.backings),
        disagreements=tuple(replace(d, about=attack, why=attack, sides=tuple(Side(attack + str(i), s.evidence) for i, s in enumerate(d.sides))) for d in a.disagreements),
        questions=tuple(replace(q, question=attack, options=tuple(replace(o, value=attack) for o in q.options)) for q in a.questions),
        timeline=tuple(replace(m, text=attack, when=attack) for m in a.timeline),
        facts=replace(a.facts, when=attack, where=replace(a.facts.where, full_name=attack, name=attack) if a.facts.where else None),
    )  # fmt: skip


def poisoned_brief(attack: str) -> Brief:
    return Brief((summarise(poisoned(attack)),), (Refusal(attack, attack),), attack, (attack,), (attack,))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_hostile_becomes_markup_in_the_page(attack: str) -> None:
    page = to_html(poisoned_brief(attack))
    tree = lxml_html.document_fromstring(page)
    assert not tree.xpath(
        "//script | //img | //iframe | //object | //embed | //link | //form | //base"
        " | //b[not(ancestor::ol or parent::div[parent::div/@class='sides'] or parent::td[@class='forms'])]"
    )
    assert len(tree.xpath("//style")) == 1
    assert not [
        n
        for e in tree.iter()
        if isinstance(e.tag, str)
        for n in e.attrib
        if n.lower().startswith("on") or n == "style"
    ]
    for href in tree.xpath("//@href"):
        assert href.startswith("#")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]", page)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_hostile_reaches_the_terminal(attack: str) -> None:
    for terminal in (True, False):
        out = io.StringIO()
        to_terminal(
            poisoned_brief(attack), Console(file=out, force_terminal=terminal, width=100, color_system=None)
        )
        shown = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()) if terminal else out.getvalue()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]", shown)
        if "[bold red]" in attack:
            assert "[bold red]rich[/bold red] :smile:" in shown


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_hostile_becomes_markup_in_markdown(attack: str) -> None:
    text = to_markdown(poisoned_brief(attack))
    assert not re.search(r"(?<!\\)[<>`]|(?<!\\)\]\(|javascript:|https?:\S", text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]", text)


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_text_in_markdown_stays_on_its_line_and_starts_nothing(text: str) -> None:
    made = plain(text)
    assert "\n" not in made
    assert not re.match(r"\s*([-+*#>=]|\d+[.)](\s|$))", made)


@given(st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_outlet_and_title_can_be_shown(text: str) -> None:
    a = account()
    odd = replace(
        a.articles[0], report=replace(a.articles[0].report, title=text, outlet=text, url=text, published=text)
    )
    made = Brief((summarise(replace(a, articles=(odd, *a.articles[1:]))),))
    assert to_html(made).startswith("<!doctype html>")
    assert to_markdown(made).endswith("\n")


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://post.example/buoy?a=1&b=2") == "https://post.example/buoy?a=1&b=2"
    for bad in (
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://x",
        "https://",
        "data:text/html,x",
        "file:///etc",
        "//x",
        "https://x\u202e/",
        "http://[",
        None,
        "",
    ):
        assert web_address(bad) == ""


def test_the_page_allows_nothing_but_its_own_style() -> None:
    page = to_html(brief())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#43;", "+").startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert not re.search(r"\ssrc=", page)


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    a = account()
    odd = replace(a.articles[0], report=replace(a.articles[0].report, title="\ud83d", original="\udcff.txt"))
    made = Brief((replace(a, articles=(odd, *a.articles[1:])),))
    to_html(made).encode("utf-8")
    to_markdown(made).encode("utf-8")
