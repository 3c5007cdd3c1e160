"""The brief as one HTML page: nothing loaded from outside, no script, every character of a report escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from twosource.brief import sections, view
from twosource.brief.answered import answered
from twosource.brief.citing import Citations, Cite, Layer, MarkedReport, NotesView, marked, this_page
from twosource.brief.evidence import Desk
from twosource.brief.pictures.copies import TreeView, tree
from twosource.brief.pictures.moments import MomentsView, moments
from twosource.brief.pictures.places import MapView, map_of
from twosource.brief.pictures.stances import StancesView, stances
from twosource.brief.proposals import proposals_line
from twosource.brief.rendering import MASK, own_environment, style_hash, stylesheet, torn_rules
from twosource.brief.versions import VersionsView, versions
from twosource.brief.wording import bounds, clipped, count, date_in_words, harmless, one_line, place_name
from twosource.model import Account, Article, Brief
from twosource.version import __version__

STATE = {
    "holds": "applies",
    "idle": "changes nothing now",
    "partly": "applies in part",
    "gone": "what it was about is gone",
    "conflict": "contradicts a later one",
}
FOLD = 30  # reports of an incident beyond which each is folded
LARGEST = 2_900_000  # bytes of a page, where its reports leave that much
# End tags that HTML lets go; a report's text has none, it is escaped.
_NEEDLESS_END = re.compile(r"</(?:li|d[dt]|t[dhr])>")


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report whole, with its masthead."""

    id: str
    anchor: str
    number: int
    title: str
    opening: str  # its first words, for one that has no title
    outlet: str
    facts: tuple[tuple[str, str], ...]
    url: str
    paragraphs: tuple[Markup, ...]
    cited: int
    furniture: int
    words: int
    torn: tuple[str, ...]  # anchors of passages that had to be cut into several pieces


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the head: when, where, how many; with what it rests on."""

    label: str
    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """One incident as the page shows it, in the order of the page."""

    anchor: str
    number: int
    title: str
    facts: tuple[Fact, ...]
    outlets: str
    unread: tuple[tuple[int, str], ...]  # reports that no installed pipeline reads, with their language
    figure: view.Figure | None
    central: view.ClaimView | None
    summary: tuple[view.Said, ...]
    claims: tuple[view.ClaimView, ...]
    stances: StancesView | None
    background: tuple[view.ClaimView, ...]
    differences: tuple[sections.DifferenceView, ...]
    questions: tuple[sections.QuestionView, ...]
    tree: TreeView
    pairs: tuple[sections.PairView, ...]
    versions: tuple[VersionsView, ...]
    more_versions: int
    timeline: tuple[tuple[str, view.Said], ...]
    moments: MomentsView | None
    map: MapView
    actors: tuple[sections.ActorView, ...]
    relations: tuple[sections.RelationView, ...]
    reports: tuple[ReportView, ...]
    folded: bool
    notes: tuple[NotesView, ...]  # the cited passages, for paper
    decided: tuple[tuple[str, str], ...]  # what a person decided, and whether it still applies
    withheld: bool  # some name is blacked out
    source: str  # what cites a claim that is given in short
    hrefs: tuple[str, ...]  # where each report starts, in the order of their numbers

    def report_href(self, number: int) -> str:
        """Where the report of that number starts."""
        return self.hrefs[number - 1]


def no_layers(_article: Article) -> Sequence[Layer]:
    """Nothing but what is cited, and furniture."""
    return ()


def to_html(brief: Brief, largest: int = LARGEST) -> str:
    """The page; the same brief gives the same page. One of more bytes than `largest` gives more of its claims and
    differences in short, and every one of them all the same.
    """
    page = _page(brief, room_for(len(brief.accounts)))
    return page if len(page.encode("utf-8")) <= largest else _page(brief, TIGHT)


def _page(brief: Brief, room: Room) -> str:
    accounts = [account_view(a, n, room=room) for n, a in enumerate(brief.accounts, 1)]
    style = stylesheet() + torn_rules([t for a in accounts for r in a.reports for t in r.torn])
    page: str = (
        own_environment()
        .get_template("brief.html.j2")
        .render(
            accounts=accounts,
            brief=brief,
            proposals=proposals_line(brief),
            refused=[(one_line(r.input), one_line(r.reason)) for r in brief.refused],
            version=__version__,
            style=Markup(style),  # our own files and anchors of digits and letters
            style_hash=style_hash(style),
            heading=accounts[0].title if len(accounts) == 1 else count(len(accounts), "incident"),
            total=sum(len(a.reports) for a in accounts),
        )
    )
    return _NEEDLESS_END.sub("", page).encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Room:
    """How many claims of an account are drawn, shown in full, and held against the reports, how many of its differences
    are set side by side; the rest is given in short.
    """

    drawn: int = 40
    full: int = 1_000_000
    rows: int = 60
    beside: int = 1_000_000


TIGHT = Room(drawn=1, full=2, rows=6, beside=2)


def room_for(accounts: int) -> Room:
    """What one page can hold of each of so many accounts and still open at once."""
    return Room(
        drawn=max(1, 40 // max(1, accounts)),
        full=min(24, max(5, 80 // max(1, accounts))),
        rows=max(8, 60 // max(1, accounts)),
        beside=min(24, max(6, 80 // max(1, accounts))),
    )


def account_view(
    account: Account,
    number: int = 1,
    *,
    page: Callable[[str], str] = this_page,
    layers: Callable[[Article], Sequence[Layer]] = no_layers,
    room: Room = Room(),
) -> AccountView:
    """One account, with every link it needs made before its reports are marked.

    `page` gives the address of the page that shows a report, by its id: nothing where all stands on one page. `layers`
    gives what else a page can tint in a report, `room` says how much of it is shown.
    """
    desk = Desk(account)
    links = Citations(desk, f"i{number}", page)
    facts = _facts(
        account, links
    )  # first what a reader meets first, so that numbers on paper rise down the page
    summary = tuple(view.Said(one_line(s.text), links.key(s.evidence)) for s in account.summary)
    all_claims = view.claims(desk, links, room.drawn, room.full)
    central = desk.central
    middle = next((c for c in all_claims if central and c.anchor == f"{links.prefix}{central.id}"), None)
    replies = answered(desk, all_claims)
    summary = tuple(
        replace(said, answers=replies.missing(line.text, line.evidence))
        for said, line in zip(summary, account.summary, strict=True)
    )
    parts: dict[str, Any] = {
        "stances": stances(desk, links, view.of_the_event(desk), room.rows),
        "differences": sections.differences(desk, links, replies, room.beside),
        "questions": sections.questions(desk, links),
        "timeline": sections.timeline(desk, links, replies),
        "map": map_of(desk, links),
        "actors": sections.actors(desk, links),
        "relations": sections.relations(desk, links),
    }
    axis = moments([m.when for m in account.timeline], [a.published for a in desk.reading_order])
    beside, more_versions = versions(desk)
    marks = [
        (a, marked(a, links.cited(a.id), links.is_key, layers(a)), len(links.cited(a.id)))
        for a in desk.reading_order
    ]
    return AccountView(
        anchor=f"i{number}",
        number=number,
        title=one_line(account.title) or f"Incident {number}",
        facts=facts,
        outlets=sections.outlets_line(desk),
        unread=tuple(
            (desk.numbers[a.id], one_line(desk.annotations[a.id].language))
            for a in desk.reading_order
            if a.id in desk.annotations and not desk.annotations[a.id].analysed
        ),
        figure=middle.figure if middle else None,
        central=middle,
        summary=summary,
        claims=tuple(c for c in all_claims if not c.event),
        background=tuple(c for c in all_claims if c.event),
        tree=tree(desk),
        moments=axis,
        pairs=sections.pairs(desk),
        versions=beside,
        more_versions=more_versions,
        reports=tuple(_report(a, links, m, n) for a, m, n in marks),
        folded=len(account.articles) > FOLD,
        notes=links.notes(),
        decided=tuple((one_line(desk.readable(e.text)), STATE[e.state]) for e in account.decided),
        withheld=any(MASK in a.text for a in account.articles),
        source=view.source_line(desk),
        hrefs=tuple(links.report_href(a.id) for a in desk.reading_order),
        **parts,
    )


def _facts(account: Account, links: Citations) -> tuple[Fact, ...]:
    facts = account.facts
    found = [Fact("When", date_in_words(facts.when), links.one_each(facts.when_evidence))]
    where = place_name(facts.where) if facts.where else "not said in the reports"
    found.append(Fact("Where", where, links.one_each(facts.where_evidence)))
    for label, toll in (("Killed", facts.killed), ("Injured", facts.injured)):
        if toll is not None:
            found.append(Fact(label, bounds(toll.low, toll.high), links.one_each(toll.evidence)))
    return tuple(found)


def _report(article: Article, links: Citations, text: MarkedReport, cited: int) -> ReportView:
    r = article.report
    rows = [("Published", date_in_words(article.published) if article.published else "date unknown")]
    rows += [("Copy made", date_in_words(r.retrieved))] if r.retrieved else []
    owned = links.desk.owned.get(article.id)
    rows += [("Owner of the outlet", one_line(f"{owned.owner} ({owned.why})"))] if owned else []
    rows += [("Changed", date_in_words(r.modified))] if r.modified else []
    byline = r.byline or (article.masthead.byline.value if article.masthead.byline else None)
    rows += [("By", one_line(byline))] if byline else []
    rows += [("Address", one_line(r.url))] if r.url else []
    unread = links.desk.annotations.get(article.id)
    rows += (
        [("Not analysed", f"language {one_line(unread.language)}")] if unread and not unread.analysed else []
    )
    rows += [("Identifier", one_line(r.id))]
    rows += [("SHA-256 of the original", one_line(r.sha256))] if r.sha256 else []
    return ReportView(
        id=article.id,
        anchor=links.report_anchor(article.id),
        number=links.desk.numbers[article.id],
        title=one_line(r.title),
        opening=clipped(one_line(article.text[:400]), 9) or "no words",
        outlet=one_line(article.outlet) or "outlet unknown",
        facts=tuple(rows),
        url=web_address(r.url),
        paragraphs=text.paragraphs,
        cited=cited,
        furniture=len(article.boilerplate),
        words=len(article.text.split()),
        torn=text.torn,
    )


def web_address(url: str | None) -> str:
    """The address when it is one of the web, else nothing: no other kind is ever made a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    plain = harmless(url) == url and not any(c.isspace() for c in url or "")
    return (url or "") if parts.scheme in ("http", "https") and parts.netloc and plain else ""
