"""What stands beside a person's name: rank, office, and the body it is held in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.annotate.mentions.name import Name
from twosource.model import Token

_REACH = 9  # words that a title or an apposition may be long


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's title, role and affiliation at one name, and the words [first, last) that a title takes before it."""

    title: str | None = None
    role: str | None = None
    affiliation: str | None = None
    first: int = 0
    title_first: int = 0  # where the title alone begins


def standing(name: Name, tokens: Sequence[Token], bodies: Sequence[Name]) -> Standing:
    """Read the words before and after a person's name; `bodies` are the other names of the sentence."""
    before = _before(name, tokens, bodies)
    after = _after(name, tokens, bodies)
    role = (
        before.role if before.role and (before.affiliation or not after.role) else after.role or before.role
    )
    return Standing(
        before.title, role, before.affiliation or after.affiliation, before.first, before.title_first
    )


def _before(name: Name, tokens: Sequence[Token], bodies: Sequence[Name]) -> Standing:
    """Title and office in front: "Springfield police spokesman, Captain", "The mayor of Springfield, ", "its director "."""
    lex = lexicon()
    at = name.first
    commas = 0
    while at > 0 and name.first - at < _REACH:
        t = tokens[at - 1]
        word = bare(t.text)
        body = next((b for b in bodies if b.first < at <= b.last and b.kind != "person"), None)
        if body:
            at = body.first
        elif t.text == "." and at >= 2 and bare(tokens[at - 2].text) in lex.titles:
            at -= 1
        elif word in lex.months or word in lex.weekdays or t.text.isdigit():
            break
        elif (
            (
                word in lex.titles
                or word in lex.roles
                or word in lex.title_modifiers
                or (t.text in ("'s", "’s") and at < name.first)
            )
            or (
                t.text == "of"
                and at < name.first
                and at >= 2
                and (bare(tokens[at - 2].text) in lex.roles or bare(tokens[at - 2].text) in lex.titles)
            )
            or (word == "the" and at - 2 >= 0 and tokens[at - 2].text in ("of", "for") and at < name.first)
            or (t.text == "for" and at >= 2 and bare(tokens[at - 2].text) in lex.speakers and at < name.first)
        ):
            at -= 1
        elif t.text == "," and commas == 0 and at >= 2 and _office_ends(tokens, at - 2, bodies):
            commas += 1
            at -= 1
        elif t.text == "-" or (
            t.pos in ("ADJ", "PROPN", "NOUN")
            and t.dep in ("amod", "compound", "nmod")
            and at < name.first
            and t.head <= name.last
            and t.text not in ("'s",)
        ):
            at -= 1
        else:
            break
    return _read(tokens, at, name.first, bodies)


def _office_ends(tokens: Sequence[Token], at: int, bodies: Sequence[Name]) -> bool:
    """Whether an office may end at that word: a role noun, or a body after "of" or "for" that a role noun governs."""
    lex = lexicon()
    if bare(tokens[at].text) in lex.roles:
        return True
    body = next((b for b in bodies if b.first <= at < b.last and b.kind != "person"), None)
    if body is None:
        return False
    link = body.first - 1
    if link >= 0 and bare(tokens[link].text) == "the":
        link -= 1
    return link >= 1 and tokens[link].text in ("of", "for") and bare(tokens[link - 1].text) in lex.roles


def _read(tokens: Sequence[Token], first: int, last: int, bodies: Sequence[Name]) -> Standing:
    """Title, role and body out of the words [first, last) in front of a name."""
    lex = lexicon()
    while first < last and (
        not any(c.isalnum() for c in tokens[first].text)
        or tokens[first].text in ("'s", "’s")
        or bare(tokens[first].text) in ("the", "a", "an", "its", "their", "his", "her")
    ):
        first += 1
    if first == last:
        return Standing(first=last, title_first=last)
    role = affiliation = None
    inside = [
        b
        for b in bodies
        if first <= b.first and b.last <= last and b.kind in ("organisation", "place", "group")
    ]
    for at in range(last - 1, first - 1, -1):
        word = bare(tokens[at].text)
        if word not in lex.roles or word in lex.kin_and_parts:
            continue
        joined = _joined_body(tokens, at, inside)
        if joined and not (affiliation and role in lex.speakers):
            role, affiliation = word, joined
        role = role or word
    comma = max((i for i in range(first, last) if tokens[i].text == ","), default=first - 1)
    start = comma + 1
    while start < last and tokens[start].text in ("'s", "’s"):
        start += 1
    title = (
        _text(tokens, start, last)
        if start < last and any(bare(t.text) in lex.titles for t in tokens[start:last])
        else None
    )
    if affiliation is None and (title or role) and any(bare(t.text) == "police" for t in tokens[first:last]):
        affiliation = "police"
    return Standing(title, role, affiliation, first, start)


def _joined_body(tokens: Sequence[Token], at: int, inside: Sequence[Name]) -> str | None:
    """The body that a role word belongs to: right before it, or after "of", "for", "with"."""
    begin = at
    while (
        begin > 0
        and bare(tokens[begin - 1].text) in lexicon().title_modifiers
        and not any(b.first <= begin - 1 < b.last for b in inside)
    ):
        begin -= 1
    for b in inside:
        if all(bare(t.text) in lexicon().title_modifiers for t in tokens[b.first : b.last]):
            continue  # "Defense" in "Secretary of Defense"
        owner = b.last < len(tokens) and tokens[b.last].text in ("'s", "’s") and b.last + 1 == begin
        follows = (
            b.first >= at + 2 and tokens[at + 1].text in ("of", "for", "with", "at") and b.first - at <= 3
        )
        if bare(tokens[at].text) in lexicon().ranks and not follows and not owner:
            continue  # "Army General", "Springfield detective"
        if b.last == begin or owner or follows or (b.first <= at < b.last):
            if b.kind == "group" and not owner and b.last - b.first == 1:
                continue
            return _text(tokens, b.first, b.last)
    return None


def _after(name: Name, tokens: Sequence[Token], bodies: Sequence[Name]) -> Standing:
    """An apposition or "of" behind: ", a spokesman for the mayor's office", ", of the police", "of Roe Industries"."""
    lex = lexicon()
    at = name.last
    if at + 1 >= len(tokens):
        return Standing()
    inside = [b for b in bodies if b.first >= at and b.kind in ("organisation", "place")]
    titled = name.first > 0 and (bare(tokens[name.first - 1].text) in lex.titles)
    if tokens[at].text == "of" or (tokens[at].text == "," and tokens[at + 1].text in ("of", "from", "with")):
        link = at if tokens[at].text == "of" else at + 1
        body = next((b for b in inside if b.first - link in (1, 2) and b.kind == "organisation"), None)
        ok = body is not None and (titled or tokens[at].text == ",")
        return Standing(affiliation=_text(tokens, body.first, body.last) if body and ok else None)
    if tokens[at].text not in (",", "(", "—", "–") or tokens[at + 1].text.lower() == "whose":
        return Standing()  # ", whose aide": somebody else is the aide
    end = at + 1
    while (
        end < len(tokens)
        and end - at <= 2 * _REACH
        and tokens[end].text not in (",", ";", ")", "—", "–")
        and tokens[end].pos not in ("VERB", "AUX", "PRON")
    ):
        end += 1
    for i in range(at + 1, end):
        word = bare(tokens[i].text)
        if (
            word in lex.roles
            and tokens[i].pos in ("NOUN", "PROPN")
            and not (i + 1 < end and tokens[i + 1].text in ("'s", "’s"))
        ):
            if tokens[at + 1].pos == "PROPN" and not any(b.first == at + 1 for b in inside):
                return Standing()
            return Standing(
                role=word, affiliation=_joined_body(tokens, i, [b for b in inside if b.last <= end])
            )
    return Standing()


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    parts = []
    for n in range(first, last):
        if n > first and tokens[n].span.start > tokens[n - 1].span.end:
            parts.append(" ")
        parts.append(tokens[n].text)
    return "".join(parts)
