"""When a page was published and changed: as declared, else as shown, else as its address says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from twosource.read.dates import to_edtf
from twosource.read.declared import Declared
from twosource.read.written_dates import page_words, written_date, written_dates

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/_-]|$)")
_NEVER = "2099-12-31"  # htmldate would otherwise ask the clock
_ASIDE = (
    "ancestor::*[not(self::body or self::html)][contains(@class,'comment') or contains(@id,'comment')"
    " or contains(@class,'related') or contains(@class,'teaser') or contains(@class,'top-bar') or @id='sidebar'"
    " or contains(concat(' ',@class,' '),' sidebar ') or contains(@class,'widget') or self::nav or self::footer]"
)


def published_of(tree: Any, page: Declared, url: str | None, body: str) -> str | None:
    """The first appearance, in EDTF with its time of day where declared."""
    address = _from_address(url)
    day = address if address and len(address) == 10 else None
    for value in [page.article.get("datePublished"), page.article.get("uploadDate"), *page.of("published")]:
        known = _edtf(value)
        if known:
            # Addresses carry the local day; a stamp in universal time, or of a later move, may say another.
            return day if day and day != known[:10] else known
    shown = day or _marked(tree, "published") or _labelled(tree, "published") or _visible(tree)
    if shown:
        return shown
    for value in [*page.of("date"), page.article.get("dateCreated")]:
        known = _edtf(value)
        if known:
            return known
    guess = _guessed(tree, url) or _alone(tree)
    if address is None or (guess and guess.startswith(address)):
        return guess
    return next((d for d in written_dates(body[:6000]) if d.startswith(address)), address)


def modified_of(tree: Any, page: Declared) -> str | None:
    """The last change, in EDTF."""
    for value in [page.article.get("dateModified"), *page.of("modified")]:
        known = _edtf(value)
        if known:
            return known
    return _marked(tree, "modified") or _labelled(tree, "modified")


def until(known: str | None, seen: str | None) -> str | None:
    """The date, unless it lies more than a day (the width of the time zones) after the page was seen."""
    if not known or not seen or "X" in known:
        return known
    try:
        last = date.fromisoformat(seen[:10]) + timedelta(days=1)
    except ValueError:
        return known
    return known if known[:10] <= last.isoformat() else None


def _edtf(value: object) -> str | None:
    known = to_edtf(value)
    if known is None and isinstance(value, str):
        known = written_date(value)
    return known if known and known[:4] >= "1990" and "X" not in known else None


def _marked(tree: Any, kind: str) -> str | None:
    """A date in an element that says what it is: itemprop, pubdate, hAtom's `published` and `updated`."""
    for element in _path(kind)(tree)[:8]:
        for value in (
            element.get("content"),
            element.get("datetime"),
            element.get("title"),
            "".join(element.itertext())[:200],
        ):
            known = _edtf(value) if value else None
            if known:
                return known
    return None


def _labelled(tree: Any, kind: str) -> str | None:
    """A date after "Published on", "Erschienen am" and their likes."""
    for text in _texts()(tree)[:4000]:
        m = _labels(kind).search(text[:400]) if len(text) < 4000 else None
        if m is None:
            continue
        rest = text[m.end() : m.end() + 60]
        if len(rest.strip(" :")) < 6:
            parent = text.getparent()
            rest = "".join((parent.getparent() if parent.getparent() is not None else parent).itertext())[
                :400
            ]
            again = _labels(kind).search(rest)
            rest = rest[again.end() : again.end() + 80] if again else rest[:120]
        known = _year_known(rest[:80])
        if known:
            return known
    return None


def _visible(tree: Any) -> str | None:
    """The date in the first element near the title that is classed as one."""
    for element in _path("visible")(tree)[:6]:
        for value in (element.get("datetime"), element.get("content"), "".join(element.itertext())[:120]):
            known = (_edtf(value) or _year_known(value)) if value else None
            if known:
                return known
    return None


def _alone(tree: Any) -> str | None:
    """The first date that stands in a short text of its own."""
    for text in _texts()(tree)[:3000]:
        known = _year_known(text) if 8 <= len(text.strip()) <= 40 else None
        if known:
            return known
    return None


def _year_known(text: str) -> str | None:
    known = written_date(text)
    return known if known and "X" not in known and known[:4] >= "1990" else None


def _from_address(url: str | None) -> str | None:
    m = _IN_ADDRESS.search(re.sub(r"^https?://web\.archive\.org/web/\w+/", "", url or ""))
    if m is None:
        return None
    year, month, day = m.groups()
    return to_edtf(f"{year}-{month:0>2}-{day:0>2}" if day else f"{year}-{month:0>2}")


def _guessed(tree: Any, url: str | None) -> str | None:
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, extensive_search=False, max_date=_NEVER, url=url)
    except Exception:  # htmldate raises many kinds on malformed pages; no date is then known
        return None
    return found if isinstance(found, str) else None


@lru_cache(maxsize=4)
def _labels(kind: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|[\s(|·•])(?:" + "|".join(page_words()["labels"][kind]) + r")\b\s*:?\s*", re.I)


@lru_cache(maxsize=8)
def _path(kind: str) -> Any:
    from lxml.etree import XPath

    paths = {
        "published": f"//*[@itemprop='datePublished' or @property='datePublished' or @pubdate or (self::time and (contains(@class,'published') or contains(@class,'entry-date')) and not(contains(@class,'updated') and not(contains(@class,'published')))) or (self::abbr and contains(@class,'published'))][not({_ASIDE})]",
        "modified": f"//*[@itemprop='dateModified' or @property='dateModified' or ((self::time or self::abbr) and (contains(@class,'updated') or contains(@class,'modified')) and not(contains(@class,'published')))][not({_ASIDE})]",
        "visible": f"//body//*[self::time or contains(@class,'date') or contains(@class,'Date') or contains(@class,'datum') or contains(@class,'timestamp') or contains(@class,'posted') or contains(@class,'meta')][string-length(normalize-space(.)) < 90][not({_ASIDE})][position() < 7]",
    }
    return XPath(paths[kind])


@lru_cache(maxsize=1)
def _texts() -> Any:
    from lxml.etree import XPath

    return XPath("//body//text()[not(parent::script) and not(parent::style) and string-length(.) > 4]")
