"""A bag that somebody brings, read with suspicion: nothing of it is used before every file has the hash on record.

A name that leaves the bag, a link, a file without a hash, a hash without its file, a member that unpacks to far more than it should:
the bag is refused as a whole, and what is wrong is named. Nothing is ever unpacked under a name that the bag gives.
"""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from twosource.errors import CaseDamaged, UsageError
from twosource.export.bag import MANIFEST, TAGS
from twosource.settings import Settings

LONGEST_LINE = 500_000_000  # bytes of one record
SMALL_TAG = 10_000_000  # bytes up to which a tag file is read at once
ROOMY = 100_000_000  # bytes up to which it isn't asked how tightly a member is packed: copies of one text pack very tightly
_BLOCK = 1_048_576
_PART = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]+"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Bagged:
    """An opened bag whose files all had their hashes when it was opened; `info` is what it says of itself."""

    name: str
    hashes: Mapping[str, str]  # of what it was made for, by name without `data/`
    info: Mapping[str, str]
    opener: Callable[[str], IO[bytes]]

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file. Raises CaseDamaged when, since it was opened, its bytes became others."""
        hashed = hashlib.sha256()
        with self._opened(name) as f:
            while line := f.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise CaseDamaged(f"{self.name}: {name} has a line that is too long to be a record")
                hashed.update(line)
                yield line
        self._compare(name, hashed.hexdigest())

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, a piece at a time. Raises CaseDamaged as `lines` does."""
        hashed = hashlib.sha256()
        with self._opened(name) as f:
            while block := f.read(_BLOCK):
                hashed.update(block)
                yield block
        self._compare(name, hashed.hexdigest())

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self.hashes:
            raise CaseDamaged(f"{self.name}: {name} is not in it")
        try:
            with self.opener(f"data/{name}") as f:
                yield f
        except _BROKEN as e:
            raise CaseDamaged(f"{self.name}: {name} cannot be read ({e})") from e

    def _compare(self, name: str, sha: str) -> None:
        if sha != self.hashes[name]:
            raise CaseDamaged(f"{self.name}: {name} was changed while it was read")


@contextmanager
def unbagged(path: Path, settings: Settings) -> Iterator[Bagged]:
    """The bag in that folder or zip, every file of it compared with its hash.

    Raises UsageError when there is none, CaseDamaged when anything is wrong with it.
    """
    if path.is_dir():
        try:
            names = _in_folder(path)
        except OSError as e:
            raise CaseDamaged(f"{path} cannot be read ({e})") from e
        yield _verified(str(path), names, lambda name: (path / name).open("rb"), settings)
        return
    if not path.is_file():
        raise UsageError(f"there is no package {path}")
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as e:
        raise CaseDamaged(f"{path} is neither a folder nor a zip that can be read ({e})") from e
    with archive:
        entries = _in_zip(str(path), archive, settings)
        sizes = {name: e.file_size for name, e in entries.items()}
        yield _verified(str(path), sizes, lambda name: archive.open(entries[name]), settings)


def _in_folder(path: Path) -> dict[str, int]:
    """Each file's size. Links are not followed, but refused."""
    found: dict[str, int] = {}
    waiting = [path]
    while waiting:
        for item in sorted(waiting.pop().iterdir()):
            name, seen = item.relative_to(path).as_posix(), item.lstat()
            _check_name(str(path), name)
            if stat.S_ISDIR(seen.st_mode):
                waiting.append(item)
            elif stat.S_ISREG(seen.st_mode):
                found[name] = seen.st_size
            else:
                raise CaseDamaged(f"{path}: {name} is a link or a device: a package holds plain files alone")
    return found


def _in_zip(path: str, archive: zipfile.ZipFile, settings: Settings) -> dict[str, zipfile.ZipInfo]:
    """The entries by their names within the one folder that the zip holds."""
    found: dict[str, zipfile.ZipInfo] = {}
    entries = archive.infolist()
    if len(entries) > settings.max_files:
        raise CaseDamaged(f"{path}: it holds {len(entries)} files; the setting max_files allows {settings.max_files}")  # fmt: skip
    for entry in entries:
        _check_entry(path, entry, settings)
        if entry.is_dir():
            continue
        name = entry.filename.partition("/")[2]
        if name in found or not name:
            raise CaseDamaged(f"{path}: {entry.filename} is there twice, or not in the package's folder")
        found[name] = entry
    if len({e.filename.partition("/")[0] for e in found.values()}) > 1:
        raise CaseDamaged(f"{path}: it holds more than one folder: a package is one")
    return found


def _check_entry(path: str, entry: zipfile.ZipInfo, settings: Settings) -> None:
    name, times = entry.filename, entry.file_size // max(1, entry.compress_size)
    _check_name(path, entry.orig_filename.rstrip("/"))
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise CaseDamaged(f"{path}: {name} is a link or a device: a package holds plain files alone")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise CaseDamaged(f"{path}: {name} is packed in a way that no package is")
    if entry.file_size > max(ROOMY, settings.max_ratio * entry.compress_size):
        raise CaseDamaged(
            f"{path}: {name} unpacks to {times} times its size, as a zip bomb does; the setting max_ratio allows {settings.max_ratio}"
        )


def _check_name(path: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise CaseDamaged(f"{path}: {name!r} is no name of a file in a package: it may lead out of it")


def _verified(
    path: str, sizes: Mapping[str, int], opener: Callable[[str], IO[bytes]], settings: Settings
) -> Bagged:
    if "bagit.txt" not in sizes:
        raise UsageError(f"{path} is no package: it has no bagit.txt")
    if "fetch.txt" in sizes:
        raise CaseDamaged(f"{path}: it wants files fetched from elsewhere (fetch.txt): nothing is fetched")
    if sum(sizes.values()) > settings.max_unpacked_bytes:
        raise CaseDamaged(f"{path}: it unpacks to more than the setting max_unpacked_bytes allows")
    listed = {name: _manifest(path, name, sizes, opener) for name in (MANIFEST, TAGS)}
    hashes = {**listed[MANIFEST], **listed[TAGS]}
    if added := {*sizes} - {*hashes, TAGS}:
        raise CaseDamaged(f"{path}: {min(added)} lies in it without a hash: it was added, or its line was taken out")  # fmt: skip
    if lost := {*hashes} - {*sizes}:
        raise CaseDamaged(f"{path}: {min(lost)} is missing")
    for name, sha in sorted(hashes.items()):
        if _sha256(path, name, opener) != sha:
            raise CaseDamaged(f"{path}: {name} is not as it was written: its SHA-256 is another")
    payload = {n.removeprefix("data/"): sha for n, sha in listed[MANIFEST].items()}
    return Bagged(path, payload, _info(_text(path, "bag-info.txt", sizes, opener)), opener)


def _manifest(
    path: str, name: str, sizes: Mapping[str, int], opener: Callable[[str], IO[bytes]]
) -> dict[str, str]:
    found: dict[str, str] = {}
    *lines, rest = _text(path, name, sizes, opener).split("\n")
    for line in [*lines, rest] if rest else lines:
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found or match[2].startswith("data/") != (name == MANIFEST):
            raise CaseDamaged(f"{path}: {name} has a line that is no hash of a file: {line[:100]!r}")
        found[match[2]] = match[1]
    return found


def _text(path: str, name: str, sizes: Mapping[str, int], opener: Callable[[str], IO[bytes]]) -> str:
    if name not in sizes:
        raise CaseDamaged(f"{path}: {name} is missing")
    if sizes[name] > SMALL_TAG + 200 * len(sizes):
        raise CaseDamaged(f"{path}: {name} is too large to be what it says")
    try:
        with opener(name) as f:
            return f.read().decode("utf-8")
    except _BROKEN as e:
        raise CaseDamaged(f"{path}: {name} cannot be read ({e})") from e


def _sha256(path: str, name: str, opener: Callable[[str], IO[bytes]]) -> str:
    try:
        with opener(name) as f:
            hashed = hashlib.sha256()
            while block := f.read(_BLOCK):
                hashed.update(block)
            return hashed.hexdigest()
    except _BROKEN as e:
        raise CaseDamaged(f"{path}: {name} is not as it was written: it cannot be read ({e})") from e


def _info(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}
