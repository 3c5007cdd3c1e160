"""Pages fetched from the web: guarded at every hop, with limits on size, time and redirects, politely."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from twosource.errors import ReportRefused
from twosource.read.connection import answer
from twosource.read.guard import Checked, Resolver, check, system_resolver
from twosource.read.items import Capture
from twosource.settings import Settings

NOTHING: Mapping[str, str] = MappingProxyType({})
_LONGEST_DELAY = (
    30.0  # seconds of Crawl-delay that are kept to; a host that asks for more is read slowly enough
)


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one after the other, and remembers of each host what it asks of visitors."""

    settings: Settings
    resolve: Resolver = system_resolver
    _rules: dict[str, RobotFileParser | str] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, *, unless: Mapping[str, str] = NOTHING) -> Capture:
        """The page at an address; raises ReportRefused with the reason when it cannot or may not be had.

        `unless`: headers that let the server answer 304, "not modified", with no body.
        """
        deadline = time.monotonic() + self.settings.fetch_seconds
        if self.settings.robots != "ignore":
            self._ask(url, deadline)
        return self._follow(url, deadline, asked=url, unless=unless)

    def _follow(
        self,
        url: str,
        deadline: float,
        *,
        asked: str,
        robots: bool = True,
        unless: Mapping[str, str] = NOTHING,
    ) -> Capture:
        here = url
        for _ in range(self.settings.max_redirects + 1):
            capture = self._one(self._checked(here, asked), asked, deadline, unless)
            if unless and capture.status == 304:
                return capture
            onward = capture.header("location")
            if capture.status not in (301, 302, 303, 307, 308) or not onward:
                return _answered(capture) if robots else capture
            here = urljoin(here, onward)
            self._checked(here, asked)
            if robots and self.settings.robots != "ignore":
                self._ask(here, deadline, asked)
        raise ReportRefused(
            asked, f"more than {self.settings.max_redirects} redirects: give the final address"
        )

    def _checked(self, url: str, asked: str) -> Checked:
        try:
            return check(url, self.resolve, self._private())
        except ReportRefused as e:
            where = "" if url == asked else f"redirects to {url[:200]}: "
            raise ReportRefused(asked, where + e.reason) from e

    def _one(self, hop: Checked, asked: str, deadline: float, unless: Mapping[str, str] = NOTHING) -> Capture:
        self._wait(hop.host, deadline)
        return answer(hop, asked, self.settings, deadline, unless)

    def _private(self) -> list[str]:
        return [h.strip().lower() for h in self.settings.private_hosts.split(",") if h.strip()]

    def _wait(self, host: str, deadline: float) -> None:
        rules = self._rules.get(host)
        delay = self.settings.host_pause_ms / 1000
        if isinstance(rules, RobotFileParser):
            delay = max(delay, min(float(rules.crawl_delay("twosource") or 0), _LONGEST_DELAY))
        pause = self._last.get(host, -delay) + delay - time.monotonic()
        if pause > 0 and self._last.get(host) is not None:
            time.sleep(min(pause, max(deadline - time.monotonic(), 0.0)))
        self._last[host] = time.monotonic()

    def _ask(self, url: str, deadline: float, asked: str | None = None) -> None:
        """Ask the host's robots.txt (RFC 9309): none is leave, one that cannot be had is not."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._robots(site, deadline, asked or url)
        rules = self._rules[site]
        if isinstance(rules, str):
            raise ReportRefused(asked or url, rules)
        self._rules[(parts.hostname or "").lower()] = rules
        if not rules.can_fetch("twosource", url):
            raise ReportRefused(
                asked or url,
                "the site's robots.txt asks programs not to read this page: save it by hand, or set robots = 'ignore' if you may",
            )

    def _robots(self, site: str, deadline: float, asked: str) -> RobotFileParser | str:
        rules = RobotFileParser()
        answer = self._follow(site + "/robots.txt", deadline, asked=asked, robots=False)
        if 400 <= answer.status < 500:
            rules.parse([])
        elif answer.status == 200:
            rules.parse(answer.body[:500_000].decode("utf-8", "replace").splitlines())
        else:
            return f"the site's robots.txt cannot be had (status {answer.status}): try again later"
        return rules


def _answered(capture: Capture) -> Capture:
    if capture.status in (401, 402, 403, 451):
        raise ReportRefused(
            capture.asked,
            f"the server refuses it (status {capture.status}): open it in a browser and save the page",
        )
    if capture.status != 200:
        raise ReportRefused(
            capture.asked,
            f"the server answers with status {capture.status}: check the address, or try again later",
        )
    return capture
