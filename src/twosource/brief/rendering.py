"""What every page is rendered with: the templates, the stylesheet, and the rule that nothing of a report acts as markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from twosource.brief.wording import count, harmless

if TYPE_CHECKING:  # takes longer to load than a summary on the terminal
    from jinja2 import BaseLoader, Environment

PAIRS = 60  # pairs of reports whose reason the page gives; all are in the JSON
OPEN = 24  # rows of the matrix of claims and reports beyond which it is folded
STYLES = ("page.css", "pictures.css", "paper.css")


def environment(*loaders: BaseLoader) -> Environment:
    """Our templates, after those of the loaders given: whatever is put into one is escaped, and robbed of controls that could hide or reorder it.

    Each file under `parts/` holds macros that need nothing but their arguments, so that another page can import them.
    """
    import jinja2

    made = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.ChoiceLoader([*loaders, jinja2.FunctionLoader(_template)]),
        finalize=_harmless,
    )
    made.globals.update(count=count, most_pairs=PAIRS, most_open=OPEN)
    made.filters.update(said=said, drawn=drawn)
    return made


@lru_cache
def own_environment() -> Environment:
    """Our templates alone, compiled once."""
    return environment()


@lru_cache
def stylesheet() -> str:
    """The rules of the pages: colours once for light and dark, the sections, the pictures, paper."""
    return "".join(source(name) for name in STYLES)


def style_hash(style: str) -> str:
    """What a content security policy names to let a page have this style and no other."""
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")


def torn_rules(anchors: Sequence[str]) -> str:
    """A passage in several pieces lights up in all of them: only its first piece can be the link's target."""
    return "".join(
        f":root:has(#{a}:target) .at-{a}{{background:var(--lit);color:var(--lit-ink)}}\n" for a in anchors
    )


@lru_cache
def source(name: str) -> str:
    """A file of the template folder."""
    return (files("twosource.brief") / "template" / name).read_text(encoding="utf-8")


def _template(name: str) -> str | None:
    """A template's text; None where there is none of that name, so that no other file can be asked for."""
    known = name.endswith(".html.j2") and ".." not in name and "\\" not in name
    try:
        return source(name) if known else None
    except OSError:
        return None


MASK = "█"  # stands for each letter of a name that is withheld
_MASKED = re.compile(rf"{MASK}+(?:[ .'’-]{{1,2}}{MASK}+){{0,9}}")
_WITHHELD = Markup(
    '<span class="withheld"><span aria-hidden="true">{}</span><span class="unseen">name withheld</span></span>'
)


def shown(text: str) -> Markup:
    """Text for the page: escaped, its controls made visible, a masked name spoken as what it is."""
    plain = escape(harmless(text))
    if MASK not in plain:
        return plain
    return Markup(_MASKED.sub(lambda m: str(_WITHHELD.format(m[0])), str(plain)))


def said(text: str) -> Markup:
    """Text for a title, a description or another attribute: a masked name is given in words."""
    return escape(_MASKED.sub("[name withheld]", harmless(text)))


def drawn(text: str) -> Markup:
    """Text for a label of a picture, in which no markup can stand."""
    return escape(harmless(text))


def _harmless(value: object) -> object:
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value
