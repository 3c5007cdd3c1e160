"""Search, the log of decisions, and what waits for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from twosource.brief.wording import clipped, one_line
from twosource.case.curtain import Curtain
from twosource.case.reviewing import waiting
from twosource.case.searching import look
from twosource.errors import UsageError
from twosource.store import derived, evidence, listing
from twosource.store.decisions import Decision, history, in_force
from twosource.store.search import NOUNS, Filters, Hit
from twosource.web.asking import Ask
from twosource.web.gists import Gist
from twosource.web.shelf import report_address

AT_ONCE = 20
DECISIONS = 50
WAITING = 100
OPENED = 10  # accounts that are looked into for the names of things
BEGINNING = 80  # characters of a text that stand for the title it has not
LONGEST = 500  # characters of a question
LAST_PAGE = 50
STANCES = ("asserts", "denies", "hedges", "asks")
STATUSES = ("single_origin", "corroborated", "disputed", "reporter_only")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def filters_of(said: dict[str, str]) -> Filters:
    """The filters that were asked for. Raises UsageError for a value that a filter cannot have."""
    for name, known in (("noun", NOUNS), ("stance", STANCES), ("status", STATUSES)):
        if said[name] and said[name] not in known:
            raise UsageError(f"{'in' if name == 'noun' else name} knows {', '.join(known)}")
    for name in ("since", "until"):
        if said[name] and not _DAY.fullmatch(said[name]):
            raise UsageError(f"{name} is a day: YYYY-MM-DD")
    if said["origins"] and not re.fullmatch(r"[0-9]{1,3}", said["origins"]):
        raise UsageError("origins is a number")
    return Filters(
        nouns=(said["noun"],) if said["noun"] else NOUNS,
        outlet=said["outlet"][:200] or None,
        since=said["since"] or None,
        until=said["until"] or None,
        actor=said["actor"][:200] or None,
        place=said["place"][:200] or None,
        stance=said["stance"] or None,
        status=said["status"] or None,
        origins=int(said["origins"]) if said["origins"] else None,
    )


def asked_for(ask: Ask) -> dict[str, str]:
    """What the address says of a search."""
    names = ("outlet", "since", "until", "actor", "place", "stance", "status", "origins")
    return {"q": ask.one("q")[:LONGEST], "noun": ask.one("in"), **{n: ask.one(n) for n in names}}


def find(ask: Ask) -> Response:
    """Search with filters, a page at a time."""
    said, number = asked_for(ask), ask.number("page", 1, most=LAST_PAGE)
    hits: list[Hit] = []
    gists: dict[str, Gist] = {}
    more = False
    wrong = ""
    curtain, inside = ask.bench.shelf.curtains.now(), ask.visitor.inside
    if said["q"]:
        try:
            found = look(ask.bench.store, said["q"], filters_of(said), number * AT_ONCE + 1)
            more = len(found) > number * AT_ONCE
            hits = [h for h in found[(number - 1) * AT_ONCE :] if curtain.shows_hit(h, inside)]
            with ask.bench.store.reads() as c:
                gists = ask.bench.gists.of(c, sorted({h.incident for h in hits if h.incident}), curtain)
        except UsageError as e:
            wrong = str(e)
    address = {k if k != "noun" else "in": v for k, v in said.items() if v}
    main = ask.bench.main(
        "search.html.j2",
        f=said,
        wrong=wrong,
        hits=[_shown(h, gists.get(h.incident or "")) for h in hits[:AT_ONCE]],
        first=(number - 1) * AT_ONCE + 1,
        number=number,
        more=more,
        address=f"/search?{urlencode(address)}&",
    )
    return ask.bench.page(ask, "Search", main, 400 if wrong else 200)


def _shown(h: Hit, gist: Gist | None) -> dict[str, Any]:
    return {
        "noun": h.noun,
        "href": _href(h),
        "title": _title(h),
        "pieces": _pieces(h),
        "incident": h.incident,
        "within": gist.title if gist and h.noun != "report" else "",
        "tags": gist.answers.get(h.id, ()) if gist and h.noun in ("claim", "statement") else (),
    }


def _title(h: Hit) -> str:
    """Its title; that of a report without one is the beginning of its text, perhaps cut within a word."""
    words = clipped(one_line(h.title), 30)
    cut = h.noun == "report" and len(h.title) == BEGINNING and not words.endswith("…")
    return (f"{words.rpartition(' ')[0]} …" if cut else words) or h.id


def _href(h: Hit) -> str:
    if h.noun == "report" or (h.noun == "statement" and h.report):
        return report_address(h.report or h.id)
    return f"/incidents/{h.incident}" + (f"#i1{h.id}" if h.noun == "claim" else "#i1-people")


def _pieces(h: Hit) -> list[tuple[str, bool]]:
    """The snippet cut at what was found."""
    found, at = [], 0
    for start, end in h.marks:
        if start >= at:
            found += [(h.snippet[at:start], False), (h.snippet[start:end], True)]
            at = end
    return [*found, (h.snippet[at:], False)]


def decisions(ask: Ask) -> Response:
    """Every decision, the latest first."""
    number = ask.number("page", 1)
    with ask.bench.store.reads() as c:
        log = history(c)
        held = {d.id for d in in_force(log)}
        some = log[::-1][(number - 1) * DECISIONS : number * DECISIONS + 1]
        curtain = ask.bench.shelf.curtains.now()
        names = _named(c, {t for d in some for t in d.targets}, curtain)
    rows = [_decision(d, d.id in held, names, curtain) for d in some[:DECISIONS]]
    main = ask.bench.main(
        "history.html.j2",
        rows=rows,
        editor=ask.visitor.may("editor"),
        number=number,
        more=len(some) > DECISIONS,
    )
    return ask.bench.page(ask, "History", main)


def _decision(d: Decision, holds: bool, names: dict[str, dict[str, str]], curtain: Curtain) -> dict[str, Any]:
    return {
        "id": d.id,
        "at": d.at,
        "who": d.who,
        "kind": d.kind,
        "value": one_line(curtain.text(d.said)),
        "why": one_line(curtain.text(d.why)),
        "holds": holds,
        "targets": [names.get(t, {"word": t, "href": ""}) for t in d.targets],
    }


def _named(c: Any, ids: Iterable[str], curtain: Curtain) -> dict[str, dict[str, str]]:
    """Things of the case by their ids, each in a word with where it is shown."""
    wanted = sorted(i for i in ids if i.isprintable())
    found: dict[str, dict[str, str]] = {}
    now = {i: derived.current(c, i) for i in wanted}
    held = listing.accounts(c, sorted(set(now.values())))
    for i, current in now.items():
        if current in held:
            title = clipped(one_line(curtain.text(held[current]["title"])), 12)
            found[i] = {"word": title or i, "href": f"/incidents/{current}"}
    for i in evidence.numbers_of(c, wanted):
        found[i] = {"word": f"report {one_line(curtain.mask.address(i))}", "href": report_address(i)}
    for i in wanted:
        if i not in found and i[:1] in ("c", "a", "d"):
            for incident in listing.incidents_holding(c, i)[:1]:
                anchor = "i1-people" if i[:1] == "a" else f"i1{i}"
                if incident not in held and len(held) < OPENED:
                    held |= listing.accounts(c, [incident])
                word = clipped(one_line(curtain.text(_word_for(i, held.get(incident)))), 12)
                found[i] = {"word": word or i, "href": f"/incidents/{incident}#{anchor}"}
    return found


def _word_for(name: str, account: Any) -> str:
    """What an actor, a claim or a difference of an account is called; nothing where it isn't known."""
    for part, key in (("actors", "name"), ("claims", "text"), ("disagreements", "about")):
        for row in (account or {}).get(part, ()):
            if row["id"] == name:
                return str(row[key])
    return ""


def _on_the_page(row: Mapping[str, Any]) -> str:
    """What waits, without the ids and commands that stand for links and buttons elsewhere."""
    said, known, _ = str(row["text"]).rpartition(". `case redact`")
    return f"{said.rpartition(' (')[0]}." if known else str(row["text"])


def review(ask: Ask) -> Response:
    """What waits for a person."""
    rows = waiting(ask.bench.store)
    with ask.bench.store.reads() as c:
        curtain = ask.bench.shelf.curtains.now()
        names = _named(c, {i for r in rows[:WAITING] for i in r["ids"]}, curtain)
    shown = [
        {
            **r,
            "text": one_line(curtain.text(_on_the_page(r))),
            "things": [names.get(i, {"word": i, "href": ""}) for i in r["ids"]],
            "decision": r["ids"][0] if r["kind"] == "conflict" else "",
        }
        for r in rows[:WAITING]
    ]
    main = ask.bench.main(
        "review.html.j2",
        rows=shown,
        editor=ask.visitor.may("editor"),
        more=max(0, len(rows) - WAITING),
    )
    return ask.bench.page(ask, "Review", main)
