"""What the accused, or those who speak for them, answer to an accusation, in whatever report.

An answer need not deny: a plea, a lawyer's word, the accused's own account. That there is none is said only where nothing in
any report could be one; what may be an answer, but perhaps to another accusation, is enough to keep silent about it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from twosource.brief.blame import blamed
from twosource.brief.evidence import Desk
from twosource.brief.wording import one_line
from twosource.model import Evidence, Statement
from twosource.text import normal

SHOWN = 3  # answers to one accusation

_PLEA = re.compile(
    r"\bple(?:a|as|ad|ads|aded|ading|d)\b[^.]{0,60}\b(?:guilty|no contest|nolo|insanity)\b"
    r"|\b(?:maintain|maintains|maintained|proclaimed|insists? on)\b[^.]{0,20}\binnocen"
    r"|\b(?:confessed|admitted)\b",
    re.IGNORECASE,
)
_SILENCE = re.compile(
    r"\b(?:declin|refus)(?:e|es|ed|ing)\b[^.]{0,20}\b(?:comment|interview|discuss)"
    r"|\b(?:could|can)(?: not|n['’]t) (?:immediately )?be reached\b"
    r"|\b(?:did|has|have|had|does|do)(?: not|n['’]t) (?:immediately |yet )?(?:respond|return|repl|answer)"
    r"|\bno comment\b|\b(?:not|n['’]t)(?: immediately)? available for comment\b",
    re.IGNORECASE,
)


# "a police spokesman", "a spokeswoman for the company"; not "a spokesman", "his family".
_OF_ANOTHER = re.compile(
    r"\b(?!(?:an?|the|his|her|its|their|another|one|said|says)\b)\w+ spokes(?:man|woman|person)"
    r"|\b(?:spokes\w+|representative|manager|aide|agent|party|campaign) (?:for|of|to|with) "
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that answer an accusation; not `sure` where they may be another's or to another one."""

    kind: Literal["said", "plea", "silence"]
    evidence: Evidence  # the sentence
    statement: Statement | None
    sure: bool
    shown: (
        bool  # worth a reader's look even where it isn't sure: a lawyer's word, but not somebody's mother's
    )


@dataclass(frozen=True, slots=True)
class _Voice:
    """Words that may be an answer, whatever the accusation: whose, and as what they speak."""

    kind: Literal["said", "plea", "silence"]
    evidence: Evidence
    statement: Statement | None
    who: str
    words: frozenset[
        str
    ]  # of the source, of the sentence for a plea or a silence, and of the sentence before one that opens with "he"
    role: Literal["itself", "in_court", "beside", "told"]
    of_another: bool = (
        False  # "a spokesman for the police": said to stand by somebody, who must then be the accused
    )


@lru_cache
def _words(name: str) -> tuple[str, ...]:
    lists = tomllib.loads((files("twosource.brief") / "data" / "blame.toml").read_text(encoding="utf-8"))
    return tuple(lists[name])


def answers(desk: Desk, accusing: Sequence[Statement]) -> tuple[Answer, ...]:
    """What may answer statements that accuse somebody, the surest first; nothing only where no report holds any such words."""
    accused = _accused(desk, accusing)
    called = _called(desk, accused)
    ids = {s.id for s in accusing}
    found = []
    for v in _voices(desk):
        if v.statement and v.statement.id in ids:
            continue
        named = any(words <= v.words for words in called)
        if v.role == "itself":
            if v.who in accused:
                found.append(Answer(v.kind, v.evidence, v.statement, sure=True, shown=True))
        elif named or v.role != "beside" or not v.of_another:
            found.append(Answer(v.kind, v.evidence, v.statement, named, named or v.role != "beside"))
    found.sort(
        key=lambda a: (
            not a.sure,
            ("said", "plea", "silence").index(a.kind),
            desk.numbers.get(a.evidence.report, 0),
        )
    )
    seen: dict[str, Answer] = {}
    for a in found:
        seen.setdefault(normal(one_line(desk.text(a.evidence))), a)
    return tuple(seen.values())


def _called(desk: Desk, accused: set[str]) -> list[frozenset[str]]:
    """The words that must all stand in a passage for it to name one of them: a person's surname, a body's whole name."""
    people = {a.name for a in desk.account.actors if a.kind == "person"}
    found = []
    for name in sorted(accused):
        words = [normal(w) for w in re.findall(r"\w+", name) if len(w) > 2]
        if words:
            found.append(frozenset(words[-1:] if name in people else words))
    return found


def _accused(desk: Desk, accusing: Sequence[Statement]) -> set[str]:
    """Whom the statements blame, by the one name that the account gives each; everybody named where nothing tells them apart."""
    found: set[str] = set()
    for s in accusing:
        annotation = desk.annotations.get(s.report)
        at = blamed(desk, s) or s.content
        for m in annotation.mentions if annotation else ():
            if m.kind != "place" and any(x.overlaps(m.span) for x in at):
                found.add(desk.called(m.name))
    return found - {desk.who(s) for s in accusing}


def _voices(desk: Desk) -> tuple[_Voice, ...]:
    """All words of all reports that might answer some accusation; looked for once."""
    kept = desk.kept.get("voices")
    if not isinstance(kept, tuple):
        kept = (*_spoken(desk), *_told(desk))
        desk.kept["voices"] = kept
    return kept


def _spoken(desk: Desk) -> list[_Voice]:
    found = []
    for annotation in desk.account.annotations:
        article = desk.articles.get(annotation.report)
        for s in annotation.statements if article else ():
            if s.mode == "narration" or not s.content or article is None:
                continue
            at = [m for m in annotation.mentions if any(m.span.overlaps(x) for x in s.source)]
            roles = " ".join(x for m in at for x in (m.role, m.title, m.affiliation) if x)
            source = f"{' '.join(x.of(article.text) for x in s.source)} {s.who or ''} {roles}".casefold()
            words = frozenset(normal(w) for w in re.findall(r"\w+", source))
            where = Evidence(s.report, desk.sentence(s.report, min(s.content)))
            another = bool(_OF_ANOTHER.search(source)) or any(m.affiliation for m in at)
            found.append(_Voice("said", where, s, desk.who(s), words, _role(source, words), another))
    return found


def _role(source: str, words: frozenset[str]) -> Literal["itself", "in_court", "beside"]:
    if words & set(_words("in_court")) and not any(x in source for x in _words("against")):
        return "in_court"
    return "beside" if words & set(_words("beside")) else "itself"


def _told(desk: Desk) -> list[_Voice]:
    """Sentences that tell of a plea, or that somebody did not answer."""
    found = []
    for article in desk.account.articles:
        before = ""
        for span in desk.sentences(article.id):
            text = one_line(span.of(article.text))
            kind: Literal["plea", "silence"] | None = (
                "plea" if _PLEA.search(text) else "silence" if _SILENCE.search(text) else None
            )
            if kind:
                seen = f"{before} {text}" if re.match(r"(?:He|She|They|His|Her|Their|The)\b", text) else text
                words = frozenset(normal(w) for w in re.findall(r"\w+", seen))
                found.append(_Voice(kind, Evidence(article.id, span), None, "", words, "told"))
            before = text
    return found
