"""Everything that twosource raises on purpose.

TwosourceError
├── UsageError        the command or call was put wrongly: exit code 2
├── NothingUsable     no input could be used: exit code 1
├── ReportRefused     one input cannot be used; the others go on: exit code 3
├── SettingsError     a settings file or value is wrong: exit code 2
├── MissingExtra      a feature needs a package that is not installed: exit code 2
└── CaseError         a case cannot be opened or written: exit code 1
    └── CaseDamaged   a case is not as it was written
"""

from __future__ import annotations

__all__ = [
    "CaseDamaged",
    "CaseError",
    "MissingExtra",
    "NothingUsable",
    "ReportRefused",
    "SettingsError",
    "TwosourceError",
    "UsageError",
]


class TwosourceError(Exception):
    """The root of the tree: catch it to catch all that twosource raises on purpose."""

    exit_code = 1


class UsageError(TwosourceError):
    """The command or call was put wrongly; the message says what to do instead."""

    exit_code = 2


class SettingsError(UsageError):
    """A settings file or value is wrong, with its place and what would be right."""


class MissingExtra(UsageError):
    """A feature needs an optional package; the message names the extra that brings it."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs the extra '{extra}': pip install 'twosource[{extra}]'")
        self.extra = extra


class NothingUsable(TwosourceError):
    """No input could be used."""


class ReportRefused(TwosourceError):
    """An input that cannot be used, with where it came from and why."""

    exit_code = 3

    def __init__(self, input: str, reason: str) -> None:
        super().__init__(f"{input}: {reason}")
        self.input = input
        self.reason = reason


class CaseError(TwosourceError):
    """A case cannot be opened or written; what was acknowledged before is still there."""


class CaseDamaged(CaseError):
    """A case is not as it was written: named, never read as if it were."""
