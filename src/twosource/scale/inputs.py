"""What a run reads: local files, web addresses, and object storage through the engine; and a digest of them, which says whether it changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from twosource.model import Refusal
from twosource.read.items import Item
from twosource.read.sources import is_address, items, opened, streamed
from twosource.scale.engine import Stored, listed
from twosource.scale.stages import Run
from twosource.settings import Settings

__all__ = ["SCHEMES", "Source", "digest_of", "item_of", "sources"]

SCHEMES = ("s3://", "s3a://", "gs://", "gcs://", "az://", "abfs://", "abfss://", "hf://", "file://")


@dataclass(frozen=True, slots=True)
class Source:
    """An input that can be opened anywhere, or why it cannot; `size` in bytes, 0 where it is not known."""

    name: str
    kind: str  # file | object | web | refused
    size: int = 0
    why: str = ""


def sources(inputs: Iterable[str], settings: Settings) -> list[Source]:
    """Every file below what was named, in the order in which `read` meets them; then what object storage holds."""
    found, objects = list[Source](), list[Source]()
    for kind, some in groupby(sorted(inputs), _kind):
        names = list(some)
        if kind == "file":
            found += [_local(item) for item in items(names, settings)]
            continue
        for n, name in enumerate(names):
            if n and names[n - 1] == name:
                found.append(Source(name, "refused", why="given twice: it was read once"))
            elif kind == "web":
                found.append(Source(name, "web"))
            else:
                objects += _objects(name)
    return found + objects


def _kind(name: str) -> str:
    if name.lower().startswith(SCHEMES):
        return "object"
    return "web" if is_address(name) else "file"


def _local(found: Item | Refusal) -> Source:
    if isinstance(found, Refusal):
        return Source(found.input, "refused", why=found.reason)
    found.stream.close()
    if found.path is None:
        return Source(
            found.name, "refused", why="a pipe cannot be read by several processes: save it to a file"
        )
    return Source(found.path, "file", Path(found.path).stat().st_size)


def _objects(name: str) -> list[Source]:
    try:
        held = listed(name)
    except Exception as e:  # each storage has errors of its own
        return [Source(name, "refused", why=f"cannot be listed ({str(e).strip().splitlines()[0][:200]})")]
    if not held:
        return [Source(name, "refused", why="nothing there: check the address")]
    return [Source(path, "object", size) for path, size in held]


def item_of(source: Source, settings: Settings) -> Item | Refusal:
    """The stream of a source, wherever this is asked."""
    if source.kind == "file":
        return opened(source.name, settings)
    if source.kind == "object":
        try:
            return streamed(source.name, Stored(source.name), settings)
        except Exception as e:
            return Refusal(source.name, f"cannot be opened ({str(e).strip().splitlines()[0][:200]})")
    if source.kind == "web":
        (found,) = items([source.name], settings)
        return found
    return Refusal(source.name, source.why)


def digest_of(run: Run, held: Sequence[Source]) -> str:
    """A digest of the sources: names and, of files, their bytes; of objects their sizes."""
    names = [s.name for s in held if s.kind == "file"]
    shares = [names[n : n + 1000] for n in range(0, len(names), 1000)]
    found = [d for some in run.all("looking at the inputs", _digests, shares) for d in some]
    rest = [[s.name, s.kind, s.size, s.why] for s in held]
    return hashlib.sha256(json.dumps([rest, found]).encode("ascii")).hexdigest()


def _digests(names: Sequence[str]) -> list[str]:
    found = []
    for name in names:
        with Path(name).open("rb") as f:
            found.append(hashlib.file_digest(f, "sha256").hexdigest())
    return found
