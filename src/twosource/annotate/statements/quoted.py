"""Direct speech: which quotation marks hold somebody's words, and whose, within one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import verbs
from twosource.annotate.statements.phrases import addressee, cue_words, negated, noun_phrase, subject_of
from twosource.annotate.statements.tree import Tree
from twosource.model import Span
from twosource.text import Quotation, words

_ENDINGS = ".,!?…;—–―-"
_DASHES = ("—", "–", "―")
_SIGNING = frozenset({"—", "–", "―", "--", "-"})
_NAMES = 10  # words of a signature
_BEFORE = '.!?:;,—–-…)]"”’'
# A closing mark was forgotten where the words that should follow it stand inside: "…, Ada Vale said".
_FORGOTTEN = re.compile(
    r", (?:(?:he|she|they)|(?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w’'-]*) (?:said|says|told|added|wrote|tweeted|posted)\b"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its stretch, the numbers and trees of its sentences, its quotations."""

    span: Span
    text: str
    first: int
    trees: tuple[Tree, ...]
    quotes: tuple[Quotation, ...]


def is_speech(text: str, block: Span, q: Quotation) -> bool:
    """Whether a quotation stands as a clause of its own; otherwise it is a fragment, a title or a nickname."""
    inner = q.inner.of(text).strip()
    count = len(words(inner))
    if count == 0:
        return False
    if q.continues or not q.closed:
        return count >= 3 and (q.closed or _FORGOTTEN.search(inner) is None)
    before = text[block.start : q.span.start].rstrip()
    after = text[q.span.end : block.end].lstrip()
    if before[-1:] in _DASHES and after[:1] in _DASHES and count <= 5 and inner[-1] not in _ENDINGS:
        return False  # a name between dashes
    starts = not before or before[-1] in _BEFORE or _ends_in_cue(before)
    ends = (
        inner[-1] in _ENDINGS
        or inner[-1] in "\"”’'"
        or not after
        or after[0] in ",.;:—–―-"
        or q.span.start == block.start
    )
    if not before and not after:
        return count >= 3 or inner[-1] in ".!?,"
    return (
        starts
        and ends
        and (
            count >= 2
            or (inner[-1] in ".,!?…" and inner[0].isupper() and (not before or before[-1] in ".,:"))
        )
    )


def _ends_in_cue(before: str) -> bool:
    last = before.rsplit(None, 1)[-1].lower()
    return last in {
        "said",
        "says",
        "saying",
        "say",
        "asked",
        "added",
        "replied",
        "wrote",
        "tweeted",
        "answered",
        "shouted",
    }


def quoted_drafts(text: str, block: Block) -> tuple[list[Draft], list[frozenset[int]]]:
    """The direct speech of a paragraph, and for each of its sentences the words that lie inside it."""
    speech = [q for q in block.quotes if is_speech(text, block.span, q)]
    inside = [
        frozenset(i for i, w in enumerate(t.words) if any(q.span.holds(w.span) for q in speech))
        for t in block.trees
    ]
    if not speech:
        return [], inside
    cues: list[Draft | None] = [_cue(text, block, inside, speech, n) for n in range(len(speech))]
    kept = [n for n, c in enumerate(cues) if c is not None or _stands_alone(text, block, speech[n])]
    dropped = [speech[n] for n in range(len(speech)) if n not in kept]
    if dropped:
        inside = [
            frozenset(i for i in row if not any(q.span.holds(t.words[i].span) for q in dropped))
            for row, t in zip(inside, block.trees, strict=True)
        ]
    return _joined(block, [(speech[n], cues[n]) for n in kept]), inside


def _stands_alone(text: str, block: Block, q: Quotation) -> bool:
    """Whether a quotation without a cue is a sentence of its own, so that it must be somebody's words."""
    before = text[block.span.start : q.span.start].rstrip()
    after = text[q.span.end : block.span.end].lstrip()
    inner = q.inner.of(text).strip()
    opens = not before or before[-1] in '.!?:"”’'
    closes = not after or (inner[-1] in ".!?…" and (after[0].isupper() or after[0] in '"“‘«'))
    return opens and (closes or not q.closed) and len(words(inner)) >= 3


def _joined(block: Block, found: list[tuple[Quotation, Draft | None]]) -> list[Draft]:
    """Each quotation with its own cue, or that of the one before it in the paragraph, else after it."""
    drafts: list[Draft] = []
    waiting: list[Span] = []
    for q, cue in found:
        if cue is None and drafts:
            drafts.append(replace(drafts[-1], content=(q.span,)))
        elif cue is None:
            waiting.append(q.span)
        else:
            drafts += [replace(cue, content=(span,)) for span in (*waiting, q.span)]
            waiting = []
    doer = doer_before(block, waiting[0].start) if waiting else None
    silent = doer or Draft(block.first, (), (), (), "quote", follows=True)
    return drafts + [replace(silent, content=(span,)) for span in waiting]


def doer_before(block: Block, at: int) -> Draft | None:
    """The subject of the sentence before a quotation that has no cue: "Vale shook his head. “No.”"."""
    before = [k for k, t in enumerate(block.trees) if t.sentence.span.end <= at]
    if not before:
        return None
    k = before[-1]
    tree = block.trees[k]
    root = next((i for i, w in enumerate(tree.words) if w.head == i and w.pos in {"VERB", "AUX"}), None)
    head = tree.kid(root, "nsubj") if root is not None else None
    if head is None or (tree.words[head].pos not in {"PROPN", "PRON"} and tree.words[head].tag != "NN"):
        return None
    if tree.low(head) in {"it", "this", "that", "i", "we", "you", "there", "they", "these", "those"}:
        return None
    source = noun_phrase(tree, head, root)
    return Draft(block.first + k, (), (), tree.spans(source), "quote", None, tuple(source), head)


# ------------------------------------------------------------------ whose words


def _cue(
    text: str, block: Block, inside: list[frozenset[int]], speech: Sequence[Quotation], n: int
) -> Draft | None:
    """The cue that stands beside a quotation in the same sentence: after it if it ends in a comma, else before it."""
    q = speech[n]
    later = speech[n + 1].span.start if n + 1 < len(speech) else block.span.end
    earlier = speech[n - 1].span.end if n else block.span.start
    after = _beside(block, inside, q.span.end, later, forward=True)
    before = _beside(block, inside, earlier, q.span.start, forward=False)
    stop = text[earlier : q.span.start].rstrip()[-1:]
    order = (
        [(before, False), (after, True)]
        if stop and stop in ":," and not _opens_sentence(text, q, block)
        else [(after, True), (before, False)]
    )
    for (k, stretch), forward in order:
        if stretch and (draft := _from_stretch(block, k, stretch, forward)) is not None:
            return draft
    return None


def _opens_sentence(text: str, q: Quotation, block: Block) -> bool:
    before = text[block.span.start : q.span.start].rstrip()
    return not before or before[-1] in ".!?"


def _beside(
    block: Block, inside: list[frozenset[int]], start: int, end: int, *, forward: bool
) -> tuple[int, list[int]]:
    """The sentence that touches the boundary and its words between the two offsets that are outside speech."""
    edge = start if forward else end
    for k, tree in enumerate(block.trees):
        s = tree.sentence.span
        row = [
            i
            for i, w in enumerate(tree.words)
            if start <= w.span.start and w.span.end <= end and i not in inside[k]
        ]
        touches = s.start < edge <= s.end if forward else s.start <= edge <= s.end + 2
        follows = forward and edge <= s.start <= edge + 1
        if row and (touches or (follows and (_tag_alone(tree, row) or tree.low(row[0]) in _SIGNING))):
            return k, row
    return 0, []


def _tag_alone(tree: Tree, row: list[int]) -> bool:
    """ "“Why?” Ada Vale asked.": a sentence to the splitter, but nothing more than a cue and its source."""
    verb = next((i for i in row if tree.words[i].tag in {"VBD", "VBZ"} and tree.lemma(i) in verbs()), None)
    return (
        verb is not None
        and len(row) == len(tree.words) <= 15
        and tree.kid(verb, "nsubj") is not None
        and tree.kid(verb, "ccomp", "xcomp", "dobj", "acomp", "attr") is None
    )


def _from_stretch(block: Block, k: int, stretch: list[int], forward: bool) -> Draft | None:
    tree = block.trees[k]
    known = verbs()
    cut = _until_clause_end(tree, stretch) if forward else stretch
    candidates = [
        i
        for i in cut
        if tree.words[i].tag.startswith("VB") and "quote" in getattr(known.get(tree.lemma(i)), "takes", ())
    ]
    candidates = [i for i in candidates if _speaks(tree, i)]
    candidates = [
        i for i in candidates if not tree.words[i].text[0].isupper()
    ] or candidates  # a man named Said
    if candidates:
        v = min(candidates) if forward else max(candidates)
        return _speaker(tree, block.first + k, v, cut, forward)
    according = next((i for i in cut if tree.low(i) == "according"), None)
    if according is not None:
        return according_draft(tree, block.first + k, according, ())
    verb = next((i for i in cut if tree.words[i].tag in {"VBD", "VBZ", "VBP"}), None) if forward else None
    if (
        verb is not None
        and verb - cut[0] <= 4
        and tree.kid(verb, "dobj", "attr", "acomp", "auxpass") is None
        and tree.kid(verb, "nsubj") in cut
    ):
        return _speaker(tree, block.first + k, verb, cut, forward)
    if not forward and tree.low(stretch[-1]) in {":", "—", "–"}:
        return _colon(tree, block.first + k, stretch)
    if forward and tree.low(stretch[0]) in _SIGNING and stretch[-1] == len(tree.words) - 1:
        return _signed(tree, block.first + k, stretch)
    return None


def _speaks(tree: Tree, i: int) -> bool:
    """Whether the verb's subject does the saying: not in "is believed to be", nor in "the prize goes to"."""
    if tree.kid(i, "auxpass", "nsubjpass") is not None:
        return False
    if tree.lemma(i) != "go":
        return True
    subject = tree.kid(i, "nsubj")
    return (
        subject is None
        or tree.words[subject].pos in {"PRON", "PROPN"}
        or any(tree.low(k) == "on" for k in tree.children[i])
    )


def _signed(tree: Tree, number: int, stretch: list[int]) -> Draft | None:
    """ "“…” — Ada Vale, Ellerton": a dash and a name to the end of the paragraph, as under a letter or a motto."""
    row = [i for i in stretch if not tree.is_stop(i)]
    if not row or len(row) > _NAMES or any(tree.words[i].pos in {"VERB", "AUX"} for i in row):
        return None
    if not tree.words[row[0]].text[0].isupper():
        return None
    name = next((n for n, i in enumerate(stretch) if n and tree.low(i) == ","), len(stretch))
    head = max((i for i in row if i < stretch[0] + name), default=row[-1])
    dash = tree.words[stretch[0]].span
    return Draft(number, (), (dash,), tree.spans(row), "quote", stretch[0], tuple(row), head)


def _until_clause_end(tree: Tree, stretch: list[int]) -> list[int]:
    """The words after a quotation up to a semicolon or colon."""
    for n, i in enumerate(stretch):
        if n and tree.words[i].text == ";":
            return stretch[:n]
    return stretch


def _speaker(tree: Tree, number: int, v: int, stretch: list[int], forward: bool) -> Draft:
    known = verbs().get(tree.lemma(v))
    head = subject_of(tree, v)
    if head is not None and head not in stretch and forward:
        head = None
    if head is None:
        head = _by_position(tree, v, stretch)
    told = [i for i in addressee(tree, v, known) if i in stretch] if known else []
    told = told if head not in told else []
    source = (
        [i for i in noun_phrase(tree, head, v) if i in stretch or not forward] if head is not None else []
    )
    source = [i for i in source if i not in told]
    return Draft(
        number, (), tree.spans(cue_words(tree, v)), tree.spans(source), "quote", v, tuple(source), head, tuple(told), known,
        negated(tree, v),
    )  # fmt: skip


def _by_position(tree: Tree, v: int, stretch: list[int]) -> int | None:
    """The head of the noun phrase right after the verb, or right before it, where the parse shows no subject."""
    after = [i for i in stretch if v < i <= v + 8]
    run: list[int] = []
    for i in after:
        if tree.words[i].pos in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"} or tree.low(i) in {"'s", "’s"}:
            run.append(i)
        else:
            break
    names = [i for i in run if tree.words[i].pos in {"PROPN", "NOUN", "PRON"}]
    if names and "object" not in getattr(verbs().get(tree.lemma(v)), "to", ()):
        return names[-1]
    opening = _before_aside(tree, v, stretch)
    if opening is not None:
        return opening
    before = [i for i in stretch if v - 6 <= i < v and tree.words[i].pos in {"PROPN", "NOUN", "PRON"}]
    return before[-1] if before else (names[-1] if names else None)


def _before_aside(tree: Tree, v: int, stretch: list[int]) -> int | None:
    """ "Ada Vale, never shy of the world, said": the name that opens the sentence, before the commas of an aside."""
    if v < 1 or tree.low(v - 1) != "," or not stretch or stretch[0] != 0:
        return None
    comma = next((i for i in stretch if tree.low(i) == ","), v - 1)
    row = range(comma)
    named = [i for i in row if tree.words[i].pos in {"PROPN", "NOUN"}]
    if comma == v - 1 or not named or any(tree.words[i].pos in {"VERB", "AUX"} for i in row):
        return None
    return named[-1]


def _colon(tree: Tree, number: int, stretch: list[int]) -> Draft | None:
    """ "The minister: “No.”": no verb at all, a name and a colon."""
    row = [i for i in stretch[:-1] if not tree.is_stop(i)]
    if not row or len(row) > 8 or any(tree.words[i].pos in {"VERB", "AUX"} for i in row):
        return None
    if any(c.isdigit() for i in row for c in tree.words[i].text):
        return None  # "Update, 5:16 p.m.: “…”"
    head = next((i for i in row if tree.words[i].head not in row), row[-1])
    if tree.words[head].pos not in {"PROPN", "NOUN"}:
        return None
    return Draft(
        number,
        (),
        tree.spans([stretch[-1]]) or (tree.words[stretch[-1]].span,),
        tree.spans(row),
        "colon",
        stretch[-1],
        tuple(row),
        head,
    )


def _name_after(tree: Tree, last: int) -> list[int]:
    """The name that follows a common noun without a mark and ends at a comma: what the noun describes."""
    if tree.words[last].tag != "NN" or last + 1 >= len(tree.words):
        return []
    row: list[int] = []
    for i in range(last + 1, min(last + 5, len(tree.words))):
        word = tree.words[i]
        if word.text == ",":
            return row
        if not (word.text[0].isupper() or any(c.isupper() for c in word.text)):
            break
        row.append(i)
    return []


def according_draft(tree: Tree, number: int, at: int, content: tuple[Span, ...]) -> Draft | None:
    """ "According to" and the words of its source."""
    to = next((i for i in range(at + 1, min(at + 2, len(tree.words))) if tree.low(i) == "to"), None)
    if to is None and at + 1 < len(tree.words) and tree.words[at + 1].pos in {"PROPN", "DET"}:
        to = at  # "according police": the "to" was forgotten
    if to is None:
        return None
    head = tree.kid(to, "pobj") or tree.kid(at, "pobj")
    if head is None:
        head = next(
            (
                i
                for i in range(to + 1, min(to + 8, len(tree.words)))
                if tree.words[i].pos in {"PROPN", "NOUN", "PRON"}
            ),
            None,
        )
    if head is None:
        return None
    source = [i for i in noun_phrase(tree, head, None) if i > to]
    if source and (name := _name_after(tree, source[-1])):
        source += name  # "according to the website Ledgerline, …": the parser takes the name for what follows
    if at == 0 and len(tree.words) - len(source) <= to + 3:
        # The parser took all that follows for the source: "According to Ada Vale, the move smells of fear."
        source = source[
            : next((n for n, i in enumerate(source) if tree.low(i) == "," and i > head), len(source))
        ]
    return Draft(
        number, content, tree.spans([at, to]), tree.spans(source), "according", at, tuple(source), head
    )
