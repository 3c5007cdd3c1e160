"""Attributions that close a sentence ("…, the head of the board told the paper on Friday") where the parser lost them."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import verbs
from twosource.annotate.statements.phrases import cue_words
from twosource.annotate.statements.tree import Tree
from twosource.model import Span

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"DET", "PROPN", "NOUN", "ADJ", "NUM", "PART", "PRON"})
_LINKS = frozenset({"of", "for", "at", "with", "in", "and"})
_AFTER = frozenset("on in at to during after by through via early late earlier later".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_LONGEST = 16  # words of a source
_TAIL = 12  # words after the cue
_LEAST = 3  # words of a content


def closing_drafts(tree: Tree, number: int, quoted: frozenset[int], done: Sequence[Draft]) -> list[Draft]:
    """The drafts of one sentence with those put right whose cue closes it.

    A clause, a comma, a noun phrase and a verb of saying with nothing but an audience and a time after it: all
    that stands before the comma is what is said, whatever tree the parser made of it.
    """
    if quoted:
        return list(done)
    found = list(done)
    for v, word in enumerate(tree.words):
        frame = verbs().get(word.lemma.lower())
        if word.tag not in {"VBD", "VBZ"} or frame is None or "clause" not in frame.takes or not frame.heard:
            continue
        at = _source(tree, v)
        told = _told(tree, v) if "object" in frame.to else []
        if at is None or not _closes(tree, max([v, *told])):
            continue
        start, head = at
        opening = next((i for i in range(start) if not tree.is_mark(i)), 0)
        content = tree.spans(range(opening, start - 1))
        own = next((d for d in found if d.verb == v), None)
        if not _says(tree, start - 1) or (own is not None and _size(own.content) >= _size(content)):
            continue
        if any(
            d.verb is not None and d.verb < start and not _held(tree, d, own) and not _shared(d, own)
            for d in found
        ):
            continue  # somebody else already says a part of it
        subject = tuple(i for i in range(start, v) if i < v - 1 or not tree.is_stop(i))
        draft = Draft(
            number, content, tree.spans(cue_words(tree, v)), tree.spans(subject), "tail", v, subject, head, tuple(told), frame
        )  # fmt: skip
        found = [d for d in found if d is not own]
        found.append(draft)
    return found


def _source(tree: Tree, v: int) -> tuple[int, int] | None:
    """Where the noun phrase before the cue begins, right after a comma, and its head; None where there is none."""
    end = v
    name = None
    if tree.low(v - 1) == "," and v > 2:
        first = v - 2
        while first > 0 and tree.words[first].pos == "PROPN":
            first -= 1
        if first == v - 2 or tree.low(first) != ",":
            return None
        name, end = v - 2, first
    start = end
    while start > 0 and end - start < _LONGEST:
        word = tree.words[start - 1]
        if word.pos not in _NOMINAL and word.text.lower() not in _LINKS:
            break
        start -= 1
    if start == end or start < _LEAST or tree.low(start - 1) != ",":
        return None
    core = next((i for i in range(start, end) if tree.words[i].pos == "ADP" and i > start), end)
    heads = [i for i in range(start, core) if tree.words[i].pos in {"PROPN", "NOUN"}]
    return (start, name if name is not None else heads[-1]) if heads else None


def _told(tree: Tree, v: int) -> list[int]:
    """The words right after the cue that name to whom it was said."""
    row = []
    for i in range(v + 1, min(v + 1 + _TAIL, len(tree.words))):
        if tree.words[i].pos not in _NOMINAL or tree.low(i) in _DAYS:
            break
        row.append(i)
    return row


def _closes(tree: Tree, last: int) -> bool:
    """Whether nothing but a time or an occasion follows, to the end of the sentence or to ", and" with a new clause."""
    after = [i for i in range(last + 1, len(tree.words)) if not tree.is_mark(i)]
    if not after or not tree.words[after[0]].text[0].isalnum():
        return all(not tree.words[i].text[0].isalnum() for i in after)
    if tree.low(after[0]) not in _AFTER | _DAYS:
        return False
    for n, i in enumerate(after):
        if tree.low(i) == ",":
            return n + 1 < len(after) and tree.words[after[n + 1]].pos == "CCONJ"
        if tree.words[i].tag.startswith("VB") or n > _TAIL:
            return False
    return True


def _says(tree: Tree, end: int) -> bool:
    """Whether the words up to there are a clause: something nominal before something finite."""
    verb = next(
        (i for i in range(end) if tree.words[i].tag in _FINITE or tree.words[i].tag == "VBN"),
        None,
    )
    first = tree.words[0]
    return (
        verb is not None
        and end >= _LEAST
        and first.pos not in {"SCONJ", "ADP", "VERB", "CCONJ"}
        and first.tag != "WRB"
        and any(tree.words[i].pos in {"NOUN", "PROPN", "PRON", "NUM"} for i in range(verb))
    )


def _size(content: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in content)


def _shared(d: Draft, own: Draft | None) -> bool:
    """Whether the parser gave the closing cue what an earlier one says: then it closes over that one too."""
    return (
        own is not None
        and bool(own.content)
        and all(any(c.overlaps(x) for c in d.content) for x in own.content)
    )


def _held(tree: Tree, d: Draft, own: Draft | None) -> bool:
    """Whether another cue stands inside what the closing one was already found to say."""
    assert d.verb is not None
    return own is not None and any(s.holds(tree.words[d.verb].span) for s in own.content)
