"""Bytes to characters, in any encoding, without dropping any."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""",
    re.I,
)
_SAMPLE = 100_000  # bytes that an encoding is guessed from
_STRAY = 0.02  # at most this share of the bytes may be foreign to UTF-8 in a text that is UTF-8 for the rest
_SIGNS = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb\xbf")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters, line ends kept: by mark, as UTF-8, as declared, by guess, and where all fails as Windows-1252.

    Text that is UTF-8 but for a few foreign bytes keeps its UTF-8; the foreign bytes are read as Windows-1252.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return whole(data[len(mark) :].decode(name, "replace"))
    if data[:2000].count(0) * 3 > len(data[:2000]):
        return _wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for given in (declared, _in_page(data)):
        known = _try(data, given)
        if known is not None:
            return known
    if _mostly_utf8(data):
        return data.decode("utf-8", "twosource.cp1252")
    if _western(data):
        return data.decode("cp1252", "twosource.latin1")
    guessed = _try(data, _guess(data))
    return guessed if guessed is not None else data.decode("cp1252", "twosource.latin1")


def whole(text: str) -> str:
    """The text with lone halves of surrogate pairs replaced one for one, so that it can be written and offsets hold."""
    return _SURROGATES.sub("\ufffd", text) if not text.isascii() else text


def _try(data: bytes, name: str | None) -> str | None:
    if not name:
        return None
    name = name.strip().lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        name = "cp1252"  # as every browser does (WHATWG Encoding Standard)
    try:
        return whole(data.decode(name)) if "\x00" not in name else None
    except (LookupError, UnicodeError, ValueError, AttributeError, TypeError):
        return None


def _in_page(data: bytes) -> str | None:
    m = _DECLARED.search(data[:4096])
    return next(g for g in m.groups() if g).decode("ascii") if m else None


def _wide(data: bytes) -> str:
    name = "utf-16-be" if data[:2000:2].count(0) > data[1:2000:2].count(0) else "utf-16-le"
    return whole(data.decode(name, "replace"))


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    high = sum(b > 127 for b in sample)
    stray = sample.decode("utf-8", "replace").count("\ufffd")
    return stray <= max(1, _STRAY * len(sample)) and high > 3 * stray


def _western(data: bytes) -> bool:
    """Whether a short text reads well as Windows-1252: guessing needs more than a few accents to go by."""
    high = [b for b in data if b > 127]
    return len(data) < 600 and len(high) < 0.2 * len(data) and all(b >= 0xC0 or b in _SIGNS for b in high)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "twosource.latin1"), error.end


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("twosource.cp1252", _as_cp1252)
codecs.register_error("twosource.latin1", _as_latin1)
