"""What the report says in its own voice: the sentences, and the clauses beside attributions, that nobody else says."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.annotate.parse import Parsed
from twosource.annotate.statements.stance import narrated
from twosource.annotate.statements.tree import Tree, runs
from twosource.model import Span, Statement
from twosource.text import make_id

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LEADING_ON = frozenset({"TO", "WDT", "WP", "WRB", "WP$"})
_DASHES = frozenset({"—", "–", "―", "--", "-"})
_RELAYS = frozenset({"quote", "cite"})
_LEAST = 3  # words of a sentence; one more where it has no verb
_OCCASIONS = frozenset("when after before as if unless until since once".split())
_TAIL = 4  # words behind the last comma that are cut off with what they led on to
_OCCASION = 7  # words of a time or an occasion that may stand between a cue and the next clause
_LEAST_BESIDE = 6  # words of a clause beside an attribution


def narration(parsed: Parsed, trees: Sequence[Tree], said: Sequence[Statement]) -> list[Statement]:
    """The own-voice statements of a paragraph, given what others say in it."""
    sources = [x for s in said for x in s.source]
    taken = sorted(x for s in said for x in (*s.content, *s.cue, *s.source))
    found = []
    for tree in trees:
        here = [x for x in taken if x.overlaps(tree.sentence.span)]
        if not here:
            if _says_something(tree):
                found.append(_statement(parsed, tree.sentence.span))
            continue
        free = [i for i, w in enumerate(tree.words) if not any(x.overlaps(w.span) for x in here)]
        found += [
            _statement(parsed, span)
            for row in (_closed(tree, _whole(tree, _after_occasion(tree, r), sources)) for r in runs(free))
            if _is_fact(tree, row)
            for span in tree.spans(row)
        ]
    return found


def _says_something(tree: Tree) -> bool:
    """Whether a whole sentence is more than a label; one that ends in a dash is a dateline."""
    count = sum(w.text[0].isalnum() for w in tree.words)
    least = _LEAST if any(w.tag in _FINITE for w in tree.words) else _LEAST + 1
    return count >= least and tree.words[-1].text not in _DASHES


def _after_occasion(tree: Tree, row: list[int]) -> list[int]:
    """A clause without the time of the cue before it: "…, she said on Sunday, and officers searched the house"."""
    for n, i in enumerate(row[:_OCCASION]):
        if tree.words[i].tag in _FINITE:
            break
        if n and tree.low(i) == "," and row[0] > 0 and tree.words[min(i + 1, row[-1])].pos == "CCONJ":
            return row[n + 2 :]
    return row


def _whole(tree: Tree, row: list[int], sources: Sequence[Span]) -> list[int]:
    """A clause with the source that is its object ("got a call" saying …), without a "what" that leads to somebody's word."""
    what = next((i for i in row if tree.low(i) == "what"), None)
    if what is not None and not any(tree.words[i].tag in _FINITE for i in row if i > what):
        row = [i for i in row if i < what - (tree.words[what - 1].pos == "ADP")]
    if not row or tree.words[row[-1]].pos not in {"VERB", "ADP"} or row[-1] + 1 >= len(tree.words):
        return row
    if tree.lemma(row[-1]) in _RELAYS:
        return row
    after = row[-1] + 1
    source = next((x for x in sources if x.holds(tree.words[after].span)), None)
    if source is None:
        return row
    return [*row, *(i for i in range(after, len(tree.words)) if source.holds(tree.words[i].span))]


def _closed(tree: Tree, row: list[int]) -> list[int]:
    """A clause without the words that lead on to what another says: "the storm began at dawn, just hours after"."""
    end = len(row)
    while end and _leads_on(tree, row[end - 1], row):
        end -= 1
    if end in {0, len(row)}:
        return row
    tail = next((n for n in range(end - 1, max(0, end - _TAIL), -1) if tree.low(row[n]) == ","), end)
    return row[: min(end, tail)]


def _leads_on(tree: Tree, i: int, row: list[int]) -> bool:
    word = tree.words[i]
    if word.tag in _LEADING_ON or word.pos in {"CCONJ", "SCONJ", "DET"}:
        return True
    bare = word.dep == "prep" and not any(k in row for k in tree.children[i])
    return bare and i + 1 < len(tree.words) and not tree.is_mark(i + 1) and not tree.is_stop(i + 1)


def _is_fact(tree: Tree, row: list[int]) -> bool:
    """Whether a stretch beside an attribution says something: a finite verb with its subject, not only when or where."""
    if not row or sum(tree.words[i].text[0].isalnum() for i in row) < _LEAST_BESIDE:
        return False
    if tree.low(row[-1]) in {"that", "whether"}:
        return False  # only leads up to what somebody else says
    here = frozenset(row)
    return any(
        tree.words[i].tag in _FINITE
        and tree.words[i].pos in {"VERB", "AUX"}
        and any(k in row for k in _subjects(tree, i))
        and not _hangs(tree, i, here)
        for i in row
    )


def _hangs(tree: Tree, verb: int, here: frozenset[int]) -> bool:
    """Whether the clause that a verb is in says only when or on what condition something was that is told elsewhere."""
    seen: set[int] = set()
    while verb in here and verb not in seen:
        seen.add(verb)
        above = tree.words[verb].head
        if tree.words[verb].dep == "advcl" and above not in here:
            return any(k in here and tree.low(k) in _OCCASIONS for k in tree.children[verb] if k < verb)
        verb = above
    return False


def _subjects(tree: Tree, i: int) -> list[int]:
    own = tree.kids(i, "nsubj", "nsubjpass")
    return own or (
        tree.kids(tree.words[i].head, "nsubj", "nsubjpass") if tree.words[i].dep in {"aux", "auxpass"} else []
    )


def _statement(parsed: Parsed, span: Span) -> Statement:
    reading = narrated(parsed.article.text, span)
    report = parsed.article.id
    return Statement(
        make_id("s", report, (span,), "narration"), report, (span,), (), (), None, "reporter", None, None,
        reading.stance, reading.certainty, "narration", reading.register, negated=reading.negated, hedge=reading.hedge,
    )  # fmt: skip
