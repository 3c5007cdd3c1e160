"""A Ray cluster of two nodes on this machine, one of which is killed while reports are annotated; run as a program of its own.

`python cluster.py FOLDER PARTS`: the invented archive is laid out in FOLDER up to its shelves; the cluster annotates and weighs it. It
says on its last line, as JSON, how many nodes were alive at the end and how many parts were annotated when the node was killed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from twosource.scale.engine import engine_of

STORE = 100_000_000  # bytes of shared memory that a node may take
TRIES = (
    3  # a node that has not begun within seconds is given up by Ray itself, which happens on a busy machine
)


@contextmanager
def two_nodes() -> Iterator[tuple[Any, Any]]:
    """A cluster and its second node; nothing of it is left afterwards."""
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", DAFT_ANALYTICS_ENABLED="0", RAY_DISABLE_DASHBOARD="1")
    with tempfile.TemporaryDirectory() as folder:
        # Every process of Ray loads jsonschema, and that a grammar which takes seconds to compile, where it is installed.
        Path(folder, "rfc3987_syntax.py").write_text("raise ImportError\n")
        os.environ["PYTHONPATH"] = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
        sys.path.insert(0, folder)
        import ray
        from ray.cluster_utils import Cluster

        node = {"num_cpus": 1, "object_store_memory": STORE}
        cluster = _begun(Cluster, node)
        try:
            yield cluster, cluster.add_node(**node, node_ip_address="127.0.0.3")
        finally:
            ray.shutdown()
            cluster.shutdown()


def _begun(kind: Any, node: dict[str, Any]) -> Any:
    head = {**node, "node_ip_address": "127.0.0.2", "include_dashboard": False}
    for _ in range(TRIES - 1):
        try:
            return kind(initialize_head=True, head_node_args=head)
        except Exception as e:
            print(f"again: {e}", file=sys.stderr)
    return kind(initialize_head=True, head_node_args=head)


def main(folder: Path, parts: int) -> None:
    """Do the work on such a cluster; what takes no time is done before, in one process."""
    import archives
    from twosource.scale.stages import finish

    here, done = archives.laid_out(folder, parts)
    first, rest = archives.later()[:3], archives.later()[3:]
    for stage in first:
        done.append(finish(here, stage, done))
    with two_nodes() as (cluster, second):
        found = _struck(cluster, second, folder)
        here = replace(here, engine=engine_of(here.settings, cluster.address))
        for stage in rest:
            done.append(finish(here, stage, done))
        print(json.dumps({**found, "nodes": _alive()}), flush=True)


def _struck(cluster: Any, second: Any, folder: Path) -> dict[str, int]:
    """Have the node killed once a part is annotated; how many were, by then, is in what this gives."""
    found: dict[str, int] = {}

    def strike() -> None:
        while not (made := list((folder / "work").glob(".annotations.*.part/*.parquet"))):
            time.sleep(0.02)
        found["parts"] = len(made)
        cluster.remove_node(second, allow_graceful=False)

    threading.Thread(target=strike, daemon=True).start()
    return found


def _alive() -> int:
    import ray

    return sum(n["Alive"] for n in ray.nodes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
