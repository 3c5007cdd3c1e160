"""The workbench in a real browser, from a real server: the whole walk, by mouse and by keys, with and without a login."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from axe import violations
from chromium import launched
from twosource.store import Store, team
from twosource.web.gate import hashed
from workbenches import EXAMPLE

pytestmark = pytest.mark.browser
NAME = "desk.test"  # a name that is not this machine's: the browser is told that it is
PASSWORD = "a long enough password"
PATIENCE = 150_000  # milliseconds: on a busy machine an incident takes a while to be laid out


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with launched(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as browser:
        yield browser


@contextmanager
def served(case: Path, *more: str) -> Iterator[str]:
    """A server as a user starts it; its address."""
    command = [sys.executable, "-m", "twosource", "serve", str(case), "--port", "0", *more]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:"), server.stderr and server.stderr.read()
            yield address.rstrip("/")
        finally:
            server.terminate()
            assert server.wait(20) in (0, -15)  # it stops as it was told to


def sound(page: Any, said: list[str] | None = None) -> None:
    """No serious barrier on the page as it is; what the browser says of axe-core's own styles is no fault of the page."""
    before = len(said or ())
    assert violations(page) == [], page.url
    if said is not None:
        said[before:] = [s for s in said[before:] if "inline style" not in s]


def test_the_walk(chromium: Any, tmp_path: Path) -> None:
    """Upload the example, open the incident, follow a claim to its passage, merge two actors, undo, search, print."""
    case = tmp_path / "walk.case"
    Store.create(str(case)).close()
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    with served(case) as home:
        page.goto(home + "/")
        page.get_by_role("link", name="Add reports").click()
        page.get_by_label("Files").set_input_files([str(p) for p in sorted(EXAMPLE.iterdir())])
        page.get_by_role("button", name="Add the files").click()
        page.get_by_text("6 new reports").wait_for(timeout=420_000)
        sound(page, said)
        page.locator("a[href^='/incidents/']").first.click()
        incident = page.url
        assert "Derailment" in page.title()
        page.locator("article.claim sup a").first.click()
        passage = page.locator(":target")
        passage.wait_for()  # visible, once the browser has gone there
        assert (
            page.evaluate("getComputedStyle(document.querySelector(':target')).backgroundColor")
            != "rgba(0, 0, 0, 0)"
        )
        page.get_by_label("statements").check()
        page.get_by_label("names, places, times, numbers").check()
        assert page.evaluate("getComputedStyle(document.querySelector('.named')).outlineStyle") == "solid"
        page.locator(".claims-here > li > a").first.click()
        assert page.url.startswith(incident)
        _merge_and_undo(page, incident)
        page.get_by_role("searchbox", name="Search the case").fill("ammonia")
        page.keyboard.press("Enter")
        page.locator(".hits li").first.wait_for()
        page.goto(incident.partition("#")[0] + "/brief.html")
        assert page.pdf()[:5] == b"%PDF-"
        page.goto(incident)
        assert len(page.pdf()) > 50_000
    assert said == []
    context.close()


def _merge_and_undo(page: Any, incident: str) -> None:
    page.goto(incident)
    before = page.locator("table.actors tbody tr").count()
    boxes = page.locator("table.actors input[type=checkbox]")
    kinds = page.locator("table.actors tbody tr td:nth-of-type(1)").all_inner_texts()
    same = next([i for i, k in enumerate(kinds) if k == kind] for kind in kinds if kinds.count(kind) > 1)
    for i in same[:2]:
        boxes.nth(i).check()
    page.get_by_role("button", name="Merge the selected actors").click()
    page.get_by_text("on record as").wait_for()
    _rows(page, before - 1)
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"^[^?]*$"))
    _rows(page, before)


def _rows(page: Any, wanted: int) -> None:
    """The page shows what was decided, once it is worked out."""
    for _ in range(1000):
        if page.request.get(re.match(r"https?://[^/]+", page.url)[0] + "/waits").json()["waiting"] == 0:
            page.reload()
            if page.locator("table.actors tbody tr").count() == wanted:
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"{wanted} actors never came")


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.case"
    shutil.copy(sample, path)
    return path


@pytest.fixture(scope="module")
def home(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the sample, for tests that only read."""
    path = tmp_path_factory.mktemp("read") / "sample.case"
    shutil.copy(sample, path)
    with served(path) as address:
        yield address


def test_every_page_can_be_used_by_everybody(chromium: Any, home: str) -> None:
    """No serious barrier in light, in dark and on a phone, and nothing wider than a phone; also where reports are hostile."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    rows = page.request.get(home + "/api/v1/incidents").json()
    report = page.request.get(home + "/api/v1/reports").json()[-1]["id"]
    pages = ["/", "/reports", "/search?q=crane", "/history", "/review", "/help", "/add", "/team", "/nowhere"]
    for address in [*pages, f"/report?id={report}", *(f"/incidents/{r['id']}" for r in rows)]:
        page.goto(home + address)
        for mode, width in (("light", 1280), ("dark", 360)):
            page.emulate_media(color_scheme=mode)
            page.set_viewport_size({"width": width, "height": 844})
            sound(page)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (address, width)
        assert page.title() != "owned"
    context.close()


def test_the_keys_do_what_the_help_says(chromium: Any, home: str) -> None:
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(home + "/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("input[data-pick]:checked").count() == 2
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/incidents/*")
    for keys, where in (
        ("gr", "/reports"),
        ("gh", "/history"),
        ("gv", "/review"),
        ("ga", "/add"),
        ("gi", "/"),
        ("?", "/help"),
    ):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_url(home + where)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("train")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=train*")
    page.close()


def test_reading_needs_no_script(chromium: Any, home: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(home + "/")
    page.locator(".card a[data-open]").first.click()
    page.locator("sup a").first.click()
    assert "/report?id=" in page.url
    page.get_by_label("Search the case").fill("train")
    page.get_by_role("button", name="Search").first.click()
    assert page.locator(".hits li").count() > 0
    context.close()


def test_others_log_in_first(chromium: Any, copy: Path) -> None:
    """Under a name that is not this machine's own nothing starts without an admin, and nobody comes in without a password."""
    refused = subprocess.run(
        [sys.executable, "-m", "twosource", "serve", str(copy), "--port", "0", "--name", NAME],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert refused.returncode == 2
    assert "there is no admin yet" in refused.stderr
    with Store.open(str(copy)) as store, store.writes() as c:
        team.put_user(c, "ada", "admin", hashed(PASSWORD))
    with served(copy, "--name", NAME) as home:
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE)
        away = home.replace("127.0.0.1", NAME)
        page.goto(away + "/reports")
        assert "/login" in page.url
        sound(page)
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill("not it, not it")
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("alert").wait_for()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(away + "/reports")
        page.goto(away + "/team")
        assert "login refused" in page.content()
        sound(page)
        page.locator(".who-menu summary").click()
        page.get_by_role("button", name="Log out").click()
        page.goto(away + "/")
        assert "/login" in page.url
        page.close()
