"""Is it one of these? The ideas most like a title: beside it while it is typed, and as a step before the preview."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.challenges import queries as challenges
from shapedby.ideas.actions import alike
from shapedby.ideas.pages.onwards import alike_draft, support_instead
from shapedby.ideas.pages.write import own_idea
from shapedby.ideas.queries import MOST_NUMBER
from shapedby.ideas.rules import MOST_TITLE
from shapedby.kernel import N_, Missing
from shapedby.likeness.rules import Alike
from shapedby.screening.rules import Publicity
from shapedby.web.forms import typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask
from shapedby.web.words import says

says(
    {
        Alike.NEARLY_THE_SAME: N_("Nearly the same"),
        Alike.VERY: N_("Very alike"),
        Alike.SOMEWHAT: N_("A little alike"),
    }
)


@get("/challenges/{slug:str}/ideas/alike", guards=[anyone])
async def beside(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Give the list that stands beside a title, a piece of a page; empty where no idea is like it."""
    challenge = await challenges.challenge(slug)
    if challenge is None:
        raise Missing
    title = request.query_params.get("title", "")[: MOST_TITLE * 2].replace("\0", " ")
    answer = page(request, "ideas/_alike.html", found=await alike.like(title, challenge.id))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@get("/ideas/{number:int}/alike", guards=[signed_in])
async def step(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Ask whether a draft is one of the ideas that are there already."""
    found = await own_idea(request, number)
    others = await alike_draft(number)
    if found.publicity is not Publicity.DRAFT or not others:
        return go(request, f"/ideas/{number}/preview")
    return page(request, "ideas/alike.html", form=True, idea=found, found=others)


@post("/ideas/{number:int}/instead", guards=[signed_in])
async def instead(request: Ask, number: FromPath[int]) -> Redirect:
    """Support the idea that somebody chose instead of their own draft, which is kept."""
    await own_idea(request, number)
    chosen = (await typed(request))["idea"]
    if not (chosen.isascii() and chosen.isdigit() and int(chosen) <= MOST_NUMBER):
        raise Missing
    return await support_instead(request, int(chosen))


ROUTES = (beside, step, instead)
