"""The title and the summary: at most eight lines in the order a reader needs, each made of evidence.

What the reports say is given in their words or as "X said that …" with the report's own clause; nothing is claimed in our
voice but how many origins were found. A line whose numbers or names do not all stand in its passages is not written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from twosource.brief.blame import lays_blame
from twosource.brief.choosing import best_first, is_heading, leans
from twosource.brief.circumstances import where_and_when, where_differs, who_says
from twosource.brief.disputes import disputed, unknown
from twosource.brief.evidence import Desk, needed, unsupported
from twosource.brief.lead import news_of
from twosource.brief.overtaken import figures, gives_toll
from twosource.brief.passing import of_something_else, only_in_passing, telling
from twosource.brief.responses import answers
from twosource.brief.saying import Saying, said
from twosource.brief.suspicion import suspected
from twosource.brief.title import title
from twosource.brief.wording import in_words, inside_quotes, listed, one_line, without_stop
from twosource.model import Account, Claim, Evidence, Line, Statement

AT_MOST = 8
_IN_FULL = 2  # denials of one claim given in full; who else denies it is named after them
_REPEATED = 0.7  # share of a line's long words that an earlier line already holds for it to say nothing new
_FEW = 3  # reports, from which what one alone tells can be left out
_LED = 2  # words of what most reports lead with that make a claim one of those
# The same at the head of a report's sentence that a line quotes; a heading given as one.
_CUT = re.compile(
    r"(?:says|source): “(?:He|She|They|This|These|Those|Their|His|Her|Its|It (?!is|was|seems|took))\b"
    r"|\bof them\b|^One report says[^“]*: “[^“]*[^.!?…’]”\.$"
)


def summarise(account: Account) -> Account:
    """The account with its title and summary; lines: what, where, when, who says so, what is disputed, what is unknown."""
    desk = Desk(account)
    already: list[str] = []
    what = iter(_what(desk, already))
    first = _checked(desk, what, 3, already, new=True)
    doubtful = (_with_denials(desk, c, s, already) for c, s in suspected(desk, already))
    first += _checked(desk, doubtful, 1, already, new=True)
    first += _checked(desk, what, 4 - len(first), already, new=True)
    rest: list[Line] = []
    rest += _checked(desk, where_differs(desk), 1, already)
    rest += _checked(desk, where_and_when(desk, " ".join(already)), 1, already)
    for part, most in ((who_says, 1), (disputed, 2), (unknown, 1)):
        rest += _checked(desk, part(desk), most, already)
    first += _checked(desk, what, AT_MOST - len(rest) - len(first), already, new=True)
    return replace(account, title=title(desk), summary=(*first[: AT_MOST - len(rest)], *rest))


def _checked(
    desk: Desk, drafts: Iterator[Saying | None], most: int, already: list[str], *, new: bool = False
) -> list[Line]:
    """The first drafts that rest on evidence wholly, up to that many; with `new`, only those that say something more."""
    kept: list[Line] = []
    while len(kept) < most:
        try:
            draft = next(drafts)
        except StopIteration:
            break
        if draft is None or not draft.evidence or any(_core(draft) in text for text in already):
            continue
        if new and already and (_repeats(draft, already) or _CUT.search(draft.text)):
            continue
        evidence = tuple(dict.fromkeys(e for e in draft.evidence if desk.text(e).strip()))
        if evidence and not unsupported(draft.material, [desk.text(e) for e in evidence]):
            kept.append(Line(draft.text, needed(draft.text, [(e, desk.text(e)) for e in evidence])))
            already.append(draft.text)
    return kept


def _repeats(draft: Saying, already: list[str]) -> bool:
    """Whether an earlier line has most of the words, and every number."""
    mine = telling(draft.text)
    return any(
        len(mine & theirs) >= _REPEATED * len(mine) and not any(w[0].isdigit() for w in mine - theirs)
        for theirs in map(telling, already)
    )


# ------------------------------------------------------------------ what


def _what(desk: Desk, already: list[str]) -> Iterator[Saying | None]:
    """The central claim, the latest figure first where it gives an earlier one; then what else the main event holds."""
    central = desk.central
    if central is None:
        return
    old, _ = figures(desk)
    shown = best_first(desk, central)[:1]
    lead = _lead_words(desk)
    for claim, statement in news_of(desk, central):
        draft = _with_denials(desk, claim, statement, already)
        if draft is not None:
            yield draft
    about = telling(central.said)
    if any(is_heading(s, desk.content(s)) or only_in_passing(desk, s, about) for s in shown):
        yield from _toll(desk, already)
    overtaken = any(old.in_statement(desk, s) for s in shown)
    if overtaken:
        yield from _toll(desk, already)
    yield from _claimed(desk, central, already)
    if not overtaken and not any(gives_toll(desk, s) for s in shown):
        yield from _toll(desk, already)
    others = [
        c for c in desk.account.claims if c.id != central.id and c.event == "main" and _matters(desk, c)
    ]
    for claim in sorted(others, key=lambda c: _later(desk, c, lead)):
        yield from _claimed(desk, claim, already, whole=True)


def _toll(desk: Desk, already: list[str]) -> Iterator[Saying | None]:
    """How many died: the first claim of the main event with a statement that says it whole."""
    for claim in desk.account.claims:
        if claim.event == "main":
            for s in best_first(desk, claim):
                if gives_toll(desk, s) and not leans(desk.content(s)):
                    draft = _with_denials(desk, claim, s, already)
                    if draft and not unsupported(draft.material, [desk.text(e) for e in draft.evidence]):
                        yield draft
                        return


def _matters(desk: Desk, claim: Claim) -> bool:
    """Whether more than one report carries a claim, or it holds something of what the reports share at their heads."""
    backing = desk.backings.get(claim.id)
    carried = len(backing.reports) if backing else 1
    return carried > 1 or len(desk.articles) < _FEW or not desk.news.weights or desk.news.told(claim.said) > 0


def _later(desk: Desk, claim: Claim, lead: frozenset[str]) -> tuple[bool, bool]:
    """What stands by itself comes first, then what the reports lead with, or what more than one has from somebody."""
    best = next(iter(best_first(desk, claim)), None)
    if best is None:
        return True, True
    content = desk.content(best)
    backing = desk.backings.get(claim.id)
    alone = best.mode == "narration" or (
        backing is not None and len(backing.reports) == 1 < len(desk.articles) - 1
    )
    return leans(content), alone and len(telling(content) & lead) < _LED


def _lead_words(desk: Desk) -> frozenset[str]:
    """The long words that at least half of the reports have in their title or first sentence."""
    count: Counter[str] = Counter()
    for a in desk.account.articles:
        first = next((s.of(a.text) for s in desk.sentences(a.id)), "")
        count.update(telling(f"{a.report.title or ''} {first}"))
    return frozenset(w for w, n in count.items() if 2 * n >= len(desk.articles) and n > 1)


def _claimed(desk: Desk, claim: Claim, already: list[str], *, whole: bool = False) -> Iterator[Saying | None]:
    """A claim as its best statement that may be shown says it, with its direct denials in the same line.

    With `whole`, only a statement that can be understood by itself.
    """
    for statement in best_first(desk, claim):
        content = desk.content(statement)
        if (whole and leans(content)) or (already and is_heading(statement, content)):
            continue
        draft = _with_denials(desk, claim, statement, already)
        if draft is not None:
            yield draft
            if not unsupported(draft.material, [desk.text(e) for e in draft.evidence]):
                return


def _with_denials(desk: Desk, claim: Claim, statement: Statement, already: list[str]) -> Saying | None:
    saying = said(desk, statement)
    if saying is None:
        return None
    text, material, evidence = saying
    if figures(desk)[0].in_statement(desk, statement):
        text = _earlier(desk, text)
    backing = desk.backings.get(claim.id)
    doubt = _doubt(desk, claim, statement)
    text, evidence = _joined(desk, [text, doubt.text]), evidence + doubt.evidence
    denials = [d.statement for d in backing.denials if d.target == "claim"] if backing else []
    answer = _answers(desk, [desk.statements[d] for d in denials if d in desk.statements], text, already)
    text, material, evidence = (
        _joined(desk, [text, answer.text]),
        f"{material} {answer.material}",
        evidence + answer.evidence,
    )
    if not (backing and backing.denials) and lays_blame(desk, statement):
        response = _response(desk, statement, text, already)
        text, material = _joined(desk, [text, response.text]), f"{material} {response.material}"
        evidence += response.evidence
    return Saying(text, material, evidence)


def _response(desk: Desk, statement: Statement, text: str, already: list[str]) -> Saying:
    """What the accused answer, once in a summary; that nobody does only where no report has any words that might be it."""
    found = answers(desk, [statement])
    if not found:
        return Saying("no response to this was found in these reports.", "", ())
    for answer in (a for a in found if a.sure):
        saying = said(desk, answer.statement) if answer.statement else _told(desk, answer.evidence)
        if saying is None or unsupported(saying.material, [desk.text(e) for e in saying.evidence]):
            continue
        return Saying("", "", ()) if any(_core(saying) in x for x in (text, *already)) else saying
    return Saying("", "", ())


def _told(desk: Desk, where: Evidence) -> Saying | None:
    words = one_line(desk.text(where))
    return (
        Saying(f"one report says: “{without_stop(inside_quotes(words))}.”", words, (where,))
        if words
        else None
    )


def _doubt(desk: Desk, claim: Claim, shown: Statement) -> Saying:
    """That another voice is less sure, where the words shown are surer than the claim's weakest."""
    backing = desk.backings.get(claim.id)
    if backing is None or desk.central != claim or shown.certainty != "asserted" or shown.stance == "hedges":
        return Saying("", "", ())
    about = telling(claim.said)
    said_of_it = best_first(desk, claim)
    for s in said_of_it:
        aside = only_in_passing(desk, s, about) or of_something_else(desk, s, said_of_it, about)
        if s.certainty == backing.certainty == "possible" and not aside:
            return Saying("elsewhere it is only said to be possible.", "", tuple(desk.passages(s)))
    return Saying("", "", ())


def _answers(desk: Desk, denials: list[Statement], text: str, already: list[str]) -> Saying:
    """The first denials in full, one a voice; who else denies it by name; what an earlier line has already, in a word."""
    voices: dict[str, Statement] = {}
    for s in denials:
        voices.setdefault(one_line(desk.who(s)) or s.report, s)
    full: list[Saying] = []
    others: list[tuple[str, Statement]] = []
    above = False
    for who, s in voices.items():
        answer = said(desk, s, answering=True)
        if answer is not None and unsupported(answer.material, [desk.text(e) for e in answer.evidence]):
            answer = None
        if answer is not None and (
            _core(answer) in text or any(_core(answer) in x.text or _core(x) in answer.text for x in full)
        ):
            continue
        if answer is not None and any(_core(answer) in line for line in already):
            above = True
        elif answer is not None and len(full) < _IN_FULL:
            full.append(answer)
        else:
            others.append((who if s.who else "", s))
    parts = [x.text for x in full]
    if above:
        parts.append("the denial above is of this too.")
    named = [who for who, _ in others if who]
    too = " too" if parts else ""
    if named:
        parts.append(f"{listed(named)} {'denies' if len(named) == 1 else 'deny'} it{too}.")
    elif others:
        parts.append(f"{in_words(len(others))} other{'s deny' if len(others) > 1 else ' denies'} it{too}.")
    passages = tuple(e for _, s in others for e in desk.passages(s))
    return Saying(
        _joined(desk, parts),
        " ".join([*(x.material for x in full), *named]),
        tuple(e for x in full for e in x.evidence) + passages,
    )


def _core(answer: Saying) -> str:
    """A line as it can stand inside another: without its first letter, which may be large, and its end."""
    return answer.text[1:].rstrip(".”")


def _joined(desk: Desk, parts: list[str]) -> str:
    """Lines as one sentence, semicolons between: a summary of eight lines is one of eight sentences."""
    kept = [p for p in parts if p]
    text = kept[0] if kept else ""
    for part in kept[1:]:
        text = f"{_open_end(text)}; {_small(desk, part)}"
    return text


def _open_end(text: str) -> str:
    return re.sub(r"\.?(”?)\.?$", r"\1", text)


def _small(desk: Desk, text: str) -> str:
    """A line to stand inside a sentence: its first letter small where the word is no name."""
    first = re.match(r"\w+", text)
    return text[:1].lower() + text[1:] if first and first[0].lower() in desk.common_words else text


def _earlier(desk: Desk, text: str) -> str:
    """A line whose figure later news has replaced, marked as such."""
    return "Earlier, " + _small(desk, text)
