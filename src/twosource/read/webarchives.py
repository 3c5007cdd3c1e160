"""Web archives: WARC files, record by record, never held whole."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from twosource.errors import ReportRefused
from twosource.model import Refusal
from twosource.read.items import Capture, Item
from twosource.settings import Settings

_READ = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
    "application/rss",
    "application/atom",
    "application/xml",
    "text/xml",
    "application/json",
    "text/csv",
    "message/rfc822",
)


def read_warc(item: Item, settings: Settings) -> Iterator[Item | Refusal]:
    """Every answered page in a WARC (ISO 28500), plain or packed record by record.

    Requests, metadata, redirects, errors, pictures, scripts and styles are not reports and are passed over.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(cast("Any", item.stream), no_record_parse=False):
            found = _page(item, record, settings.max_bytes)
            if found is not None:
                yield found
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, KeyError) as e:
        yield Refusal(
            item.name, f"the web archive is cut off or broken ({str(e)[:120]}): what came before was read"
        )


def _page(item: Item, record: Any, limit: int) -> Item | Refusal | None:
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    headers = record.http_headers
    status = headers.get_statuscode() if headers else "200"
    kind = (
        headers.get_header("content-type") if headers else record.rec_headers.get_header("content-type")
    ) or ""
    if not str(status).startswith("2") or not kind.lower().startswith(_READ):
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if url.endswith("/robots.txt"):
        return None
    item.budget.files -= 1
    if item.budget.files < 0:
        raise ReportRefused(
            item.name, "the web archive holds too many pages: split it, or raise the setting max_files"
        )
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    name = url or f"{item.name}#{record.rec_headers.get_header('WARC-Record-ID')}"
    try:
        data = record.content_stream().read(limit + 1)
    except Exception as e:  # the payload's own packing may be broken in many ways
        return Refusal(f"{item.name}: {name}", f"this page of the web archive is broken ({type(e).__name__})")
    if getattr(record.raw_stream, "limit", 0) > 0 and len(data) <= limit:
        return Refusal(
            f"{item.name}: {name}", "the web archive is cut off within this page: what came before was read"
        )
    return item.inner(
        name,
        BytesIO(data),
        url=url or None,
        encoding=charset,
        media_type=kind.split(";")[0],
        seen=record.rec_headers.get_header("WARC-Date"),
    )


def captured(capture: Capture, when: str) -> bytes:
    """A WARC file (ISO 28500) of one answer, its body as it was unpacked, packed as a record of its own."""
    unsent = ("content-encoding", "content-length", "transfer-encoding", "connection")
    head = [f"HTTP/1.1 {capture.status} {capture.reason}".rstrip()]
    head += [f"{k}: {v}" for k, v in capture.headers if k.lower() not in unsent]
    head.append(f"Content-Length: {len(capture.body)}")
    block = "\r\n".join(head).encode("latin-1", "replace") + b"\r\n\r\n" + capture.body
    sha = hashlib.sha256(block).hexdigest()
    lines = [
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'{capture.url} {when} {sha}')}>",
        f"WARC-Date: {when}",
        f"WARC-Target-URI: {capture.url}",
        f"WARC-Block-Digest: sha256:{sha}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    ]
    record = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + block + b"\r\n\r\n"
    return gzip.compress(record, mtime=0)
