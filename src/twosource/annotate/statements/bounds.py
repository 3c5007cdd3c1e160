"""Where what is said ends: the stretch that the parser made of it, put right at punctuation, joints and quotation marks."""

from __future__ import annotations

from twosource.annotate.statements.lexicon import verbs
from twosource.annotate.statements.tree import Tree

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ASIDES = frozenset({"though", "although", "while", "but", "whereas", "and"})
_TENSE = {"VBD": "past", "VBN": "past", "VBZ": "present", "VBP": "present", "VBG": "going on"}
_TIMES = frozenset("week weekend month year night morning afternoon evening".split())
_WHICH = frozenset({"this", "last", "next", "late", "early", "earlier", "later"})
_ROW = 12  # words from a joint to a quotation with which the speaker goes on
_BETWEEN = 6  # words between two quotations of one row


def bounded(tree: Tree, v: int, how: str, content: list[int]) -> list[int]:
    """The content with its ends put right: a second thing said by the same source is not part of it.

    The parser also cuts clauses short in the middle of a phrase; a clause ends at punctuation or before a joining word.
    """
    content = sorted(set(content))
    if not content or content[-1] < v:
        return content
    for i in content:
        if (
            (
                i - 1 in content
                and tree.words[i].dep == "conj"
                and _TENSE.get(tree.words[i].tag) == _TENSE.get(tree.words[v].tag, "")
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
    content = _after_time(tree, v, _until_participle(tree, v, content))
    aside = next((i for i in content if i > content[0] and _aside(tree, i)), None)
    if aside is not None and how == "clause":
        content = [k for k in content if k < aside]
    if how == "as":
        content = _without_occasion(tree, content)
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
        content = [*content, *range(content[-1] + 1, _end(tree, content[-1]) + 1)]
    return _whole(tree, v, content)


def _until_participle(tree: Tree, v: int, content: list[int]) -> list[int]:
    """ "Telling them that it was safe and pointing at the door": a participle goes on with the cue's, not with a finite verb."""
    if tree.words[v].tag != "VBG":
        return content
    for i in content:
        word = tree.words[i]
        if (
            word.tag == "VBG"
            and i - 1 in content
            and tree.low(i - 1) in {"and", "but"}
            and i > content[0] + 2
            and tree.quotation(i) is None
            and word.dep in {"conj", "ccomp", "advcl"}
            and tree.words[word.head].tag != "VBG"
            and tree.kid(i, "nsubj", "nsubjpass", "aux") is None
        ):
            return [k for k in content if k < i - 1]
    return content


def _end(tree: Tree, last: int) -> int:
    """The last word of the phrase that the parser cut short; what stands in quotation marks is never a boundary."""
    start = tree.quotation(last)
    while last + 1 < len(tree.words):
        held = tree.quotation(last + 1)
        if (held is None or (start is not None and last + 1 in start)) and _boundary(tree, last + 1):
            break
        last += 1
    return last


def _whole(tree: Tree, v: int, content: list[int]) -> list[int]:
    """The content with the quotations that it cuts, and with those that follow in one row ("“a liar” and “a bully”")."""
    content = _quotation_alone(tree, v, content)
    first, last = content[0], content[-1]
    opening, closing = tree.quotation(first), tree.quotation(last)
    if opening is not None and v not in opening and first > v:
        content = [*range(opening[0], first), *content]
    if closing is None:
        return _with_his_own(tree, v, content)
    if v in closing:
        return content
    end = closing[-1]
    while (following := _next_of_row(tree, end)) is not None:
        end = following[-1]
    if end > last and last > v:
        if end > closing[-1]:
            end = _end(tree, end)
        content = [*content, *range(last + 1, end + 1)]
    return content


def _with_his_own(tree: Tree, v: int, content: list[int]) -> list[int]:
    """ "Says she hopes to win, but she knows that “it will be close”": words in quotation marks are the speaker's too."""
    last = content[-1]
    if (
        last < v
        or last + 2 >= len(tree.words)
        or tree.words[last + 1 + (tree.low(last + 1) == ",")].pos != "CCONJ"
    ):
        return content
    for i in range(last + 1, min(last + 2 + _ROW, len(tree.words))):
        if (found := tree.quotation(i)) is not None:
            return [*content, *range(last + 1, found[-1] + 1)]
        word = tree.words[i]
        cue = tree.lemma(i) in verbs() and word.tag.startswith("VB")
        other = word.dep in {"nsubj", "nsubjpass"} and word.pos != "PRON"
        if cue or other or word.text in {";", ":", ".", "—", "–", "--"}:
            return content
    return content


def _quotation_alone(tree: Tree, v: int, content: list[int]) -> list[int]:
    """ "He said “we are done” and left": what goes on after the quotation with the cue's own subject is not said."""
    opening = tree.quotation(content[0])
    if opening is None or content[0] != opening[0] or v in opening:
        return content
    joint = opening[-1] + 1
    if (
        joint + 1 in content
        and tree.words[joint].pos == "CCONJ"
        and tree.words[joint + 1].tag == tree.words[v].tag
        and tree.kid(joint + 1, "nsubj", "nsubjpass") is None
    ):
        return [i for i in content if i < joint]
    return content


def _next_of_row(tree: Tree, end: int) -> range | None:
    """The next quotation of a row: after a few words among which nobody says or does anything."""
    for i in range(end + 1, min(end + 2 + _BETWEEN, len(tree.words))):
        if (found := tree.quotation(i)) is not None:
            return found if i > end + 1 else None
        word = tree.words[i]
        if word.text in {";", ":", ".", "—", "–", "--"} or word.tag in _FINITE or tree.lemma(i) in verbs():
            return None
    return None


def _without_occasion(tree: Tree, content: list[int]) -> list[int]:
    """ "Called it “a disgrace” on Monday during a rally": when and where somebody called it so is not what it was called."""
    for i in content:
        held = tree.quotation(i)
        if held is None or i != held[-1] or i + 1 not in content:
            continue
        after = i + 1
        if tree.low(after) in _DAYS | {"during"} or (
            tree.low(after) == "on" and tree.low(after + 1) in _DAYS
        ):
            return [k for k in content if k <= i]
    return content


def _after_time(tree: Tree, v: int, content: list[int]) -> list[int]:
    """The content without the time of the saying at its head: "said Monday the bridge was safe"."""
    n = 0
    while n < len(content) and tree.low(content[n]) in _WHICH:
        n += 1
    if len(content) < n + 4 or content[0] < v or tree.low(content[n]) not in (_TIMES if n else _DAYS):
        return content
    after = tree.words[content[n + 1]]
    if after.pos in {"VERB", "AUX"} or after.tag == "POS":
        return content
    return content[n + 1 :]


def _aside(tree: Tree, i: int) -> bool:
    """ "…, though the ministry denies it", "…, and residents say it shakes": somebody else who says something."""
    if tree.low(i) in _ASIDES and i + 1 < len(tree.words) and tree.low(i + 1) == "according":
        return tree.low(i - 1) in {",", "–", "—", "-", "--", ";"}
    if tree.low(i) not in _ASIDES or tree.low(i - 1) != ",":
        return False
    verb = (
        tree.words[i].head
        if tree.words[i].pos != "CCONJ"
        else next((c for c in tree.kids(tree.words[i].head, "conj") if c > i), i)
    )
    subject = tree.kid(verb, "nsubj")
    return (
        tree.lemma(verb) in verbs()
        and subject is not None
        and subject > i
        and tree.words[subject].pos != "PRON"
        and (
            tree.low(i) != "and" or (verbs()[tree.lemma(verb)].heard and tree.kid(verb, "ccomp") is not None)
        )
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
