"""Attributions that stand beside what they attribute: "…, police said", "according to", "as he put it"."""

from __future__ import annotations

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import sources, verbs
from twosource.annotate.statements.phrases import addressee, cue_words, negated, noun_phrase, subject_of
from twosource.annotate.statements.quoted import according_draft
from twosource.annotate.statements.saying import CHARGES
from twosource.annotate.statements.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_COMMAS = frozenset({",", "—", "–", "--"})
_VIEWS = frozenset(
    {"view", "opinion", "words", "word", "estimation", "telling", "judgment", "judgement", "account"}
)
_OCCASION = 8  # words
_LEAST = 3  # words of a clause
_TURNS = frozenset({"but", "while", "although", "though", "whereas", "yet"})
_JOINERS = frozenset(
    {"but", "and", "while", "although", "though", "whereas", "as", "which", "so", "however", "yet"}
)


def loose_drafts(tree: Tree, number: int, quoted: frozenset[int], done: list[Draft]) -> list[Draft]:
    """Parenthetical cues of one sentence that the syntax gave no content, in order."""
    found: list[Draft] = []
    busy = {d.verb for d in done if d.sentence == number}
    for i, word in enumerate(tree.words):
        if i in quoted or i in busy:
            continue
        if tree.low(i) == "according":
            draft = according_draft(tree, number, i, ())
            if draft is not None:
                found += _with_content(tree, draft, i, quoted, [*done, *found])
        elif tree.low(i) in {"per", "in"} and (draft := _in_view(tree, number, i)) is not None:
            found += _with_content(tree, draft, i, quoted, [*done, *found], [i, *tree.below(i)])
        elif word.tag.startswith("VB"):
            found += _parenthetical(tree, number, i, quoted, [*done, *found])
    return found


def _in_view(tree: Tree, number: int, p: int) -> Draft | None:
    """ "Per the by-laws", "in the union's view": what stands for "according to", right at the start or after a comma."""
    if p and tree.low(p - 1) not in _COMMAS:
        return None
    thing = tree.kid(p, "pobj")
    if thing is None:
        return None
    if tree.low(p) == "per":
        known = (
            tree.words[thing].pos == "PROPN"
            or tree.lemma(thing) in sources().document | sources().organisation
        )
        defined = tree.kid(thing, "det", "poss") is not None or tree.words[thing].pos == "PROPN"
        row = noun_phrase(tree, thing, None) if known and defined else []
        return _according(tree, number, p, [p], row, thing) if row else None
    if tree.lemma(thing) not in _VIEWS:
        return None
    whose = tree.kid(thing, "poss")
    of = next((k for k in tree.kids(thing, "prep") if tree.low(k) == "of"), None)
    head = whose if whose is not None else tree.kid(of, "pobj") if of is not None else None
    if head is None or tree.low(head) in {"my", "our", "your", "its"}:
        return None
    row = [i for i in noun_phrase(tree, head, None) if tree.low(i) not in {"'s", "’s", "'", "’"}]
    return _according(tree, number, p, [i for i in tree.below(p) if i not in tree.below(head)], row, head)


def _according(tree: Tree, number: int, at: int, cue: list[int], source: list[int], head: int) -> Draft:
    return Draft(number, (), tree.spans(cue), tree.spans(source), "according", at, tuple(source), head)


def _parenthetical(tree: Tree, number: int, v: int, quoted: frozenset[int], done: list[Draft]) -> list[Draft]:
    """ "The ship sank, police said." where the parser hung the cue elsewhere; nothing but the source may stand with it."""
    put = (
        tree.lemma(v) == "put" and v + 1 < len(tree.words) and tree.low(v + 1) == "it"
    )  # "as the mayor put it"
    frame = verbs().get("say" if put else tree.lemma(v))
    if frame is None or "clause" not in frame.takes or tree.words[v].tag in {"VBG", "VB"}:
        return []
    if tree.kid(v, "auxpass", "nsubjpass") is not None:
        return []  # "…, whose aide was shot": nobody says it
    if tree.lemma(v) in CHARGES and v + 1 < len(tree.words) and tree.low(v + 1) in {"with", "of", "in"}:
        return []  # "…, the man charged with the theft is blind"
    head = subject_of(tree, v)
    if head is None or not (abs(head - v) <= 12 or head > v):
        return []
    source = noun_phrase(tree, head, v)
    told = addressee(tree, v, frame)
    group = sorted({*source, *cue_words(tree, v), *told, *((v + 1,) if put else ())})
    first, last = min(*source, v), max(*source, v + put)
    if put and not (first > 0 and tree.low(first - 1) == "as"):
        return []
    comma = first > 0 and tree.low(first - 1) in _COMMAS
    as_ = first > 0 and tree.low(first - 1) == "as"
    if not (comma or as_) or (not put and tree.kid(v, "dobj") is not None):
        return []
    last = _occasion(tree, v, last, group)
    following = tree.words[last + 1].text if last + 1 < len(tree.words) else "."
    if not (
        following in {".", ",", ";", "—", "–", "--"}
        or tree.words[last + 1].pos in {"ADP", "PROPN", "ADV", "NOUN", "SCONJ"}
    ):
        return []
    draft = Draft(
        number, (), tree.spans(cue_words(tree, v)), tree.spans(source), "tail", v, tuple(source), head, tuple(told), frame,
        negated(tree, v),
    )  # fmt: skip
    return _with_content(tree, draft, first - (1 if as_ else 0), quoted, done, group)


def _occasion(tree: Tree, v: int, last: int, group: list[int]) -> int:
    """The last word of the time and place of a saying that interrupts: ", Vale explained earlier in court, was …"."""
    for i in range(last + 1, min(last + 2 + _OCCASION, len(tree.words))):
        if tree.low(i) in _COMMAS:
            if i > last + 1 and not any(tree.words[k].pos == "VERB" for k in range(last + 1, i)):
                group += range(last + 1, i)
                return i - 1
            return last
        if not (tree.words[i].head == v or tree.words[i].head in range(last + 1, i + 8)):
            return last
    return last


def _with_content(
    tree: Tree,
    draft: Draft,
    at: int,
    quoted: frozenset[int],
    done: list[Draft],
    group: list[int] | None = None,
) -> list[Draft]:
    """The rest of the sentence (or of the clause between two cues) as content."""
    last = max((*draft.subject, at))
    ends = all(not tree.words[i].text[0].isalnum() for i in range(last + 1, len(tree.words)))
    whole = draft.how == "according" and ends and tree.low(at - 1) in _COMMAS
    used = {
        i
        for d in done
        if d.sentence == draft.sentence and d.verb is not None and not (whole and _before_content(tree, d))
        for i in (*d.subject, *d.told, d.verb)
    }
    own = set(group or (*draft.subject, at, at + 1))
    end = max(own)
    opens = draft.how == "according" and not any(tree.words[i].text[0].isalnum() for i in range(min(own)))
    if opens:
        used = set()  # "According to the paper, the mayor said …": the paper says that the mayor said so
    left = max((i for i in used if i < at), default=-1) + 1
    right = min((i for i in used if i > end), default=len(tree.words))
    governor = (
        None
        if whole or opens
        else next(
            (d for d in done if d.sentence == draft.sentence and d.how == "clause" and _covers(tree, d, at)),
            None,
        )
    )
    before = [i for i in range(left, at) if i not in own]
    after = [i for i in range(end + 1, right) if i not in own]
    while before and (
        tree.is_stop(before[0]) or (tree.low(before[0]) in _JOINERS and governor is None and left)
    ):
        before = before[1:]
    joint = min(own) - 1
    if draft.how == "according" and left <= joint < at and tree.low(joint) in _TURNS and len(after) >= _LEAST:
        before = []  # "…, but according to the board no such licence exists"
    if draft.how == "tail" and tree.low(at) == "as" and _ends(tree, end, right):
        before = _nearest_clause(tree, before)
    if governor is not None:
        before = [i for i in before if _inside(tree, governor, i)]
        after = [i for i in after if _inside(tree, governor, i)]
    finite = any(tree.words[i].tag in _FINITE for i in before) or draft.how == "according"
    if not finite and not (after and tree.is_stop(after[0])):
        return []  # "On Monday, Vale groused"
    if sum(tree.words[i].text[0].isalnum() for i in before) >= 3:
        rest = _resumes(tree, before, after)
        if (
            rest
            and not any(tree.words[i].pos in {"VERB", "AUX"} for i in rest)
            and tree.words[rest[-1]].pos == "SCONJ"
        ):
            rest = [
                i for i in range(rest[0], len(tree.words)) if i not in own
            ]  # ", said Vale, since most people think …"
        content = [*before, *rest]
    elif len(after) >= 3:
        content = [*before, *after] if before else after
    else:
        content = before
    content = [i for i in content if opens or i not in quoted]
    spans = tree.spans(content)
    if not spans or sum(1 for i in content if tree.words[i].text[0].isalnum()) < 2:
        return []
    return [Draft(**{**{f: getattr(draft, f) for f in Draft.__slots__}, "content": spans})]


def _ends(tree: Tree, end: int, right: int) -> bool:
    """Whether nothing but marks stands between two words."""
    return all(not tree.words[i].text[0].isalnum() for i in range(end + 1, right))


def _nearest_clause(tree: Tree, before: list[int]) -> list[int]:
    """ "…, as Vale has said" takes the clause that ends there: of "doubts whether it fell" only that it fell."""
    last = next((i for i in reversed(before) if tree.words[i].text[0].isalnum()), None)
    if last is None:
        return before
    for i in before:
        marks = [k for k in tree.kids(i, "mark") if tree.low(k) in {"that", "whether", "if"}]
        below = tree.below(i)
        if (
            marks
            and tree.words[i].dep in {"ccomp", "pcomp", "acl"}
            and below[0] > before[0]
            and last in below
        ):
            return [k for k in before if k in below and k > marks[0]]
    return before


def _before_content(tree: Tree, d: Draft) -> bool:
    """Whether a cue stands before what it attributes ("police said he fled"), so that it may itself be attributed."""
    return (
        d.verb is not None
        and bool(d.content)
        and tree.words[d.verb].span.start <= min(s.start for s in d.content)
    )


def _resumes(tree: Tree, before: list[int], after: list[int]) -> list[int]:
    """The words after a parenthesis that go on with the sentence it interrupts.

    ", she said, …" stands in the middle of what she said; ", she said, and …" or with no second comma it may be over.
    """
    unfinished = not any(tree.words[i].tag in _FINITE for i in before)
    inserted = len(after) > 1 and tree.low(after[0]) in _COMMAS and tree.low(after[1]) not in _JOINERS
    return after if unfinished or inserted else []


def _covers(tree: Tree, d: Draft, i: int) -> bool:
    return any(s.holds(tree.words[i].span) for s in d.content)


def _inside(tree: Tree, d: Draft, i: int) -> bool:
    return _covers(tree, d, i)
