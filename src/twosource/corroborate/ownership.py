"""Whose the outlets are, by a list that a person gave: two outlets of one owner gather as one.

A list says nothing of an outlet that it doesn't name: whose that is stays unknown, and it is nobody's else.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from twosource.clean.masthead import agencies
from twosource.errors import UsageError
from twosource.model import Article, Holding
from twosource.text import normal

COLUMNS = ("outlet", "owner")
LONGEST_NAME = 300  # characters
MOST_ROWS = 20_000
DEEPEST = 12  # owners above one another
MOST_BYTES = 4_000_000
_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"(?:https?://)?(?:www\d?\.|m\.)?((?:[\w-]+\.)+[^\W\d_]{2,})(?::\d+)?/?")
_ADDRESS = re.compile(r"https?://([^/?#\s]+)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]+")
_HOW = "a list of owners is a CSV file whose first row names the columns outlet and owner"
Key = tuple[str, ...]  # the words of a name; of a host, the host alone after an empty word


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A row: whose an outlet is, and in which list it stands."""

    outlet: str
    owner: str
    by: str


@dataclass(frozen=True, slots=True)
class House:
    """The owner above all others of an outlet, as the lists spell it, and the sentence that says how it is known."""

    key: Key
    owner: str
    why: str


@dataclass(frozen=True)
class Ownership:
    """The rows that hold, sorted, each outlet with one owner and no outlet above itself: `parsed` and `together` make them."""

    rows: tuple[Listed, ...] = ()

    @cached_property
    def _houses(self) -> Mapping[Key, House]:
        """Every outlet and every last owner of the lists, by its key."""
        return _houses_of(self.rows)

    @cached_property
    def _forms(self) -> Mapping[Key, frozenset[Key]]:
        """The keys of names by the words in which a text may have them."""
        return _forms_of(self._houses)

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """By the first of these words, how many there may be."""
        found: dict[str, set[int]] = {}
        for words in self._forms:
            found.setdefault(words[0], set()).add(len(words))
        return {first: sorted(held) for first, held in found.items()}

    def _named_in(self, text: str) -> set[Key]:
        """The keys of names that a text holds, word for word."""
        words = _words(text)
        found = (
            self._forms.get(words[n : n + length], ())
            for n, word in enumerate(words)
            for length in self._lengths.get(word, ())
        )
        return {key for keys in found for key in keys}

    def __bool__(self) -> bool:
        return bool(self.rows)

    def of_name(self, name: str) -> House | None:
        """Whose the outlet of that name is; an owner that is no outlet of the list is its own."""
        return self._houses.get(key_of(name)) if self.rows else None

    def of_article(self, article: Article) -> House | None:
        """Whose the outlet of a report is: by its name, else by the host that its address is on."""
        if not self.rows:
            return None
        named = self.of_name(article.outlet) if article.outlet else None
        if named is not None:
            return named
        address = _ADDRESS.match(article.report.url or "")
        return self._of_host(key_of(address.group(1))) if address else None

    def _of_host(self, key: Key) -> House | None:
        """A host goes with the nearest listed one that it is under: news.post.example with post.example."""
        if key[:1] != ("",):
            return None
        parts = key[1].split(".")
        hosts = (".".join(parts[n:]) for n in range(len(parts) - 1))
        return next((h for host in hosts if (h := self._houses.get(("", host)))), None)

    def told_of(self, title: str | None, outlet: str | None, url: str | None, text: str) -> frozenset[str]:
        """What the lists say of the outlets that a report names anywhere: nothing else of them can touch its account."""
        if not self.rows:
            return frozenset()
        found = {k for part in (title, outlet, text) if part for k in self._named_in(part)}
        houses = [self._houses[k] for k in sorted(found)]
        for part in (url, outlet):
            address = _ADDRESS.match(part or "")
            on = self._of_host(key_of(address.group(1) if address else part)) if part else None
            houses += [on] if on else []
        return frozenset(f"{h.owner}\n{h.why}" for h in houses)


NOBODYS = Ownership()


def owners_from(path: Path) -> Ownership:
    """The list in a CSV file. Raises UsageError, naming the line and what is wrong, for one that cannot hold."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} is larger than {MOST_BYTES:,} bytes: {_HOW}")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as e:
        raise UsageError(f"{path} is not UTF-8 ({e.reason}): {_HOW}") from e
    except OSError as e:
        raise UsageError(f"cannot read the list of owners {path}: {e.strerror or e}") from e
    return parsed(text, path.name)


def parsed(text: str, name: str) -> Ownership:
    """The list in CSV text that goes by that name; other columns are passed over, a row without an owner says nothing."""
    found: list[tuple[Listed, str]] = []
    name = _clean(name) or "list"
    for number, outlet, owner in _cells(text, name):
        where = f"{name}, line {number}"
        if not outlet and not owner:
            continue
        if not key_of(outlet):
            raise UsageError(f"{where}: no outlet is named")
        if owner and not key_of(owner):
            raise UsageError(f"{where}: {owner!r} names no owner")
        if max(len(outlet), len(owner)) > LONGEST_NAME:
            raise UsageError(f"{where}: a name is longer than {LONGEST_NAME} characters")
        if owner:
            found.append((Listed(outlet, owner, name), where))
        if len(found) > MOST_ROWS:
            raise UsageError(f"{where}: more than {MOST_ROWS:,} outlets")
    if not found:
        raise UsageError(f"{name} names no outlet with its owner: {_HOW}")
    return _sound(found)


def together(lists: Iterable[Ownership]) -> Ownership:
    """Several lists as one. Raises UsageError where they contradict each other."""
    rows = [row for held in lists for row in held.rows]
    return _sound([(row, f"the list {row.by}") for row in rows]) if rows else NOBODYS


def written(owners: Ownership) -> str:
    """The rows as CSV: the same for every order in which they came."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((row.outlet, row.owner) for row in owners.rows)
    return out.getvalue()


def of_owners(held: Sequence[Holding], outlets: int) -> str:
    """How many owners so many outlets have, as words to put behind them; where lists don't name all, of how many it is known.

    Nothing where that says nothing: an outlet that is alone in its owner's hands beside others of whom nothing is known.
    """
    known = len({o for h in held for o in h.outlets})
    if not held or (known < outlets and all(len(h.outlets) == 1 for h in held)):
        return ""
    owners = f"{len(held)} owner{'s' * (len(held) != 1)}"
    return f" of {owners}" if known >= outlets else f" ({known} of them of {owners})"


def key_of(name: str) -> Key:
    """A name as it is compared: its words in small letters without accents and without a "the" before them.

    A host without "www"; an agency's sign as the agency ("AP").
    """
    name = _clean(name)
    if match := _HOST.fullmatch(name.casefold()):
        return ("", match.group(1))
    words = _words(agencies().get(name, name))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


# ------------------------------------------------------------------ reading a list


def _cells(text: str, name: str) -> Iterator[tuple[int, str, str]]:
    """The line, the outlet and the owner of each row."""
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        first = [c.strip().casefold() for c in next(rows, [])]
        if any(first.count(c) != 1 for c in COLUMNS):
            raise UsageError(f"{name}, line 1: {_HOW}")
        outlet, owner = (first.index(c) for c in COLUMNS)
        for row in rows:
            cells = [*row, *[""] * len(first)]
            yield rows.line_num, _clean(cells[outlet]), _clean(cells[owner])
    except csv.Error as e:
        raise UsageError(f"{name}, line {rows.line_num}: cannot be read as CSV ({e})") from e


def _clean(name: str) -> str:
    return " ".join(_CONTROLS.sub(" ", name).split())


def _sound(found: Sequence[tuple[Listed, str]]) -> Ownership:
    """The rows sorted, each outlet once. Raises UsageError for an outlet of two owners, or above which there is no last owner."""
    held: dict[Key, Listed] = {}
    places: dict[Key, str] = {}
    for row, where in sorted(found):
        key = key_of(row.outlet)
        known = held.setdefault(key, row)
        first = places.setdefault(key, where)
        if key_of(known.owner) != key_of(row.owner):
            both = f"{known.owner} ({first}) and {row.owner} ({where})"
            raise UsageError(f"{row.outlet} has two owners, {both}: leave one of the rows out")
    for key, row in held.items():
        above = _above(key, held)
        if len(above) > DEEPEST:
            names = ", ".join([row.outlet, *(r.owner for r in above[:DEEPEST])])
            raise UsageError(
                f"{places[key]}: there is no last owner above {names}: leave one of the rows out"
            )
    return Ownership(tuple(sorted(held.values())))


def _above(key: Key, held: Mapping[Key, Listed]) -> list[Listed]:
    """The rows from an outlet up to its last owner; more than DEEPEST where they go round. Who owns itself is the last."""
    rows: list[Listed] = []
    while (row := held.get(key)) is not None and len(rows) <= DEEPEST:
        own = key_of(row.owner) == key
        if not (own and rows):
            rows.append(row)
        if own:
            break
        key = key_of(row.owner)
    return rows


# ------------------------------------------------------------------ looking up


def _houses_of(rows: Sequence[Listed]) -> Mapping[Key, House]:
    held = {key_of(row.outlet): row for row in rows}
    owned: dict[Key, list[Listed]] = {}
    for row in rows:
        owned.setdefault(key_of(row.owner), []).append(row)
    spelt = {key: _spelling(row.owner for row in some) for key, some in owned.items()}
    found: dict[Key, House] = {}
    for key in held:
        above = _above(key, held)
        last = key_of(above[-1].owner)
        found[key] = House(last, spelt[last], _why(above))
    for key, some in owned.items():
        why = f"{spelt[key]} is named as an owner by the list {_lists(some)}"
        found.setdefault(key, House(key, spelt[key], why))
    return found


def _spelling(names: Iterable[str]) -> str:
    """The most usual way to write a name."""
    counted = Counter(names)
    return min(counted, key=lambda n: (-counted[n], n))


def _why(above: Sequence[Listed]) -> str:
    """The rows as words: "Post belongs to Press Group, Press Group to Holding, by the list owners.csv"."""
    first, *more = above
    steps = [f"{first.outlet} belongs to {first.owner}", *(f"{r.outlet} to {r.owner}" for r in more)]
    return f"{', '.join(steps)}, by the list {_lists(above)}"


def _lists(rows: Iterable[Listed]) -> str:
    return " and ".join(dict.fromkeys(sorted(r.by for r in rows)))


def _forms_of(houses: Mapping[Key, House]) -> Mapping[Key, frozenset[Key]]:
    forms = [(key if key[0] else _words(key[1]), key) for key in houses]
    forms += [(_words(sign), key) for sign, name in agencies().items() if (key := key_of(name)) in houses]
    found: dict[Key, set[Key]] = {}
    for words, key in forms:
        found.setdefault(words, set()).add(key)
    return {words: frozenset(keys) for words, keys in found.items()}


def _words(text: str) -> Key:
    return tuple(_WORD.findall(normal(text).replace("&", " and ")))
