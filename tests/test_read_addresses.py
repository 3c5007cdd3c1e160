"""Addresses are fetched only from where they may be, within limits; no test leaves loopback."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from twosource.errors import ReportRefused, UsageError
from twosource.model import Refusal, Report
from twosource.read import keep, read, verify
from twosource.read.address import Fetcher
from twosource.read.guard import check
from twosource.settings import Settings

STORY = "<p>The ferry hit the north pier on Thursday morning, the harbour master said, and {} were hurt.</p>"
PAGE = (
    "<html><body><article><h1>Ferry</h1>"
    + "".join(STORY.format(n) for n in range(9))
    + "</article></body></html>"
).encode()
NAMES = {
    "news.example": ["127.0.0.1"],
    "evil.example": ["127.0.0.1"],
    "half.example": ["8.8.8.8", "10.0.0.1"],
    "gone.example": [],
}
SETTINGS = Settings(private_hosts="news.example", host_pause_ms=1, max_bytes=500_000, fetch_seconds=2)


def resolve(host: str, _: int) -> list[str]:
    if host not in NAMES:
        raise OSError(-2, "Name or service not known")
    return NAMES[host]


class Site(BaseHTTPRequestHandler):
    """A small site with everything on it that a hostile one has."""

    asked: list[str] = []

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host'].split(':')[0]}{self.path}")
        away = {
            "/loop": "/loop",
            "/meta": "http://169.254.169.254/latest/meta-data",
            "/local": "http://evil.example/",
            "/file": "file:///etc/passwd",
            "/moved": "/page",
            "/hidden": "/private/x",
        }
        match self.path:
            case "/robots.txt":
                self._send(200, b"User-agent: *\nDisallow: /private\n")
            case "/page" | "/private/x":
                self._send(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
            case "/packed":
                self._send(
                    200, gzip.compress(PAGE), {"Content-Type": "text/html", "Content-Encoding": "gzip"}
                )
            case "/bomb":
                self._send(200, gzip.compress(b"a" * 50_000_000), {"Content-Encoding": "gzip"})
            case "/brotli":
                self._send(200, b"??", {"Content-Encoding": "br"})
            case "/big":
                self._send(200, b"a" * 600_000)
            case "/trickle" | "/headers":
                self._trickle(headers=self.path == "/headers")
            case path if path in away:
                self._send(302, b"", {"Location": away[path]})
            case _:
                self._send(404, b"")

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _trickle(self, *, headers: bool) -> None:
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" if headers else b"HTTP/1.1 200 OK\r\n\r\n")
            for n in range(100):
                self.wfile.write(b"X-%d: y\r\n" % n if headers else b"x")
                time.sleep(0.1)
        except OSError:
            pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://news.example:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def web() -> Fetcher:
    return Fetcher(SETTINGS, resolve)


def reason(web: Fetcher, url: str) -> str:
    with pytest.raises(ReportRefused) as e:
        web.fetch(url)
    assert e.value.input == url
    return e.value.reason


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f000001/",
        "http://0x7f.0.0.1/", "http://0/", "http://0.0.0.0/", "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[::1]/",
        "http://[::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://①②⑦.0.0.1/", "http://127。0。0。1/", "http://evil.example/", "http://evil.example./",
        "http://EVIL.example/", "http://half.example/", "http://gone.example/", "http://unknown.example/",
        "http://news.example@evil.example/", "http://user:word@8.8.8.8/", "http://news.example:99999/", "http:///x",
        "ftp://news.example/", "file:///etc/passwd", "gopher://news.example/", "http://[::1", "http://",
    ],
)  # fmt: skip
def test_no_way_round_the_guard(url: str) -> None:
    with pytest.raises(ReportRefused):
        check(url, resolve)


def test_a_public_number_is_what_is_connected_to() -> None:
    assert check("https://ok.example/x", lambda *_: ["93.184.216.34"]).number == "93.184.216.34"
    assert check("http://[2606:2800:220:1::1]/").number == "2606:2800:220:1::1"


def test_a_page_is_fetched_from_the_number_that_was_checked(site: str, web: Fetcher) -> None:
    capture = web.fetch(f"{site}/page")
    assert capture.body == PAGE
    assert "news.example/page" in Site.asked


def test_names_are_asked_once_a_hop_so_they_cannot_change_in_between(site: str) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    web = Fetcher(replace(SETTINGS, robots="ignore"), lambda *_: next(answers))
    assert web.fetch(f"{site}/page").status == 200


def test_redirects_are_followed_and_checked(site: str, web: Fetcher) -> None:
    capture = web.fetch(f"{site}/moved")
    assert (capture.asked, capture.url) == (f"{site}/moved", f"{site}/page")
    assert "169.254.169.254" in reason(web, f"{site}/meta")
    assert "127.0.0.1" in reason(web, f"{site}/local")
    assert "not an http" in reason(web, f"{site}/file")
    assert "redirects" in reason(web, f"{site}/loop")


def test_robots_are_honoured_unless_told_not_to(site: str, web: Fetcher) -> None:
    assert "robots.txt" in reason(web, f"{site}/private/x")
    assert "robots.txt" in reason(web, f"{site}/hidden")
    assert Fetcher(replace(SETTINGS, robots="ignore"), resolve).fetch(f"{site}/private/x").status == 200


def test_limits_of_size_and_time(site: str, web: Fetcher) -> None:
    assert web.fetch(f"{site}/packed").body == PAGE
    assert "larger than" in reason(web, f"{site}/big")
    assert "larger than" in reason(web, f"{site}/bomb")
    assert "br" in reason(web, f"{site}/brotli")
    assert "404" in reason(web, f"{site}/none")
    quick = Fetcher(replace(SETTINGS, fetch_seconds=1), resolve)
    for path in ("/trickle", "/headers"):
        began = time.monotonic()
        assert "seconds" in reason(quick, f"{site}{path}")
        assert time.monotonic() - began < 3


def test_a_host_is_not_pressed(site: str) -> None:
    web = Fetcher(replace(SETTINGS, host_pause_ms=150, robots="ignore"), resolve)
    began = time.monotonic()
    for _ in range(3):
        web.fetch(f"{site}/page")
    assert time.monotonic() - began >= 0.3


def test_reading_an_address_that_may_not_be_read_is_a_refusal() -> None:
    (found,) = read(["http://127.0.0.1:9/"], Settings())
    assert isinstance(found, Refusal)
    assert "public" in found.reason


def test_what_is_kept_can_be_verified(site: str, web: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A report of the ferry.")
    folder = tmp_path / "kept"
    found = list(
        keep(
            [f"{site}/page", str(tmp_path / "a.txt"), str(tmp_path / "none")],
            folder,
            SETTINGS,
            version="1",
            fetcher=web,
        )
    )
    assert [type(f) for f in found] == [Report, Refusal, Report]
    assert verify(folder) == []
    originals = sorted(folder.glob("originals/*/*"))
    assert len(originals) == 3  # the text, the page, and the capture of the page
    assert all(p.stat().st_mode & 0o222 == 0 for p in originals)
    again = list(keep([str(tmp_path / "a.txt")], folder, SETTINGS, version="1"))
    assert [r.id for r in again if isinstance(r, Report)] == [
        r.id for r in found if isinstance(r, Report) and r.text.startswith("A report")
    ]
    assert len(sorted(folder.glob("originals/*/*"))) == 3
    assert verify(folder) == []


def test_a_capture_reads_back_as_the_page(site: str, web: Fetcher, tmp_path: Path) -> None:
    (page,) = keep([f"{site}/page"], tmp_path, SETTINGS, version="1", fetcher=web)
    assert isinstance(page, Report)
    texts = [
        r.text
        for p in tmp_path.glob("originals/*/*")
        for r in read([str(p)], SETTINGS)
        if isinstance(r, Report)
    ]
    assert texts == [page.text, page.text]


def test_every_change_to_what_was_kept_is_named(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"Report number {n}.")
    folder = tmp_path / "kept"
    list(keep([str(tmp_path / f"{n}.txt") for n in range(3)], folder, SETTINGS, version="1"))
    originals = sorted(folder.glob("originals/*/*"))
    originals[0].chmod(0o644)
    originals[0].write_text("changed")
    originals[1].unlink()
    (folder / "originals" / "ab").mkdir(exist_ok=True)
    (folder / "originals" / "ab" / "stray").write_text("added")
    record = folder / "custody.jsonl"
    lines = record.read_bytes().splitlines(keepends=True)
    record.write_bytes(lines[0] + lines[2])
    problems = "\n".join(verify(folder))
    assert "changed: it was" in problems or "cannot be read" in problems
    assert "without a record" in problems
    assert "taken out" in problems


def test_a_folder_without_a_record_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        verify(tmp_path)
