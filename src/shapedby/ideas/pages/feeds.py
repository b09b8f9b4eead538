"""Feeds of new ideas: of one question, and of any search (Atom, RFC 4287)."""

from dataclasses import replace
from datetime import UTC, datetime

from litestar import Response, get
from litestar.params import FromPath

from shapedby.challenges import queries as challenges
from shapedby.ideas.pages.view import View, found_for, read_view
from shapedby.ideas.queries.published import these_ideas
from shapedby.ideas.rules.finding import Sort
from shapedby.kernel import Missing, said
from shapedby.web.guards import anyone
from shapedby.web.page import render
from shapedby.web.site import Ask, site_of, tongue_of

ATOM = "application/atom+xml"
READS = ("q", "challenge", "area", "topic", "stage", "only")


@get("/challenges/{slug:str}/feed", guards=[anyone], shared=READS)
async def challenge_feed(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Give the newest ideas of a question."""
    challenge = await challenges.challenge(slug)
    if challenge is None:
        raise Missing
    areas, topics = await challenges.areas(challenge.id), await challenges.topics(challenge.id)
    view = read_view(request, f"/challenges/{challenge.slug}", areas=areas, topics=topics, challenge=challenge.id)
    return await _feed(request, view, said(challenge.question, tongue_of(request).code))


@get("/ideas/feed", guards=[anyone], shared=READS)
async def search_feed(request: Ask) -> Response[bytes]:
    """Give the newest ideas of every question, or of a search."""
    areas, topics = await challenges.all_areas(), await challenges.all_topics()
    view = read_view(request, "/ideas", areas=areas, topics=topics, challenges=await challenges.listed())
    return await _feed(request, view, "")


async def _feed(request: Ask, view: View, question: str) -> Response[bytes]:
    newest = replace(view, sort=Sort.NEWEST, page=1)
    found = (await found_for(request, newest)).page.rows
    ideas = await these_ideas(site_of(request).settings.url, [row.number for row in found])
    updated = max((idea.changed_at for idea in ideas if idea.changed_at), default=datetime(2000, 1, 1, tzinfo=UTC))
    body = render(request, "ideas/feed.xml", view=newest, question=question, ideas=ideas, updated=updated)
    return Response(body, media_type=ATOM, headers={"Cache-Control": "no-cache"})


ROUTES = (challenge_feed, search_feed)
