"""Who and what a report names: persons, bodies, places and groups, each with the fullest name the report gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twosource.annotate.mentions.candidates import names
from twosource.annotate.mentions.chain import Chain, chains
from twosource.annotate.mentions.name import Name, written
from twosource.annotate.mentions.referring import Told, descriptions, forces, owned, pronouns
from twosource.annotate.mentions.rereading import outlets_whole, people_by_surname
from twosource.annotate.mentions.standing import Standing, standing
from twosource.annotate.outlets import stands_for
from twosource.annotate.parse import Parsed
from twosource.model import Mention, Sentence, Span
from twosource.text import quotations

__all__ = ["mentions", "signed", "unsigned"]


def mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """The report's mentions in order; those with one chain number are one actor.

    A body named after a place ("Springfield police") comes before the place inside it. Descriptions ("the general") and
    pronouns are given only where the text leaves little doubt whom they mean.
    """
    return signed(unsigned(parsed), parsed.article.outlet)


def unsigned(parsed: Parsed) -> tuple[Mention, ...]:
    """The mentions as they are in whatever outlet the text appears."""
    sentences = parsed.sentences
    found = people_by_surname(outlets_whole(names(parsed), sentences), sentences)
    by_sentence: dict[int, list[Name]] = {}
    for name in found:
        by_sentence.setdefault(name.sentence, []).append(name)
    standings = {
        n: standing(n, sentences[n.sentence].tokens, [b for b in by_sentence[n.sentence] if b != n])
        for n in found
        if n.kind == "person"
    }
    found = _outside_titles(found, standings, sentences)
    grouped = chains(found, sentences, parsed.article.text)
    number = {i: c for c in grouped for i in c.at}
    bodies = _fullest_bodies(found, sentences, number)
    out = [_mention(name, sentences, number[i], standings.get(name), bodies) for i, name in enumerate(found)]
    told = [Told(name.sentence, name.first, name.last, m) for name, m in zip(found, out, strict=True)]
    described = [*descriptions(sentences, told), *forces(sentences, told, len(grouped))]
    told = owned(sentences, told, described)
    out = [t.mention for t in told] + [t.mention for t in described]
    quoted = [q.span for q in quotations(parsed.article.text)]
    out += pronouns(
        sentences, sorted([*told, *described], key=lambda t: (t.sentence, t.first, -t.last)), quoted
    )
    return tuple(sorted(out, key=lambda m: (m.span.start, -m.span.end)))


def signed(found: Sequence[Mention], outlet: str | None) -> tuple[Mention, ...]:
    """The mentions in an outlet's report: by the last word of its name, or its initials, it means itself."""
    own = _names_of(outlet or "", found)
    return tuple(
        replace(m, name=outlet or "") if any(_own_outlet(m, name) for name in own) else m for m in found
    )


def _names_of(outlet: str, found: Sequence[Mention]) -> tuple[str, ...]:
    """The outlet's name, and for a site the full name by which the report calls it."""
    label = _squeezed(outlet.casefold().removeprefix("www.").rsplit(".", 1)[0] if "." in outlet else outlet)
    full = {m.name for m in found if m.form == "name" and " " in m.name and _squeezed(m.name) == label}
    return tuple(dict.fromkeys([outlet, *sorted(full)])) if outlet else ()


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold().removeprefix("the "))


def _own_outlet(m: Mention, outlet: str) -> bool:
    """Whether a report calls its own outlet by the last word of its name ("told the Gazette") or its initials."""
    if m.form != "name" or " " in m.name or m.kind not in ("organisation", "person"):
        return False
    by_last = m.kind == "organisation" and outlet.casefold().endswith(f" {m.name.casefold()}")
    return by_last or stands_for(m.name, outlet)


def _outside_titles(
    found: list[Name], standings: dict[Name, Standing], sentences: tuple[Sentence, ...]
) -> list[Name]:
    """Leave out the services and offices that are only part of somebody's title ("Army" in "Army General")."""
    hidden = {
        other
        for person, s in standings.items()
        if s.title
        for other in found
        if other.sentence == person.sentence
        and other.kind == "organisation"
        and s.title_first <= other.first
        and other.last <= person.first
        and written(other, sentences) != s.affiliation
    }
    return [n for n in found if n not in hidden]


def _fullest_bodies(
    found: list[Name], sentences: tuple[Sentence, ...], number: dict[int, Chain]
) -> dict[str, str]:
    return {written(n, sentences): number[i].fullest for i, n in enumerate(found) if n.kind != "person"}


def _mention(
    name: Name, sentences: tuple[Sentence, ...], chain: Chain, held: Standing | None, bodies: dict[str, str]
) -> Mention:
    tokens = sentences[name.sentence].tokens
    span = Span(tokens[name.first].span.start, tokens[name.last - 1].span.end)
    if held is None:
        return Mention(span, name.kind, chain.fullest, chain=chain.number)
    body = bodies.get(held.affiliation, held.affiliation) if held.affiliation else None
    return Mention(
        span, name.kind, chain.fullest, chain=chain.number, title=held.title, role=held.role, affiliation=body
    )
