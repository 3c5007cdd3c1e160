"""What a package says of itself: RO-Crate 1.1 metadata for programs, a README for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from twosource.version import __version__

UNKNOWN_DAY = "1970-01-01"  # of a case in which nothing has a date
METADATA = "ro-crate-metadata.json"
CONTENTS = {
    "reports.jsonl": "Reports, each with its text exactly as it came in",
    "custody.jsonl": "How each report came to the case: from where, when, by which version of the program",
    "forgotten.jsonl": "Reports that were removed for good: when, by whom and why",
    "decisions.jsonl": "What people decided: a log in which each line holds the digest of the line before it",
    "actors.jsonl": "Known actors, as lists of them were brought and taken away: a log like that of decisions",
    "ids.jsonl": "Old ids that lead to new ones",
    "news.jsonl": "What changed in the case, in order",
    "accounts.jsonl": "An account of each incident, in the shape twosource.brief/1",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a package, counted; `day` is the latest that the case itself names."""

    day: str | None
    reports: int
    decisions: int
    accounts: int
    originals: int
    forgotten: int
    known: int = 0  # rows of lists of known actors


def readme(found: Contents) -> str:
    """How a person reads the package without this program."""
    text = (files(__package__) / "package_readme.txt").read_text(encoding="utf-8")
    said = {"reports": found.reports, "decisions": found.decisions, "accounts": found.accounts}
    more = {"originals": found.originals, "forgotten": found.forgotten}
    return Template(text).substitute(said, **more, version=__version__, date=found.day or "an unknown day")


def metadata(found: Contents, sizes: Mapping[str, int]) -> bytes:
    """The crate's description of its files, by their names and sizes."""
    parts = [_file(name, said, sizes[name]) for name, said in CONTENTS.items() if name in sizes]
    if found.originals:
        parts.append(
            {"@id": "originals/", "@type": "Dataset", "name": "Kept originals, each under its SHA-256"}
        )
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "A case, complete",
            "description": f"{found.reports} reports, {found.decisions} decisions about them and {found.accounts} accounts of incidents. Complete: it may hold confidential reports and names that are withheld elsewhere.",
            "datePublished": found.day or UNKNOWN_DAY,
            "license": {"@id": "#rights"},
            "hasPart": [{"@id": part["@id"]} for part in parts],
            "mentions": {"@id": "#made"},
        },
        *parts,
        {
            "@id": "#rights",
            "@type": "CreativeWork",
            "name": "No licence is given",
            "description": "The reports are the work of others. Nothing here gives a right to publish them.",
        },
        {
            "@id": "#made",
            "@type": "CreateAction",
            "name": "The case was packed",
            "instrument": {"@id": "#program"},
            "result": {"@id": "./"},
        },
        {"@id": "#program", "@type": "SoftwareApplication", "name": "twosource", "version": __version__},
    ]
    made = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _file(name: str, said: str, size: int) -> dict[str, str]:
    return {
        "@id": name,
        "@type": "File",
        "name": said,
        "encodingFormat": "application/jsonl",
        "contentSize": str(size),
    }
