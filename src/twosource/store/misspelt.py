"""Names typed with a slip: a word that stands nowhere in a case is taken for those of its names that it is most like.

SQLite has the words of all that was found in order, and those with the same first letter are looked through. PostgreSQL has no
such list: there its extension `pg_trgm` finds names that share three letters in a row with the word, where it can be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import extract
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from twosource.store.folding import folded
from twosource.store.search_tables import FIRST

LEAST = 4  # letters of a word that may be taken for another
LIKE = 0.88  # how alike the two are at least (Jaro-Winkler)
MOST = 3  # words that one is taken for
LOOSE = (
    0.2  # how alike a name is to it at least by runs of three letters: a slip spoils three or four of them
)
MANY = 300  # names that are looked at more closely

_WORD = re.compile(r"\w+")
_MADE = {
    "sqlite": ("CREATE VIRTUAL TABLE IF NOT EXISTS found_terms USING fts5vocab(found_words, row)",),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX IF NOT EXISTS found_names ON found USING gin (lower(text) gin_trgm_ops) WHERE noun = 'actor'",
    ),
}
_THERE = {
    "sqlite": "SELECT 1 FROM {0} WHERE {0} MATCH :word LIMIT 1",
    "postgresql": "SELECT 1 FROM {0} WHERE words @@ phraseto_tsquery('twosource', :word) LIMIT 1",
}
_TERMS = "SELECT term FROM found_terms WHERE term >= :first AND term < :after"
_WITH = f"SELECT f.text FROM found_words w CROSS JOIN found f ON f.n = w.rowid - {FIRST['actor']} WHERE found_words MATCH :word AND w.rowid >= {FIRST['actor']} LIMIT 20"
_NAMES = "SELECT text FROM found WHERE noun = 'actor' AND :word <% lower(text) ORDER BY word_similarity(:word, lower(text)) DESC, n LIMIT :most"


def create(c: Connection) -> bool:
    """Make what names are looked up in; whether it could be had. A database's user may not be free to add the extension."""
    try:
        with c.begin_nested():
            for statement in _MADE[c.dialect.name]:
                c.execute(text(statement))
    except DBAPIError:
        return False
    return True


def lacking(c: Connection) -> bool:
    """Whether names are not looked up, for want of the extension."""
    if c.dialect.name == "sqlite":
        return False
    return c.execute(text("SELECT to_regclass('found_names')")).scalar() is None


def meant(c: Connection, word: str) -> list[str]:
    """The words that one which stands nowhere may be meant for, the likest first; none for a word that stands somewhere."""
    if len(word) < LEAST or _there(c, word) or lacking(c):
        return []
    return _likest(word, _in_names(c, word) if c.dialect.name == "postgresql" else _in_order(c, word))


def _likest(word: str, near: Iterable[str]) -> list[str]:
    ranked = extract(word, sorted(near), scorer=JaroWinkler.similarity, score_cutoff=LIKE, limit=MOST)
    return [w for w, _, _ in ranked]


def _there(c: Connection, word: str) -> bool:
    asked = {"word": f'"{word}"' if c.dialect.name == "sqlite" else word}
    tables = ("report_words", "found_words")
    return any(c.execute(text(_THERE[c.dialect.name].format(t)), asked).first() for t in tables)


def _in_order(c: Connection, word: str) -> set[str]:
    """The likest of what begins alike, without the endings that search leaves out, and words of names that have it with them."""
    terms = _likest(
        word, c.execute(text(_TERMS), {"first": word[0], "after": f"{word[0]}\U0010ffff"}).scalars()
    )
    names = [n for term in terms for n in c.execute(text(_WITH), {"word": f'"{term}"'}).scalars()]
    return {*terms, *_words(names)}


def _in_names(c: Connection, word: str) -> set[str]:
    # two letters that changed places spoil four of a word's runs of three; both words have two runs more than letters
    least = max(LOOSE, (len(word) - 4) / (len(word) + 6))
    c.execute(text(f"SET LOCAL pg_trgm.word_similarity_threshold = {least:.3f}"))
    return _words(c.execute(text(_NAMES), {"word": word, "most": MANY}).scalars())


def _words(names: Iterable[str]) -> set[str]:
    return {w for name in names for w in _WORD.findall(folded(name))}
