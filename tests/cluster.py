"""A Ray cluster of two nodes on this machine, one of which is killed while reports are annotated; run as a program of its own.

`python cluster.py FOLDER PARTS`: the stages of the invented archive, whose first two are laid out in FOLDER, to their end. It says
on its last line, as JSON, how many nodes were alive at the end and how many parts were annotated when the node was killed.
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
from pathlib import Path
from typing import Any

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
    """Do the work on such a cluster."""
    with two_nodes() as (cluster, second):
        print(json.dumps(worked(cluster, second, folder, parts)), flush=True)


def worked(cluster: Any, second: Any, folder: Path, parts: int) -> dict[str, int]:
    """Do the stages; what can be told at the end."""
    import ray

    import archives
    from twosource.scale.engine import engine_of
    from twosource.settings import Settings

    found: dict[str, int] = {}

    def strike() -> None:
        while not (made := list((folder / "work").glob(".annotations.*.part/*.parquet"))):
            time.sleep(0.02)
        found["parts"] = len(made)
        cluster.remove_node(second, allow_graceful=False)

    threading.Thread(target=strike, daemon=True).start()
    here, done = archives.laid_out(folder, parts, engine_of(Settings(), cluster.address))
    archives.finished(here, done)
    found["nodes"] = sum(n["Alive"] for n in ray.nodes())
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
