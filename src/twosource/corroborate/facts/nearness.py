"""How far two places lie apart."""

from __future__ import annotations

import math

from twosource.model import Place

_EARTH = 6371.0  # km


def distance(a: Place, b: Place) -> float:
    """Kilometres between two places, along the great circle; 0 where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.0
    la, oa, lb, ob = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((ob - oa) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(h)))
