"""What every request passes first: hosts, other sites, size, headers, paths."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from twosource.store import Store
from twosource.web.asking import own_page
from twosource.web.rules import HEADERS, Rules, is_loopback
from workbenches import HOME, at_work, token


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A workbench of a case with nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "empty.case"
    Store.create(str(path)).close()
    with at_work(path, Rules(request_bytes=200_000)) as client:
        yield client


@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/static/bench.css", "/nowhere", "/api/v1/case", "/api/v1/nowhere", "/add"]
)
def test_every_answer_has_the_headers(empty: TestClient, address: str) -> None:
    answer = empty.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "",
        "[::2]",
        "a:b",
        "127.0.0.1@evil",
    ],
)
def test_a_host_that_is_not_ours_gets_nothing(empty: TestClient, host: str) -> None:
    """A page elsewhere that points its own name at this machine (DNS rebinding) reads nothing."""
    assert empty.get("/healthz", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "LOCALHOST:1", "[::1]:80"])
def test_our_own_names_are_answered(empty: TestClient, host: str) -> None:
    assert empty.get("/healthz", headers={"host": host}).text == "well"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_that_another_site_asks_for_is_refused(empty: TestClient, headers: dict[str, str]) -> None:
    said = {"token": token(empty), "text": "A quay sank."}
    assert empty.post("/add", data=said, headers=headers).status_code == 403


@pytest.mark.parametrize("address", ["/decide", "/add", "/team", "/logout", "/password"])
@pytest.mark.parametrize("wrong", [None, "", "0" * 64, "é"])
def test_no_change_without_the_token(empty: TestClient, address: str, wrong: str | None) -> None:
    said = {"text": "A quay sank.", "kind": "note"} | ({} if wrong is None else {"token": wrong})
    assert empty.post(address, data=said).status_code == 403


def test_another_sessions_token_is_refused(empty: TestClient) -> None:
    mine = token(empty)
    answer = empty.post(
        "/add", data={"token": mine, "text": "x"}, headers={"cookie": "twosource=" + "a" * 43}
    )
    assert answer.status_code == 403


def test_too_much_is_refused_before_it_is_read(empty: TestClient) -> None:
    assert empty.post("/add", content=b"x" * 200_001).status_code == 413
    assert empty.post("/add", content=b"", headers={"content-length": "-1"}).status_code == 413
    assert empty.get("/search?q=" + "a" * 9_000).status_code == 414


def test_what_comes_in_pieces_is_counted(empty: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(50):
            yield b"x" * 10_000

    answer = empty.post(
        "/add", content=pieces(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fcli%2fserve.py",
        "/static//etc/passwd",
        "/static/bench.css%00.py",
        "/incidents/../../etc/passwd",
        "/incidents/%2e%2e",
        "/incidents/x/brief.html/../../secret",
        "/jobs/..%2f..%2fetc%2fpasswd",
        "/report?id=../../../../etc/passwd",
        "/report?id=%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_the_pages(empty: TestClient, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "import " not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=1",
        "/\t/evil.example",
        "",
        "evil",
        "http:evil.example",
        "/" + "a" * 3000,
    ],
)
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert own_page(address) == "/"


@given(st.text())
def test_where_somebody_is_sent_is_a_path_of_ours(address: str) -> None:
    found = own_page("/" + address)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert urlsplit(HOME + found).netloc == "127.0.0.1"


def test_an_upload_that_says_that_it_is_one_and_is_none_is_refused(empty: TestClient) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/json"):
        answer = empty.post("/add", content=b"nonsense", headers={"content-type": kind})
        assert answer.status_code in (400, 403, 415)


def test_loopback_is_told_from_the_rest() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9")))
    assert not any(
        map(is_loopback, ("0.0.0.0", "10.0.0.1", "::", "example.org", "", "127.0.0.1.evil.example"))
    )
