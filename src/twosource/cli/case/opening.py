"""What all case commands have in common: the case that they open and how they list."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from twosource.store import Store

CASE = click.argument("case", metavar="CASE")
JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of a table.")
WHY = click.option("--why", metavar="TEXT", help="Why; it is kept with the decision.")
WHO = click.option("--who", metavar="NAME", help="Who decides; by default the name you are logged in with.")
UNREDACTED = click.option("--unredacted", is_flag=True, help="Show what the case's policy withholds, to those who work on it.")  # fmt: skip


@contextmanager
def opened(name: str) -> Iterator[Store]:
    """The case, open."""
    from twosource.store import Store

    with Store.open(name) as store:
        yield store


def masked(store: Store, rows: Iterable[dict[str, Any]], unredacted: bool) -> list[dict[str, Any]]:
    """The rows without what the case withholds."""
    from twosource.case.withholding import mask_of

    if unredacted:
        return list(rows)
    cover = mask_of(store)
    return [cover.rows(row) for row in rows]


def listed(rows: Iterable[dict[str, Any]], as_json: bool, columns: tuple[str, ...]) -> None:
    """JSON Lines with all there is, or a table of some columns; marks that nothing bears are no column."""
    from twosource.wire import line

    if as_json:
        for row in rows:
            sys.stdout.buffer.write(line(row))
        sys.stdout.buffer.flush()
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    shown = [c for c in columns if c not in ("confidential", "tags") or any(row[c] for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in shown:
        table.add_column(name, overflow="fold", no_wrap=name in ("id", "noun", "reports", "outlets"))
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in shown))
    Console().print(table)


def _cell(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        return " ".join(str(v) for v in value)
    return "".join(ch if ch.isprintable() else " " for ch in str(value))
