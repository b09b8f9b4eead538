"""Ideas in the read API."""

from typing import Annotated

from msgspec import Meta

from shapedby.ideas.queries import published
from shapedby.ideas.queries.published import PublicIdea, Wanted
from shapedby.ideas.queries.searching import understood
from shapedby.ideas.rules import Stage
from shapedby.kernel import N_, Missing
from shapedby.web.json_api import API, Listed, Paged, listed, offer
from shapedby.web.site import Ask, site_of


class IdeasAsked(Paged, frozen=True, kw_only=True):
    """What a list of ideas can be asked."""

    q: Annotated[str, Meta(max_length=200, description=N_("Only ideas with these words."))] = ""
    challenge: Annotated[str, Meta(max_length=80, description=N_("Only answers to the challenge with this slug."))] = ""
    area: Annotated[str, Meta(max_length=80, description=N_("Only ideas of the area with this slug."))] = ""
    topic: Annotated[str, Meta(max_length=80, description=N_("Only ideas about the topic with this slug."))] = ""
    stage: Annotated[Stage | None, Meta(description=N_("Only ideas that this became of."))] = None


@offer(f"{API}/ideas")
async def list_ideas(request: Ask, asked: IdeasAsked) -> Listed[PublicIdea]:
    """List the ideas of residents, the newest first."""
    site = site_of(request)
    search = await understood(asked.q, site.languages) if asked.q else None
    wanted = Wanted(asked.challenge, asked.area, asked.topic, asked.stage, search.query if search else "")
    before = asked.cursor
    found = await published.public_ideas(site.settings.url, before, asked.limit + 1, wanted)
    return listed(request, found, asked.limit, lambda one: one.number)


@offer(f"{API}/ideas/{{number:int}}")
async def get_idea(request: Ask, number: int) -> PublicIdea:
    """Give one idea."""
    found = await published.public_idea(site_of(request).settings.url, number)
    if found is None:
        raise Missing
    return found


ROUTES = (list_ideas, get_idea)
