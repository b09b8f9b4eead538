"""The questions of the council, one of them with its ideas, and the ideas of all."""

from dataclasses import replace

from litestar import Response, get
from litestar.params import FromPath

from shapedby.challenges import queries as challenges
from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.ideas import queries
from shapedby.ideas.pages.view import READS, found_for, read_view
from shapedby.ideas.queries.pictures import first_pictures
from shapedby.ideas.rules import Stage
from shapedby.ideas.rules.finding import Only, Sort
from shapedby.kernel import Missing
from shapedby.notices.actions import About, follows
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask

GROUPS = (ChallengeStage.OPEN, ChallengeStage.DECIDING, ChallengeStage.COMING, ChallengeStage.DECIDED)


@get("/challenges", guards=[anyone], shared=())
async def challenge_list(request: Ask) -> Response[bytes]:
    """List every question: open, being decided, coming, decided."""
    found = await challenges.listed()
    tallies = await queries.tallies([challenge.id for challenge in found])
    groups = [(stage, [challenge for challenge in found if challenge.stage is stage]) for stage in GROUPS]
    return page(request, "ideas/challenges.html", groups=groups, tallies=tallies)


@get("/challenges/{slug:str}", guards=[anyone], shared=READS)
async def challenge_page(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Show a question: why, who decides, until when, and its ideas."""
    challenge = await challenges.challenge(slug)
    if challenge is None:
        raise Missing
    chosen_areas = await challenges.chosen_areas(challenge.id)
    chosen_topics = await challenges.chosen_topics(challenge.id)
    areas = chosen_areas or await challenges.all_areas()
    topics = chosen_topics or await challenges.all_topics()
    view = read_view(request, f"/challenges/{challenge.slug}", areas=areas, topics=topics, challenge=challenge.id)
    found = await found_for(request, view)
    return page(
        request,
        "ideas/challenge.html",
        challenge=challenge,
        criteria=await challenges.criteria(challenge.id),
        following=request.user.signed_in and await follows(request.user.person, About.CHALLENGE, challenge.id),
        areas=areas,
        topics=topics,
        chosen_areas=chosen_areas,
        chosen_topics=chosen_topics,
        view=replace(view, page=found.page.page),
        found=found,
        first_pictures=await first_pictures([row.number for row in found.page.rows]),
        sorts=tuple(Sort),
        stages=tuple(Stage),
        onlys=tuple(Only),
    )


@get("/ideas", guards=[anyone], shared=READS)
async def every_idea(request: Ask) -> Response[bytes]:
    """Search the ideas of every question."""
    asked = await challenges.listed()
    areas, topics = await challenges.all_areas(), await challenges.all_topics()
    view = read_view(request, "/ideas", areas=areas, topics=topics, challenges=asked)
    found = await found_for(request, view)
    return page(
        request,
        "ideas/all.html",
        challenges=asked,
        open_now=any(challenge.stage is ChallengeStage.OPEN for challenge in asked),
        areas=areas,
        topics=topics,
        view=replace(view, page=found.page.page),
        found=found,
        first_pictures=await first_pictures([row.number for row in found.page.rows]),
        sorts=tuple(Sort),
        stages=tuple(Stage),
        onlys=tuple(Only),
    )


ROUTES = (challenge_list, challenge_page, every_idea)
