"""The claim that an incident turns on."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.model import Article, Backing, Claim


def central_claim(
    claims: Sequence[Claim], backings: Sequence[Backing], articles: Sequence[Article]
) -> str | None:
    """The id of the claim that most reports carry, of the main event and said by somebody; None without any claim.

    Claims come with the most important first, so the first of the best carried is taken.
    """
    if not claims:
        return None
    whole = max(1, len(articles))

    def standing(n: int) -> tuple[float, int]:
        attributed = backings[n].status != "reporter_only"
        main = claims[n].event == "main"
        return (len(backings[n].reports) / whole + 0.25 * attributed + 0.5 * main, -n)

    return claims[max(range(len(claims)), key=standing)].id
