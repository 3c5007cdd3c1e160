"""`twosource case`: work that goes on."""

from __future__ import annotations

import click

from twosource.cli.case import accounts, actors, decisions, exporting, importing, outlets, reports, upkeep

__all__ = ["case"]


@click.group()
def case() -> None:
    """Work that goes on: reports come in, incidents keep up, decisions are remembered.

    CASE is a file, or a database as postgresql://user@host/name. One program writes at a time, any
    number read.

    \b
    A first case:
      twosource case init quake.case
      twosource case add quake.case reports/
      twosource case incidents quake.case
      twosource case show quake.case ID -o quake.html
    """


for command in (
    reports.init,
    reports.add,
    reports.watch,
    reports.reports,
    accounts.incidents,
    decisions.history,
    accounts.show,
    accounts.search,
    decisions.decide,
    decisions.redact,
    outlets.outlets,
    actors.actors,
    reports.forget,
    decisions.review,
    exporting.export,
    importing.import_,
    upkeep.verify,
    upkeep.doctor,
    upkeep.backup,
):
    case.add_command(command)
