"""What a stream of bytes is, by its content; a file's ending is only asked where content cannot tell."""

from __future__ import annotations

import json
import re
import zlib

from twosource.errors import ReportRefused

# Leading bytes of files that hold no report text, with what to do about each (from the formats' own specifications).
_NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG picture: run text recognition over it and give the text"),
    (b"\xff\xd8\xff", "a JPEG picture: run text recognition over it and give the text"),
    (b"GIF8", "a GIF picture: run text recognition over it and give the text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document: save it as PDF or plain text"),
    (b"{\\rtf", "a rich text document: save it as PDF or plain text"),
    (b"\x7fELF", "a program, not a report"),
    (b"MZ\x90", "a program, not a report"),
    (b"SQLite format 3\x00", "a database: export the reports as JSON Lines or CSV"),
    (b"ID3", "a sound file: give its transcript"),
    (b"OggS", "a sound or film file: give its transcript"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it and give the folder"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it and give the folder"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd: unpack it and give the file"),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "warc"),
    (b"PAR1", "parquet"),
)
_MAIL_HEADS = {
    *[
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "received",
        "return-path",
        "delivered-to",
        "message-id",
        "mime-version",
        "content-type",
        "reply-to",
        "sender",
    ],
    *[
        "content-transfer-encoding",
        "x-mailer",
        "newsgroups",
        "organization",
        "references",
        "in-reply-to",
        "dkim-signature",
        "list-id",
    ],
}
_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?")
_MBOX = re.compile(rb"From \S+.*\d{4}\r?\n[A-Za-z][A-Za-z0-9-]*:")
_FEED = re.compile(rb"<(?:[a-z]+:)?(rss|feed|rdf:RDF)[\s>]", re.I)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|script)[\s>/]", re.I)
_BLOCKS = re.compile(rb"<(?:p|div|h[1-6]|br|table|ul|span|a)(?:\s[^<>]*)?/?>", re.I)
_TEXT_FIELDS = ("text", "maintext", "event_text", "body", "content", "article", "article_text")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def detect(name: str, head: bytes) -> str:
    """The kind of a stream from its first bytes; raises ReportRefused for what cannot hold a report's text."""
    if not head:
        raise ReportRefused(name, "empty: there is nothing in it")
    for magic, what in _NOT_TEXT:
        if head.startswith(magic):
            raise ReportRefused(name, what)
    if head.startswith(b"\x1f\x8b") and _unpacked(head).startswith(b"WARC/"):
        return "warc"  # packed record by record, as its reader expects
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(_BOMS[1:]) or _wide(head):
        return _of_text(name, _narrow(head))
    if _binary(head):
        raise ReportRefused(
            name, "binary data of an unknown kind: give text, HTML, PDF, mail, a feed or an archive"
        )
    return _of_text(name, head.removeprefix(_BOMS[0]))


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _of_text(name: str, head: bytes) -> str:
    start = head.lstrip()
    low = start[:2048].lower()
    if not start:
        return "text"
    if start[:1] in b"{[":
        kind = _json_kind(start, name)
        if kind:
            return kind
    if _MBOX.match(start):
        return "mbox"
    if start[:1] == b"<" and _FEED.search(start[:4096]) and not low.startswith(b"<!doctype html"):
        return "feed"
    if _HTML.search(start[:4096]) and (start[:1] == b"<" or low.count(b"<") > 4):
        return "html"
    if start[:1] == b"<" and len(_BLOCKS.findall(start)) > 2:
        return "html"
    if _is_mail(start):
        return "mail"
    if _is_csv(start, name):
        return "csv"
    return "text"


def _json_kind(start: bytes, name: str) -> str | None:
    first = start.split(b"\n", 1)[0].strip()
    if start[:1] == b"{":
        try:
            if isinstance(json.loads(first), dict):
                return "jsonl"
        except (ValueError, RecursionError):
            pass
        if re.match(rb'\{\s*"(?:[^"\\]|\\.){1,80}"\s*:', start):
            # A line longer than the head is still a line; an object over several lines is one JSON document.
            return "jsonl" if len(first) >= len(start) - 1 or name.endswith((".jsonl", ".ndjson")) else "json"
        return "jsonl" if name.endswith((".jsonl", ".ndjson")) else None
    return "json" if re.match(rb"\[\s*(?:\{|\])", start) else None


def _is_mail(start: bytes) -> bool:
    known = 0
    for line in start.split(b"\n")[:40]:
        if not line.strip():
            break
        m = _HEADER_LINE.match(line)
        if m:
            known += m.group(1).decode("ascii").lower() in _MAIL_HEADS
        elif not line[:1].isspace():
            return False
    return known >= 2


def _is_csv(start: bytes, name: str) -> bool:
    first = start.split(b"\n", 1)[0].decode("utf-8", "replace").strip().lower()
    for delimiter in ",;\t|":
        columns = [c.strip().strip('"') for c in first.split(delimiter)]
        if any(f in columns for f in _TEXT_FIELDS) and (len(columns) > 1 or name.endswith((".csv", ".tsv"))):
            return True
    return False


def _wide(head: bytes) -> bool:
    """Whether this is UTF-16 without a mark: every other byte of Western text is then zero."""
    sample = head[:2000]
    if len(sample) < 8 or len(sample) % 2:
        sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 8:
        return False
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    return (even > 0.4 * half and odd < 0.05 * half) or (odd > 0.4 * half and even < 0.05 * half)


def _narrow(head: bytes) -> bytes:
    return head.replace(b"\x00", b"").lstrip(b"\xff\xfe")


def _binary(head: bytes) -> bool:
    """Whether control characters are too many for text; a stray NUL is not enough."""
    odd = sum(head.count(bytes([c])) for c in range(32) if c not in (9, 10, 12, 13, 27))
    return odd > max(1, len(head) * 0.02)
