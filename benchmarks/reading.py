"""How fast pages are read, beside trafilatura alone on the same pages in the same run, and how much memory an archive takes.

    python -m benchmarks.reading [--pages FOLDER] [--archive-mb N]

Both are given the bytes of each page and asked for text and metadata, one after the other, page by page, so that
whatever else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from twosource.read import read
from twosource.read.items import Capture
from twosource.read.parallel import page
from twosource.read.webarchives import captured
from twosource.settings import Settings

STORY = "<p>The ferry hit the north pier on day {0}, the harbour master said, and {0} of those on board were hurt.</p>"


def made_up(count: int) -> list[bytes]:
    """Pages of our own, for a machine without the evaluation data."""
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(60))
    return [
        f"<html><head><title>Ferry {n}</title><meta name='author' content='Jo Doe'></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Ferry {n}</h1><time datetime='2021-03-{n % 28 + 1:02}'></time>{''.join(STORY.format(n * 50 + i) for i in range(40))}"
        f"</article><footer>{menu}</footer></body></html>".encode()
        for n in range(count)
    ]


def side_by_side(pages: Sequence[bytes]) -> tuple[float, float]:
    """Pages a second: ours, and trafilatura's with metadata."""
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
            began = time.perf_counter()
            rivals[i](data)
            spent[i] += time.perf_counter() - began
    return len(pages) / spent[0], len(pages) / spent[1]


def with_processes(folder: Path, processes: int) -> float:
    """Pages a second through `read` with that many processes."""
    began = time.perf_counter()
    count = sum(1 for _ in read([str(folder)], Settings(processes=processes)))
    return count / (time.perf_counter() - began)


def archive_memory(megabytes: int) -> tuple[int, float, int]:
    """Pages, seconds and peak megabytes for a WARC of about that size (unpacked)."""
    record = captured(
        Capture(
            "http://b.example/",
            "http://b.example/",
            200,
            "OK",
            (("Content-Type", "text/html"),),
            made_up(1)[0],
        ),
        "2021-03-05T00:00:00Z",
    )
    size = len(gzip.decompress(record))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc"
        with path.open("wb") as f:
            for _ in range(megabytes * 1_000_000 // size):
                f.write(gzip.decompress(record))
        began = time.perf_counter()
        count = sum(1 for _ in read([str(path)], Settings(max_files=10_000_000)))
        return count, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of pages; made up ones otherwise")
    parser.add_argument("--archive-mb", type=int, default=20)
    args = parser.parse_args()
    files = sorted(p for p in args.pages.iterdir() if p.is_file()) if args.pages else []
    pages = [p.read_bytes() for p in files] or made_up(100)
    ours, theirs = side_by_side(pages)
    print(
        f"pages a second, one process    {ours:8.1f}   trafilatura {theirs:.1f}   ratio {ours / theirs:.2f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for n, data in enumerate(pages):
            (Path(folder) / f"{n}.html").write_bytes(data)
        one, two = with_processes(Path(folder), 1), with_processes(Path(folder), 2)
    print(f"pages a second, two processes  {two:8.1f}   one {one:.1f}   ratio {two / one:.2f}")
    count, seconds, peak = archive_memory(args.archive_mb)
    print(f"web archive of {args.archive_mb} MB         {count:8} pages in {seconds:.1f} s, peak {peak} MB")


if __name__ == "__main__":
    main()
