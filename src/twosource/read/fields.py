"""Reports from records with named fields: JSON Lines, CSV and Parquet, ours and other programs'."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from twosource.errors import ReportRefused
from twosource.model import Report
from twosource.read.dates import instant, to_edtf
from twosource.read.decode import whole

# Field names, ours first, then those of news-please (maintext, date_publish, source_domain, authors),
# passim (series) and event coders (event_text), then what tables of articles usually say.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "doc_id", "article_id"),
    "text": ("text", "maintext", "event_text", "body", "content", "article_text", "article", "content_text"),
    "title": ("title", "headline", "title_page"),
    "byline": ("byline", "authors", "author"),
    "outlet": ("outlet", "series", "source_domain", "publisher", "source", "publication", "newspaper"),
    "published": (
        "published",
        "date_publish",
        "date",
        "published_at",
        "publish_date",
        "date_published",
        "pubdate",
        "pub_date",
    ),
    "modified": ("modified", "date_modify", "date_modified", "updated"),
    "url": ("url", "link", "canonical_url"),
    "language": ("language", "lang"),
    "incident": ("incident",),
    "sha256": ("sha256",),
    "media_type": ("media_type",),
    "original": ("original",),
    "retrieved": ("retrieved", "date_download"),
}
TEXT_NAMES = NAMES["text"]
_LONGEST = 1_000  # characters of a title, byline or address that are kept
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_SHA = re.compile(r"[0-9a-f]{64}")


def report_of(row: Mapping[str, Any], name: str, data: bytes) -> Report:
    """A report from a record; its text stays exactly as given. An id may be missing and is then empty here.

    Raises ReportRefused when it has no text.
    """
    text = _first(row, "text")
    if text is None:
        raise ReportRefused(name, f"has no text field (looked for {', '.join(TEXT_NAMES)})")
    if not isinstance(text, str):
        raise ReportRefused(name, f"its text is {_kind(text)}, not a string")
    sha = str(_first(row, "sha256") or "").lower()
    return Report(
        id=_id(_first(row, "id"), name),
        text=whole(text),
        title=line_of(_first(row, "title")),
        byline=line_of(_first(row, "byline")),
        outlet=line_of(_first(row, "outlet")),
        published=to_edtf(_first(row, "published")),
        modified=to_edtf(_first(row, "modified")),
        url=line_of(_first(row, "url")),
        language=line_of(_first(row, "language")),
        sha256=sha if _SHA.fullmatch(sha) else hashlib.sha256(data).hexdigest(),
        media_type=line_of(_first(row, "media_type")),
        original=line_of(_first(row, "original")) or name,
        incident=line_of(_first(row, "incident")),
        retrieved=instant(line_of(_first(row, "retrieved"))),
    )


def line_of(value: object) -> str | None:
    """A value as one line without control characters: lists are joined, objects give their name; None when empty."""
    if isinstance(value, (list, tuple)):
        parts = [p for p in (line_of(v) for v in value[:50]) if p]
        return line_of(", ".join(parts))
    if isinstance(value, Mapping):
        return line_of(value.get("name") or value.get("title"))
    if value is None or isinstance(value, bool) or value != value:
        return None
    text = " ".join(_CONTROLS.sub(" ", whole(str(value)[: _LONGEST * 2])).split())
    return text[:_LONGEST] or None


def _first(row: Mapping[str, Any], field: str) -> Any:
    for name in NAMES[field]:
        value = row.get(name)
        if value is not None and value != "" and value != []:
            return value
    return None


def _id(value: object, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping) and isinstance(value.get("$oid"), str):
        value = value["$oid"]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ReportRefused(name, f"its id is {_kind(value)}, not a string")
    return whole(str(value))


def _kind(value: object) -> str:
    return {
        "dict": "an object",
        "list": "a list",
        "bool": "true or false",
        "int": "a number",
        "float": "a number",
    }.get(type(value).__name__, type(value).__name__)
