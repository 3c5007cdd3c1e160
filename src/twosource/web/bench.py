"""The workbench of one case: its store, the people at it, what was laid out, what is being taken in."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.responses import Response

from twosource.brief.rendering import environment
from twosource.settings import Settings
from twosource.store import Store, derived, listing
from twosource.version import __version__
from twosource.web.asking import Ask, framed
from twosource.web.gate import Gate
from twosource.web.gists import Gists
from twosource.web.jobs import Jobs
from twosource.web.rules import Rules
from twosource.web.shelf import Made, Shelf

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass
class Workbench:
    """Everything that the pages of one case share."""

    store: Store
    settings: Settings
    rules: Rules
    local: str
    name: str
    warm: bool = False  # lay the largest incidents out before somebody asks
    hole: str = field(
        default_factory=lambda: f"main-{secrets.token_hex(16)}"
    )  # stands for what the frame is around
    mark: str = field(default_factory=lambda: f"token-{secrets.token_hex(16)}")  # stands for each visitor's

    @cached_property
    def gate(self) -> Gate:
        """Who may come in."""
        return Gate(self.store, self.rules, self.local)

    @cached_property
    def shelf(self) -> Shelf:
        """What was laid out."""
        return Shelf(self.store, self.settings, self.mark)

    @cached_property
    def gists(self) -> Gists:
        """What lists say of incidents."""
        return Gists()

    @cached_property
    def jobs(self) -> Jobs:
        """What is being taken in."""
        return Jobs(self.store, self.settings, self.rules)

    @cached_property
    def templates(self) -> Environment:
        """Our pages, over the parts of the brief."""
        from jinja2 import FunctionLoader

        made = environment(FunctionLoader(_page_template))
        made.globals.update(token=self.mark, version=__version__)
        return made

    def main(self, template: str, **values: Any) -> str:
        """What a page shows between its head and its foot, with a mark where each visitor's token goes."""
        return self.templates.get_template(template).render(**values)

    def page(self, ask: Ask, title: str, main: str | Made, status: int = 200, **values: Any) -> Response:
        """A page in its frame, for one visitor."""
        with self.store.reads() as c:
            waits = listing.counts(c)["waiting"]
        text = self.templates.get_template("frame.html.j2").render(
            title=title,
            main=Markup(self.hole),
            visitor=ask.visitor,
            login=self.rules.login,
            case=self.name,
            here=ask.request.url.path,
            waits=waits,
            failed=self.jobs.failed,
            decided=ask.one("decided"),
            asked=ask.one("q"),
            **{"styles": (), **values},
        )
        made = main if isinstance(main, Made) else Made.of(main, self.mark)
        head, _, foot = text.replace(self.mark, ask.visitor.token).partition(self.hole)
        return framed(ask.request, head, made, foot, ask.visitor.token, status)

    def open(self) -> None:
        """Begin to work."""
        self.jobs.start(self.warm_up)
        self.warm_up()

    def warm_up(self) -> None:
        """Lay out what somebody will likely ask for, while nobody does."""
        if self.warm:
            threading.Thread(target=self.shelf.warm, daemon=True).start()

    def close(self) -> None:
        """Stop, and let go of the case."""
        self.jobs.close()
        self.shelf.close()
        self.store.close()

    def current(self, name: str) -> str:
        """The id under which an incident is kept now."""
        with self.store.reads() as c:
            return derived.current(c, name)


def _page_template(name: str) -> str | None:
    if not name.endswith(".html.j2") or "/" in name or "\\" in name:
        return None
    try:
        return (files("twosource.web") / "templates" / name).read_text(encoding="utf-8")
    except OSError:
        return None
