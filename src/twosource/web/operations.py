"""What the API does, one line of a table for each operation."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.exceptions import HTTPException

from twosource.brief.wording import clipped, count, one_line
from twosource.case.reviewing import waiting
from twosource.case.searching import look
from twosource.case.showing import decision_row, hit_row, report_in
from twosource.store import derived, listing
from twosource.store import search as searching
from twosource.store.decisions import BY_ID, history, in_force
from twosource.version import __version__
from twosource.web import changing, seeking
from twosource.web.api import PER_PAGE, Answer, Call, Operation, Param, encoded
from twosource.web.gate import Visitor
from twosource.web.jobs import Job
from twosource.web.rows import (
    Case,
    DecisionRow,
    EventRow,
    Hit,
    Incident,
    IncidentRow,
    JobRow,
    Refused,
    Report,
    ReportRow,
    WaitingRow,
    plain,
)

Text = Annotated[str, msgspec.Meta(max_length=2_000_000)]
Short = Annotated[str, msgspec.Meta(max_length=2_000)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
MOST_HITS = 1_000


class NewDecision(msgspec.Struct, forbid_unknown_fields=True):
    """A decision: a kind with the ids that it is about, or the one that it undoes."""

    kind: Short = ""
    ids: Annotated[list[Id], msgspec.Meta(max_length=500)] = []
    value: Annotated[str, msgspec.Meta(max_length=20_000)] | None = None
    why: Annotated[str, msgspec.Meta(max_length=20_000)] | None = None
    undo: Id | None = None


class NewReport(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A report as the contract has it; the text is all that it needs."""

    text: Text
    id: Id | None = None
    title: Short | None = None
    byline: Short | None = None
    outlet: Short | None = None
    published: Short | None = None
    modified: Short | None = None
    url: Short | None = None
    language: Short | None = None
    incident: Short | None = None


class NewReports(msgspec.Struct, forbid_unknown_fields=True):
    """Reports to take in."""

    reports: Annotated[list[NewReport], msgspec.Meta(min_length=1, max_length=1_000)]


class NewAddresses(msgspec.Struct, forbid_unknown_fields=True):
    """Pages of the web to fetch and take in."""

    addresses: Annotated[list[Short], msgspec.Meta(min_length=1, max_length=100)]


def _part(call: Call) -> tuple[int, int]:
    """How many, and how many to skip."""
    most = call.values.get("per_page", PER_PAGE)
    return most, (call.values.get("page", 1) - 1) * most


def the_case(call: Call) -> Answer:
    """What the case holds."""
    with call.bench.store.reads() as c:
        counts = listing.counts(c)
        latest = derived.last_event(c)
    return Answer(plain(Case(call.bench.name, __version__, **counts, last_event=latest)))


def incidents(call: Call) -> Answer:
    """A page of incidents, without their accounts."""
    most, skip = _part(call)
    with call.bench.store.reads() as c:
        found = listing.some_incidents(c, most + 1, skip, call.values.get("order", "size"))
    rows = [
        plain(IncidentRow(i.id, i.title, i.when, i.place, i.reports, i.outlets, i.why)) for i in found[:most]
    ]
    curtain = call.bench.shelf.curtains.now()
    for row in rows:
        if row["id"] in curtain.incidents:  # its words may be a confidential report's
            row |= {"title": "", "when": None, "where": None, "why": ""}
    return Answer(curtain.rows(rows), more=len(found) > most)


def incident(call: Call) -> Answer:
    """An incident's whole account, as the contract has it."""
    shelf = call.bench.shelf
    found = shelf.shown(call.values["id"], inside=False)
    if found is None:
        raise HTTPException(404, "There is no such incident in this case.")
    made = shelf.page(("row", found.id), found.state, lambda: encoded(found.row).decode("utf-8"))
    return Answer(b"".join(made.parts), tag=made.tag)


def reports(call: Call) -> Answer:
    """A page of reports, without their texts."""
    most, skip = _part(call)
    with call.bench.store.reads() as c:
        found = listing.some_reports(c, most + 1, skip)
    curtain = call.bench.shelf.curtains.now()
    rows = [dict(r._mapping) for r in found[:most] if curtain.shows_report(r.id, inside=False)]
    return Answer(curtain.rows(rows), more=len(found) > most)


def report(call: Call) -> Answer:
    """A report, whole."""
    found = report_in(call.bench.store, call.values["id"])
    curtain = call.bench.shelf.curtains.now()
    if found is None or not curtain.shows_report(call.values["id"], inside=False):
        raise HTTPException(404, "There is no such report in this case.")
    return Answer(curtain.rows(found))


def search(call: Call) -> Answer:
    """A page of what is found."""
    most, skip = _part(call)
    if skip + most > MOST_HITS:
        raise HTTPException(400, f"only the first {MOST_HITS} results can be had: ask more closely")
    names = ("outlet", "since", "until", "actor", "place", "stance", "status", "origins")
    said = {n: str(call.values.get(n, "")) for n in names} | {"noun": call.values.get("in", "")}
    curtain = call.bench.shelf.curtains.now()
    asked = call.values["q"]
    found = look(call.bench.store, asked, seeking.filters_of(said), skip + most + 1)[skip:]
    rows = [hit_row(h) for h in found[:most] if curtain.shows_hit(h, inside=False)]
    return Answer(rows, more=len(found) > most)


def decisions(call: Call) -> Answer:
    """A page of decisions, the latest first."""
    most, skip = _part(call)
    with call.bench.store.reads() as c:
        log = history(c)
    held = {d.id for d in in_force(log)}
    found = log[::-1][skip : skip + most + 1]
    rows = [decision_row(d, d.id in held) for d in found[:most]]
    return Answer(call.bench.shelf.curtains.now().rows(rows), more=len(found) > most)


def decide(call: Call) -> Answer:
    """Put a decision on record; what it touches is settled soon after."""
    b: NewDecision = call.body
    made = changing.decided(
        call.bench, call.who, b.kind, b.ids, value=b.value or None, why=b.why or None, undo=b.undo
    )
    call.bench.jobs.settle_soon(0)
    with call.bench.store.reads() as c:
        log = history(c)
    held = {d.id for d in in_force(log)}
    return Answer(decision_row(next(d for d in log if d.id == made), made in held), 201)


def add(call: Call) -> Answer:
    """Take reports in: a job that can be asked how far it is."""
    rows = [msgspec.to_builtins(r) for r in call.body.reports]
    what = count(len(rows), "report")
    return Answer(_job(changing.bring_rows(call.bench, _as_visitor(call), rows, what)), 202)


def add_addresses(call: Call) -> Answer:
    """Fetch pages, through the guard that `read` has, and take them in."""
    return Answer(_job(changing.bring_addresses(call.bench, _as_visitor(call), call.body.addresses)), 202)


def _as_visitor(call: Call) -> Visitor:
    return Visitor(call.who, "editor", "", "")


def job(call: Call) -> Answer:
    """How far a job is, and what became of it."""
    found = call.bench.jobs.get(call.values["id"])
    if found is None:
        raise HTTPException(404, "There is no such job, or it was long ago.")
    return Answer(_job(found))


def _job(j: Job) -> dict[str, Any]:
    refused = [Refused(a, clipped(b, 60)) for a, b in j.refused]
    return plain(JobRow(j.id, one_line(j.what), j.stage, j.done, j.total, list(j.new), j.known, refused, list(j.incidents), j.why))  # fmt: skip


def review(call: Call) -> Answer:
    """What waits for a person."""
    most, skip = _part(call)
    curtain = call.bench.shelf.curtains.now()
    rows = curtain.rows(waiting(call.bench.store))
    return Answer(rows[skip : skip + most], more=len(rows) > skip + most)


def events(call: Call) -> Answer:
    """What changed after an event, the latest first."""
    with call.bench.store.reads() as c:
        found = listing.events_after(c, call.values.get("after", 0), call.values.get("most", PER_PAGE))
    curtain = call.bench.shelf.curtains.now()
    rows = [
        plain(EventRow(e.n, e.at, e.incident, e.kind, e.text))
        for e in found
        if curtain.shows_event(e.incident, e.record, inside=False)
    ]
    return Answer(curtain.rows(rows))


def _text(name: str, says: str, most: int = 200, **more: Any) -> Param:
    return Param(name, says, {"type": "string", "maxLength": most, **more})


ID = Param("id", "Which.", {"type": "string", "minLength": 1, "maxLength": 1000}, required=True, where="path")
_DAY = r"\d{4}-\d\d-\d\d"
SEARCHED = (
    Param(
        "q",
        'Words, "phrases" and -words to leave out.',
        {"type": "string", "minLength": 1, "maxLength": 500},
        required=True,
    ),
    _text("in", "Only results of this noun.", enum=list(searching.NOUNS)),
    _text("outlet", "Only reports of this outlet."),
    _text("since", "Only reports published on this day or later.", pattern=_DAY),
    _text("until", "Only reports published on this day or earlier.", pattern=_DAY),
    _text("actor", "Only in incidents with this actor."),
    _text("place", "Only in incidents at this place."),
    _text("stance", "Only statements that do so.", enum=list(seeking.STANCES)),
    _text("status", "Only claims so backed.", enum=list(seeking.STATUSES)),
    Param(
        "origins",
        "Only claims with at least so many origins.",
        {"type": "integer", "minimum": 0, "maximum": 999},
    ),
)

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/case", "case", "What the case holds", "read", the_case, Case),
    Operation(
        "GET",
        "/incidents",
        "listIncidents",
        "Incidents",
        "read",
        incidents,
        list[IncidentRow],
        (_text("order", "The largest or the latest first.", enum=list(listing.ORDERS)),),
        paged=True,
    ),
    Operation(
        "GET", "/incidents/{id}", "getIncident", "One incident's account", "read", incident, Incident, (ID,)
    ),
    Operation("GET", "/reports", "listReports", "Reports", "read", reports, list[ReportRow], paged=True),
    Operation(
        "GET",
        "/report",
        "getReport",
        "One report, whole",
        "read",
        report,
        Report,
        (Param("id", "Which.", ID.schema, required=True),),
    ),
    Operation(
        "POST", "/reports", "addReports", "Take reports in", "add", add, JobRow, body=NewReports, status=202
    ),
    Operation(
        "POST",
        "/addresses",
        "addAddresses",
        "Fetch pages and take them in",
        "add",
        add_addresses,
        JobRow,
        body=NewAddresses,
        status=202,
    ),
    Operation("GET", "/jobs/{id}", "getJob", "How far a job is", "add", job, JobRow, (ID,)),
    Operation("GET", "/search", "search", "Search", "read", search, list[Hit], SEARCHED, paged=True),
    Operation(
        "GET", "/decisions", "listDecisions", "Decisions", "read", decisions, list[DecisionRow], paged=True
    ),
    Operation(
        "POST",
        "/decisions",
        "decide",
        "Decide: " + ", ".join(BY_ID),
        "decide",
        decide,
        DecisionRow,
        body=NewDecision,
        status=201,
    ),
    Operation(
        "GET", "/review", "review", "What waits for a person", "read", review, list[WaitingRow], paged=True
    ),
    Operation(
        "GET",
        "/events",
        "events",
        "What changed",
        "read",
        events,
        list[EventRow],
        (
            Param(
                "after",
                "Only what came after this event.",
                {"type": "integer", "minimum": 0, "maximum": 10**12},
            ),
            Param("most", "How many.", {"type": "integer", "minimum": 1, "maximum": 200}),
        ),
    ),
)
