"""How fast pages are read, beside trafilatura alone on the same pages in the same run, and what memory an archive takes.

    python -m benchmarks.reading [--pages FOLDER] [--archive-gb N [--page-share PERCENT] [--plain]] [--write]

Both readers get the bytes of each page and are asked for text and metadata, one after the other, page by page, so that
whatever else the machine does meets both alike. What a pool of processes costs to start is told apart: over a hundred
small pages it would be most of what is measured. The archive is made by one process, goes through a pipe, so that it
takes no disk, and is read by another, whose memory is that of reading alone.
"""

from __future__ import annotations

import gzip
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.figures import Figures, asked, tell
from benchmarks.timing import Clock

from twosource.errors import ReportRefused
from twosource.model import Report
from twosource.read import read
from twosource.read.detect import detect
from twosource.read.items import Capture
from twosource.read.parallel import page
from twosource.read.webarchives import captured
from twosource.settings import Settings

STORY = "<p>The ferry hit the north pier on day {0}, the harbour master said, and {0} of those on board were hurt.</p>"
PICTURES = (40_000, 250_000, 2_000_000)  # bytes: what stands between the pages of a crawl
POOL_PAGES = 600  # at least so many are read by the pool: some seconds of work for each process
WHEN = "2021-03-05T00:00:00Z"


def made_up(count: int, first: int = 0) -> list[bytes]:
    """Pages of our own, for a machine without the evaluation data."""
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(60))
    return [
        f"<html><head><title>Ferry {n}</title><meta name='author' content='Jo Doe'></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Ferry {n}</h1><time datetime='2021-03-{n % 28 + 1:02}'></time>{''.join(STORY.format(n * 50 + i) for i in range(40))}"
        f"</article><footer>{menu}</footer></body></html>".encode()
        for n in range(first, first + count)
    ]


def found_in(folder: Path) -> list[bytes]:
    """Every web page below a folder; ends the run where there is none, since a figure for no pages means nothing."""
    pages = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        try:
            if detect(path.name, data[:16_384]) == "html":
                pages.append(data)
        except ReportRefused:
            continue
    if not pages:
        raise SystemExit(f"no web pages below {folder}: name the folder that holds them")
    return pages


def side_by_side(pages: Sequence[bytes]) -> tuple[float, float]:
    """Pages a second of the processor: ours, and trafilatura's with metadata."""
    from trafilatura import bare_extraction

    rivals: list[Callable[[bytes], object]] = [
        lambda data: page(data, "page", None, None, None),
        lambda data: bare_extraction(data, with_metadata=True),
    ]
    for rival in rivals:
        rival(pages[0])
    spent = [0.0, 0.0]
    for n, data in enumerate(pages):
        for i in (0, 1) if n % 2 else (1, 0):
            began = time.process_time()
            rivals[i](data)
            spent[i] += time.process_time() - began
    return len(pages) / spent[0], len(pages) / spent[1]


def with_processes(folder: Path, processes: int) -> float:
    """Seconds to read a folder with that many processes."""
    began = time.perf_counter()
    for _ in read([str(folder)], Settings(processes=processes)):
        pass
    return time.perf_counter() - began


def pool(pages: Sequence[bytes], processes: int) -> tuple[float, float, float]:
    """Pages a second by one process and by several, and the seconds that several take to start."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        few.mkdir()
        many.mkdir()
        for n in range(processes):
            (few / f"{n}.html").write_bytes(pages[0])
        count = max(len(pages), POOL_PAGES)
        for n in range(count):
            (many / f"{n:06}.html").write_bytes(pages[n % len(pages)])
        one = with_processes(many, 1)
        starting = with_processes(few, processes)
        several = with_processes(many, processes)
    return count / one, count / several, starting


def archive(gigabytes: float, page_share: float, *, packed: bool) -> Figures:
    """Pages, seconds and peak megabytes for a WARC of that size, read from a pipe by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "crawl.warc"
        os.mkfifo(pipe)
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        start = multiprocessing.get_context("spawn").Process
        writer = start(target=_write, args=(pipe, int(gigabytes * 1e9), page_share, packed))
        reader = start(target=_read, args=(pipe, theirs))
        reader.start()
        writer.start()
        found: Figures = ours.recv()
        reader.join()
        writer.join()
    return {"GB": gigabytes, "packed": "record by record" if packed else "no", **found}


def _write(pipe: Path, size: int, page_share: float, packed: bool) -> None:
    """Write records until that many bytes are out: pictures, scripts and answers gone wrong, and the pages among them."""
    dice = random.Random(5)
    between = [
        _record(f"p{i}", kind, 200, dice.randbytes(length), packed)
        for i, (kind, length) in enumerate(
            [*(("image/jpeg", n) for n in PICTURES), ("text/javascript", 300_000), ("video/mp4", 8_000_000)]
        )
    ]
    between.append(_record("gone", "text/html", 404, b"<p>Gone</p>" * 100, packed))
    out, in_pages, number = 0, 0, 0
    with pipe.open("wb") as f:
        while out < size:
            if in_pages <= out * page_share:
                record = _record(f"{number}", "text/html", 200, made_up(1, number)[0], packed)
                in_pages, number = in_pages + len(record), number + 1
            else:
                record = dice.choice(between)
            out += f.write(record)


def _record(name: str, kind: str, status: int, body: bytes, packed: bool) -> bytes:
    url = f"http://b.example/{name}"
    record = captured(Capture(url, url, status, "OK", (("Content-Type", kind),), body), WHEN)
    return record if packed else gzip.decompress(record)


def _read(pipe: Path, answer: object) -> None:
    began, count, early = time.perf_counter(), 0, 0
    for found in read([str(pipe)], Settings(max_files=10_000_000)):
        count += isinstance(found, Report)
        if count == 50 and not early:
            early = _peak()
    figures: Figures = {
        "pages": count,
        "seconds": round(time.perf_counter() - began, 1),
        "peak MB": _peak(),
        "peak MB after 50 pages": early,
    }
    answer.send(figures)  # type: ignore[attr-defined]


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def main() -> None:
    """Print a line for each part, and keep the figures where asked."""
    given = asked(
        "reading", __doc__,
        ("--pages", {"type": Path, "help": "a folder of pages; made up ones otherwise"}),
        ("--processes", {"type": int, "default": 2}),
        ("--archive-gb", {"type": float}),
        ("--page-share", {"type": float, "default": 0.1, "help": "percent of an archive that is pages"}),
        ("--plain", {"action": "store_true", "help": "an archive that is not packed"}),
        ("--only", {"choices": ("pages", "archive")}),
    )  # fmt: skip
    if given.only != "archive":
        pages = found_in(given.pages) if given.pages else made_up(200)
        part = f"pages of {given.pages.name}" if given.pages else "pages made up"
        tell(part, of_pages(pages, given.processes), given.out)
    if given.only != "pages":
        size = given.archive_gb or (5 if given.full else 0.5)
        found = archive(size, given.page_share / 100, packed=not given.plain)
        tell(f"web archive of {size:g} GB{', plain' if given.plain else ''}", found, given.out)


def of_pages(pages: Sequence[bytes], processes: int) -> Figures:
    """One process beside trafilatura, then several."""
    clock = Clock()
    ours, theirs = side_by_side(pages)
    one, several, starting = pool(pages, processes)
    return {
        "pages": len(pages),
        "pages a second of the processor": round(ours, 1),
        "trafilatura's with metadata": round(theirs, 1),
        "times as fast as trafilatura": round(ours / theirs, 2),
        "processes": processes,
        "times as fast with them": round(several / one, 2),
        "seconds to start them": round(starting, 1),
        "other work on the machine (%)": clock.others,
    }


if __name__ == "__main__":
    main()
