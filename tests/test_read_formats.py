"""Every format that a report may come in is told by its content and read."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Refusal, Report
from twosource.read import left_to_read, read
from twosource.read.dates import instant, to_edtf
from twosource.read.decode import decode
from twosource.read.items import Capture
from twosource.read.sources import fetched
from twosource.read.webarchives import captured
from twosource.read.written_dates import written_date
from twosource.settings import Settings
from twosource.wire import line
from twosource.wire import report as row

STORY = (
    "The ferry hit the north pier on Thursday morning, the harbour master said, and {} passengers were hurt."
)
PAGE = (
    '<html lang="en"><head><title>Ferry hits pier - The Bugle</title>'
    '<meta property="article:published_time" content="2021-03-04T10:00:00Z">'
    '<meta name="author" content="Jo Doe"><link rel="canonical" href="https://bugle.example/ferry">'
    "</head><body><nav>Home News Sport</nav><article><h1>Ferry hits pier</h1>"
    + "".join(f"<p>{STORY.format(n)}</p>" for n in range(2, 9))
    + "</article></body></html>"
)
SETTINGS = Settings()


def reports(*inputs: Path | str) -> list[Report]:
    return [r for r in read([str(i) for i in inputs], SETTINGS) if isinstance(r, Report)]


def refusals(*inputs: Path | str) -> list[Refusal]:
    return [r for r in read([str(i) for i in inputs], SETTINGS) if isinstance(r, Refusal)]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_plain_text_is_kept_to_the_character(tmp_path: Path) -> None:
    text = "Line one.\r\nLine two.\rLine three.\n\n  Räuber \u202e and \x00 too.\n"
    (report,) = reports(write(tmp_path, "a", text))
    assert report.text == text
    assert report.original == str(tmp_path / "a")
    assert report.published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "The café on the quay in Zürich was shut on Monday, its owner said."
    (report,) = reports(write(tmp_path, "a.txt", text.encode(encoding)))
    assert report.text == text


def test_utf8_with_a_few_foreign_bytes_stays_utf8() -> None:
    assert decode("Zürich, Brücke und Käse. ".encode() * 20 + b"It\x92s so.").endswith(
        "Zürich, Brücke und Käse. It’s so."
    )


def test_page_says_who_where_and_when(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "page.dat", PAGE))
    assert (report.title, report.byline, report.outlet) == ("Ferry hits pier", "Jo Doe", "The Bugle")
    assert report.published == "2021-03-04T10:00:00Z"
    assert report.url == "https://bugle.example/ferry"
    assert report.language == "en"
    assert STORY.format(5) in report.text
    assert "Home News Sport" not in report.text


def test_the_address_tells_the_local_day(tmp_path: Path) -> None:
    page = PAGE.replace("bugle.example/ferry", "bugle.example/2021/03/03/ferry")
    (report,) = reports(write(tmp_path, "a.html", page))
    assert report.published == "2021-03-03"


def test_json_lines_of_every_dialect(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": " Exactly\tas given \n", "published": "XXXX-11-21", "incident": "i1"},
        {
            "maintext": "By news-please.",
            "date_publish": "2019-12-07 18:22:00",
            "source_domain": "x.example",
            "authors": ["A B", "C D"],
            "url": "http://x.example/1",
        },
        {"id": "p1", "text": "By passim.", "series": "sn83", "date": "1884-01-05"},
        {"id": 7, "date": "20190712", "event_text": "By an event coder."},
    ]
    path = write(tmp_path, "r.jsonl", "\n".join(map(json.dumps, rows)))
    found = reports(path)
    assert [r.text for r in found] == [
        " Exactly\tas given \n",
        "By news-please.",
        "By passim.",
        "By an event coder.",
    ]
    assert [r.published for r in found] == ["XXXX-11-21", "2019-12-07T18:22:00", "1884-01-05", "2019-07-12"]
    assert [r.id for r in found[2:]] == ["p1", "7"]
    assert found[0].incident == "i1"
    assert (found[1].outlet, found[1].byline) == ("x.example", "A B, C D")
    assert found[2].original == f"{path}:3"


def test_what_read_writes_reads_back_the_same(tmp_path: Path) -> None:
    from twosource.wire import line, report

    first = reports(write(tmp_path, "a.html", PAGE))
    again = reports(write(tmp_path, "out.jsonl", b"".join(line(report(r)) for r in first)))
    assert again == first


def test_one_json_document_and_a_json_feed(tmp_path: Path) -> None:
    pretty = json.dumps([{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}], indent=2)
    assert [r.id for r in reports(write(tmp_path, "l.json", pretty))] == ["a", "b"]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Bugle",
        "items": [{"id": "x", "content_html": "<p>Hello.</p>"}],
    }
    (report,) = reports(write(tmp_path, "f.json", json.dumps(feed, indent=1)))
    assert (report.text, report.outlet) == ("Hello.", "The Bugle")


def test_csv_and_parquet(tmp_path: Path) -> None:
    found = reports(write(tmp_path, "t.csv", 'ID;Text;Date\n1;"A; b\nc.";2020-01-02\n'))
    assert [(r.id, r.text, r.published) for r in found] == [("1", "A; b\nc.", "2020-01-02")]
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"id": ["p1"], "text": ["One report."]}), tmp_path / "t.parquet")
    assert [r.id for r in reports(tmp_path / "t.parquet")] == ["p1"]


def test_mail_and_mailbox(tmp_path: Path) -> None:
    head = "From: Harbour Desk <desk@b.example>\nSubject: Ferry\nDate: Thu, 04 Mar 2021 10:00:00 +0100\n"
    (report,) = reports(write(tmp_path, "m", head + "MIME-Version: 1.0\n\nThe ferry hit.\n"))
    assert (report.title, report.outlet, report.published) == (
        "Ferry",
        "Harbour Desk",
        "2021-03-04T10:00:00+01:00",
    )
    box = f"From a@b Thu Mar 04 10:00:00 2021\n{head}\nOne.\n>From here.\n\nFrom a@b Thu Mar 04 10:00:00 2021\n{head}\nTwo.\n"
    assert [r.text.strip() for r in reports(write(tmp_path, "box", box))] == ["One.\nFrom here.", "Two."]


def test_feed_keeps_its_source_and_whole_text(tmp_path: Path) -> None:
    feed = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
      <title>All news</title><item><title>A &amp; b</title><link>http://x.example/1</link>
      <pubDate>Thu, 04 Mar 2021 10:00:00 +0100</pubDate><source url="http://w.example">The Wire</source>
      <description>Short.</description><content:encoded><![CDATA[<p>First.</p><p>Second.</p>]]></content:encoded></item></channel></rss>"""
    (report,) = reports(write(tmp_path, "f", feed))
    assert (report.text, report.outlet, report.title) == ("First.\n\nSecond.", "The Wire", "A & b")
    assert report.published == "2021-03-04T10:00:00+01:00"


def test_pdf(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "a.pdf", _pdf("The ferry hit the pier on Thursday.")))
    assert report.text == "The ferry hit the pier on Thursday."
    assert report.media_type == "application/pdf"


def _pdf(text: str) -> bytes:
    """The smallest document that shows a line of text."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def _warc(pages: list[str], packed: bool) -> bytes:
    kind = (("Content-Type", "text/html; charset=utf-8"),)
    answers = [
        Capture(f"http://bugle.example/{n}", f"http://bugle.example/{n}", 200, "OK", kind, p.encode())
        for n, p in enumerate(pages)
    ]
    records = [captured(a, "2021-03-05T00:00:00Z") for a in answers]
    return b"".join(records if packed else map(gzip.decompress, records))


@pytest.mark.parametrize("packed", [True, False])
def test_web_archives(tmp_path: Path, packed: bool) -> None:
    data = _warc([PAGE.replace("hurt", f"hurt {n}") for n in range(3)], packed)
    found = reports(write(tmp_path, "w", data))
    assert [r.original for r in found] == [f"http://bugle.example/{n}" for n in range(3)]
    cut = list(read([str(write(tmp_path, "cut", data[:-200]))], SETTINGS))
    assert [type(r) for r in cut[:2]] == [Report, Report]
    assert any(isinstance(r, Refusal) and "cut off" in r.reason for r in cut)


def test_wacz_is_read_through_its_warc_only(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as z:
        z.writestr("datapackage.json", "{}")
        z.writestr("archive/data.warc.gz", _warc([PAGE], True))
        z.writestr("pages/pages.jsonl", '{"text": "an index"}')
    assert [r.title for r in reports(tmp_path / "a.wacz")] == ["Ferry hits pier"]


def test_archives_and_packed_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as z:
        z.writestr("x/a.html", PAGE)
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as t:
        entry = tarfile.TarInfo("y/a.html")
        entry.size = len(PAGE.encode())
        t.addfile(entry, io.BytesIO(PAGE.encode()))
    for name, packer in (("a.gz", gzip), ("a.bz2", bz2), ("a.xz", lzma)):
        write(tmp_path, name, packer.compress(PAGE.encode()))
    found = reports(tmp_path)
    assert len(found) == 5
    assert len({r.sha256 for r in found}) == 1
    assert f"{tmp_path}/a.zip!/x/a.html" in {r.original for r in found}


def test_folder_with_an_ignore_file(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "One report.")
    write(tmp_path, "sub/b.txt", "Two reports.")
    write(tmp_path, "drafts/c.txt", "No report.")
    write(tmp_path, "d.bak", "No report.")
    write(tmp_path, ".hidden", "No report.")
    write(tmp_path, ".twosourceignore", "drafts/\n*.bak\n# a comment\n")
    assert [r.text for r in reports(tmp_path)] == ["One report.", "Two reports."]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b'{"id": "a", "text": "From a pipe."}\n')

    monkeypatch.setattr("sys.stdin", Stdin())
    assert [(r.id, r.text) for r in reports("-")] == [("a", "From a pipe.")]


def test_ids_come_from_content_and_order_does_not_matter(tmp_path: Path) -> None:
    one, two = write(tmp_path, "1.txt", "Same words."), write(tmp_path, "2.txt", "Same words.")
    other = write(tmp_path, "3.txt", "Other words.")
    first, again = reports(one, two, other), reports(other, two, one)
    assert sorted(r.id for r in first) == sorted(r.id for r in again)
    assert {r.original: r.id for r in first} == {r.original: r.id for r in again}
    assert len({r.id for r in first}) == 3


def test_one_id_with_two_texts_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl", '{"id":"a","text":"One."}\n{"id":"a","text":"Two."}\n')
    assert [r.text for r in reports(path)] == ["One."]
    assert "already used" in refusals(path)[0].reason


def test_resuming_leaves_out_what_is_written(tmp_path: Path) -> None:
    out = write(
        tmp_path,
        "out.jsonl",
        '{"id":"a","text":"t","original":"http://a.example/"}\n{"id":"b","text":"t","original":"b.zip!/x"}\n{"id":"c"',
    )
    assert left_to_read(["http://a.example/", "b.zip", "c.txt"], out) == ["c.txt"]
    assert left_to_read(["c.txt"], tmp_path / "none") == ["c.txt"]


def test_several_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    for n in range(6):
        write(tmp_path, f"{n}.html", PAGE.replace("hurt", f"hurt on deck {n}"))
    write(tmp_path, "3a.txt", "A plain report.")
    assert list(read([str(tmp_path)], Settings(processes=2))) == list(read([str(tmp_path)], SETTINGS))


@pytest.mark.parametrize(
    ("given", "edtf"),
    [
        ("2019-12-07", "2019-12-07"),
        ("2019-12-07 18:22:00", "2019-12-07T18:22:00"),
        ("2019-12-07T00:00:00Z", "2019-12-07"),
        ("2019-12-07T18:22:00.123+0100", "2019-12-07T18:22:00+01:00"),
        ("20190712", "2019-07-12"),
        ("XXXX-11-21", "XXXX-11-21"),
        ("2019-12", "2019-12"),
        ("Thu, 04 Mar 2021 10:00:00 GMT", "2021-03-04T10:00:00Z"),
        ("03/04/2020", None),
        ("2019-13-40", None),
        ("yesterday", None),
        (1575742920, "2019-12-07T18:22:00Z"),
        (None, None),
        (True, None),
    ],
)
def test_dates_to_edtf(given: object, edtf: str | None) -> None:
    assert to_edtf(given) == edtf


@pytest.mark.parametrize(
    ("given", "edtf"),
    [
        ("Posted on Nov. 21, 2019 at noon", "2019-11-21"),
        ("Feb. 22", "XXXX-02-22"),
        ("Erschienen am 21. Mai 2010", "2010-05-21"),
        ("le 3 mars 2021", "2021-03-03"),
        ("27.01.2022", "2022-01-27"),
        ("3/14/2021", "2021-03-14"),
        ("3/4/2021", None),
        ("no date here", None),
    ],
)
def test_written_dates(given: str, edtf: str | None) -> None:
    assert written_date(given) == edtf


# ------------------------------------------------------------------ when a copy was made


def test_a_web_archive_says_when_a_copy_was_made_and_ids_are_what_they_were(tmp_path: Path) -> None:
    (found,) = reports(write(tmp_path, "w", _warc([PAGE], True)))
    assert found.retrieved == "2021-03-05T00:00:00Z"
    (page,) = reports(write(tmp_path, "p.html", PAGE))
    assert page.retrieved is None
    assert page.id == found.id


def test_what_a_server_hands_out_is_of_the_moment_that_it_says() -> None:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Date", "Fri, 05 Mar 2021 11:22:33 GMT"))
    plain = Capture("https://x.example/", "https://x.example/", 200, "OK", headers, PAGE.encode())
    stored = replace(plain, headers=(*headers, ("Memento-Datetime", "Thu, 04 Mar 2021 10:30:00 GMT")))
    silent = replace(plain, headers=headers[:1])
    moments = [
        "2021-03-05T11:22:33Z",
        "2021-03-04T10:30:00Z",
        None,
    ]  # an archive says when it had made its copy
    for got, moment in zip((plain, stored, silent), moments, strict=True):
        assert fetched("https://x.example/", got, SETTINGS).seen == moment


def test_records_say_themselves_when_their_copies_were_made(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "A report.", "retrieved": "2021-03-05T12:00:00.5+01:00"},
        {"id": "b", "text": "Another report.", "date_download": "2021-03-05 11:00:00+00:00"},
        {"id": "c", "text": "A third report.", "retrieved": "2021-03-05"},
        {"id": "d", "text": "A fourth report.", "retrieved": "2021-03-05T12:00:00"},
    ]
    found = reports(write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert [r.retrieved for r in found] == ["2021-03-05T11:00:00Z", "2021-03-05T11:00:00Z", None, None]
    again = reports(write(tmp_path, "b.jsonl", b"".join(line(row(r)) for r in found)))
    assert again == found


@given(st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+\d\d:\d\d)", fullmatch=True))
def test_a_moment_is_known_whole_or_not_at_all(text: str) -> None:
    known = instant(text)
    assert known is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", known)
