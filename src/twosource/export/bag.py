"""A BagIt bag (RFC 8493) being written: a folder, or one zip, with the SHA-256 of every file in it.

The same files give the same bytes: a zip bears no clock, and its one folder is always called `case`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from twosource.errors import UsageError
from twosource.export.files import whole

FOLDER = "case"  # in a zip
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
_READABLE = 0o100644 << 16

Opener = Callable[[str], AbstractContextManager[IO[bytes]]]


class Written:
    """A file of the bag: what is written to it is hashed as it goes by."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add to the file."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Of all that was written."""
        return self._hash.hexdigest()


class Bag:
    """A bag that takes one file after the other."""

    def __init__(self, opener: Opener) -> None:
        self._open = opener
        self._payload: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[Written]:
        """A file among what the bag is made for; its name is of letters, digits and slashes."""
        with self._open(f"data/{name}") as f:
            written = Written(f)
            yield written
        self._payload[f"data/{name}"] = written.sha256
        self.sizes[name] = written.size

    def hash_of(self, name: str) -> str:
        """The SHA-256 of a file that was written."""
        return self._payload[f"data/{name}"]

    def close(self, info: dict[str, str], readme: str) -> None:
        """Write what the bag says of itself, last of all its hashes."""
        size = f"{sum(self.sizes.values())}.{len(self.sizes)}"
        said = "".join(f"{key}: {value}\n" for key, value in {**info, "Payload-Oxum": size}.items())
        self._tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        self._tag("bag-info.txt", said)
        self._tag("README.txt", readme)
        self._tag(MANIFEST, _manifest(self._payload))
        self._tag(TAGS, _manifest(self._tags))

    def _tag(self, name: str, text: str) -> None:
        with self._open(name) as f:
            written = Written(f)
            written.write(text.encode("utf-8"))
        self._tags[name] = written.sha256


def _manifest(hashes: dict[str, str]) -> str:
    return "".join(f"{sha}  {name}\n" for name, sha in sorted(hashes.items()))


@contextmanager
def bagging(out: Path) -> Iterator[Bag]:
    """A bag to fill and to close: one zip where the name ends so, else a folder; it appears only when it is whole.

    Raises UsageError when something stands there already or can't be written.
    """
    refuse_existing(out)
    if out.suffix.lower() == ".zip":
        with whole(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            yield Bag(lambda name: archive.open(_entry(name), "w", force_zip64=True))
        return
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        part.mkdir()
    except OSError as e:
        raise UsageError(f"cannot write {out}: {e.strerror}") from e
    try:
        yield Bag(lambda name: _created(part / name))
        part.rename(out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def refuse_existing(out: Path) -> None:
    """Raises UsageError when something stands where a package is to be made: like a backup, it replaces nothing."""
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} is there already: name a new file or folder for the package")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = _READABLE
    return entry


def _created(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")
