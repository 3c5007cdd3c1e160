"""Streets named after towns: they name no town."""

from __future__ import annotations

import re

from twosource.annotate.places.gazetteer import short_names
from twosource.model import Span

_AND_NAME = r"(?:\s+and\s+[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)?)?\s+"
_STREET = re.compile(
    _AND_NAME
    + r"(?:Streets?|St(?:s?\.|\b(?!\.?\s+[A-Z]))|Avenues?|Aves?\b\.?|Roads?|Rds?\b\.?|Boulevards?|Blvds?\b\.?|Drives?|Dr\b\.?(?!\s+[A-Z])|Lanes?|Ln\b\.?|"
    r"Terrace|Circle|Ct\b\.?|Alley|streets|avenues|roads|boulevards|drives|lanes|avenue|street|boulevard)(?!\w)"
)
_ROUTE = re.compile(
    _AND_NAME
    + r"(?:Highways?|Hwys?\b\.?|Parkways?|Pkwy\b\.?|Expressway|Freeway|Turnpike|Pike|Trail|Way|highways)\b(?!\s+[A-Z])"
)


def of_street(text: str, span: Span, limit: int, *, known: bool) -> bool:
    """Whether a town's name is a street's here: "on Northport Avenue", "near Northport and Elm avenues".

    A state or country (`known`) has highways of its own, and a county has roads: these name it.
    """
    name = span.of(text)
    if name.endswith(("County", "Parish")) or name in short_names():
        return False
    return bool(_STREET.match(text, span.end, limit)) or (
        not known and bool(_ROUTE.match(text, span.end, limit))
    )
