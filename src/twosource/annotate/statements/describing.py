"""What the noun phrase that stands for a source says by itself: its words, the body or author that it names."""

from __future__ import annotations

import re

from twosource.annotate.statements.cast import Cast
from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import sources, verbs
from twosource.annotate.statements.tree import Tree, runs

_ACRONYM = re.compile(r"(?:[^\n()]{0,30}?)?\(?\(([A-Z][A-Z.]{1,8})\)")
_WRITTEN = frozenset({"send", "write", "sign", "file", "issue", "post", "release"})


def core_words(tree: Tree, head: int, words: list[int]) -> list[int]:
    """The noun phrase without relative clauses and appositions."""
    drop = {
        i
        for c in words
        if tree.words[c].dep in {"relcl", "appos", "acl", "advcl"} and c > head
        for i in tree.below(c)
    }
    row = [i for i in words if i not in drop]
    row = [i for i in row if not (tree.is_stop(i) and i > head)] if row else row
    return next((r for r in runs(row) if head in r), [head])


def without_article(name: str) -> str:
    """A noun phrase without its leading article."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in {"the", "a", "an", "this", "that", "these", "those"} else name


def unnamed(bare: str) -> str | None:
    """A description marked as of somebody without a name: "unnamed official"."""
    bare = bare.removeprefix("one ").removeprefix("One ").rstrip(" (")
    if not bare:
        return None
    if bare.startswith("of "):
        return f"one {bare}"  # "one of her aunts"
    return bare if bare.lower().split()[0] in {"unnamed", "anonymous", "unidentified"} else f"unnamed {bare}"


def shortened(cast: Cast, tree: Tree, head: int, core: list[int], bare: str) -> str:
    """ "Official in the Ministry of Works (MOW)" as "MOW official", where the text gives the body's short form."""
    for p in tree.kids(head, "prep"):
        body = tree.kid(p, "pobj")
        if p not in core or body is None or tree.low(p) not in {"in", "of", "from", "with", "at", "for"}:
            continue
        end = max((i for i in tree.below(body) if i in core), default=body)
        short = _ACRONYM.match(cast.text, tree.words[end].span.end)
        if short is not None:
            before = without_article(tree.string(i for i in core if i < p)).split()[:-1]
            return " ".join([*before, short.group(1), tree.low(head)])
    if tree.words[core[0]].tag == "PRP$":
        return tree.string(i for i in core if i > core[0])
    return bare


def two_in_one(tree: Tree, draft: Draft) -> list[str]:
    """ "A former and a current official": two people under one noun, each described on their own."""
    assert draft.head is not None
    head = draft.head
    articles = [i for i in draft.subject if i < head and tree.low(i) in {"a", "an"}]
    if (
        tree.words[head].tag != "NN"
        or len(articles) != 2
        or tree.lemma(head) not in sources().person | sources().anonymous
    ):
        return []
    first, second = articles
    joint = next((i for i in range(first, second) if tree.low(i) == "and" and i == second - 1), None)
    if joint is None or not all(
        tree.words[i].pos in {"ADJ", "VERB", "NOUN"} for i in range(first + 1, joint)
    ):
        return []
    shared = range(second + 1, head + 1)
    own = next((n for n, i in enumerate(shared) if tree.words[i].pos != "ADJ"), 0)
    rest = tree.string(list(shared)[own:])
    return [f"{tree.string(range(first + 1, joint))} {rest}", tree.string(shared)]


def force_of(tree: Tree, head: int) -> str:
    """ "Police in Hartfield" by the name that the force goes by: "Hartfield police"."""
    for p in tree.kids(head, "prep"):
        place = tree.kid(p, "pobj")
        if tree.low(p) in {"in", "of"} and place is not None and tree.words[place].pos == "PROPN":
            row = [i for i in tree.below(place) if i <= place and tree.words[i].pos == "PROPN"]
            return f"{tree.string(row)} police"
    return ""


def of_many(tree: Tree, head: int) -> int | None:
    """Those of whom a number speaks: the officials of "two of the officials"."""
    if tree.words[head].pos != "NUM" or tree.low(head) == "one":
        return None
    of = next((p for p in tree.kids(head, "prep") if tree.low(p) == "of"), None)
    whom = tree.kid(of, "pobj") if of is not None else None
    return whom if whom is not None and tree.words[whom].tag in {"NNS", "NNPS"} else None


def author_of(tree: Tree, head: int) -> int | None:
    """Who a document is from: "a statement by the ministry", "reports from former sailors"."""
    sent = [head, *(k for k in tree.kids(head, "acl") if tree.lemma(k) in _WRITTEN)]
    by = next((p for k in sent for p in tree.kids(k, "prep", "agent") if tree.low(p) in {"from", "by"}), None)
    author = tree.kid(by, "pobj") if by is not None else None
    return author if author is not None and tree.words[author].pos != "NUM" else None  # "a guide from 1998"


def body_behind(cast: Cast, tree: Tree, head: int, core: list[int]) -> str | None:
    """The body whose officials speak, where its name stands right before them."""
    m = cast.at(tree.words[head - 1].span) if head - 1 in core else None
    return m.name if m is not None and m.form == "name" and m.kind == "organisation" else None


def speaks(tree: Tree, head: int) -> bool:
    """Whether a noun is the subject of plain saying, which only people do: "the bellringer said"."""
    frame = verbs().get(tree.lemma(tree.words[head].head))
    return frame is not None and bool(frame.spoken & {"say", "tell"}) and tree.words[head].dep == "nsubj"
