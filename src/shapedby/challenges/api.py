"""Challenges in the read API."""

from typing import Annotated

from msgspec import Meta

from shapedby.challenges.queries import published
from shapedby.challenges.queries.published import PublicChallenge
from shapedby.challenges.rules import Stage
from shapedby.kernel import N_, Missing
from shapedby.web.json_api import API, Listed, Paged, listed, offer
from shapedby.web.site import Ask, site_of


class ChallengesAsked(Paged, frozen=True, kw_only=True):
    """What a list of challenges can be asked."""

    stage: Annotated[Stage | None, Meta(description=N_("Only challenges that stand here."))] = None


@offer(f"{API}/challenges")
async def list_challenges(request: Ask, asked: ChallengesAsked) -> Listed[PublicChallenge]:
    """List the questions that the council asks, the newest first."""
    site = site_of(request).settings.url
    found = await published.public_challenges(site, asked.cursor, asked.limit + 1, stage=asked.stage)
    return listed(request, found, asked.limit, lambda one: one.number)


@offer(f"{API}/challenges/{{slug:str}}")
async def get_challenge(request: Ask, slug: str) -> PublicChallenge:
    """Give one question."""
    found = await published.public_challenge(site_of(request).settings.url, slug)
    if found is None:
        raise Missing
    return found


ROUTES = (list_challenges, get_challenge)
