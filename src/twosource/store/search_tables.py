"""Full-text tables: FTS5 on SQLite, text-search columns on PostgreSQL; words are folded by us first, so both find the same.

The words of a report are indexed without keeping its text a second time; what is found is shown from the report itself.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

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
    """Index statements, claims and actors: rows of n, text, folded."""
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
    "sqlite": "INSERT INTO found_words(rowid, text) VALUES (:n, :text)",
    "postgresql": "INSERT INTO found_words(n, words) VALUES (:n, to_tsvector('twosource', :text))",
}
_DROP_FOUND = {
    "sqlite": "INSERT INTO found_words(found_words, rowid, text) VALUES ('delete', :n, :text)",
    "postgresql": "DELETE FROM found_words WHERE n = :n",
}
