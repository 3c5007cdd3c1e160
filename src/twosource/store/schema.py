"""The tables of a case, for SQLite and PostgreSQL alike.

Three kinds, by what may happen to them. Evidence (reports, custody, tombstones) is added and never changed. Decisions are added and
never changed. All else is derived from these two and can be made again: annotations, incidents, claims, what search looks into.

Records are kept as JSON with every character escaped, compressed: a report may hold characters that no database takes.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows only by INTEGER

REAL_NUMBER: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")

metadata = MetaData()


def _table(name: str, *columns: Column[object] | Index, rowid: bool = True) -> Table:
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


migrations = _table(
    "migrations",
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
)

about = _table("about", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# ------------------------------------------------------------------ evidence

reports = _table(
    "reports",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),  # of the text
    Column("sha256", Text, index=True),  # of the original bytes
    Column("outlet", Text),
    Column("published", Text),
    Column("title", Text),
    Column("url", Text, index=True),
    Column("words", Integer, nullable=False),
    Column("incident", Text, index=True),  # the one it came with: a person's decision
    Column("record", LargeBinary, nullable=False),
    Column("check", Text, nullable=False),  # digest of the record, so that damage is seen
    Index(
        "reports_known", "id", "digest"
    ),  # says of what is brought again that it is there, without a look at it
)

custody = _table(
    "custody",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("report", Text, nullable=False, index=True),
    Column("sha256", Text),
    Column("original", Text),
    Column("kept", Text),  # the folder of originals, where there is one
    Column("read_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
)

tombstones = _table(
    "tombstones",
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)

# ------------------------------------------------------------------ decisions

decisions = _table(
    "decisions",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),  # the noun that it is about
    Column("targets", Text, nullable=False),  # ids as the person named them, JSON
    Column("anchors", Text, nullable=False),  # what the ids stood for then, in ids that never change, JSON
    Column("value", Text),
    Column("why", Text),
    Column("undoes", Text),
    Column("before", Text, nullable=False),  # digest of the decision before it
)

known_actors = _table(  # entries of lists of known actors, as they were brought and taken away: added only
    "known_actors",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("did", Text, nullable=False),  # listed | removed
    Column("source", Text, nullable=False),  # the list's file
    Column("entity", Text, nullable=False),  # its id there
    Column("record", Text, nullable=False),  # the entry, JSON; empty where it was taken away
    Column("before", Text, nullable=False),  # digest of the row before it
)

# ------------------------------------------------------------------ derived

analyses = _table(  # annotations
    "analyses",
    Column("key", Text, primary_key=True),  # of the article's content and of what annotated it
    Column("report", Text, nullable=False, index=True),
    Column("record", LargeBinary, nullable=False),
    Column("check", Text, nullable=False),
)

passages = _table(  # parsed paragraphs, so that none is parsed twice
    "passages",
    Column("key", Text, primary_key=True),  # of its words, its sentences and of what parsed it
    Column("record", LargeBinary, nullable=False),
    Column("check", Text, nullable=False),
    rowid=False,
)

passages_of = _table(  # the reports that have them: one that no report has any more is taken out
    "passages_of",
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Index("passages_of_key", "key"),
    rowid=False,
)

vectors = _table(  # of sentences, as bytes from -127 to 127
    "vectors",
    Column("noun", Text, primary_key=True),  # report | claim
    Column("n", NUMBER, primary_key=True, autoincrement=False),  # of the report; of the line in `found`
    Column("vector", LargeBinary, nullable=False),
    rowid=False,
)

vector_signs = _table(  # the signs of many vectors' components in one place, to be looked through at once
    "vector_signs",
    Column("noun", Text, primary_key=True),
    Column("block", NUMBER, primary_key=True, autoincrement=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("signs", LargeBinary, nullable=False),
)

waiting = _table("waiting", Column("n", NUMBER, primary_key=True, autoincrement=False))

sketches = _table(  # what a report is looked up and compared by
    "sketches",
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("prints", Integer, nullable=False),  # how many fingerprints it has
    Column("record", LargeBinary, nullable=False),
)

keys = _table(
    "keys",
    Column("key", NUMBER, primary_key=True, autoincrement=False),
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    rowid=False,
)

prints = _table(
    "prints",
    Column("print", NUMBER, primary_key=True, autoincrement=False),
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    rowid=False,
)

pairs = _table(  # log odds that two reports are about one incident, where anything speaks for it
    "pairs",
    Column("a", NUMBER, primary_key=True, autoincrement=False),
    Column("b", NUMBER, primary_key=True, autoincrement=False),
    Column("odds", REAL_NUMBER, nullable=False),
    Index("pairs_b", "b"),
    rowid=False,
)

incidents = _table(
    "incidents",
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False),  # of its reports, its decisions and what made the account
    Column("why", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("when", Text),
    Column("place", Text),
    Column("lat", REAL_NUMBER),
    Column("lon", REAL_NUMBER),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("record", LargeBinary),  # the account as the contract has it; none before it is made
    Column("check", Text),
)

finished = _table(  # whole accounts without their annotations, so that none is worked out twice
    "finished",
    Column("incident", Text, primary_key=True),
    Column(
        "part", Text, primary_key=True
    ),  # all: of all its reports | some: without those that are confidential
    Column("key", Text, nullable=False),  # of what it was made from
    Column("record", LargeBinary, nullable=False),
    Column("check", Text, nullable=False),
)

members = _table(
    "members",
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("incident", Text, nullable=False, index=True),
)

redirects = _table("redirects", Column("old", Text, primary_key=True), Column("new", Text, nullable=False))

mastheads = _table(  # whose and of when a report is, read from its head where it came without
    "mastheads",
    Column("n", NUMBER, primary_key=True, autoincrement=False),
    Column("outlet", Text),
    Column("published", Text),
)

found = _table(  # what search looks into beside reports: statements, claims, actors
    "found",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("noun", Text, nullable=False),  # statement | claim | actor
    Column("id", Text, nullable=False, index=True),
    Column("incident", Text, nullable=False, index=True),
    Column("report", Text),
    Column("text", Text, nullable=False),
    Column("who", Text),
    Column("stance", Text),
    Column("status", Text),
    Column("origins", Integer),
)

events = _table(  # what changed, for people and alerts
    "events",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("incident", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("record", Text, nullable=False),
)

feeds = _table(
    "feeds",
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("due", REAL_NUMBER, nullable=False),  # seconds since 1970
    Column("failures", Integer, nullable=False),
)

# ------------------------------------------------------------------ people who work with it

users = _table(
    "users",
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),  # reader | editor | admin
    Column("password", Text, nullable=False),  # an argon2 hash
    Column("made_at", Text, nullable=False),
)

sessions = _table(
    "sessions",
    Column("digest", Text, primary_key=True),  # of the cookie: who reads the case cannot log in with it
    Column("user", Text, nullable=False, index=True),
    Column("began", NUMBER, nullable=False),  # seconds since 1970
)

api_keys = _table(
    "api_keys",
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),  # of the key, which is shown once and kept nowhere
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # read, add, decide: words with blanks between
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

audit = _table(  # who came in, who was turned away, who changed what; added only
    "audit",
    Column("n", NUMBER, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("about", Text),
)
