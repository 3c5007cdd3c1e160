"""Full-text tables: FTS5 on SQLite, text-search columns on PostgreSQL; words are folded by us first, so both find the same.

The words of a report are indexed without keeping its text a second time; what is found is shown from the report itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, text

from twosource.store.folding import folded
from twosource.store.schema import found

_SQLITE = (
    "CREATE VIRTUAL TABLE report_words USING fts5(title, body, content='', tokenize='porter unicode61')",
    "CREATE VIRTUAL TABLE found_words USING fts5(text, content='', tokenize='porter unicode61')",
)

_POSTGRES = (
    "CREATE TEXT SEARCH DICTIONARY twosource_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION twosource (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION twosource ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH twosource_stem",
    "CREATE TABLE report_words (n BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX report_words_gin ON report_words USING gin (words)",
    "CREATE TABLE found_words (n BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX found_words_gin ON found_words USING gin (words)",
)


# Where the lines of a noun begin in `found_words` on SQLite: so a search for one noun reads no other's.
ROOM = 1 << 40
FIRST = {"report": 0, "statement": ROOM, "claim": 2 * ROOM, "actor": 3 * ROOM}

_INDEXES = (
    "CREATE INDEX IF NOT EXISTS reports_outlet_said ON reports (lower(outlet))",
    "CREATE INDEX IF NOT EXISTS reports_published ON reports (published)",
    "CREATE INDEX IF NOT EXISTS mastheads_outlet_said ON mastheads (lower(outlet))",
    "CREATE INDEX IF NOT EXISTS mastheads_published ON mastheads (published)",
    "CREATE INDEX IF NOT EXISTS incidents_place ON incidents (place, id)",
    "CREATE INDEX IF NOT EXISTS found_report ON found (report)",
    "CREATE INDEX IF NOT EXISTS found_status ON found (noun, status, incident)",
    "CREATE INDEX IF NOT EXISTS found_origins ON found (noun, origins, incident)",
)

# The incidents with an actor of these words.
ACTORS = {
    "sqlite": f"SELECT f.incident FROM found_words w CROSS JOIN found f ON f.n = w.rowid - {FIRST['actor']} WHERE found_words MATCH :actor AND w.rowid >= {FIRST['actor']}",
    "postgresql": "SELECT f.incident FROM found_words w JOIN found f ON f.n = w.n WHERE w.words @@ phraseto_tsquery('twosource', :actor) AND f.noun = 'actor'",
}


def actors_match(c: Connection, name: str) -> str:
    """What `ACTORS` is asked for: the words of a name side by side."""
    words = folded(name).strip()
    return f'"{words}"' if c.dialect.name == "sqlite" else words


def index(c: Connection) -> None:
    """Make what the filters of a search are looked up in."""
    for statement in _INDEXES:
        c.execute(text(statement))


def renew(c: Connection) -> None:
    """Take all that was found in again; on SQLite each noun stands in a place of its own since the fourth tables."""
    if c.dialect.name != "sqlite":
        return
    c.execute(text("DROP TABLE found_words"))
    c.execute(text(_SQLITE[1]))
    rows = c.execute(select(found.c.n, found.c.noun, found.c.text, found.c.who).order_by(found.c.n))
    for some in rows.partitions(1000):
        add_found(c, [found_row(row) for row in some])


def found_row(row: Any) -> dict[str, object]:
    """A line of `found` as it is indexed."""
    return {"n": row.n, "place": FIRST[row.noun] + row.n, "text": folded(f"{row.text}\n{row.who or ''}")}


def create(c: Connection) -> None:
    """Make them, empty."""
    for statement in _SQLITE if c.dialect.name == "sqlite" else _POSTGRES:
        c.execute(text(statement))


def add_reports(c: Connection, rows: list[dict[str, object]]) -> None:
    """Index reports: rows of n, title, body, folded."""
    if rows:
        c.execute(text(_ADD_REPORT[c.dialect.name]), rows)


def drop_reports(c: Connection, rows: list[dict[str, object]]) -> None:
    """Take reports out again: rows as they were added."""
    if rows:
        c.execute(text(_DROP_REPORT[c.dialect.name]), rows)


def add_found(c: Connection, rows: list[dict[str, object]]) -> None:
    """Index statements, claims and actors: rows that `found_row` made."""
    if rows:
        c.execute(text(_ADD_FOUND[c.dialect.name]), rows)


def drop_found(c: Connection, rows: list[dict[str, object]]) -> None:
    """Take statements, claims and actors out again: rows as they were added."""
    if rows:
        c.execute(text(_DROP_FOUND[c.dialect.name]), rows)


def settle(c: Connection) -> None:
    """Write the tables anew without what was taken out of them, so that nothing of it stays in the file."""
    if c.dialect.name == "sqlite":
        for table in ("report_words", "found_words"):
            c.execute(text(f"INSERT INTO {table}({table}) VALUES ('optimize')"))


_ADD_REPORT = {
    "sqlite": "INSERT INTO report_words(rowid, title, body) VALUES (:n, :title, :body)",
    "postgresql": "INSERT INTO report_words(n, words) VALUES (:n, setweight(to_tsvector('twosource', :title), 'A') || to_tsvector('twosource', left(:body, 300000)))",
}
_DROP_REPORT = {
    "sqlite": "INSERT INTO report_words(report_words, rowid, title, body) VALUES ('delete', :n, :title, :body)",
    "postgresql": "DELETE FROM report_words WHERE n = :n",
}
_ADD_FOUND = {
    "sqlite": "INSERT INTO found_words(rowid, text) VALUES (:place, :text)",
    "postgresql": "INSERT INTO found_words(n, words) VALUES (:n, to_tsvector('twosource', :text))",
}
_DROP_FOUND = {
    "sqlite": "INSERT INTO found_words(found_words, rowid, text) VALUES ('delete', :place, :text)",
    "postgresql": "DELETE FROM found_words WHERE n = :n",
}
