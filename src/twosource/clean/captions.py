"""Captions, and the frames that picture galleries leave in a text.

A caption of one sentence that ends in a picture's credit is furniture as a whole. A gallery's captions may be all that
there is of an article, so only their frames are: "Image 3 of 9", the credit, and a sentence that is repeated.
"""

from __future__ import annotations

import re

from twosource.clean.rules import LONGEST
from twosource.model import Furniture, Span
from twosource.text import sentences

_COUNT = re.compile(r"(?:image|photo|slide|picture) \d{1,3} (?:of|/) ?/? ?\d{1,3}\b(?: caption close)?", re.I)
_CREDIT = re.compile(
    r"(?:(?:^|(?<=[\s)])|(?<=[.!?]))"
    r"(?:\| ?[^.!?|\n]{2,60}"
    r"|(?:photos?|photograph|image|picture|credit|courtesy)(?: by| credit| courtesy)?: ?(?:[^.!?\n]|(?<=\b\w)\.){2,80}"
    r"|\((?:image|photo|photos|picture|video|graphic|courtesy|credit|via)\b[^()\n]{2,80}\)"
    r"|\([A-Z][^()\n]{0,30} (?:file )?photo\b[^()\n]{0,60}\)"
    r"|\([A-Z][^()\n/]{2,40} ?/ ?[A-Z][^()\n]{2,40}\)"
    r"|© ?[^.!?\n]{2,60}))[\s.]*$",
    re.I,
)
_SLASHED = re.compile(r"\(?([A-Z][^()\n/]{2,40} / [A-Z][^()\n]{2,40}?)\)?[\s.]*$")
_TALK = re.compile(
    r"\b(?:said|says|told|according to|added|stated|announced|confirmed)\b|[\"“”«»]|``|''", re.I
)


WHOLE = "a line that ends in a picture's credit"


def frames(text: str, line: Span, *, whole: bool = True) -> list[Furniture]:
    """The furniture of a line that is a caption; nothing for any other line.

    Not `whole`: what a caption tells is kept, since there is little else in the report, and only its credit is marked.
    """
    said = line.of(text)
    if len(said) > 3 * LONGEST:
        return []
    count = _COUNT.match(said)
    credit = _credit_start(said)
    if count is None and credit is None:
        return []
    parts = sentences(text, line)
    repeated = [
        p for p in parts if _again(said, p.start - line.start, p.of(text), anywhere=count is not None)
    ]
    if whole and count is None and not repeated and credit is not None and _is_caption(said[:credit]):
        return [Furniture(line, "caption", WHOLE)]
    found = []
    if count:
        found.append(
            Furniture(Span(line.start, line.start + count.end()), "caption", "the frame of a picture gallery")
        )
    if credit is not None:
        head = _headed(said, credit)
        if head:
            found.append(
                Furniture(Span(line.start, line.start + head), "caption", "the title and credit of a picture")
            )
        found.append(Furniture(Span(line.start + credit, line.end), "credit", "a picture's credit"))
    taken = [f.span for f in found]
    why = "repeats the sentence right before it, as pages do for a picture and its caption"
    found += [Furniture(p, "caption", why) for p in repeated if not any(p.overlaps(t) for t in taken)]
    return sorted(found, key=lambda f: f.span.start)


def _credit_start(said: str) -> int | None:
    """Where the picture's credit at the end of a line begins; two credits in a row count as one."""
    tail_at = max(0, len(said) - 220)
    start = None
    end = len(said)
    for _ in range(3):
        m = _CREDIT.search(said[tail_at:end].rstrip())
        if m is None:
            break
        start = tail_at + m.start()
        end = start
    return start if start is None or said[start:].strip(" .|") else None


def _is_caption(caption: str) -> bool:
    """Whether what stands before the credit is at most one sentence in which nobody is quoted."""
    caption = caption.strip(" |")
    if caption.lower().startswith(("by ", "by:")):
        return False
    return len(caption) <= 400 and not _TALK.search(caption) and len(sentences(caption)) == 1


def _headed(said: str, credit: int) -> int:
    """Where a gallery item's title ends, when the credit at its end stands after the title too."""
    m = _SLASHED.search(said[credit:].split(") (")[0])
    at = said.find(m.group(1), 0, credit) if m else -1
    return at + len(m.group(1)) if m and 0 <= at <= 120 else 0


def _again(said: str, at: int, sentence: str, *, anywhere: bool) -> bool:
    """Whether a sentence has stood before in its line: right before, or in a gallery's line anywhere."""
    before = said[:at].rstrip()
    return len(sentence) > 20 and (sentence in before if anywhere else before.endswith(sentence))
