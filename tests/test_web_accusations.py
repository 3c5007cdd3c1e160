"""Wherever a page shows the words of an accusation, it shows what answers it, or that no response was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from twosource.case import add, settle
from twosource.model import Report
from twosource.settings import Settings
from twosource.store import Store
from workbenches import at_work

CHARGE = "{union} accused {name} of ignoring warnings about the {thing}."
AGAIN = "Ilse Mertaan of {union} said that {name} had ignored warnings about the {thing}."
DENIAL = "Mayor Dana Weil denied that she had ignored warnings about the bridge."
CRANE = {"union": "the dockers' union", "name": "harbour master Paul Ostrov", "thing": "crane"}
BRIDGE = {"union": "the carters' union", "name": "Mayor Dana Weil", "thing": "bridge"}
TEXTS = {
    "crane": (
        "VESSEN (Coast Wire) — A crane collapsed at the port of Vessen on Monday, killing two dockers, police said.\n\n"
        f"On Tuesday {CHARGE.format(**CRANE)} Divers went on searching.",
        f"Two dockers died when a crane collapsed at the port of Vessen on Monday.\n\n{AGAIN.format(**CRANE)}",
    ),
    "bridge": (
        "LUNDEN (Coast Wire) — A bridge gave way in Lunden on Friday, killing a carter, police said.\n\n"
        f"On Saturday {CHARGE.format(**BRIDGE)}\n\n{DENIAL}",
        f"A carter died when a bridge gave way in Lunden on Friday.\n\n{AGAIN.format(**BRIDGE)} {DENIAL}",
    ),
}
# What stands together on a page; the reports' own text, their passages for paper, and pictures' labels are not ours to answer in.
TOGETHER = (
    "ancestor-or-self::*[self::li[@data-row] or self::p[@class='citation'] or self::article[contains(@class, 'claim') or contains(@class, 'difference')] "
    "or self::section[contains(@class, 'central')] or self::li[parent::ol[parent::section or @class]] or self::tr][1]"
)
THEIRS = "ancestor-or-self::*[@class='text' or contains(@class, 'notes') or local-name()='svg' or self::title or self::input or self::del or self::ins or self::caption]"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A workbench of two incidents: one accusation that nobody answers, one that is denied."""
    path = tmp_path_factory.mktemp("charged") / "charged.case"
    with Store.create(str(path)) as store:
        for incident, texts in TEXTS.items():
            for n, text in enumerate(texts):
                add(store, [Report(f"{incident}{n}", text, outlet=f"Outlet {n}", published="2024-05-07", incident=incident)])  # fmt: skip
        settle(store, Settings())
    with at_work(path) as made:
        yield made


@pytest.mark.parametrize(
    ("thing", "answer"), [("crane", "no (response|denial)"), ("bridge", "den(y|ies|ied)")]
)
def test_no_page_lets_an_accusation_stand_alone(client: TestClient, thing: str, answer: str) -> None:
    names = [r["id"] for r in client.get("/api/v1/incidents").json()]
    pages = ["/", "/reports", "/review", "/search?q=warnings&in=claim", "/search?q=warnings&in=statement"]
    pages += [f"/incidents/{n}{end}" for n in names for end in ("", "/brief.html")]
    pages += [f"/report?id={quote(f'{thing}{n}')}" for n in (0, 1)]
    met = 0
    for address in pages:
        page = html.fromstring(client.get(address).content)
        for text in page.xpath(f"//text()[contains(., 'warnings about the {thing}')]"):
            place = text.getparent()
            if place.xpath(THEIRS):
                continue
            met += 1
            unit = place.xpath(TOGETHER)
            assert unit, (address, text)
            assert re.search(answer, unit[-1].text_content()), (
                address,
                " ".join(unit[-1].text_content().split()),
            )
    assert met > 8
