"""A case to look at in the tests of the workbench: the bundled example, and reports that are hostile in every field."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from twosource.case import add, settle
from twosource.model import Report
from twosource.read import read
from twosource.settings import Settings
from twosource.store import Store
from twosource.web.app import workbench
from twosource.web.rules import Rules

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
HOME = "http://127.0.0.1"

SCRIPT = "<script>document.title='owned'</script>"
HOSTILE = (
    SCRIPT
    + "\"'><img src=x onerror=alert(1)><svg onload=alert(2)> javascript:alert(3) {{7*191}} {% raw %} ${7*191} "
)
BIDI = "\u202egnp.exe\u2066"


def hostile_reports() -> list[Report]:
    """Two reports of one invented incident whose every field tries to act."""
    text = (
        f"{HOSTILE} PORT VESSEN, May 3 — A crane fell at the {HOSTILE} terminal on Saturday, killing two dockers, "
        f'the harbour master {BIDI} said. "The {SCRIPT} cable was old," said Ilse Mertaan of the union {HOSTILE}. '
        f"The operator denied that the cable was old. {'W' * 2_000} javascript:alert(1)"
    )
    one = Report(
        f"x/../{SCRIPT}",
        text,
        title=f"Crane falls {HOSTILE}",
        byline=f"By {HOSTILE}",
        outlet=f"Vessen {HOSTILE}{BIDI}",
        published="2024-05-04",
        url="javascript:alert(document.domain)//https://vessen.example/x",
        original=f"../../etc/passwd{SCRIPT}",
        language="en",
        incident="hostile",
    )
    other = Report(
        "..",
        f"Two dockers died when a crane fell at the terminal in Port Vessen, police said on Sunday. {BIDI}{HOSTILE}",
        title=f"{BIDI}{SCRIPT}",
        outlet="data:text/html,<b>x</b>",
        published="2024-05-05",
        url="https://vessen.example/'onmouseover='alert(1)",
        incident="hostile",
    )
    return [one, other]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case, settled; tests that change it work on a copy."""
    path = tmp_path_factory.mktemp("case") / "sample.case"
    with Store.create(str(path)) as store:
        add(store, [*read([str(EXAMPLE)], Settings()), *hostile_reports()])
        settle(store, Settings())
        store.compact()
    return path


@contextmanager
def at_work(path: Path, rules: Rules | None = None) -> Iterator[TestClient]:
    """A browser without a window, at the workbench of a case."""
    store = Store.open(str(path))
    app = workbench(store, Settings(), rules or Rules(), local="the editor", name="sample.case")
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def desk(sample: Path) -> Iterator[TestClient]:
    """The workbench of the sample, for tests that only read."""
    with at_work(sample) as client:
        yield client


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The workbench of a copy, for one test to change."""
    path = tmp_path / "own.case"
    shutil.copy(sample, path)
    with at_work(path) as client:
        yield client


def token(client: TestClient, page: str = "/help") -> str:
    """What a form of the page brings back."""
    from lxml import html

    found = html.fromstring(client.get("/add" if page == "/help" else page).content)
    return str(found.xpath("//input[@name='token']/@value")[0])


def incident_called(client: TestClient, word: str) -> str:
    """The id of the incident with that word in its title."""
    rows = client.get("/api/v1/incidents").json()
    return str(next(r["id"] for r in rows if word in r["title"]))
