"""GEXF 1.2: the graph of origins and actors, for Gephi."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from twosource.export.encoding import xml
from twosource.export.graph import EDGE_KEYS, NODE_KEYS, Value, graph
from twosource.export.shape import View

AT_ONCE = 65_536
IN_MEMORY = 8_000_000  # bytes of edges before they go to a file: in GEXF they stand behind all nodes


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One directed graph of all incidents."""
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        b'<graph mode="static" defaultedgetype="directed">\n'
    )
    yield _declared("node", NODE_KEYS) + _declared("edge", EDGE_KEYS) + b"<nodes>\n"
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as edges_held:
        for view in views:
            nodes, edges = graph(view)
            for n in nodes:
                yield f'<node id="{n.id}" label="{xml(n.label)}">{_values(NODE_KEYS, n.values)}</node>\n'.encode()
            for e in edges:
                edges_held.write(
                    f'<edge id="{e.id}" source="{e.a}" target="{e.b}" label="{xml(e.label)}">{_values(EDGE_KEYS, e.values)}</edge>\n'.encode()
                )
        yield b"</nodes>\n<edges>\n"
        edges_held.seek(0)
        yield from _blocks(edges_held)
    yield b"</edges>\n</graph>\n</gexf>\n"


def _declared(domain: str, keys: Mapping[str, str]) -> bytes:
    held = "".join(
        f'<attribute id="{n}" title="{name}" type="{kind}"/>' for n, (name, kind) in enumerate(keys.items())
    )
    return f'<attributes class="{domain}">{held}</attributes>\n'.encode()


def _values(keys: Mapping[str, str], values: Mapping[str, Value]) -> str:
    numbers = {name: n for n, name in enumerate(keys)}
    held = "".join(f'<attvalue for="{numbers[k]}" value="{xml(v)}"/>' for k, v in values.items())
    return f"<attvalues>{held}</attvalues>"


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(AT_ONCE):
        yield block
