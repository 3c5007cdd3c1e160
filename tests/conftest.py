"""Fixtures that every test file may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The third-party evaluation data beside the repository; skips with a reason where it is absent."""
    folder = Path(os.environ.get("TWOSOURCE_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the evaluation data is not at {folder}; set TWOSOURCE_SHARED to where it is")
    return folder


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
