"""Archives: zip, tar and packed single files, unpacked as a stream, member by member, with limits throughout.

Nothing is written under a member's name, so a path that climbs out of the archive can do no harm; it is refused all
the same, since no honest archive has one.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, cast

from twosource.errors import ReportRefused
from twosource.model import Refusal
from twosource.read.items import TOO_MUCH, TOO_TIGHT, Item, Measured, Source, seekable
from twosource.settings import Settings

Members = Iterator[Item | Refusal]
_OFFICE = ("[Content_Types].xml", "mimetype")


def read_zip(item: Item, settings: Settings) -> Members:
    """Every member of a zip; of a WACZ (web archive) only its WARC files, the rest being indexes of them."""
    with seekable(item, settings.max_unpacked_bytes) as f:
        try:
            archive = zipfile.ZipFile(f)
            entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as e:
            raise ReportRefused(item.name, f"a broken zip archive ({e}): fetch it again") from e
        names = {e.filename for e in entries}
        if _OFFICE[0] in names or (_OFFICE[1] in names and "META-INF/manifest.xml" in names):
            raise ReportRefused(item.name, "an Office document: save it as PDF or plain text")
        web = "datapackage.json" in names and any(n.startswith("archive/") for n in names)
        for entry in entries:
            if (
                entry.is_dir()
                or _hidden(entry.filename)
                or (web and not entry.filename.startswith("archive/"))
            ):
                continue
            name = f"{item.name}!/{entry.filename}"
            yield from _member(item, name, entry.filename, _Entry(archive, entry, name, item, settings))


class _Entry:
    """How one member of a zip is opened, so that a broken one is refused and the next is read."""

    def __init__(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, item: Item, settings: Settings
    ) -> None:
        self._archive = archive
        self._entry = entry
        self._name = name
        self._item = item
        self._ratio = settings.max_ratio

    def __call__(self) -> Source:
        if self._entry.flag_bits & 0x1:
            raise ReportRefused(
                self._name, "locked with a password: unpack it yourself and give what is inside"
            )
        opened = cast("Source", self._archive.open(self._entry))
        packed = self._entry.compress_size
        return Measured(self._name, opened, self._item.budget, packed=packed, ratio=self._ratio)


def read_tar(item: Item, _: Settings) -> Members:
    """Every file of a tar, as a stream; links and devices are refused."""
    try:
        with tarfile.open(fileobj=item.stream, mode="r|") as archive:
            for entry in archive:
                name = f"{item.name}!/{entry.name}"
                if entry.isdir() or _hidden(entry.name):
                    continue
                if not entry.isfile():
                    yield Refusal(name, "a link or device inside an archive: only plain files are read")
                    continue
                opened = cast("Source", archive.extractfile(entry))
                yield from _member(item, name, entry.name, partial(Measured, name, opened, item.budget))
    except (tarfile.TarError, EOFError, OSError) as e:
        yield Refusal(
            item.name, f"the archive is cut off or broken ({e}): what came before was read, fetch it again"
        )


def read_packed(item: Item, settings: Settings) -> Members:
    """One file packed with gzip, bzip2 or xz."""
    openers: dict[bytes, Callable[[IO[bytes]], io.BufferedIOBase]] = {
        b"\x1f\x8b": _gunzip,
        b"BZ": bz2.BZ2File,
        b"\xfd7": lzma.LZMAFile,
    }
    packed = _Counted(item.stream)
    yield item.inner(
        item.name, _Packed(item, openers[item.head[:2]](cast("IO[bytes]", packed)), packed, settings)
    )


def _gunzip(stream: IO[bytes]) -> io.BufferedIOBase:
    return cast("io.BufferedIOBase", gzip.GzipFile(fileobj=stream))


class _Counted(io.RawIOBase):
    """A stream that knows how much was taken from it."""

    def __init__(self, stream: Source) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self.taken += len(data)
        return data


class _Packed:
    """What comes out of a packed file, against how much went in; a cut-off end is told as such."""

    def __init__(self, item: Item, unpacked: io.BufferedIOBase, packed: _Counted, settings: Settings) -> None:
        self._item = item
        self._unpacked = unpacked
        self._packed = packed
        self._ratio = settings.max_ratio
        self._broken = ""
        self._out = 0

    def read(self, size: int = -1, /) -> bytes:
        name = self._item.name
        if self._broken:
            raise ReportRefused(
                name, f"the packed file is cut off or broken ({self._broken}): fetch it again"
            )
        try:
            data = self._unpacked.read1(65_536 if size < 0 else min(size, 65_536))
        except (EOFError, OSError, zlib.error, lzma.LZMAError) as e:
            self._broken = (
                str(e)[:120] or type(e).__name__
            )  # told when more is asked for: what came before is good
            data = b""
        self._out += len(data)
        self._item.budget.bytes -= len(data)
        if self._item.budget.bytes < 0:
            raise ReportRefused(name, TOO_MUCH)
        if self._out > 1_000_000 and self._out > self._ratio * max(self._packed.taken, 1):
            raise ReportRefused(name, TOO_TIGHT)
        return data

    def close(self) -> None:
        """Close the unpacking, not the packed file."""
        self._unpacked.close()


def _member(item: Item, name: str, inside: str, opener: Callable[[], Source]) -> Members:
    """One member as an item of its own, when it may be read."""
    if _climbs(inside):
        yield Refusal(name, "its path leads out of the archive: no honest archive has such a member")
        return
    if item.budget.bytes < 0:
        raise ReportRefused(item.name, TOO_MUCH)
    item.budget.files -= 1
    if item.budget.files < 0:
        raise ReportRefused(
            item.name, "the archive holds too many files: split it, or raise the setting max_files"
        )
    try:
        source = opener()
        found = item.inner(name, source)
    except ReportRefused as e:
        yield Refusal(e.input, e.reason)
        return
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        zlib.error,
        ValueError,
    ) as e:
        yield Refusal(name, f"this member of the archive is broken ({e}): fetch the archive again")
        return
    yield found


def _climbs(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or (len(path) > 1 and path[1] == ":") or "\x00" in path


def _hidden(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return any(p.startswith((".", "__MACOSX")) and p != ".." and p != "." for p in parts)
