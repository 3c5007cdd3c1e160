"""How the words of a statement read to somebody who sees nothing else: as a sentence, and one that says of whom it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twosource.model import Sentence, Span, Statement, Token

_SPACES = re.compile(r"\s+")
_FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj", "csubjpass"))
_ASIDE = frozenset(("relcl", "acl", "advcl", "pcomp", "csubj", "csubjpass"))  # clauses that hang on another
# What a word cannot do without; all else that hangs on it may be left away.
_NEEDED = frozenset(("pobj", "pcomp", "dobj", "ccomp", "xcomp", "attr", "acomp", "oprd"))
_OPEN_ENDS = frozenset(("TO", "DT", "CC", "WDT", "WP", "WRB", "PRP$", "WP$"))
_SPEAKER = frozenset(("i", "me", "my", "we", "us", "our", "you", "your", "i'm", "i’m"))
_POINTING = frozenset(
    ("he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "this", "that", "these", "those")
)
_FEWEST = 3  # words of a sentence
_NAME = 10  # words of a source that can open a sentence
_MARKS = "\"“”‘'`« »,;:–— "
_JOINED = re.compile(r"\A(?:and|but|so),? (?=[\w“‘])(?!far\b|many\b|much\b|long\b)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»]|``|''")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a report's words that may stand for a claim."""

    text: str
    whole: bool  # a sentence: a main clause with its subject, and nothing cut off that it needs
    alone: bool  # understood without what stands round it: nobody is "he" before he is named, or "I" without being named


def stretches(statement: Statement, text: str, sentences: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """What is said; the same with who says it, as the report has it or behind their name; the sentences that hold it all.

    The longer ones are there for what is no sentence by itself ("whether it leaked") or speaks of "me".
    """
    marks = (*statement.source, *statement.cue)
    own = _stretch(statement.content, text, sentences, ())
    found = [own]
    quoted = _quoted(statement, own, text, sentences)
    opening = quoted.split(" ", 1)[0].lower()
    named = [Stretch(quoted, whole=True, alone=opening not in _POINTING)] if quoted else []
    if own.whole:
        found += named
    around = (*marks, *statement.content)
    framed = Span(min(s.start for s in around), max(s.end for s in around))
    if marks and any(s.span.holds(framed) for s in sentences):
        found.append(_named(statement, text, _stretch((framed,), text, sentences, statement.source)))
    found += named
    if sentences:
        whole = Span(sentences[0].span.start, sentences[-1].span.end)
        found.append(_stretch((whole,), text, sentences, statement.source))
    return tuple(dict.fromkeys(found))


class _Row:
    """The words of a sentence that a stretch holds, without marks round them and the "that" which leads up to them."""

    def __init__(self, tokens: Sequence[Token], spans: Sequence[Span]) -> None:
        row = [
            i
            for i, t in enumerate(tokens)
            if t.pos not in ("PUNCT", "SPACE", "SYM") and any(t.span.overlaps(s) for s in spans)
        ]
        if row and tokens[row[0]].text.lower() == "that" and tokens[row[0]].dep == "mark":
            row = row[1:]
        self.tokens, self.row, self.inside = tokens, row, frozenset(row)
        self.kids: dict[int, list[int]] = {}
        for i in row:
            if tokens[i].head != i:
                self.kids.setdefault(tokens[i].head, []).append(i)

    def above(self, i: int) -> Iterator[int]:
        """The word and those it hangs on, as far as they are in the row."""
        seen: set[int] = set()
        while i in self.inside and i not in seen:
            seen.add(i)
            yield i
            i = self.tokens[i].head

    def has(self, i: int, *deps: str) -> bool:
        """Whether a word in the row hangs on this one in such a way."""
        return any(self.tokens[k].dep in deps for k in self.kids.get(i, ()))


def _stretch(
    spans: Sequence[Span], text: str, sentences: Sequence[Sentence], source: Sequence[Span]
) -> Stretch:
    rows = [row for s in sentences if (row := _Row(s.tokens, spans)).row]
    words = _SPACES.sub(" ", " ".join(s.of(text) for s in spans)).strip()
    whole = len(spans) == 1 and bool(rows) and all(map(_is_sentence, rows))
    return Stretch(words, whole, bool(rows) and _stands_alone(rows, source))


def _quoted(statement: Statement, own: Stretch, text: str, sentences: Sequence[Sentence]) -> str:
    """A quotation that doesn't stand alone, behind its speaker's name; nothing where it holds another, or nobody is named."""
    words = _JOINED.sub("", own.text.strip(_MARKS), count=1)
    if statement.mode != "direct" or (own.whole and own.alone) or not words or _QUOTED.search(words):
        return ""
    who = _SPACES.sub(" ", " ".join(s.of(text) for s in statement.source)).strip(_MARKS)
    named = any(
        t.pos in ("NOUN", "PROPN") and any(s.holds(t.span) for s in statement.source)
        for x in sentences
        for t in x.tokens
    )
    if not named or len(who.split()) > _NAME or _QUOTED.search(who):
        who = statement.who if statement.kind == "person" and statement.who else ""
    if not who:
        return ""
    said = f"{who[0].upper()}{who[1:]}{',' if ',' in who else ''} said: “{words[0].upper()}{words[1:]}"
    return said + ("”" if words[-1] in ".!?…" else ".”")


def _named(statement: Statement, text: str, framed: Stretch) -> Stretch:
    """The stretch with whoever "they" are at its head in square brackets, as editors do."""
    source = " ".join(s.of(text) for s in statement.source)
    if source.lower() not in _POINTING or not statement.who or statement.kind == "anonymous":
        return framed
    if not framed.text.startswith(source + " "):
        return framed
    return Stretch(f"[{statement.who}]{framed.text[len(source) :]}", framed.whole, alone=framed.whole)


def _is_sentence(row: _Row) -> bool:
    """Whether the words, all of a sentence or some, are themselves one with nothing cut off."""
    if len(row.row) < _FEWEST or _is_cut_off(row):
        return False
    main = next((i for i in row.row if _is_main(row, i)), None)
    return main is not None and (_asks(row) or not _hangs(row, main))


def _is_main(row: _Row, verb: int) -> bool:
    """Whether a word is a finite verb with its subject, in no clause that hangs on another word of the row."""
    tokens = row.tokens
    if tokens[verb].pos not in ("VERB", "AUX"):
        return False
    helped = any(
        tokens[k].tag in _FINITE for k in row.kids.get(verb, ()) if tokens[k].dep in ("aux", "auxpass")
    )
    if tokens[verb].tag not in _FINITE and not helped:
        return False
    subject = False
    for i in row.above(verb):
        if tokens[i].dep in _ASIDE:
            return False
        subject = subject or row.has(i, *_SUBJECTS)
        if tokens[i].dep != "conj" and not subject:
            return False
    return subject


def _hangs(row: _Row, main: int) -> bool:
    """Whether the clause is only a part of another: "whether it leaked", "what she did next", "while it rained"."""
    tokens = row.tokens
    if any(tokens[k].dep == "mark" and tokens[k].text.lower() != "that" for k in row.kids.get(main, ())):
        return True
    first = row.row[0]
    if not tokens[first].tag.startswith("W"):
        return False
    return not any(tokens[i].dep in _ASIDE for i in row.above(first))  # "what she did next is not known"


def _asks(row: _Row) -> bool:
    after = row.tokens[row.row[-1] : row.row[-1] + 3]
    return any(t.text.startswith("?") for t in after)


def _is_cut_off(row: _Row) -> bool:
    """Whether a word within waits for one that stands after the end: "declined to say", "made her uneasy when"."""
    tokens, last = row.tokens, row.row[-1]
    if tokens[last].tag in _OPEN_ENDS or tokens[last].dep == "mark":
        return True
    if tokens[last].dep == "prep" and not row.kids.get(last):
        return last + 1 < len(tokens) and tokens[last + 1].pos != "PUNCT"
    return any(
        t.dep in _NEEDED and t.head in row.inside and n not in row.inside and t.pos != "PUNCT"
        for n, t in enumerate(tokens)
        if n > last
    )


def _stands_alone(rows: Sequence[_Row], source: Sequence[Span]) -> bool:
    """Whether no pronoun comes before the name or noun that it may stand for, and nobody says "I" who isn't named."""
    named = any(
        t.pos in ("NOUN", "PROPN") and any(s.holds(t.span) for s in source) for r in rows for t in r.tokens
    )
    if not named and any(r.tokens[i].text.lower() in _SPEAKER for r in rows for i in r.row):
        return False
    for i in rows[0].row:
        t = rows[0].tokens[i]
        if t.pos in ("NOUN", "PROPN"):
            return True
        if t.pos == "PRON" and t.dep != "expl" and t.text.lower() in _POINTING:
            return False
    return True
