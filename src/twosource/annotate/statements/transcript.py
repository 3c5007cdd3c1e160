"""Transcripts: paragraphs that open with a speaker's name and a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.quoted import Block
from twosource.model import Span

_CAPITALS = re.compile(
    r"[\"“]?((?!HTTP|NOTE|UPDATE|WATCH|READ|PHOTO|VIDEO|CLICK|BREAKING)[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(:)\s+(?=\S)"
)
_LEAST = 2  # paragraphs that must open so: one is a headline or a label


def transcript_drafts(blocks: Sequence[Block]) -> dict[int, Draft]:
    """For each paragraph of a transcript, by its number, who says the rest of it."""
    found = {n: m for n, b in enumerate(blocks) if (m := _CAPITALS.match(b.text)) is not None}
    if len(found) < _LEAST:
        return {}
    return {n: draft for n, m in found.items() if (draft := _draft(blocks[n], m)) is not None}


# A post that a page shows whole: its words, its picture's address, who posted it and when.
_POST = re.compile(
    r"(?P<words>\S[^\n]{3,600}?)(?: (?:pic\.twitter\.com|https?://t\.co)/\w+){0,4} ?[—–-]{1,2} ?(?P<who>[A-Z][^\n@(){}]{1,40}?) \(@\w{2,30}\) "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)


def post_drafts(blocks: Sequence[Block]) -> dict[int, Draft]:
    """For each paragraph that is a post shown whole, by its number, who posted it."""
    found = {}
    for n, block in enumerate(blocks):
        m = _POST.fullmatch(block.text.strip()) if "(@" in block.text and len(block.text) < 900 else None
        if m is None or not block.trees:
            continue
        at = block.span.start + len(block.text) - len(block.text.lstrip())
        source = Span(at + m.start("who"), at + m.end("who"))
        tree = next((t for t in block.trees if t.sentence.span.holds(source)), None)
        subject = tuple(i for i, w in enumerate(tree.words) if source.holds(w.span)) if tree else ()
        if tree is not None and subject:
            content = (Span(at + m.start("words"), at + m.end("words")),)
            number = block.first + block.trees.index(tree)
            found[n] = Draft(number, content, (), (source,), "colon", None, subject, subject[-1])
    return found


def _draft(block: Block, m: re.Match[str]) -> Draft | None:
    at = block.span.start
    source, cue = Span(at + m.start(1), at + m.end(1)), Span(at + m.start(2), at + m.end(2))
    tree = block.trees[0]
    subject = tuple(i for i, w in enumerate(tree.words) if source.holds(w.span))
    if not subject or at + m.end() >= block.span.end:
        return None
    content = (Span(at + m.end(), block.trees[-1].sentence.span.end),)
    if content[0].end <= content[0].start:
        return None
    return Draft(block.first, content, (cue,), (source,), "colon", None, subject, subject[-1])
