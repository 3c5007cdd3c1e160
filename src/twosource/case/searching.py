"""Search as a case may answer it: nothing is found by what is withheld, and nothing of it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Connection

from twosource.case.likening import like
from twosource.case.withholding import mask, policy
from twosource.redact import Mask
from twosource.redact.mask import BLOCK
from twosource.store import Store, evidence
from twosource.store.decisions import history, in_force
from twosource.store.folding import folded
from twosource.store.search import MOST, Filters, Hit, search
from twosource.store.wording import wordings

ALIKE = 0.85  # Jaro-Winkler, from which a word that can be seen is another spelling of the one typed
_TERM = re.compile(r'(?<!\S)-(?:"[^"]*"|\S+)')
_WORD = re.compile(r"\w+")


def look(
    store: Store, asked: str, filters: Filters | None = None, most: int = MOST, *, unredacted: bool = False
) -> list[Hit]:
    """The results of a search, with what the case withholds covered.

    A question that names what is withheld, in its words or its filters, finds nothing; nor is a result shown whose words that
    can be seen don't hold what was typed. Raises UsageError when there is no word to look for.
    """
    filters = filters or Filters()
    with store.reads() as c:
        log = in_force(history(c))
        if unredacted or not policy(log):
            return search(c, asked, filters, most)
        cover = mask(c, log)
        hits = search(c, asked, filters, most)
        typed = (asked, filters.outlet, filters.actor, filters.place)
        if any(cover.hides(t) for t in typed if t):
            return []
        words = [folded(w) for w in _WORD.findall(_TERM.sub(" ", asked))]
        whole = _whole(c, hits)
        return [_covered(h, cover) for h in hits if _seen(words, cover.text(whole[h.noun, h.id]))]


def near(
    store: Store, asked: str, filters: Filters | None = None, most: int = MOST, *, unredacted: bool = False
) -> list[Hit]:
    """What is nearest in meaning to a report, a claim or a text, with what the case withholds covered.

    A text that names what is withheld finds nothing. Raises UsageError when there is nothing to be near to.
    """
    filters = filters or Filters()
    with store.reads() as c:
        log = in_force(history(c))
        cover = None if unredacted or not policy(log) else mask(c, log)
    typed = (asked, filters.outlet, filters.actor, filters.place)
    if cover is not None and any(cover.hides(t) for t in typed if t):
        return []
    hits = like(store, asked, filters, most)
    return hits if cover is None else [_covered(h, cover) for h in hits]


def _whole(c: Connection, hits: list[Hit]) -> Mapping[tuple[str, str], str]:
    """All words of each result."""
    ids = [h.id for h in hits if h.noun == "report"]
    reports = evidence.fetch(c, sorted(evidence.numbers_of(c, ids).values())).values()
    said = wordings(c, [h.id for h in hits if h.noun != "report"])
    texts = {("report", r.id): f"{r.title or ''}\n{r.text}" for r in reports}
    return {(h.noun, h.id): texts.get((h.noun, h.id)) or f"{said.get(h.id, '')}\n{h.title}" for h in hits}


def _seen(words: list[str], text: str) -> bool:
    """Whether every word that was typed stands in what can be seen, in some ending or spelling."""
    there = {folded(w) for w in _WORD.findall(text)}
    return all(
        any(t.startswith(w[: max(4, len(w) - 2)]) or JaroWinkler.similarity(t, w) >= ALIKE for t in there)
        for w in words
    )


def _covered(hit: Hit, cover: Mask) -> Hit:
    snippet = cover.text(hit.snippet)
    marks = tuple((s, e) for s, e in hit.marks if BLOCK not in snippet[s:e])
    return replace(hit, title=cover.text(hit.title), snippet=snippet, marks=marks)
