"""Whole bodies: every paragraph of an article is read from pages of different builds, and nothing from around it."""

from __future__ import annotations

import pytest

from twosource.model import Report
from twosource.read.parallel import page

PARAGRAPHS = (
    "A grain barge broke from its moorings above Alder Lock on Tuesday and came to rest against the old rail bridge, the lock keeper said.",
    "Nobody was aboard, and the railway had been told to hold its trains before the barge arrived.",
    "“We heard the ropes go one after the other, like somebody counting,” said Mira Holt, who runs the ferry stage there.",
    "The river authority had warned on Monday that the water would rise by two metres in the night.",
    "It wants to know why three barges were still moored on the outer wall, which its own rules forbid above a gauge of five metres.",
    "Divers will look at the bridge's second pier on Thursday, and trains go by way of Marbury until then.",
    "A second barge, the Tern, was held by a tug of the harbour board until the morning.",
    "The owner, Alder Grain, did not answer questions on Wednesday.",
)
AROUND = (
    "Alder Bugle Home News Sport Weather",
    "Subscribe to our newsletter for the best of the week",
    "Ten things to do in Alder this weekend",
    "Great read, thanks for this, says a reader",
    "Copyright Alder Bugle, all rights reserved",
)
NAV, SIGNUP, TEASER, COMMENT, FOOT = AROUND


def _p(parts: tuple[str, ...]) -> str:
    return "".join(f"<p>{p}</p>" for p in parts)


def _menu(text: str) -> str:
    return "<nav><ul>" + "".join(f"<li><a href='/{w}'>{w}</a></li>" for w in text.split()) + "</ul></nav>"


BUILDS = {
    "article element": f"<body>{_menu(NAV)}<article><h1>Barge hits bridge</h1>{_p(PARAGRAPHS)}</article>"
    f"<aside><h3>More</h3><a href='/t'>{TEASER}</a></aside><footer>{FOOT}</footer></body>",
    "classed divs": f"<body><div class='menu'>{_menu(NAV)}</div><div class='entry-content'>{_p(PARAGRAPHS)}</div>"
    f"<div class='related-posts'><a href='/t'>{TEASER}</a></div><div class='comments' id='comments'><div class='comment'><p>{COMMENT}</p></div></div>"
    f"<div class='footer'>{FOOT}</div></body>",
    "a sign-up in the middle": f"<body><main><article>{_p(PARAGRAPHS[:4])}<div class='newsletter-signup'><form><p>{SIGNUP}</p></form></div>"
    f"{_p(PARAGRAPHS[4:])}</article></main><footer>{FOOT}</footer></body>",
    "a subheading, a quotation and a list": f"<body><article>{_p(PARAGRAPHS[:2])}<blockquote><p>{PARAGRAPHS[2]}</p></blockquote><h2>The river</h2>"
    f"{_p(PARAGRAPHS[3:5])}<ul>{''.join(f'<li>{p}</li>' for p in PARAGRAPHS[5:])}</ul></article><footer>{FOOT}</footer></body>",
    "line breaks in one block": f"<body><div id='content'><div class='story-body'>{'<br><br>'.join(PARAGRAPHS)}</div></div>{_menu(NAV)}</body>",
    "a table of the old kind": f"<body><table><tr><td>{_menu(NAV)}</td><td><div class='article-body'>{_p(PARAGRAPHS)}</div></td></tr></table></body>",
}  # fmt: skip


@pytest.mark.parametrize("build", sorted(BUILDS))
def test_the_whole_body_is_read_and_nothing_around_it(build: str) -> None:
    html = f"<html lang='en'><head><title>Barge hits bridge</title></head>{BUILDS[build]}</html>"
    found = page(html.encode(), "p.html", None, None, None)
    assert isinstance(found, Report)
    text = " ".join(found.text.split())
    assert [p for p in PARAGRAPHS if p not in text] == []
    assert [a for a in AROUND if a in text] == []
    assert [text.index(p) for p in PARAGRAPHS] == sorted(text.index(p) for p in PARAGRAPHS)


@pytest.mark.parametrize("shown", ["alderbugle.example.com", "alderbugle.de", "Who writes here?"])
def test_a_site_that_signs_with_its_address_names_no_writer(shown: str) -> None:
    html = f"<html><head><meta name='author' content='{shown}'></head><body><article>{_p(PARAGRAPHS)}</article></body></html>"
    found = page(html.encode(), "p.html", None, None, None)
    assert isinstance(found, Report)
    assert found.byline is None
