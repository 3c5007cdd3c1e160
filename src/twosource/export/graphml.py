"""GraphML: the graph of origins and actors, for networkx, igraph, yEd, Neo4j."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from twosource.export.encoding import xml
from twosource.export.graph import EDGE_KEYS, NODE_KEYS, Value, graph
from twosource.export.shape import View

_TYPES = {"string": "string", "integer": "long", "double": "double"}


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One directed graph of all incidents."""
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        b' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    for domain, keys in (
        ("node", {"label": "string", **NODE_KEYS}),
        ("edge", {"label": "string", **EDGE_KEYS}),
    ):
        for name, kind in keys.items():
            yield f'<key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'.encode()
    yield b'<graph edgedefault="directed">\n'
    for view in views:
        nodes, edges = graph(view)
        for n in nodes:
            yield f'<node id="{n.id}">{_data("node", n.label, n.values)}</node>\n'.encode()
        for e in edges:
            yield f'<edge id="{e.id}" source="{e.a}" target="{e.b}">{_data("edge", e.label, e.values)}</edge>\n'.encode()
    yield b"</graph>\n</graphml>\n"


def _data(domain: str, label: str, values: Mapping[str, Value]) -> str:
    held = {"label": label, **values}
    return "".join(f'<data key="{domain}-{k}">{xml(v)}</data>' for k, v in held.items())
