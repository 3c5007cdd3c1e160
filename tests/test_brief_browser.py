"""The page in a real browser: a link lights up its passage, nothing is asked of the network, it fits a phone, no script is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from axe import violations
from chromium import launched
from test_brief_invented import account, at, brief
from test_brief_large import large
from test_brief_page import many
from twosource.brief import summarise, to_html
from twosource.brief.draft import draft_html
from twosource.corroborate.draft import Checked, Desk, Fault
from twosource.model import Article, Brief, Report, Span

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """A browser with nothing open."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented brief as a file."""
    file = tmp_path_factory.mktemp("brief") / "brief.html"
    file.write_text(to_html(brief()), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk check of one invented report against two others, as a file."""
    draft = Article(Report("draft", "The buoy was rammed. Five divers drowned on May 3."))
    evidence = at("a", "was rammed by a trawler of the Vell fleet")
    whole = Span(21, 50)
    checked = (
        Checked(Span(0, 20), "supported", (evidence,), evidence, ("coastal service",), 1, ()),
        Checked(
            whole, "changed", (evidence,), None, (), None,
            (
                Fault("number", Span(21, 25), "The reports have at least 4.", (at("a", "At least 4 divers"),)),
                Fault("unsupported", whole, "Nothing in these reports says so.", ()),
            ),
        ),
    )  # fmt: skip
    file = tmp_path_factory.mktemp("desk") / "desk.html"
    file.write_text(draft_html(Desk(draft, account().articles, checked)), encoding="utf-8")
    return file


def lit(page, css: str) -> str:
    """The background of the first such element, once any animation is over."""
    return page.eval_on_selector(css, "e => getComputedStyle(e).backgroundColor")


def test_an_evidence_link_lights_up_its_passage_and_brings_it_into_view(chromium, page_file: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(page_file.as_uri())
    link = page.locator(".summary sup a", has_text="2").first
    target = link.get_attribute("href")
    before = lit(page, target)
    link.click()
    page.wait_for_timeout(900)
    passage = page.locator(target)
    assert "may have struck the research buoy" in passage.inner_text()
    assert lit(page, target) != before
    box = passage.bounding_box()
    assert box
    assert 0 <= box["y"] < 800
    page.close()


def test_a_passage_torn_by_another_lights_up_whole(chromium, tmp_path: Path) -> None:
    from dataclasses import replace

    a = account()
    overlapping = (at("a", "lost off Amsel Head on May 3"), at("a", "on May 3 was rammed by a trawler"))
    file = tmp_path / "torn.html"
    file.write_text(
        to_html(Brief((replace(a, timeline=(replace(a.timeline[0], evidence=overlapping),)),))),
        encoding="utf-8",
    )
    page = chromium.new_page()
    page.goto(file.as_uri())
    anchors = page.eval_on_selector_all(
        ".timeline sup a", "links => links.map(a => a.getAttribute('href').slice(1))"
    )
    for anchor in anchors:
        page.goto(file.as_uri() + "#" + anchor)
        colours = page.eval_on_selector_all(
            f".at-{anchor}, #{anchor}", "es => es.map(e => getComputedStyle(e).backgroundColor)"
        )
        assert len(set(colours)) == 1
        assert page.eval_on_selector_all(
            f".at-{anchor}, #{anchor}", "es => es.map(e => e.textContent).join('')"
        ).endswith(("May 3", "a trawler"))
    page.close()


def test_nothing_is_asked_of_the_network_and_no_error_is_logged(chromium, page_file: Path) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(page_file.as_uri())
    page.wait_for_timeout(200)
    assert asked == [page_file.as_uri()]
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('.central')).borderTopWidth") == "5px"
    page.close()


def test_it_works_without_javascript(chromium, page_file: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.goto(page_file.as_uri())
    link = page.locator(".claim sup a").first
    target = link.get_attribute("href") or ""
    link.click()
    page.wait_for_timeout(900)
    assert page.url.endswith(target)
    assert page.locator(target).is_visible()
    page.locator(".claim details summary").first.click()
    assert page.locator(".claim .passages").first.is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_over_the_side(chromium, page_file: Path, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_link_into_a_folded_report_opens_it(chromium, tmp_path: Path) -> None:
    file = tmp_path / "many.html"
    file.write_text(to_html(Brief((summarise(many(200)),))), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    link = page.locator(".summary sup a").first
    target = link.get_attribute("href")
    assert not page.locator(target).is_visible()
    link.click()
    page.wait_for_timeout(900)
    assert page.locator(target).is_visible()
    page.close()


def test_the_keyboard_alone_reaches_the_account_and_its_evidence(chromium, page_file: Path) -> None:
    page = chromium.new_page()
    page.goto(page_file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.parentElement.tagName") == "SUP"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(chromium, page_file: Path, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text, on the ground that is really behind it."""
    page = chromium.new_page(color_scheme=scheme)
    page.goto(page_file.as_uri())
    for css in (
        ".summary li",
        ".soft",
        "sup a",
        ".tag.status",
        ".steps .end span",
        ".eyebrow",
        "mark",
        ".denial strong",
        "td.for",
        "td.against",
        ".furniture",
    ):
        worst = page.eval_on_selector_all(css, CONTRAST)
        assert worst >= 4.5, (css, worst)
    page.close()


@pytest.mark.parametrize(
    ("which", "scheme", "width"),
    [
        ("page_file", "light", 1280),
        ("page_file", "dark", 1280),
        ("page_file", "light", 390),
        ("desk_file", "light", 1280),
        ("desk_file", "dark", 1280),
    ],
)
def test_axe_finds_nothing_grave(
    chromium, request: pytest.FixtureRequest, which: str, scheme: str, width: int
) -> None:
    page = chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 844})
    page.goto(request.getfixturevalue(which).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []
    page.close()


def test_axe_would_find_something_grave(chromium) -> None:
    page = chromium.new_page()
    page.set_content(
        "<html lang=en><title>x</title><main><h1 style='color:#eee'>Hardly to be read</h1><img src=data:,></main>"
    )
    assert len(violations(page)) == 2
    page.close()


def test_whatever_has_the_focus_shows_it(chromium, page_file: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(page_file.as_uri())
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"
        )
        reached.add(name)
        assert outline != "none", name
    assert {"A", "SUMMARY"} <= reached
    page.close()


def test_on_paper_every_number_has_its_passage_and_every_sheet_a_number(chromium, page_file: Path) -> None:
    import io

    from pypdf import PdfReader

    page = chromium.new_page()
    page.goto(page_file.as_uri())
    sheets = [s.extract_text() for s in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert all(f"{n} / {len(sheets)}" in s for n, s in enumerate(sheets, 1))
    page.emulate_media(media="print")
    cited = set(
        page.eval_on_selector_all(
            "main sup a[data-n]", "es => es.filter(e => e.checkVisibility()).map(e => e.dataset.n)"
        )
    )
    listed = set(
        page.eval_on_selector_all(
            ".notes ol",
            "es => es.flatMap(e => [...e.children].map((_, n) => `${e.previousElementSibling.textContent.match(/\\d+/)[0]}.${n + 1}`))",
        )
    )
    assert len(cited) > 10
    assert cited <= listed
    assert page.locator(".notes").is_visible()
    page.close()


def test_a_phone_shows_the_way_in_words_and_folds_the_contents(chromium, page_file: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(page_file.as_uri())
    assert not page.locator(".central .flow svg").is_visible()
    assert page.locator(".central .ways").is_visible()
    link = page.locator("nav.contents a").first
    assert not link.is_visible()
    page.locator("nav.contents summary").click()
    assert link.is_visible()
    page.close()


def test_right_to_left_text_runs_from_the_right(chromium, tmp_path: Path) -> None:
    from dataclasses import replace

    a = account()
    arabic = "أصيب تسعة أشخاص في حريق قرب الميناء (Mina, 2031)."
    report = replace(a.articles[0].report, id="z", text=arabic + "\n\nIn English.", title="حريق قرب الميناء")
    file = tmp_path / "rtl.html"
    more = replace(a.articles[0], report=report, boilerplate=())
    file.write_text(to_html(brief(replace(a, articles=(*a.articles, more)))), encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    there = page.locator(".report", has_text="(Mina, 2031)")
    ways = there.locator(".text p").evaluate_all("es => es.map(e => getComputedStyle(e).direction)")
    assert ways == ["rtl", "ltr"]
    assert there.locator("h3").evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.close()


def test_a_hundred_reports_open_within_a_second(chromium, tmp_path: Path) -> None:
    made = to_html(Brief((summarise(large()),)))
    assert len(made.encode()) < 3_000_000
    file = tmp_path / "hundred.html"
    file.write_text(made, encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())  # once to warm the browser up
    took = []
    for _ in range(3):
        page.goto("about:blank")
        page.goto(file.as_uri())
        took.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
    assert min(took) < 1000
    page.close()


CONTRAST = """es => Math.min(...es.map(e => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const lum = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
  let ground = [255, 255, 255], at = e, shine = 1;
  for (; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] > 0) { ground = c; break } }
  for (let x = e; x; x = x.parentElement) shine *= Number(getComputedStyle(x).opacity);
  const ink = rgb(getComputedStyle(e).color).slice(0, 3).map((v, i) => v * shine + ground[i] * (1 - shine));
  const [a, b] = [lum(ink), lum(ground)].sort((x, y) => y - x);
  return (a + .05) / (b + .05);
}))"""
