"""Web pages: the main text by trafilatura; title, byline, outlet, address, language and dates by what the page says."""

from __future__ import annotations

import hashlib
import logging
import re
from functools import lru_cache
from typing import Any

from twosource.errors import ReportRefused
from twosource.model import Report
from twosource.read.bylines import byline_of
from twosource.read.dates import instant
from twosource.read.declared import Declared, declared
from twosource.read.decode import decode, whole
from twosource.read.fields import line_of
from twosource.read.stamps import modified_of, published_of, until

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_TITLE_END = re.compile(r"\s+[|–—»·•-]\s+[^|–—»·•]{2,60}$")


def report_of_page(
    data: bytes, name: str, *, url: str | None = None, encoding: str | None = None, seen: str | None = None
) -> Report:
    """The report that a page carries; raises ReportRefused when it has no main text.

    A page cannot be of a later day than the one on which it was seen: such a date is unknown.
    """
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = load_html(decode(data, encoding))
    if tree is None:
        raise ReportRefused(name, "a page with nothing in it that can be read")
    found: Any = bare_extraction(tree, url=url, with_metadata=False, include_comments=False)
    text = whole(found.text or "") if found is not None else ""
    if not text.strip():
        raise ReportRefused(name, "a page without main text: save the article itself, or give its text")
    page = declared(tree)
    where = _address(tree, page) or url
    return Report(
        id="",
        text=text,
        title=_title(tree, page),
        byline=byline_of(tree, page, text),
        outlet=_outlet(tree, page, where),
        published=until(published_of(tree, page, where, text), seen),
        modified=until(modified_of(tree, page), seen),
        url=where,
        language=line_of(tree.get("lang") or " ".join(page.meta.get("og:locale", [])[:1])),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/html",
        original=name,
        retrieved=instant(seen),
    )


def _title(tree: Any, page: Declared) -> str | None:
    headline = page.article.get("headline")
    for value in [headline if isinstance(headline, str) else None, *page.of("title")]:
        if line_of(value):
            return line_of(value)
    heads = tree.xpath("//h1[normalize-space(.)]")
    if len(heads) == 1:
        return line_of("".join(heads[0].itertext()))
    title = line_of(" ".join(tree.xpath("//head/title//text()")[:3]))
    return _TITLE_END.sub("", title) if title else None


def _outlet(tree: Any, page: Declared, url: str | None) -> str | None:
    for value in [*page.meta.get("og:site_name", []), *page.names("publisher"), *page.of("outlet")]:
        name = line_of(value)
        if name and not name.startswith("http") and len(name) <= 100:
            return name.removeprefix("@")
    head = line_of(" ".join(tree.xpath("//head/title//text()")[:3])) or ""
    end = _TITLE_END.search(head)
    if end and _title(tree, page) == head[: end.start()].strip():
        return end.group().strip(" |–—»·•-")
    m = re.match(r"https?://(?:www\d?\.)?([\w.-]+)", url or "")
    return m.group(1).lower() if m else None


def _address(tree: Any, page: Declared) -> str | None:
    """The canonical address, where it is a whole one."""
    links = [e.get("href") or "" for e in tree.xpath("//link[@rel='canonical'][@href]")[:2]]
    for value in [*links, *page.of("url")]:
        address = line_of(value)
        if address and re.match(r"https?://[\w.-]+/?", address):
            return address
    return None


def plain(html: str) -> str:
    """The text of a piece of HTML (a feed's entry, a mail's body), a blank line between its paragraphs."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fromstring(f"<div>{html}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _blocks():
            parts.append("\n")
        said = (element.text if isinstance(element.tag, str) else None) if event == "start" else element.tail
        parts.append(said or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    text = "\n\n".join(line for line in lines if line)
    # The parser gives nothing for elements nested without end; their text is still there.
    return whole(text or " ".join(_TAG.sub(" ", html).split()))


@lru_cache(maxsize=1)
def _blocks() -> frozenset[str]:
    return frozenset(
        "p div br h1 h2 h3 h4 h5 h6 li ul ol table tr td th blockquote section article header footer figure figcaption pre hr dl dt dd".split()
    )
