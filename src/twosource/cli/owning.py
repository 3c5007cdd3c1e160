"""The option that says whose the outlets are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from twosource.corroborate import Ownership

OWNERS = click.option(
    "--owners",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whose the outlets are (CSV with the columns outlet and owner): those of one owner count as one.",
)


def owners_in(path: Path | None) -> Ownership:
    """The list in a file; where none is named, nothing is known of any owner."""
    from twosource.corroborate.ownership import NOBODYS, owners_from

    return owners_from(path) if path is not None else NOBODYS
