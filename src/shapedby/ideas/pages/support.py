"""Supporting an idea and taking that back."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas import actions, queries
from shapedby.ideas.pages.ways import way_to_post
from shapedby.ideas.rules import SupportState, why_not_support
from shapedby.kernel import N_, Missing
from shapedby.people.rules import why_not_post
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask
from shapedby.web.words import done

done(
    {
        "supported": N_("Thank you. You support this idea."),
        "support-withdrawn": N_("You have taken your support back."),
    }
)


@get("/ideas/{number:int}/support", guards=[anyone])
async def support_page(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask for one's support on a page of its own: visitors come here, and who has no JavaScript can."""
    found = await queries.idea(number)
    if found is None:
        raise Missing
    mine = await queries.my_support(number, request.user.person) if request.user.signed_in else None
    return page(
        request,
        "ideas/support.html",
        idea=found,
        supported=mine is not None and mine is not SupportState.WITHDRAWN,
        why=why_not_support(
            request.user, author=found.author, publicity=found.publicity, challenge=found.challenge_stage
        ),
        way=way_to_post(why_not_post(request.user, found.now), f"/ideas/{number}/support"),
    )


@post("/ideas/{number:int}/support", guards=[signed_in])
async def support(request: Ask, number: FromPath[int]) -> Redirect:
    """Support an idea; again is as once."""
    found = await actions.support(request.user, number)
    return go(request, f"{found.address}#support", done="supported")


@post("/ideas/{number:int}/withdraw", guards=[signed_in])
async def withdraw_support(request: Ask, number: FromPath[int]) -> Redirect:
    """Take one's support back; again is as once."""
    found = await actions.withdraw_support(request.user, number)
    return go(request, f"{found.address}#support", done="support-withdrawn")


ROUTES = (support_page, support, withdraw_support)
