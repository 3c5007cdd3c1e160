"""twosource: many reports of one incident in; who said what, on how many independent origins it rests, and where reports differ, out.

    import twosource

    brief = twosource.brief(["a.txt", "b.html"])      # the main job
    for report in twosource.read(["folder/"]): ...
    for annotation in twosource.annotate(["a.txt"]): ...
    twosource.compare_names("Jon Smith", "John Smith", "person").why

Heavy parts load when they are first used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

# Importing a room binds its name here, once: do it now, so that the functions below keep theirs.
import twosource.annotate
import twosource.brief
import twosource.read  # noqa: F401
from twosource.errors import TwosourceError
from twosource.model import Annotation, Brief, Refusal, Report, Score
from twosource.settings import Settings
from twosource.version import __version__

__all__ = ["Settings", "TwosourceError", "__version__", "annotate", "brief", "compare_names", "read"]


def read(inputs: Iterable[str], settings: Settings | None = None) -> Iterator[Report | Refusal]:
    """The reports in files, folders, addresses, or "-"; what cannot be used comes as a Refusal with its reason."""
    from twosource.read import read as run

    return run(inputs, settings or Settings())


def annotate(inputs: Iterable[str], settings: Settings | None = None) -> list[Annotation]:
    """Statements, mentions, times, places and quantities of each report, in the order of the reports' ids.

    Raises NothingUsable when not one input could be used.
    """
    from twosource.pipeline import annotations_of, articles_of

    chosen = settings or Settings()
    return annotations_of(articles_of(inputs, chosen)[0], chosen)


def brief(
    inputs: Iterable[str],
    settings: Settings | None = None,
    *,
    as_of: str | None = None,
    redact: str | Path | None = None,
    owners: str | Path | None = None,
    actors: Iterable[str | Path] = (),
) -> Brief:
    """The account of each incident in the reports; `twosource.brief.to_html` and its likes render it.

    `redact` and `owners` name the files that `twosource brief` takes under these names: what the one withholds no language
    model is shown, and it is covered in what comes back; the other says whose the outlets are. `actors` are lists of known
    actors; lines of theirs that cannot be used are passed over (`twosource.read.known.read_known` names them).
    Raises NothingUsable when not one input could be used, UsageError for a file that doesn't hold.
    """
    from twosource.corroborate.ownership import NOBODYS, owners_from
    from twosource.pipeline import brief_of
    from twosource.read.known import read_known
    from twosource.redact import NOTHING, policy_from, redacted_brief
    from twosource.resolve import register

    chosen = settings or Settings()
    policy = policy_from(Path(redact)) if redact is not None else NOTHING
    listed = owners_from(Path(owners)) if owners is not None else NOBODYS
    known = register(a for path in actors for a in read_known(Path(path), chosen).actors)
    found = brief_of(inputs, chosen, as_of=as_of, withheld=policy, owners=listed, known=known)
    return redacted_brief(found, policy)


def compare_names(a: str, b: str, kind: Literal["person", "organisation"]) -> Score:
    """How alike two names are: `.value` in 0 to 1 (from .5 on the same) and `.why`, a sentence for each feature."""
    from twosource.resolve import compare_names as run

    return run(a, b, kind)
