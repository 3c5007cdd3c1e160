"""Fixtures that every test file may use."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import Server, running
from exporting import account  # noqa: F401

collect_ignore_glob: list[str] = []
if all(importlib.util.find_spec(name) for name in ("starlette", "httpx", "argon2", "python_multipart")):
    from workbenches import desk, own, sample  # noqa: F401
else:  # the extra `web` is not installed
    collect_ignore_glob.append("test_web_*")
if importlib.util.find_spec("pyarrow") is None:  # the extra `export` is not installed
    collect_ignore_glob.append("test_export_*")
if not all(
    importlib.util.find_spec(name) for name in ("daft", "pyarrow")
):  # the extra `scale` is not installed
    collect_ignore_glob.append("test_scale_*")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The third-party evaluation data beside the repository; skips with a reason where it is absent."""
    folder = Path(os.environ.get("TWOSOURCE_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the evaluation data is not at {folder}; set TWOSOURCE_SHARED to where it is")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own; skips with a reason where there is none installed."""
    with tempfile.TemporaryDirectory(prefix="twosource-") as folder:
        Path(folder).chmod(0o755)
        with running(Path(folder)) as server:
            yield server


@pytest.fixture(params=["file", "postgres"])
def case_name(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a case can be made: every test that asks for it runs over both kinds of storage."""
    if request.param == "file":
        return str(tmp_path / "a.case")
    server: Server = request.getfixturevalue("postgres")
    return server.database()


def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> None:
    """Where nothing may be left out, a skip is a failure."""
    if (
        os.environ.get("TWOSOURCE_NO_SKIP")
        and call.excinfo is not None
        and call.excinfo.errisinstance(pytest.skip.Exception)
    ):
        call.excinfo = pytest.ExceptionInfo.from_exc_info(
            (
                AssertionError,
                AssertionError(f"skipped where nothing may be: {call.excinfo.value}"),
                call.excinfo.tb,
            )
        )
