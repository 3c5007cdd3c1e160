"""What the API answers with, a record for each: the OpenAPI document describes them from here."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0)]
Row = dict[str, Any]


class Case(msgspec.Struct):
    """What the case holds."""

    name: str
    version: str
    incidents: Count
    reports: Count
    waiting: Count
    decisions: Count
    last_event: Count


class IncidentRow(msgspec.Struct):
    """An incident in a list, without its account."""

    id: str
    title: str
    when: str | None
    where: str | None
    reports: Count
    outlets: Count
    why: str


class Incident(msgspec.Struct):
    """An incident's whole account: `$defs/incident` of the schema urn:twosource:brief:1, which `twosource brief --format json` writes too."""

    id: str
    title: str
    summary: list[Row]
    when: str | None
    where: Row | None
    killed: Row | None
    injured: Row | None
    figure: Row
    reports: list[Row]
    reuse: list[Row]
    actors: list[Row]
    relations: list[Row]
    statements: list[Row]
    claims: list[Row]
    disagreements: list[Row]
    hypotheses: list[Row]
    timeline: list[Row]
    places: list[Row]


class ReportRow(msgspec.Struct):
    """A report in a list, without its text."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    sha256: str | None
    words: Count
    incident: str | None


class Report(msgspec.Struct, omit_defaults=True):
    """A report as the contract has it: what is not known of it is left out."""

    id: str
    text: str


class Hit(msgspec.Struct):
    """Something that a search found; `marks` are where its words stand in the snippet."""

    noun: str
    id: str
    incident: str | None
    report: str | None
    title: str
    snippet: str
    marks: list[list[Count]]


class DecisionRow(msgspec.Struct):
    """A decision as it is on record, and whether it holds."""

    id: str
    at: str
    who: str
    kind: str
    about: str
    targets: list[str]
    value: str | None
    why: str | None
    undoes: str | None
    holds: bool


class Refused(msgspec.Struct):
    """An input that was not taken in."""

    input: str
    reason: str


class JobRow(msgspec.Struct):
    """How far a job is, and what became of it."""

    id: str
    what: str
    stage: str
    done: Count
    total: Count | None
    new: list[str]
    known: Count
    refused: list[Refused]
    incidents: list[str]
    why: str


class WaitingRow(msgspec.Struct):
    """Something that waits for a person."""

    kind: str
    ids: list[str]
    text: str


class EventRow(msgspec.Struct):
    """Something that changed in an incident."""

    n: Count
    at: str
    incident: str
    kind: str
    text: str


class Problem(msgspec.Struct):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: Count
    detail: str


def plain(row: msgspec.Struct) -> Row:
    """The record as JSON has it, so that what is withheld in it can be covered."""
    found: Row = msgspec.to_builtins(row)
    return found
