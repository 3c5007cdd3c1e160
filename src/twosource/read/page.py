"""Web pages: the main text by trafilatura; title, byline, outlet, address, language and dates by what the page declares."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from typing import Any

from twosource.errors import ReportRefused
from twosource.model import Report
from twosource.read.decode import decode, whole
from twosource.read.fields import line_of
from twosource.read.items import Item
from twosource.settings import Settings


def read_page(item: Item, settings: Settings) -> Iterator[Report]:
    """One report from a page."""
    data = item.whole(settings.max_bytes)
    yield report_of_page(data, item.name, url=item.url, encoding=item.encoding)


def report_of_page(data: bytes, name: str, *, url: str | None = None, encoding: str | None = None) -> Report:
    """The report that a page carries; raises ReportRefused when it has no main text."""
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = load_html(decode(data, encoding))
    if tree is None:
        raise ReportRefused(name, "a page with nothing in it that can be read")
    found: Any = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": True},
    )
    text = whole(found.text or "") if found is not None else ""
    if not text.strip():
        raise ReportRefused(name, "a page without main text: save the article itself, or give its text")
    return Report(
        id="",
        text=text,
        title=line_of(found.title),
        byline=line_of(found.author),
        outlet=line_of(found.sitename),
        published=found.date,
        url=line_of(found.url) or url,
        language=line_of(found.language) or line_of(tree.get("lang")),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/html",
        original=name,
    )


def plain(html: str) -> str:
    """The text of a piece of HTML (a feed's entry, a mail's body), a blank line between its paragraphs."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.fromstring(f"<div>{html}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
    lines: list[str] = []
    _gather(tree, lines)
    return whole(
        "\n\n".join(line for line in (" ".join(part.split()) for part in "".join(lines).split("\n")) if line)
    )


_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "figure",
        "figcaption",
        "pre",
        "hr",
        "dl",
        "dt",
        "dd",
    ]
)


def _gather(tree: Any, lines: list[str]) -> None:
    """Text in document order with a line break around blocks, without recursion: pages nest without end."""
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            lines.append("\n" if block else "")
            lines.append(element.text or "" if isinstance(element.tag, str) else "")
        else:
            lines.append("\n" if block else "")
            lines.append(element.tail or "")
