"""Countries, their adjectives and their capitals, which stand for their governments in reports."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from twosource.annotate.mentions.lexicon import bare, body_forms
from twosource.text import normal


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Every name and adjective of a country with its plain name; every capital with its country."""
    text = (files("twosource.annotate.places") / "countries.toml").read_text(encoding="utf-8")
    nations: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in sorted(tomllib.loads(text).values(), key=lambda r: -int(r[5])):
        name, capital, adjectives, others = str(row[0]), str(row[6]), row[7], row[8]
        for form in (name, *adjectives, *others):
            nations.setdefault(bare(form), name)
            nations.setdefault(bare(form) + "s", name)
        if capital:
            capitals.setdefault(normal(capital), name)
    for form, full in body_forms().items():
        if bare(full) in nations:
            nations.setdefault(form, nations[bare(full)])
    return nations, capitals


def nation(word: str) -> str | None:
    """The country that a name or adjective means ("Ruritanian" gives Ruritania), else None."""
    return _tables()[0].get(bare(word))


def nation_of_capital(name: str) -> str | None:
    """The country whose capital it is, else None."""
    return _tables()[1].get(normal(name))
