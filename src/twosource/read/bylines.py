"""Who wrote a page: as declared, else as shown near its title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from twosource.read.declared import Declared
from twosource.read.fields import line_of
from twosource.read.written_dates import page_words

_ASIDE = (
    "ancestor-or-self::*[not(self::body or self::html or self::main or self::article)][contains(@class,'comment') or contains(@id,'comment')"
    " or contains(@class,'related') or contains(@class,'teaser') or contains(@id,'respond') or @id='sidebar'"
    " or contains(concat(' ',@class,' '),' sidebar ') or contains(@class,'widget-area') or self::nav]"
)
_WRITERS = (
    f"//*[@rel='author' or contains(@rel,'author')][not({_ASIDE})]",
    f"//*[@itemprop='author' or @itemprop='creator'][not({_ASIDE})]",
    f"//*[contains(concat(' ',@class,' '),' byline ') or contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'authorname') or contains(@class,'byline__name') or contains(@class,'contributor')][not({_ASIDE})]",
    f"//a[contains(@href,'/author/') or contains(@href,'/authors/') or contains(@href,'/autor/') or contains(@href,'/autoren/') or contains(@href,'/autoren-') or contains(@href,'/by/') or contains(@href,'/staff/') or contains(@href,'newsteam/')][not({_ASIDE})]",
    f"//*[self::address or self::span or self::div or self::p or self::a or self::li or self::h3 or self::h4][contains(@class,'author') or contains(@class,'Author') or contains(@class,'autor') or contains(@id,'author') or contains(@class,'writer') or contains(@class,'byline') or self::address][not({_ASIDE})]",
)
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.|^@")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}")  # a site that signs with its address names nobody
_CUT = re.compile(
    r"\s*(?:[|•·]|\s[–—-]\s|\bam \d|\bon (?:mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|\d{1,2}\. ?(?:\d|[A-Z])|\d{4}|, ?\d).*",
    re.I | re.S,
)


def byline_of(tree: Any, page: Declared, body: str) -> str | None:
    """The writers' names as the page gives them, joined by commas; None when it names nobody."""
    signed = _signed(body)
    if signed:
        return signed
    given = [_clean(n) for n in page.names("author")]
    names = [n for n in dict.fromkeys(given) if n]
    said = ", ".join(names[:8]) or next((n for v in page.of("byline") if (n := _clean(v))), None)
    if said is None:
        said = _twitter_label(page)
    if said and (" " in said or "." in said):
        return said
    shown = _shown(tree)
    if said:  # a first name or a handle: the page may show more of it
        fuller = [n for n in shown if n.lower().startswith(said.lower() + " ") and n.count(" ") < 4]
        return fuller[0] if fuller else said
    return shown[0] if shown else _labelled(tree, body)


def _twitter_label(page: Declared) -> str | None:
    for number in ("1", "2"):
        label = " ".join(page.meta.get(f"twitter:label{number}", [])).lower().rstrip(":")
        if label and _label_words().fullmatch(label):
            return next((n for v in page.meta.get(f"twitter:data{number}", []) if (n := _clean(v))), None)
    return None


def _shown(tree: Any) -> list[str]:
    """Names in the elements that are marked as the writer's, outside comments and sidebars."""
    found: list[str] = []
    for path in _paths():
        for element in path(tree)[:12]:
            inner = element.xpath(".//*[@itemprop='name' or contains(@class,'name')]")
            for part in [*inner[:2], element]:
                text = part.get("content") or "".join(part.itertext()) if len(part) < 30 else ""
                name = _clean(text[:300])
                if name and name not in found:
                    found.append(name)
                    break
        if found:
            break
    return found


def _signed(body: str) -> str | None:
    """The name in a line of its own at the head of the article ("By …"): it outranks the account that posted it."""
    for line in [line.strip() for line in body[:1500].split("\n") if line.strip()][:4]:
        m = _labels().match(line) if len(line) < 90 else None
        name = _clean(m.group("name")) if m else None
        if name and _capital(name) and " " in name and line[-1] not in ".!?:":
            return name
    return None


def _labelled(tree: Any, body: str) -> str | None:
    """A name after "By", "Von", "Autor:" in a short text, or in the article's last lines."""
    texts = [t for t in _texts()(tree)[:3000] if len(t) < 200]
    for n, text in enumerate(texts):
        said = " ".join(text.split())
        m = _labels().match(said)
        if (
            m is None
            and _label_words().fullmatch(said.rstrip(" :"))
            and said[-1:] == ":"
            and n + 1 < len(texts)
        ):
            m = _labels().match(said + " " + " ".join(texts[n + 1].split()))
        name = _clean(m.group("name")) if m and len(said) < 90 else None
        if name and _capital(name):
            return name
    for line in [line.strip() for line in body.split("\n") if line.strip()][-3:]:
        m = _labels().match(line) if len(line) < 90 else None
        name = _clean(m.group("name")) if m else None
        if name and _capital(name):
            return name
    return None


def _capital(name: str) -> bool:
    return (
        all(w[0].isupper() or not w[0].isalpha() or len(w) < 4 for w in name.split()) and name.count(" ") < 6
    )


def _clean(value: str) -> str | None:
    """A name without its label, its date and its separators; None for what is no name."""
    text = line_of(value) or ""
    text = _labels().sub(lambda m: m.group("name"), text) if _labels().match(text) else text
    if _ADDRESS.search(text) or _HOST.fullmatch(text.strip()) or "?" in text:
        return None
    text = _CUT.sub("", text).strip(" ,;:|/–—-")
    if not 2 <= len(text) <= 120 or text.count(" ") > 14 or not any(c.isalpha() for c in text):
        return None
    return None if text.lower() in page_words()["none"]["byline"] else text


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    words = "|".join(page_words()["labels"]["byline"])
    return re.compile(rf"^[\s–—|-]*(?:{words})(?:\s*[:：]\s*|\s+)(?P<name>\S.*)$", re.I | re.S)


@lru_cache(maxsize=1)
def _label_words() -> re.Pattern[str]:
    return re.compile("|".join(page_words()["labels"]["byline"]), re.I)


@lru_cache(maxsize=1)
def _paths() -> tuple[Any, ...]:
    from lxml.etree import XPath

    return tuple(XPath(p) for p in _WRITERS)


@lru_cache(maxsize=1)
def _texts() -> Any:
    from lxml.etree import XPath

    return XPath(
        f"//body//text()[not(parent::script) and not(parent::style) and normalize-space(.)][not({_ASIDE})]"
    )
