"""Going on where a long reading stopped: what is in the output already is not read again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from twosource.errors import UsageError

_PART = re.compile(r"(?:!/|#|:\d+$).*$")


def left_to_read(inputs: Iterable[str], out: Path) -> list[str]:
    """The inputs of which no report stands in the output yet; those that failed are among them.

    Folders and archives are compared by their members, so a folder stays on the list until it is named by its files.
    Raises UsageError when the output holds something other than reports.
    """
    done: set[str] = set()
    number = 0
    try:
        with out.open("rb") as f:
            for line in f:
                number += 1
                if not line.endswith(b"\n"):
                    break  # cut off in the middle of writing: it is read again
                done.add(str(json.loads(line)["original"]))
    except FileNotFoundError:
        return list(inputs)
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise UsageError(
            f"{out}:{number}: holds something other than reports, so it cannot be gone on with ({e})"
        ) from e
    done |= {_PART.sub("", name) for name in done}
    return [name for name in inputs if name not in done]
