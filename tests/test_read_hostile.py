"""Hostile and broken input does no harm: one line each, and the rest goes on."""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.model import Refusal, Report
from twosource.read import read
from twosource.read.archives import read_packed, read_tar, read_zip
from twosource.read.decode import decode
from twosource.read.detect import detect
from twosource.read.feeds import read_feed
from twosource.read.items import Budget, Item, item
from twosource.read.mail import read_mail, read_mbox
from twosource.read.page import plain
from twosource.read.parallel import Pages, page
from twosource.read.pdf import read_pdf
from twosource.read.reading import reports_of
from twosource.read.records import read_csv, read_json, read_jsonl
from twosource.read.webarchives import read_warc
from twosource.settings import Settings

SETTINGS = Settings(max_bytes=2_000_000, max_unpacked_bytes=20_000_000, max_files=50)
GOOD = "A good report of the ferry."


def run(*inputs: Path, chosen: Settings = SETTINGS) -> tuple[list[Report], list[Refusal]]:
    found = list(read([str(i) for i in inputs], chosen))
    return [r for r in found if isinstance(r, Report)], [r for r in found if isinstance(r, Refusal)]


def only_reason(path: Path, data: bytes, chosen: Settings = SETTINGS) -> str:
    path.write_bytes(data)
    good = path.with_name("good.txt")
    good.write_text(GOOD)
    reports, refused = run(path, good, chosen=chosen)
    assert [r.text for r in reports] == [GOOD]
    assert len(refused) == 1
    assert refused[0].input.startswith(str(path))
    assert "\n" not in refused[0].reason
    return refused[0].reason


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members.items():
            z.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   \n\t\n", "no words"),
        (b"--- ... ---", "no words"),
        (os.urandom(16).join([b"\x00\x01\x02\x03"] * 400), "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"%PDF-1.4\nrubbish", "broken PDF"),
        (b"x" * 2_000_001, "larger than"),
        (b'{"id": "a"}\n', "no text field"),
        (b'{"id": "a", "text": 5}\n', "not a string"),
        (b'{"id": ["a"], "text": "b"}\n', "not a string"),
        (b'{"a": {bad\n', "not JSON"),
        (b"<html><body></body></html>", "page"),
        (b"<rss><channel></channel></rss>", "no feed"),
        (b"From: a@b.example\nTo: c@d.example\n\n\n", "without text"),
        (gzip.compress(b"A report of the ferry. " * 2_000)[:60], "cut off"),
        (gzip.compress(b"a" * 19_000_000), "bomb"),
        (_zip({"a.zip": _zip({"a.txt": b"a" * 19_000_000})}), "larger than"),
        (_zip({"../evil.txt": b"no"}), "out of the archive"),
        (_zip({"/etc/evil.txt": b"no"}), "out of the archive"),
        (_zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "Office"),
        (_zip({"a.txt": b"words here"})[:-30], "broken zip"),
        (
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
            "entities",
        ),
        (
            b'<?xml version="1.0"?><!DOCTYPE l SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed><entry><title>&x;</title></entry></feed>',
            "entities",
        ),
    ],
)
def test_each_bad_input_gets_its_line_and_the_rest_goes_on(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in only_reason(tmp_path / "bad", data)


def test_archives_inside_archives_end(tmp_path: Path) -> None:
    data = b"A report at the bottom."
    for n in range(8):
        data = _zip({f"{n}.zip" if n else "a.txt": data})
    assert "archives inside one another" in only_reason(tmp_path / "a.zip", data)


def test_an_archive_may_not_unpack_to_more_than_its_limit(tmp_path: Path) -> None:
    members = {f"{n}.txt": os.urandom(400_000).hex().encode() for n in range(12)}
    path = tmp_path / "a.zip"
    path.write_bytes(_zip(members))
    reports, refused = run(path, chosen=Settings(max_unpacked_bytes=4_000_000))
    assert 3 <= len(reports) <= 6
    assert "max_unpacked_bytes" in refused[-1].reason
    assert len(refused) <= 2


def test_an_archive_of_too_many_files_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({f"{n}.txt": f"Report {n}.".encode() for n in range(60)}))
    reports, refused = run(path)
    assert len(reports) == 50
    assert [("max_files" in r.reason) for r in refused] == [True]


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Not to be read.")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    with tarfile.open(folder / "a.tar", "w") as t:
        entry = tarfile.TarInfo("link")
        entry.type, entry.linkname = tarfile.SYMTYPE, str(secret)
        t.addfile(entry)
    reports, refused = run(folder)
    assert reports == []
    assert len(refused) == 3


def test_the_same_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    found = list(read([str(path), str(path), str(tmp_path / "." / "a.txt"), str(tmp_path)], SETTINGS))
    assert sum(isinstance(r, Report) for r in found) == 1
    assert sum(isinstance(r, Refusal) and "once" in r.reason for r in found) >= 2


def test_missing_paths_and_odd_names(tmp_path: Path) -> None:
    _, refused = run(tmp_path / "none", Path("\x00"), tmp_path / ("x" * 300))
    assert len(refused) == 3


def test_pages_nested_without_end(tmp_path: Path) -> None:
    story = b"<p>The ferry hit the north pier on Thursday, the harbour master said.</p>" * 4
    for name, depth in (("50.html", 50), ("100000.html", 100_000)):
        (tmp_path / name).write_bytes(b"<html><body>" + b"<div>" * depth + story + b"</div>" * depth)
    found = list(read([str(tmp_path)], SETTINGS))
    assert len(found) == 2
    assert any(isinstance(r, Report) and "north pier" in r.text for r in found)


def test_a_page_of_twenty_megabytes_on_one_line(tmp_path: Path) -> None:
    """Where a page is larger than `max_bytes` it is refused; below that it is read, or refused as a report too long."""
    story = b"<p>The ferry hit the north pier on Thursday, the harbour master said.</p>"
    page = (
        b"<html><body><article>"
        + story * 6
        + b"</article>"
        + b"<span>x</span>" * 1_430_000
        + b"</body></html>"
    )
    assert len(page) > 20_000_000
    assert "max_bytes" in only_reason(tmp_path / "wide.html", page)
    plain_line = b"ferry " * 3_400_000
    (tmp_path / "wide.txt").write_bytes(plain_line)
    _, refused = run(tmp_path / "wide.txt", chosen=Settings())
    assert ["max_words" in r.reason for r in refused] == [True]


def test_attachments_are_never_opened(tmp_path: Path) -> None:
    bomb = base64.encodebytes(gzip.compress(b"a" * 5_000_000)).decode()
    mail = (
        "From: desk@b.example\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{GOOD}\n"
        "--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=../../evil.html\n\n<p>Not this.</p>\n"
        f"--b\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n{bomb}\n--b--\n"
    )
    path = tmp_path / "mail.eml"
    path.write_text(mail)
    reports, refused = run(path)
    assert [r.text.strip() for r in reports] == [GOOD]
    assert refused == []


def test_a_web_archive_inside_a_zip_is_held_to_the_same_limits(tmp_path: Path) -> None:
    wacz = {
        "datapackage.json": b"{}",
        "archive/../../evil.warc": b"no",
        "archive/b.warc.gz": gzip.compress(b"W" * 19_000_000),
    }
    (tmp_path / "a.wacz").write_bytes(_zip(wacz))
    reports, refused = run(tmp_path / "a.wacz")
    assert reports == []
    assert len(refused) == 2
    assert any("out of the archive" in r.reason for r in refused)


def test_a_locked_document_and_one_of_pictures_only_say_so(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    for name, says in (("locked.pdf", "password"), ("scan.pdf", "no text layer")):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        if name == "locked.pdf":
            writer.encrypt("secret", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        assert says in only_reason(tmp_path / name, out.getvalue())


class _Endless(io.RawIOBase):
    """A stream that gives its beginning and then the same piece for ever."""

    def __init__(self, begin: bytes, piece: bytes) -> None:
        self._ahead, self._piece = begin, piece

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self._ahead) < len(buffer):
            self._ahead += self._piece
        buffer[:], self._ahead = self._ahead[: len(buffer)], self._ahead[len(buffer) :]
        return len(buffer)


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"<?xml version='1.0'?><rss><channel>", b"<item><title>x</title><description>Words.</description></item>"),
        (b"<html><body><article>", b"<p>The ferry hit the north pier on Thursday.</p>" * 50),
        (b"", b"One line without an end and with words in it, "),
        (b"text,date\n", b"A report of the ferry,2021-03-04\n"),
    ],
)  # fmt: skip
def test_what_never_ends_is_given_up(begin: bytes, piece: bytes) -> None:
    endless = item("endless", _Endless(begin, piece * 200), Budget(50, 5_000_000))
    with Pages(SETTINGS) as pages:
        found = list(pages.ordered(reports_of(endless, SETTINGS, pages)))
    assert [isinstance(f, Refusal) for f in found] == [True]


def test_mixed_encodings_nul_and_bidi_marks_are_evidence(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(
        "The café\x00 was \u202eshut\u202c, and nobody in Zürich knew why it was. ".encode() * 30
        + b"Its owner said \x93so\x94."
    )
    reports, refused = run(path)
    assert refused == []
    assert reports[0].text.count("\x00") == 30
    assert reports[0].text.count("\u202e") == 30
    assert "“so”" in reports[0].text


def test_lone_surrogates_keep_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id":"a","text":"one \\ud800 two"}\n')
    reports, _ = run(path)
    assert reports[0].text == "one \ufffd two"


def test_no_page_is_later_than_the_day_it_was_seen() -> None:
    html = (
        b'<html><head><meta property="article:published_time" content="2035-01-01"></head><body><article>'
        + b"<p>The ferry hit the north pier on Thursday, the harbour master said.</p>" * 4
    )
    found = page(html, "p", None, None, "2021-03-04T10:00:00Z")
    assert isinstance(found, Report)
    assert found.published is None


def test_a_feed_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    feed = b"<rss><channel>" + b"<item><title>x</title><description>Words.</description></item>" * 30
    assert "max_entries" in only_reason(tmp_path / "f", feed, Settings(max_entries=20))


def _item(data: bytes) -> Item:
    return item("fuzz", io.BytesIO(data), Budget(50, 5_000_000))


def _drain(found: Iterable[object]) -> None:
    for _ in found:
        pass


_SEEDS = [
    b'<html><head><script type=\'application/ld+json\'>{"@type":"NewsArticle"}</script></head><body><p>By A</p>',
    b"<rss><channel><item><title>a</title><description>b</description></item></channel></rss>",
    b"From a@b Thu Mar 04 10:00:00 2021\nSubject: =?utf-8?q?x?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nt\n--b--\n",
    b'{"id":"a","text":"b"}\n[{"text":1}]',
    b'text,date\na,b\n"c',
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nHTTP/",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>",
    _zip({"a.txt": b"words", "b/c.html": b"<p>x"}),
    gzip.compress(b"words and words"),
    b"\xff\xfea\x00b\x00",
]
_BYTES = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda seed, at, junk, cut: (seed[: at % (len(seed) + 1)] + junk + seed[at % (len(seed) + 1) :])[: len(seed) + len(junk) - cut],
        st.sampled_from(_SEEDS), st.integers(0, 10_000), st.binary(max_size=20), st.integers(0, 30),
    ),
)  # fmt: skip
_QUICK = settings(
    max_examples=int(os.environ.get("TWOSOURCE_FUZZ", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@_QUICK
@given(_BYTES)
def test_no_bytes_can_raise(data: bytes) -> None:
    """Whatever comes in, reading gives reports and refusals."""
    with Pages(SETTINGS) as pages:
        for found in pages.ordered(reports_of(_item(data), SETTINGS, pages)):
            assert isinstance(found, (Report, Refusal))
            if isinstance(found, Report):
                found.text.encode("utf-8")


@pytest.mark.parametrize(
    "reader",
    [
        read_jsonl,
        read_json,
        read_csv,
        read_mail,
        read_mbox,
        read_feed,
        read_warc,
        read_zip,
        read_tar,
        read_packed,
        read_pdf,
    ],
)
def test_every_parser_fails_only_in_ways_that_are_caught(
    reader: Callable[[Item, Settings], Iterable[object]],
) -> None:
    """A parser may raise an Exception, which becomes a refusal; it must never end the process or hang."""

    @_QUICK
    @given(_BYTES)
    def fuzz(data: bytes) -> None:
        with contextlib.suppress(Exception):
            _drain(reader(_item(data), SETTINGS))

    fuzz()


@_QUICK
@given(st.binary(max_size=400))
def test_decoding_never_fails(data: bytes) -> None:
    """Any bytes become characters that can be written as UTF-8."""
    decode(data).encode("utf-8")


@_QUICK
@given(st.text(max_size=300))
def test_markup_of_any_kind_becomes_text(html: str) -> None:
    """A piece of HTML never raises and never gives lone surrogates."""
    plain(html).encode("utf-8")


@_QUICK
@given(st.binary(max_size=200))
def test_detection_names_a_kind_or_refuses(data: bytes) -> None:
    """Detection knows what to do with any first bytes."""
    from twosource.errors import ReportRefused

    with contextlib.suppress(ReportRefused):
        assert isinstance(detect("x", data), str)
