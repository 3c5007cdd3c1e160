"""Feeds watched for a case: asked politely, taken in once, and what changes is told."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from twosource.case import add, settle
from twosource.case.watching import LONGEST, addresses, look
from twosource.cli.alerts import alerts_to
from twosource.errors import UsageError
from twosource.model import Report
from twosource.read.address import Fetcher
from twosource.read.polling import Polled, poll
from twosource.settings import Settings
from twosource.store import Store, derived, evidence, feeds

SETTINGS = Settings(private_hosts="news.example", host_pause_ms=1, fetch_seconds=2)
ITEM = "<item><title>{0}</title><link>http://news.example/{0}</link><description>{1}</description></item>"
FIRST = ITEM.format("quay", "Two passengers died when the ferry Orla struck the pier at Port Ellis, the coast guard said.")  # fmt: skip
EDITED = ITEM.format("quay", "Three passengers died when the ferry Orla struck the pier at Port Ellis, the coast guard said.")  # fmt: skip


def feed(*items: str) -> bytes:
    """A feed with these entries."""
    return f"<rss version='2.0'><channel><title>Quay News</title>{''.join(items)}</channel></rss>".encode()


class Site(BaseHTTPRequestHandler):
    """A feed that says whether it changed."""

    body = feed(FIRST)
    asked: list[str | None] = []

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path != "/feed":
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        tag = f'"{len(self.body)}"'
        self.asked.append(self.headers["If-None-Match"])
        same = self.headers["If-None-Match"] == tag
        body = b"" if same else self.body
        self.send_response(304 if same else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[str]:
    Site.body, Site.asked = feed(FIRST), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://news.example:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


def test_a_feed_is_taken_in_once_and_an_edited_entry_is_kept_beside_the_first(
    site: str, case_name: str
) -> None:
    fetcher = Fetcher(SETTINGS, lambda *_: ["127.0.0.1"])
    clock = [1000.0]

    def ask(url: str, etag: str | None, modified: str | None) -> Polled:
        return poll(url, fetcher, etag, modified)

    with Store.create(case_name) as store:
        first = look(store, [site], SETTINGS, ask, now=lambda: clock[0], every=60)
        assert len(first.added.new) == 1
        assert [e.kind for e in first.events] == ["new_incident"]
        assert look(store, [site], SETTINGS, ask, now=lambda: clock[0], every=60).added.new == []
        assert len(Site.asked) == 1  # it was not due
        clock[0] += 60
        assert look(store, [site], SETTINGS, ask, now=lambda: clock[0], every=60).events == ()
        assert Site.asked[1] is not None
        Site.body = feed(EDITED)
        clock[0] += 60
        last = look(store, [site], SETTINGS, ask, now=lambda: clock[0], every=60)
        assert "edited" in {e.kind for e in last.events}
        with store.reads() as c:
            assert evidence.count(c) == 2


def test_a_feed_that_fails_is_asked_ever_more_seldom_and_is_named(case_name: str) -> None:
    clock = [0.0]
    with Store.create(case_name) as store:
        pauses = []
        for _ in range(14):
            clock[0] += LONGEST
            done = look(
                store,
                ["http://x.example/f"],
                SETTINGS,
                lambda *_: Polled(failed="gone"),
                now=lambda: clock[0],
            )
            assert [f.reason for f in done.failed] == ["gone"]
            with store.reads() as c:
                pauses.append(feeds.known(c)["http://x.example/f"].due - clock[0])
        assert pauses == sorted(pauses)
        assert pauses[0] == 1800
        assert pauses[-1] == LONGEST


def test_what_was_sent_is_in_the_case_before_the_feed_counts_as_asked(case_name: str) -> None:
    def ask(*_: str | None) -> Polled:
        return Polled((Report("a", "The pier at Port Ellis is closed."),), etag="1")

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with Store.create(case_name) as store:
        with pytest.raises(KeyboardInterrupt):
            look(store, ["http://x.example/f"], SETTINGS, ask, durable=stop)
        with store.reads() as c:
            assert evidence.count(c) == 1
            assert feeds.known(c) == {}


def test_what_changed_is_told_when_the_watch_goes_on_after_a_stop(case_name: str) -> None:
    clock, told = [0.0], []

    def ask(*_: str | None) -> Polled:
        return Polled((Report("a", "The pier at Port Ellis is closed, the harbour master said on Monday."),))

    def stopped(_: Any) -> None:
        raise KeyboardInterrupt

    def watch(store: Store, tell: Any) -> None:
        look(store, ["http://x.example/f"], SETTINGS, ask, now=lambda: clock[0], every=60, tell=tell)

    with Store.create(case_name) as store:
        add(store, [Report("old", "A fair opened in Tennick.")])
        settle(store, SETTINGS)
        with pytest.raises(KeyboardInterrupt):
            watch(store, stopped)
        watch(store, told.append)
        assert [e.kind for e in told] == ["new_incident"]  # not what there was before the first watch
        add(store, [Report("b", "A bridge fell at Ellerton.")])  # by somebody else
        settle(store, SETTINGS)
        watch(store, told.append)
        assert len(told) == 2
        watch(store, told.append)
        assert len(told) == 2


def test_a_list_of_feeds_is_read_and_is_not_trusted(tmp_path: Path) -> None:
    good = tmp_path / "feeds.opml"
    good.write_text(
        "<opml><body><outline text='a'><outline xmlUrl='https://a.example/f'/></outline>"
        "<outline xmlUrl='javascript:alert(1)'/><outline xmlUrl='https://a.example/f'/></body></opml>"
    )
    assert addresses([str(good), "https://b.example/f"]) == ["https://a.example/f", "https://b.example/f"]
    secret = tmp_path / "secret"
    secret.write_text("https://secret.example/f")
    bad = tmp_path / "bad.opml"
    bad.write_text(
        f"<!DOCTYPE o [<!ENTITY e SYSTEM 'file://{secret}'>]><opml><outline xmlUrl='https://x.example/&e;'/></opml>"
    )
    assert all("secret.example" not in a for a in _or_nothing(bad))
    for name in ("nothing.opml", str(secret)):
        with pytest.raises(UsageError):
            addresses([name])


def _or_nothing(path: Path) -> list[str]:
    try:
        return addresses([str(path)])
    except UsageError:
        return []


def test_alerts_go_to_a_file_or_to_a_command_that_never_sees_them_in_its_words(
    case_name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    hostile = "$(touch pwned); `touch pwned` \x1b[31m"
    with Store.create(case_name) as store:
        with store.writes() as c:
            derived.tell(c, [derived.Event("i1", "denial", hostile, {"claim": "c1"})])
        with store.reads() as c:
            (event,) = derived.events_since(c, 0)
    with alerts_to(str(tmp_path / "out.jsonl")) as tell:
        tell(event)
    (said,) = (tmp_path / "out.jsonl").read_text().splitlines()
    assert json.loads(said)["text"] == hostile
    script = tmp_path / "take.py"
    script.write_text(f"import sys; open({str(tmp_path / 'taken')!r}, 'a').write(sys.stdin.read())")
    with alerts_to(f"{sys.executable} {script}") as tell:
        tell(event)
    assert json.loads((tmp_path / "taken").read_text())["kind"] == "denial"
    assert "\x1b" not in capfd.readouterr().err
    assert not Path("pwned").exists()
