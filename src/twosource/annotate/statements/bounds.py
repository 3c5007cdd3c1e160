"""Where what is said ends: the stretch that the parser made of it, put right at punctuation, joints and quotation marks."""

from __future__ import annotations

from twosource.annotate.statements.lexicon import verbs
from twosource.annotate.statements.tree import Tree

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())


def bounded(tree: Tree, v: int, how: str, content: list[int]) -> list[int]:
    """The content with its ends put right: a second thing said by the same source is not part of it.

    The parser also cuts clauses short in the middle of a phrase; a clause ends at punctuation or before a joining word.
    """
    if not content or content[-1] < v:
        return content
    for i in content:
        if (
            (
                i - 1 in content
                and tree.words[i].dep == "conj"
                and tree.words[i].tag == tree.words[v].tag != "VB"
                and tree.lemma(i) in verbs()
            )
            and tree.kid(i, "nsubj", "nsubjpass") is None
            and i > content[0] + 2
            and not _expected(tree, v, i)
        ):
            start = i - 1
            while start > content[0] and (
                tree.words[start].pos in {"CCONJ", "ADV", "AUX"} or tree.is_stop(start)
            ):
                start -= 1
            content = [k for k in content if k <= start]
            break
    if (
        content[0] == v + 1
        and len(content) > 3
        and tree.low(v + 1) in _DAYS
        and tree.words[v + 2].pos not in {"VERB", "AUX"}
    ):
        content = [i for i in content if i > v + 1]  # "said Monday the bridge was safe"
    aside = next((i for i in content if i > content[0] and _aside(tree, i)), None)
    if aside is not None and how == "clause":
        content = [k for k in content if k < aside]
    if how in {"object", "prep"}:
        cut = next(
            (
                min(tree.below(c))
                for k in content
                for c in tree.kids(k, "relcl")
                if tree.low(min(tree.below(c)) - 1) == ","
            ),
            None,
        )
        content = [k for k in content if cut is None or k < cut]
    elif content[0] > v:
        last = content[-1]
        while last + 1 < len(tree.words) and not _boundary(tree, last + 1):
            last += 1
        content = [*content, *range(content[-1] + 1, last + 1)]
    return content


def _aside(tree: Tree, i: int) -> bool:
    """ "…, though the ministry denies it": a comma, a joining word, and somebody else who says something."""
    if tree.low(i) not in {"though", "although", "while", "but", "whereas"} or tree.low(i - 1) != ",":
        return False
    verb = (
        tree.words[i].head
        if tree.low(i) != "but"
        else next((c for c in tree.kids(tree.words[i].head, "conj") if c > i), i)
    )
    subject = tree.kid(verb, "nsubj")
    return (
        tree.lemma(verb) in verbs()
        and subject is not None
        and subject > i
        and tree.words[subject].pos != "PRON"
    )


def _expected(tree: Tree, v: int, i: int) -> bool:
    """Whether the coordinate verb belongs to another cue that is nearer, inside the content."""
    head = tree.words[i].head
    return tree.lemma(head) in verbs() and head != v and tree.kid(head, "ccomp") is not None and head > v


def _boundary(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    return (
        tree.is_stop(i)
        or word.pos in {"CCONJ", "SCONJ"}
        or word.text in {")", "]"}
        or tree.low(i)
        in {"after", "before", "during", "while", "when", "on", "in", "at", "as", "last", "late", "early"}
        or word.text.endswith("day")
    )
