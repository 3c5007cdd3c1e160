"""Processes that share the work: none outlives the program that started it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait

__all__ = ["end_with_parent", "pool_of"]


def pool_of(processes: int, *, afresh: bool = True) -> ProcessPoolExecutor:
    """A pool of that many processes; when their parent is gone, however it ended, they end too.

    Forking a process that may hold threads (the language model's) can hang, so each starts afresh unless told not to.
    """
    context = multiprocessing.get_context("spawn" if afresh else None)
    return ProcessPoolExecutor(processes, mp_context=context, initializer=end_with_parent)


def end_with_parent() -> None:
    """Called in a process that another one started: end when that one is gone, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
