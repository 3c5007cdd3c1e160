"""Names read again beside the report's other names: an outlet cut at its last word, somebody taken for a body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.annotate.mentions.name import Name, written
from twosource.annotate.outlets import ends_outlet, is_outlet_name
from twosource.model import Sentence

_LONGEST = 3  # words of a person's name


def outlets_whole(found: Sequence[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """ "The Hartfield Reporter", "Daily Harbour Lights" whole, where the recogniser saw only a part."""
    out: list[Name] = []
    taken: set[tuple[int, int]] = set()
    for name in found:
        tokens = sentences[name.sentence].tokens
        if name.last < len(tokens) and name.first and bare(tokens[name.first - 1].text) == "the":
            last = tokens[name.last]
            if last.text[:1].isupper() and ends_outlet(bare(last.text)):
                name = replace(name, last=name.last + 1, kind="organisation")
                taken.add((name.sentence, name.last - 1))
        if name.first and tokens[name.first - 1].text in ("Daily", "Weekly"):
            longer = replace(name, first=name.first - 1, kind="organisation")
            name = longer if is_outlet_name(written(longer, sentences), after_the=False) else name
        out.append(name)
    return [n for n in out if n.last - n.first > 1 or (n.sentence, n.first) not in taken]


def people_by_surname(found: Sequence[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """ "Ada Vale", taken for a body, is a person where the report goes on with "Professor Vale"."""

    def words(n: Name) -> list[str]:
        return [t.text for t in sentences[n.sentence].tokens[n.first : n.last]]

    lex = lexicon()
    surnames = {
        words(n)[-1] for n in found if n.kind == "person" and n.last - n.first == 1 and _titled(n, sentences)
    }
    out = []
    for n in found:
        row = words(n)
        plain = all(w[:1].isupper() and w[1:].islower() for w in row)
        body = bare(row[-1]) in lex.institution_heads | lex.media_heads or is_outlet_name(
            " ".join(row), after_the=True
        )
        person = (
            n.kind == "organisation"
            and 1 < len(row) <= _LONGEST
            and plain
            and not body
            and row[-1] in surnames
        )
        out.append(replace(n, kind="person") if person else n)
    return out


def _titled(n: Name, sentences: Sequence[Sentence]) -> bool:
    """Whether a title for people stands right before the name."""
    tokens = sentences[n.sentence].tokens
    return n.first > 0 and bare(tokens[n.first - 1].text) in lexicon().titles
