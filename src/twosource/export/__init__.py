"""An account in the standards that other tools read: tables, maps, calendars, graphs, linked data, intelligence.

What is given here has been redacted and has lost its confidential reports already: nothing in this room can show
what it was not given. Every format is written as it comes, one account after the other, so that a case of any size
fits into memory.

A package of a whole case is filled by `case.packing`; here is what it is made of (`bag`, `crate`) and how one is read back (`bagged`).
"""

from __future__ import annotations

from twosource.export.formats import ENDINGS, FOLDERS, NAMES, check, write

__all__ = ["ENDINGS", "FOLDERS", "NAMES", "check", "write"]
