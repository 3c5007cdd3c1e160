"""The pages for reading: incidents, one incident, one report, all reports."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from twosource.brief.view import Figure
from twosource.brief.wording import STATUS, bounds, clipped, date_in_words, harmless, one_line
from twosource.case.curtain import Curtain
from twosource.corroborate import of_owners
from twosource.errors import TwosourceError
from twosource.model import Holding
from twosource.store import derived, evidence, listing, mastheads
from twosource.store.decisions import Decision, history, in_force
from twosource.text import paragraphs
from twosource.web.asking import Ask, framed
from twosource.web.bench import Workbench
from twosource.web.beside import claims_on, kin_of
from twosource.web.gists import answers_to, deniers
from twosource.web.shelf import Shown, report_address
from twosource.web.visits import COOKIE, Visit

AT_ONCE = 40  # rows of a page
NEWS = 12
OTHERS = 200  # incidents that one can be merged with by choosing
JUDGED = ("confirm", "reject", "grade", "note", "tag", "verdict")

TOLD = {
    "new_incident": "new incident",
    "new_report": "new reports",
    "second_origin": "second origin",
    "toll": "toll",
    "denial": "denial",
    "edited": "edited",
    "merged": "merged",
}


def incidents(ask: Ask) -> Response:
    """All incidents with their figures, and what changed since the last visit."""
    bench, number = ask.bench, ask.number("page", 1)
    order = ask.one("order") if ask.one("order") in listing.ORDERS else "size"
    now = int(time.time())
    with bench.store.reads() as c:
        state = listing.state(c)
        latest = derived.last_event(c)
        visit = Visit.of(ask.request.cookies.get(COOKIE, ""), now, latest)
    editor, inside = ask.visitor.may("editor"), ask.visitor.inside
    curtain = bench.shelf.curtains.now()

    def make() -> str:
        with bench.store.reads() as c:
            totals = listing.counts(c)
            found = listing.some_incidents(c, AT_ONCE + 1, (number - 1) * AT_ONCE, order)
            held = listing.accounts(c, [i.id for i in found[:AT_ONCE]])
            told = listing.events_after(c, visit.before, 5 * NEWS) if visit.before < latest else []
        told = [e for e in told if curtain.shows_event(e.incident, e.record, inside)]
        if not inside:
            held |= _released(bench, curtain, held)
        fresh = {e.incident for e in told}
        return bench.main(
            "incidents.html.j2",
            rows=[_card(i, curtain.rows(_short(held.get(i.id))), i.id in fresh) for i in found[:AT_ONCE]],
            more=len(found) > AT_ONCE,
            number=number,
            order=order,
            totals=totals,
            editor=editor,
            news=[
                {
                    "kind": e.kind,
                    "label": TOLD.get(e.kind, e.kind),
                    "text": one_line(curtain.text(e.text)),
                    "incident": e.incident,
                    "at": e.at,
                }
                for e in told[:NEWS]
            ],
            more_news=len(told) > NEWS,
            since="your last visit" if COOKIE in ask.request.cookies else "",
        )

    main = bench.shelf.page(
        ("incidents", order, str(number), str(editor), str(visit.before), str(COOKIE in ask.request.cookies)),
        state,
        make,
    )
    response = bench.page(ask, "Incidents", main)
    visit.keep(response, bench.rules.secure)
    return response


def _released(bench: Workbench, curtain: Curtain, held: Mapping[str, Any]) -> dict[str, Any]:
    """The accounts without confidential reports of those incidents that have some; nothing of one that has no others."""
    found: dict[str, Any] = {}
    for name in sorted(curtain.incidents & set(held)):
        try:
            shown = bench.shelf.shown(name, inside=False)
        except TwosourceError:
            shown = None
        found[name] = shown.row if shown else {}
    return found


def _short(account: Any) -> dict[str, Any]:
    """What the list shows of an account, so that no more has to be covered."""
    if not account:
        return {}
    central = [c for c in account["claims"] if c["id"] == account["figure"]["claim"]]
    return {
        **{k: account[k] for k in ("title", "when", "where", "killed", "injured", "figure")},
        "claims": central,
        "deniers": deniers(account, central),
        "differences": len(account["disagreements"]),
    }


def _card(row: Any, account: Any, fresh: bool) -> dict[str, Any]:
    """An incident in the list: its central claim never without who says it and what answers it."""
    central = (account.get("figure") or {}).get("claim")
    claim = next((x for x in account.get("claims", ()) if x["id"] == central), None)
    return {
        "id": row.id,
        "title": one_line(account.get("title")) or row.id,
        "when": date_in_words(account["when"]) if account.get("when") else "date unknown",
        "place": one_line((account.get("where") or {}).get("name")),
        "reports": (account.get("figure") or {}).get("reports", row.reports),
        "outlets": (account.get("figure") or {}).get("outlets", row.outlets),
        "killed": _toll(account.get("killed")),
        "injured": _toll(account.get("injured")),
        "fresh": fresh,
        "claim": clipped(one_line(claim["text"]), 40) if claim else "",
        "by": _by(claim) if claim else "",
        "figure": _figure(claim) if claim else None,
        "label": STATUS.get(claim["status"], claim["status"]) if claim else "",
        "answers": answers_to(claim, account["deniers"]) if claim else (),
        "differences": account.get("differences", 0),
    }


def _toll(toll: Any) -> str:
    return bounds(toll["low"], toll["high"]) if toll else ""


def _by(claim: Any) -> str:
    named = list(
        dict.fromkeys(one_line(o["who"]) for o in claim["origins"] if o["who"] and o["kind"] != "reporter")
    )
    if not named:
        return "said in the reports’ own voice, naming no source"
    return f"said by {', '.join(named[:3])}" + (f" and {len(named) - 3} more" if len(named) > 3 else "")


def _figure(claim: Any) -> Figure:
    return Figure(
        reports=claim["reports"],
        outlets=claim["outlets"],
        unknown=0,
        collectors=claim["collectors"],
        origins=claim["independent_origins"],
        at_most=claim["at_most"],
        status=claim["status"],
        label="",
        means="",
        owners=of_owners(
            [Holding(h["owner"], tuple(h["outlets"])) for h in claim.get("owners", ())], claim["outlets"]
        ),
    )


def shown_or_404(ask: Ask, name: str) -> Shown:
    """The incident. Raises HTTPException where there is none."""
    if not name.isprintable() or len(name) > 100:
        raise HTTPException(404, "There is no such incident in this case.")
    found = ask.bench.shelf.shown(name, ask.visitor.inside)
    if found is None:
        raise HTTPException(404, "There is no such incident in this case.")
    return found


def incident(ask: Ask) -> Response:
    """One incident, all of it but the texts of its reports."""
    bench = ask.bench
    state = bench.shelf.state()
    shown = shown_or_404(ask, ask.request.path_params["id"])
    editor, curtain = ask.visitor.may("editor"), bench.shelf.curtains.now()

    def make() -> str:
        with bench.store.reads() as c:
            log = in_force(history(c))
            others = listing.some_incidents(c, OTHERS + 1) if editor else []
        return bench.main(
            "incident.html.j2",
            a=shown.view,
            id=shown.id,
            editor=editor,
            notes=_notes(log),
            left_out=shown.left_out,
            others=[
                {
                    "id": o.id,
                    "title": clipped(one_line(curtain.text(o.title)), 12) or o.id,
                    "when": date_in_words(o.when) if o.when else "",
                }
                for o in others
                if o.id != shown.id
            ],
        )

    main = bench.shelf.page(("incident", shown.id, str(editor), shown.state), state, make)
    return bench.page(ask, shown.view.title, main)


def _notes(log: Sequence[Decision]) -> dict[str, list[Decision]]:
    """What people said of each thing, by its id."""
    found: dict[str, list[Decision]] = {}
    for d in log:
        if d.kind in JUDGED and len(d.targets) == 1:
            found.setdefault(d.targets[0], []).append(d)
    return found


def brief_page(ask: Ask) -> Response:
    """The brief of an incident as one page of its own, to keep or print."""
    from twosource.brief import to_html
    from twosource.brief.rendering import style_hash
    from twosource.model import Brief

    bench = ask.bench
    shown = bench.shelf.shown(ask.request.path_params["id"], inside=False)
    if shown is None:
        raise HTTPException(404, "There is no such incident in this case.")
    inputs = tuple(a.report.sha256 for a in shown.account.articles if a.report.sha256)
    brief = Brief((shown.account,), models=(bench.settings.model,), inputs_sha256=inputs)
    made = bench.shelf.page(("brief", shown.id, shown.state), bench.shelf.state(), lambda: to_html(brief))
    style = style_hash(made.parts[0].partition(b"<style>")[2].partition(b"</style>")[0].decode("utf-8"))
    policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    response = framed(ask.request, "", made, "", "")
    response.headers["content-security-policy"] = policy
    return response


def report(ask: Ask) -> Response:
    """One report with its layers, and the claims that rest on it."""
    bench, name = ask.bench, ask.request.query_params.get("id", "")
    state = bench.shelf.state()
    home, numbers = _home(ask, name)
    curtain = bench.shelf.curtains.now()
    if not numbers or not curtain.shows_report(name, ask.visitor.inside):
        raise HTTPException(404, "There is no such report in this case.")
    if home is None:
        return _alone(ask, numbers[name])
    shown = shown_or_404(ask, home)
    view = next((r for r in shown.view.reports if r.id == name), None)
    if view is None:
        return _alone(ask, numbers[name])
    editor = ask.visitor.may("editor")

    def make() -> str:
        with bench.store.reads() as c:
            told = [e for e in derived.events_since(c, 0) if e.kind == "edited" and name in e.record]
        return bench.main(
            "report.html.j2",
            a=shown.view,
            r=view,
            id=shown.id,
            editor=editor,
            back=report_address(name),
            claims=claims_on(shown, name),
            kin=kin_of(shown, name),
            custody=(),
            edited=one_line(curtain.text(told[-1].text)) if told else "",
            secret=name in curtain.reports,
        )

    main = bench.shelf.page(("report", name, str(editor), shown.state), state, make)
    style = f"/report.css?id={quote(name, safe='')}"
    return bench.page(ask, view.title or f"Report {view.number}", main, styles=(style,) if view.torn else ())


def report_style(ask: Ask) -> Response:
    """The rules that light up a passage in several pieces."""
    from twosource.brief.rendering import torn_rules

    name = ask.request.query_params.get("id", "")
    home, _ = _home(ask, name)
    shown = ask.bench.shelf.shown(home, ask.visitor.inside) if home else None
    torn = next((r.torn for r in shown.view.reports if r.id == name), ()) if shown else ()
    return Response(torn_rules(torn), media_type="text/css; charset=utf-8")


def _home(ask: Ask, name: str) -> tuple[str | None, dict[str, int]]:
    if not name or not name.isprintable() or len(name) > evidence.LONGEST_ID:
        return None, {}
    with ask.bench.store.reads() as c:
        numbers = evidence.numbers_of(c, [name])
        homes = derived.incidents_of(c, list(numbers.values()))
    return next(iter(homes.values()), None), numbers


def _alone(ask: Ask, number: int) -> Response:
    """A report that no account holds yet."""
    with ask.bench.store.reads() as c:
        found = evidence.fetch(c, [number])[number]
    mask = ask.bench.shelf.curtains.now()
    main = ask.bench.main(
        "plain_report.html.j2",
        report=mask.rows({"id": found.id, "title": found.title, "outlet": found.outlet})
        | {"published": found.published},
        paragraphs=[harmless(mask.text(p.of(found.text))) for p in paragraphs(found.text)],
    )
    return ask.bench.page(ask, one_line(mask.text(found.title)) or "A report", main)


def reports(ask: Ask) -> Response:
    """All reports of the case."""
    bench, number, inside = ask.bench, ask.number("page", 1), ask.visitor.inside
    curtain = bench.shelf.curtains.now()

    def make() -> str:
        with bench.store.reads() as c:
            totals = listing.counts(c)
            found = listing.some_reports(c, AT_ONCE + 1, (number - 1) * AT_ONCE)
            shown = [r for r in found[:AT_ONCE] if curtain.shows_report(r.id, inside)]
            rows = _report_rows(bench, c, shown, curtain, inside)
        return bench.main(
            "reports.html.j2", rows=rows, more=len(found) > AT_ONCE, number=number, totals=totals
        )

    main = bench.shelf.page(("reports", str(number), str(inside)), bench.shelf.state(), make)
    return bench.page(ask, "Reports", main)


def _report_rows(
    bench: Workbench, c: Connection, found: Sequence[Any], curtain: Curtain, inside: bool
) -> list[dict[str, Any]]:
    """A line for each report: under its first words where it has no title, with the outlet and day that its head tells."""
    numbers = evidence.numbers_of(c, [r.id for r in found])
    heads = mastheads.of(c, sorted(numbers.values()))
    texts = evidence.fetch(c, [numbers[r.id] for r in found if not r.title])
    homes = {r.incident for r in found if r.incident and (inside or r.incident not in curtain.incidents)}
    gists = bench.gists.of(c, sorted(homes), curtain)
    rows = []
    for r in found:
        outlet, day = heads.get(numbers[r.id], (None, None))
        outlet, day = r.outlet or outlet, r.published or day
        name = r.title or clipped(one_line(texts[numbers[r.id]].text[:400]), 9)
        gist = gists.get(r.incident or "")
        rows.append(
            {
                "href": report_address(r.id),
                "title": one_line(curtain.text(name)) or curtain.mask.address(r.id),
                "outlet": one_line(curtain.text(outlet)) or "outlet unknown",
                "secret": r.id in curtain.reports,
                "published": date_in_words(day) if day else "date unknown",
                "words": f"{r.words:,}",
                "incident": r.incident,
                "of": gist.title if gist else r.incident,
            }
        )
    return rows


HELP = (
    ("?", "this page"),
    ("/", "search"),
    ("j  k", "the next, the previous thing on the page; on a report, the next or previous report"),
    ("o  or Enter", "open the marked thing"),
    ("x", "select the marked thing"),
    ("m", "merge what is selected"),
    ("u", "undo what was just decided"),
    ("g i, g r, g v, g h, g a", "go to incidents, reports, review, history, add"),
)


def keys(ask: Ask) -> Response:
    """What the keys do."""
    return ask.bench.page(ask, "Keys and help", ask.bench.main("help.html.j2", keys=HELP))
