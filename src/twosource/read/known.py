"""Lists of known actors: entities of FollowTheMoney, a line of JSON each, as Aleph, OpenAleph and OpenSanctions write them.

Read without that library, by rules of our own. An entity may stand in several lines; the order of lines changes nothing.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from twosource.errors import UsageError
from twosource.model import Listed, MentionKind, Refusal
from twosource.read.items import lines, size
from twosource.settings import Settings

LONGEST_LINE = 1_000_000  # bytes
LONGEST_NAME = 300  # characters
LONGEST_ID = 250
MOST_NAMES = 500  # of one entity in one line
MOST_REFUSED = 1_000  # that are named one by one
_QID = re.compile(r"Q[1-9]\d{0,11}")


@dataclass(frozen=True, slots=True)
class KnownList:
    """What a file gave: actors in the order of their ids, what was refused and why, and how many entities are no actors."""

    actors: tuple[Listed, ...]
    refused: tuple[Refusal, ...]
    passed: tuple[tuple[str, int], ...] = ()  # schema and how many


@lru_cache(maxsize=1)
def _schemata() -> tuple[Mapping[str, tuple[MentionKind, ...]], frozenset[str]]:
    data = tomllib.loads((files(__package__) / "known.toml").read_text(encoding="utf-8"))
    return {name: tuple(kinds) for name, kinds in data["actors"].items()}, frozenset(data["others"]["names"].split())  # fmt: skip


def kinds_of(schema: str) -> tuple[MentionKind, ...]:
    """What kinds of actor an entity of that schema can be; none for a schema of something else."""
    return _schemata()[0].get(schema, ())


def read_known(path: Path, settings: Settings) -> KnownList:
    """The known actors of a file. Raises UsageError when it cannot be read or lists more than `max_known`."""
    refused: list[Refusal] = []
    passed: Counter[str] = Counter()
    held: dict[str, set[Listed]] = {}
    more = 0
    try:
        with path.open("rb") as stream:
            for number, found in _entities(lines(stream, LONGEST_LINE), _shown(path.name)):
                if isinstance(found, Listed):
                    held.setdefault(found.id, set()).add(found)
                    if len(held) > settings.max_known:
                        raise UsageError(f"{path} lists more than {settings.max_known:,} actors: import the part that you work with, or raise the setting max_known")  # fmt: skip
                elif found in _schemata()[1]:
                    passed[found] += 1
                elif len(refused) < MOST_REFUSED:
                    refused.append(Refusal(f"{path}:{number}", found))
                else:
                    more += 1
    except OSError as e:
        raise UsageError(f"cannot read the known actors in {path}: {e.strerror or e}") from e
    actors, apart = _whole(held, str(path))
    refused += apart
    if more:
        refused.append(Refusal(str(path), f"{more:,} more lines that cannot be used"))
    return KnownList(actors, tuple(refused), tuple(sorted(passed.items())))


def _entities(
    numbered: Iterable[tuple[int, bytes | None]], source: str
) -> Iterator[tuple[int, Listed | str]]:
    """For each line its actor, the schema of what is none, or why it cannot be used."""
    for number, data in numbered:
        if data is None:
            yield number, f"the line is longer than {size(LONGEST_LINE)}"
        elif plain := data.strip().removeprefix(b"\xef\xbb\xbf"):
            yield number, _entity(plain, source)


def _entity(data: bytes, source: str) -> Listed | str:
    try:
        row = json.loads(data.decode("utf-8"))
    except RecursionError:
        return "not usable JSON: it is nested too deeply"
    except UnicodeDecodeError:
        return "not UTF-8"
    except ValueError as e:
        return f"not JSON ({' '.join(str(e).split())[:100]})"
    if not isinstance(row, dict):
        return 'not an entity: {"id", "schema", "properties"}'
    name, schema = row.get("id"), row.get("schema")
    if not isinstance(name, str) or not name.strip():
        return "no id"
    if len(name) > LONGEST_ID or _shown(name) != name:
        return f"its id has blanks or characters that no id has, or more than {LONGEST_ID}"
    if not isinstance(schema, str):
        return "no schema"
    if not kinds_of(schema):
        return schema if schema in _schemata()[1] else f"unknown schema {_shown(schema)[:50]!r}"
    return _listed(name, schema, row.get("properties"), source)


def _listed(name: str, schema: str, properties: Any, source: str) -> Listed | str:
    if not isinstance(properties, dict):
        return "no properties"
    called = _names(properties, "name") or _composed(properties)
    names = (*called, *_names(properties, "alias"), *_names(properties, "previousName"))
    weak = _names(properties, "weakAlias")
    if not names:
        return "no usable name"
    if len(names) + len(weak) > MOST_NAMES:
        return f"more than {MOST_NAMES} names"
    qids = sorted(q for q in _values(properties, "wikidataId") if _QID.fullmatch(q))
    return Listed(
        name,
        schema,
        names[0],
        source,
        tuple(sorted(set(names))),
        tuple(sorted(set(weak) - set(names))),
        tuple(sorted(set(_values(properties, "position")))[:MOST_NAMES]),
        tuple(sorted({c.lower() for key in ("country", "nationality", "citizenship", "jurisdiction") for c in _values(properties, key)})[:MOST_NAMES]),
        qids[0] if qids else name if _QID.fullmatch(name) else None,
    )  # fmt: skip


def _composed(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """A person's name of its parts, where each is given once."""
    first, last = _names(properties, "firstName"), _names(properties, "lastName")
    return (f"{first[0]} {last[0]}",) if len(first) == len(last) == 1 else ()


def _names(properties: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The values that can be names: with a letter, and of a length that names have."""
    return tuple(v for v in _values(properties, key) if any(map(str.isalpha, v)))


def _values(properties: Mapping[str, Any], key: str) -> tuple[str, ...]:
    given = properties.get(key)
    values = given if isinstance(given, list) else [given]
    plain = (_shown(v) for v in values if isinstance(v, str) and len(v) <= LONGEST_NAME)
    return tuple(v for v in plain if v)


def _shown(value: str) -> str:
    """The text on one line, in composed characters, without those that nobody sees; halves of characters replaced."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    even = unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode("utf-8"))
    return "".join(ch for ch in " ".join(even.split()) if unicodedata.category(ch) not in ("Cc", "Cf", "Co", "Cn"))  # fmt: skip


def _whole(held: Mapping[str, set[Listed]], path: str) -> tuple[tuple[Listed, ...], list[Refusal]]:
    """Each entity made of all lines that have it; one that is a person here and a body there is none."""
    whole, refused = [], []
    for name, found in sorted(held.items()):
        pieces = sorted(found, key=repr)
        kinds = set.intersection(*(set(kinds_of(p.schema)) for p in pieces))
        if kinds:
            whole.append(_joined(pieces))
        else:
            told = " and ".join(sorted({p.schema for p in pieces}))
            refused.append(Refusal(path, f"{name} is {told} in different lines"))
    return tuple(whole), refused


def _joined(pieces: list[Listed]) -> Listed:
    first = min(pieces, key=lambda p: (len(kinds_of(p.schema)), p.schema))
    names = tuple(sorted({n for p in pieces for n in p.names}))
    return replace(
        first,
        names=names,
        weak=tuple(sorted({n for p in pieces for n in p.weak} - set(names))),
        positions=tuple(sorted({n for p in pieces for n in p.positions})),
        countries=tuple(sorted({n for p in pieces for n in p.countries})),
        wikidata=min((p.wikidata for p in pieces if p.wikidata), default=None),
    )
