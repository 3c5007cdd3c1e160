"""A parsed sentence as a tree that can be asked for stretches and relatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from twosource.model import Sentence, Span, Token

_QUOTE_MARKS = frozenset({'"', "“", "”", "``", "''", "«", "»", "„", "‟", "＂"})
_STOPS = frozenset({".", ",", ";", ":", "-", "--", "–", "—", "―", "…", "..."})


class Tree:
    """A sentence's words with their children; words are named by their index."""

    __slots__ = ("_below", "_held", "children", "sentence", "text", "words")

    def __init__(self, sentence: Sentence, text: str, quotes: Sequence[Span] = ()) -> None:
        self.sentence = sentence
        self.text = text
        self.words: tuple[Token, ...] = sentence.tokens
        self.children: list[list[int]] = [[] for _ in self.words]
        for i, t in enumerate(self.words):
            if t.head != i and 0 <= t.head < len(self.words):
                self.children[t.head].append(i)
        self._below: dict[int, tuple[int, ...]] = {}
        self._held = [row for q in quotes if (row := self._words_in(q))]

    def below(self, i: int) -> tuple[int, ...]:
        """The word and all that depend on it, in order."""
        known = self._below.get(i)
        if known is None:
            seen = {i}
            todo = [i]
            while todo:
                for c in self.children[todo.pop()]:
                    if c not in seen:
                        seen.add(c)
                        todo.append(c)
            known = self._below[i] = tuple(sorted(seen))
        return known

    def kids(self, i: int, *deps: str) -> list[int]:
        """The children that stand in one of the relations."""
        return [c for c in self.children[i] if self.words[c].dep in deps]

    def kid(self, i: int, *deps: str) -> int | None:
        """The first child that stands in one of the relations."""
        return next((c for c in self.children[i] if self.words[c].dep in deps), None)

    def ancestors(self, i: int) -> Iterator[int]:
        """The governors, from the nearest to the root."""
        seen = {i}
        while True:
            h = self.words[i].head
            if h in seen or not 0 <= h < len(self.words):
                return
            seen.add(h)
            yield h
            i = h

    def _words_in(self, stretch: Span) -> range | None:
        """The words of this sentence that lie in a stretch of text."""
        if not stretch.overlaps(self.sentence.span):
            return None
        held = [i for i, w in enumerate(self.words) if stretch.holds(w.span)]
        return range(held[0], held[-1] + 1) if held else None

    def quotation(self, i: int) -> range | None:
        """The words of the quotation that holds a word, marks included, as far as they stand in this sentence."""
        return next((row for row in self._held if i in row), None)

    def low(self, i: int) -> str:
        """The word in lower case."""
        return self.words[i].text.lower()

    def lemma(self, i: int) -> str:
        """The word's lemma in lower case."""
        return self.words[i].lemma.lower()

    def is_mark(self, i: int) -> bool:
        """Whether the word is a quotation mark."""
        return self.words[i].text in _QUOTE_MARKS

    def is_stop(self, i: int) -> bool:
        """Whether the word is punctuation that parts clauses."""
        return self.words[i].text in _STOPS

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The stretches that the words make up, without punctuation at their ends (quotation marks stay)."""
        found = []
        for run in runs(indices):
            a, b = run[0], run[-1]
            while a <= b and self.is_stop(a):
                a += 1
            while b >= a and self.is_stop(b):
                b -= 1
            if a > b:
                continue
            a, b = self._whole_word(a, b)
            if any(c.isalnum() for k in range(a, b + 1) for c in self.words[k].text):
                found.append(Span(self.words[a].span.start, self.words[b].span.end))
        return tuple(found)

    def _whole_word(self, a: int, b: int) -> tuple[int, int]:
        """The ends of a stretch moved so that they cut no word at its hyphen ("re" "-" "open")."""
        if a >= 2 and self._hyphened(a - 1):
            a -= 2
        if b + 2 < len(self.words) and self._hyphened(b + 1):
            b += 2
        return a, b

    def _hyphened(self, i: int) -> bool:
        before, mark, after = self.words[i - 1 : i + 2]
        return (
            mark.text == "-"
            and before.span.end == mark.span.start
            and mark.span.end == after.span.start
            and before.text[-1].isalpha()
            and after.text[0].isalpha()
        )

    def string(self, indices: Iterable[int]) -> str:
        """The characters from the first to the last of the words."""
        ordered = sorted(indices)
        if not ordered:
            return ""
        return self.text[self.words[ordered[0]].span.start : self.words[ordered[-1]].span.end]


def runs(indices: Iterable[int]) -> list[list[int]]:
    """The unbroken rows of numbers."""
    found: list[list[int]] = []
    for i in sorted(set(indices)):
        if found and found[-1][-1] == i - 1:
            found[-1].append(i)
        else:
            found.append([i])
    return found
