"""The command line: thin, nothing is decided here. Heavy imports wait until a command runs."""

from __future__ import annotations

import errno
import sys

import click

from twosource.cli.case import case as case_commands
from twosource.cli.commands import twosource
from twosource.cli.mcp import mcp as mcp_command
from twosource.cli.scale import scale as scale_commands
from twosource.cli.serve import serve as serve_command
from twosource.errors import TwosourceError

__all__ = ["main", "twosource"]

twosource.add_command(case_commands)
twosource.add_command(serve_command)
twosource.add_command(mcp_command)
twosource.add_command(scale_commands)

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main() -> None:
    """Run the command line; every error of ours becomes one line and its exit code."""
    try:
        code = twosource(standalone_mode=False)
    except TwosourceError as e:
        _say(f"twosource: {e}")
        sys.exit(e.exit_code)
    except KeyboardInterrupt:
        _say("twosource: stopped; what was already written is whole, what was not is not there")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has had enough
        sys.exit(0)
    except OSError as e:
        if e.errno not in _NO_ROOM:
            raise
        _say(
            f"twosource: the disk is full or failed ({e.strerror}): make room and run the same command again"
        )
        sys.exit(1)
    except click.Abort:
        _say("twosource: stopped")
        sys.exit(130)
    except click.ClickException as e:
        e.show()
        sys.exit(e.exit_code)
    sys.exit(code or 0)  # click hands back the code that a command left with


def _say(text: str) -> None:
    print(text, file=sys.stderr)
