"""One quotation worded, cut or credited differently by two reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Evidence, Side, Span, Statement
from twosource.text import normal, quotations, sentences, words

_SHORTEST = 5  # words: shorter pieces are phrases that anybody might use
_ALIKE = 0.58  # share of the words of both that stand in the same order in both
_NEARLY = 0.85  # the same of the shorter: words that two people do not hit upon by themselves
_NEAR = 120  # characters before and behind a quotation in which who says it stands
_CROWD = 60  # wordings that share three words: more, and the three are a set phrase
# Words that one reporter hears and another doesn't, and what a contraction leaves open.
_JOINTS = frozenset(
    {"and", "but", "so", "well", "that", "which", "'s", "is", "has", "uh", "um", "you", "know"}
)
# What papers write in two ways.
_HOUSE = {
    "okay": "ok",
    "o.k": "ok",
    "o.k.": "ok",
    "towards": "toward",
    "per": "",
    "cent": "percent",
    "%": "percent",
    **{
        form: title
        for short, title in (
            ("sen", "senator"),
            ("gov", "governor"),
            ("rep", "representative"),
            ("gen", "general"),
            ("lt", "lieutenant"),
            ("sgt", "sergeant"),
            ("capt", "captain"),
            ("col", "colonel"),
            ("dr", "doctor"),
            ("st", "saint"),
            ("u.s", "us"),
        )
        for form in (short, f"{short}.")
    },
}
_NTH = {w: f"{n}{'st nd rd'.split()[n - 1] if n < 4 else 'th'}" for n, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)}  # fmt: skip
_ADDED = "[]"  # what stands in brackets: an editor's word for another
# Words that are heard one for another and leave the sense as it is; never a "no", a number or another tense.
_FUNCTION = frozenset(
    """a an the this that these those it its he she they him her his their our my your to of in on at by for from with as
    there here then just really very also too""".split()
)


@dataclass(frozen=True)
class Quoted:
    """One sentence inside quotation marks, with its words as compared."""

    report: str
    span: Span
    words: tuple[str, ...]
    who: str | None = None
    by: str | None = None  # whoever it is given to, a person or not, inferred or not


def quoted(reading: Reading) -> list[Quoted]:
    """The sentences that a report gives in quotation marks."""
    found = []
    for q in quotations(reading.text):
        for s in sentences(reading.text, q.inner):
            spoken = tuple(_spoken(reading.text, s))
            if len(spoken) >= _SHORTEST:
                found.append(Quoted(reading.id, s, spoken, _speaker(reading, s), _given_to(reading, s)))
    return found


def _spoken(text: str, sentence: Span) -> Iterator[str]:
    """The words as compared; what an editor put in brackets is one mark."""
    marked = False
    for w in words(text, sentence):
        if _is_added(text, w, sentence):
            if not marked:
                yield _ADDED
            marked = True
            continue
        marked = False
        if w.of(text) == "00" and text[: w.start].rstrip().endswith(":"):
            continue  # "6:00 p.m." is "6 p.m."
        torn = text[max(0, w.start - 2) : w.start] in ("' ", "’ ")  # "it’ s", as some files have it
        yield from (p for p in _full(("'" if torn else "") + normal(w.of(text))) if p)


def _is_added(text: str, word: Span, sentence: Span) -> bool:
    """Whether a word stands in brackets: an editor put it there."""
    before = text[sentence.start : word.start]
    return any(before.rfind(a) > before.rfind(b) for a, b in ("[]", "()"))


def _speaker(reading: Reading, span: Span) -> str | None:
    said = [s for s in reading.annotation.statements if s.who and any(c.overlaps(span) for c in s.content)]
    sure = [s for s in said if s.mode in ("direct", "mixed") and s.kind == "person" and _names(reading, s)]
    return sure[0].who if sure else None


def _given_to(reading: Reading, span: Span) -> str | None:
    said = [
        s
        for s in reading.annotation.statements
        if s.who and s.source and any(c.overlaps(span) for c in s.content)
    ]
    return min(said, key=lambda s: (s.content, s.id)).who if said else None


def _names(reading: Reading, s: Statement) -> bool:
    """Whether the words beside the quotation name the speaker, so that nothing was inferred."""
    surname = normal(str(s.who).split()[-1])
    return any(surname in normal(span.of(reading.text)) for span in s.source)


# What a contraction stands for, so that "who'd" and "who would" are one wording.
_SHORT = {"'d": "would", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "n't": "not"}


def _full(word: str) -> list[str]:
    word = _NTH.get(word, _HOUSE.get(word, word))
    if word.endswith("'s") and len(word) > len("'s"):
        return [word[:-2], "'s"]
    for ending, stands_for in _SHORT.items():
        if word.endswith(ending):
            return [word[: -len(ending)], stands_for]
    return [word]


def differing_quotations(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """One disagreement for each sentence that reports quote in different words or from different people."""
    said = [q for r in readings if heads[r.id] == r.id for q in quoted(r)]
    text = {r.id: r.text for r in readings}
    groups = _groups(said)
    return [d for g in groups for d in _worded(g, text)] + _credited(groups, text)


def _groups(said: Sequence[Quoted]) -> list[list[Quoted]]:
    """Sentences of different reports that are tellings of one; compared only where they share three words in a row.

    Each wording is compared once, however many reports have it.
    """
    tellings: dict[tuple[str, ...], list[Quoted]] = defaultdict(list)
    for q in said:
        tellings[q.words].append(q)
    wordings = sorted(tellings)
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, spoken in enumerate(wordings):
        for gram in {spoken[i : i + 3] for i in range(len(spoken) - 2)}:
            index[gram].append(n)
    pairs = {
        (a, b) for at in index.values() if len(at) <= _CROWD for i, a in enumerate(at) for b in at[i + 1 :]
    }
    group_of = list(range(len(wordings)))
    for a, b in sorted(pairs):
        ours, theirs = tellings[wordings[a]], tellings[wordings[b]]
        if _elsewhere(ours, theirs) and _alike(wordings[a], wordings[b]) and not _of_two(ours, theirs):
            new, old = sorted((group_of[a], group_of[b]))
            group_of = [new if g == old else g for g in group_of]
    groups: dict[int, list[Quoted]] = defaultdict(list)
    for n, g in enumerate(group_of):
        groups[g].extend(tellings[wordings[n]])
    found = [
        sorted(g, key=lambda q: (q.report, q.span)) for g in groups.values() if len({q.report for q in g}) > 1
    ]
    return sorted(found, key=lambda g: (g[0].report, g[0].span))


def _of_two(a: Sequence[Quoted], b: Sequence[Quoted]) -> bool:
    """Whether two people said much the same each: given to two, and not in nearly the same words."""
    if _nearly(a[0].words, b[0].words):
        return False
    ours, theirs = ({q.by for q in row if q.by} for row in (a, b))
    return bool(ours and theirs) and all(_other(x, y) for x in ours for y in theirs)


@lru_cache(maxsize=65536)
def _nearly(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    matched = sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return matched >= _NEARLY * min(len(a), len(b))


def _elsewhere(a: Sequence[Quoted], b: Sequence[Quoted]) -> bool:
    """Whether two wordings stand in two reports."""
    return len({q.report for q in a} | {q.report for q in b}) > 1


@lru_cache(maxsize=65536)
def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    matched = sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return matched >= 4 and (
        2 * matched >= _ALIKE * (len(a) + len(b)) or matched >= 0.85 * min(len(a), len(b))
    )


@lru_cache(maxsize=65536)
def _reworded(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words differ inside the stretch that both quote; an end cut off or a joining "and" doesn't count."""
    ops = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    inner = [
        o
        for n, o in enumerate(ops)
        if o[0] != "equal" and not (o[0] in ("insert", "delete") and n in (0, len(ops) - 1))
    ]
    changed = [(a[i:j], b[k:m]) for _, i, j, k, m in inner]
    return any(
        "".join(x) != "".join(y) and not set(x + y) <= _JOINTS | _FUNCTION and not _slip(x, y)
        for x, y in changed
    )


def _slip(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether one noun is heard in another number ("duty", "duties") or spelled as in another land ("centre", "center")."""
    if _ADDED in x or _ADDED in y:
        return True
    return len(x) == len(y) == 1 and (_singular(x[0]) == _singular(y[0]) or _spelled(x[0]) == _spelled(y[0]))


def _spelled(word: str) -> str:
    """A word as American papers spell it."""
    for british, american in (
        ("tre", "ter"),
        ("tres", "ters"),
        ("our", "or"),
        ("ours", "ors"),
        ("ence", "ense"),
    ):
        if word.endswith(british) and len(word) > len(british) + 1:
            word = word[: -len(british)] + american
    return re.sub(r"is(e[ds]?|ing|ations?)$", r"iz\1", word)


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _is_cut(group: Sequence[Quoted], text: Mapping[str, str]) -> bool:
    """Whether the tellings differ only in what one leaves out of another, and that names nobody."""
    return all(_leaves_out(a, b, text) or _leaves_out(b, a, text) for a in group for b in group)


def _leaves_out(short: Quoted, long: Quoted, text: Mapping[str, str]) -> bool:
    ops = SequenceMatcher(None, short.words, long.words, autojunk=False).get_opcodes()
    if any(op not in ("equal", "insert") for op, *_ in ops):
        return False
    whole = long.span.of(text[long.report])
    left = [w for op, _, _, k, m in ops if op == "insert" for w in long.words[k:m]]
    return not any(f" {w.capitalize()}" in whole for w in left if w != "i")


def _apart(a: Quoted, b: Quoted, tellings: Mapping[str, frozenset[tuple[str, ...]]]) -> bool:
    """Whether `b` tells what `a` tells in other words, and no telling of that report reads as `a` does."""
    theirs = [spoken for spoken in tellings[b.report] if _alike(a.words, spoken)]
    return b.words in theirs and all(_reworded(a.words, spoken) for spoken in theirs)


def _worded(group: Sequence[Quoted], text: Mapping[str, str]) -> list[Disagreement]:
    tellings = {r: frozenset(q.words for q in group if q.report == r) for r in {q.report for q in group}}
    differing = [
        q
        for q in group
        if any(_apart(q, o, tellings) and _apart(o, q, tellings) for o in group if o.report != q.report)
    ]
    sides = [Side(" ".join(q.span.of(text[q.report]).split()), _passage(q, text)) for q in differing]
    lead = min(differing, key=lambda q: (q.report, q.span), default=None)
    if lead is None:
        return []
    speaker = next((q.who for q in group if q.who), None)
    about = f"wording of a quotation of {speaker}" if speaker else "wording of a quotation"
    made = disagreement(
        "quotation",
        about,
        "variant" if _is_cut(differing, text) else "contradiction",
        sides,
        "The same sentence is quoted in different words.",
        _size(differing),
    )
    return [made] if made else []


def _size(group: Iterable[Quoted]) -> float:
    return min(1.0, 0.6 + 0.05 * max((len(q.words) for q in group), default=0))


def _passage(q: Quoted, text: Mapping[str, str]) -> Evidence:
    tokens = words(text[q.report], q.span)[:50]
    return Evidence(q.report, Span(q.span.start, tokens[-1].end if tokens else q.span.end))


def _credited(groups: Sequence[Sequence[Quoted]], text: Mapping[str, str]) -> list[Disagreement]:
    """The same words given to two people; one disagreement for each pair, however many sentences they share."""
    pairs: dict[tuple[str, str], set[Side]] = defaultdict(set)
    for group in groups:
        named = [(q, str(q.who), Side(str(q.who), _passage(q, text))) for q in group if q.who]
        for a, one, mine in named:
            for b, other, theirs in named:
                if (
                    a.report < b.report
                    and _other(one, other)
                    and _nearly(a.words, b.words)
                    and not (_beside(other, a, text) or _beside(one, b, text))
                ):
                    pairs[min(one, other), max(one, other)] |= {mine, theirs}
    found = []
    for (one, other), sides in sorted(pairs.items()):
        if any(
            re.search(rf"{re.escape(a)},? {re.escape(b)}", t)
            for t in text.values()
            for a, b in ((one, other), (other, one))
        ):
            continue  # a rank and the name that it stands before
        why = f"The same words are given to {one} and to {other}."
        made = disagreement("attribution", f"who said it: {one} or {other}", "contradiction", sides, why)
        found += [made] if made else []
    return found


def _beside(name: str, q: Quoted, text: Mapping[str, str]) -> bool:
    """Whether a name stands near a quotation too: two said it together, or the one tells what the other said."""
    near = text[q.report][max(0, q.span.start - _NEAR) : q.span.end + _NEAR]
    return normal(name.split()[-1]) in {normal(w.of(near)) for w in words(near)}


@lru_cache(maxsize=65536)
def _other(a: str, b: str) -> bool:
    if not all(any(w[0].isupper() for w in n.split()) and n.split()[-1][0].isupper() for n in (a, b)):
        return False  # "the committee's chairman" may be the one whom another report names
    x, y = ([normal(w) for w in n.split() if len(w) > 1] for n in (a, b))
    return bool(x and y) and not set(x) <= set(y) and not set(y) <= set(x) and x[-1] != y[-1]
