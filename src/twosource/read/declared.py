"""What a page declares about itself in JSON-LD (schema.org) and meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from twosource.read.written_dates import page_words

_ARTICLES = ("article", "posting", "report", "newsarticle", "review")
_NODES = 2_000  # of JSON-LD that are looked at
_SIZE = 2_000_000  # characters of one JSON-LD script

_VALUES = {
    key: re.compile(rf'"{key}"\s*:\s*"([^"\\]{{1,300}})"')
    for key in ("@type", "headline", "datePublished", "dateModified")
}
_WRITER = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]{0,300}?"name"\s*:\s*"([^"\\]{1,200})"')


@dataclass(frozen=True, slots=True)
class Declared:
    """The values declared, in the order of trust; every list may be empty."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    article: Mapping[str, Any] = field(default_factory=dict)  # the JSON-LD node of the article itself
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # JSON-LD nodes by @id

    def of(self, kind: str) -> list[str]:
        """The meta elements' values of one kind, the most trusted name first."""
        return [v for name in page_words()["meta"][kind] for v in self.meta.get(name, ())]

    def names(self, key: str) -> list[str]:
        """The names under one key of the article's JSON-LD node: of its authors, of its publisher."""
        return [n for value in _listed(self.article.get(key)) if (n := self._name(value))]

    def _name(self, value: object) -> str | None:
        if isinstance(value, str):
            return value
        if not isinstance(value, Mapping):
            return None
        known = self.nodes.get(str(value.get("@id")), {})
        name = value.get("name") or known.get("name")
        if isinstance(name, list):
            name = ", ".join(n for n in name if isinstance(n, str))
        return name if isinstance(name, str) else None


def declared(tree: Any) -> Declared:
    """What the page's head and scripts say."""
    meta: dict[str, list[str]] = {}
    for element in _xpath("//meta[@content]")(tree)[:400]:
        content = element.get("content").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and content:
                meta.setdefault(name.strip().lower(), []).append(content)
                break
    nodes = list(_nodes(tree))
    by_id = {str(n["@id"]): n for n in nodes if "@id" in n and "name" in n}
    return Declared(meta, _article(nodes, meta), by_id)


def _article(nodes: list[Mapping[str, Any]], meta: dict[str, list[str]]) -> Mapping[str, Any]:
    """The node of the page's own article: the one with the page's title, else the first that looks like one."""
    found = [n for n in nodes if _is_article(n)]
    titles = {t.strip() for t in meta.get("og:title", [])}
    for node in found:
        if isinstance(node.get("headline"), str) and node["headline"].strip() in titles:
            return node
    dated = [n for n in found if n.get("datePublished") or n.get("author")]
    return (dated or found or [n for n in nodes if n.get("datePublished")] or [{}])[0]


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = [k.lower() for k in _listed(node.get("@type")) if isinstance(k, str)]
    return any(k.endswith(_ARTICLES) for k in kinds)


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every JSON object in the page's JSON-LD scripts, outermost first."""
    waiting: list[Any] = []
    for script in _xpath("//script[contains(@type, 'ld+json')]")(tree)[:30]:
        text = script.text or ""
        if len(text) > _SIZE:
            continue
        try:
            waiting.append(
                json.loads(text.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
            )
        except RecursionError:
            continue
        except ValueError:
            waiting.append(_salvaged(text))
    seen = 0
    while waiting and seen < _NODES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting += value[:200]
        elif isinstance(value, dict):
            yield value
            waiting += [v for v in value.values() if isinstance(v, (dict, list))]


def _salvaged(text: str) -> dict[str, object]:
    """What can still be told from JSON-LD that is not JSON: the first of each value that matters."""
    found: dict[str, object] = {
        key: m.group(1) for key, pattern in _VALUES.items() if (m := pattern.search(text))
    }
    writer = _WRITER.search(text)
    if writer:
        found["author"] = writer.group(1)
    return found


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


@lru_cache(maxsize=32)
def _xpath(path: str) -> Any:
    from lxml.etree import XPath

    return XPath(path)
