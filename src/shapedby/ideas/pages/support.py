"""Supporting an idea and taking that back."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas import actions, queries
from shapedby.ideas.pages.ways import way_to_post
from shapedby.ideas.rules import SupportState, why_not_support, why_not_take_support_back
from shapedby.kernel import N_, Missing
from shapedby.people.rules import why_not_post
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.quick import Quick, Sent
from shapedby.web.site import Ask, site_of
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
    mine = await queries.standing(number, request.user.person) if request.user.signed_in else None
    state = mine.state if mine else None
    aside = state is SupportState.SET_ASIDE and request.user.suspended_until is not None
    return page(
        request,
        "ideas/support.html",
        idea=found,
        mine=mine,
        supported=state is not None and state is not SupportState.WITHDRAWN,
        stands=why_not_take_support_back(found.challenge_stage),
        aside=aside,
        why=why_not_support(
            request.user,
            authors=found.authors,
            publicity=found.publicity,
            challenge=found.challenge_stage,
            stage=found.stage,
        ),
        way=way_to_post(why_not_post(request.user, found.now), f"/ideas/{number}/support"),
    )


@post("/ideas/{number:int}/support", guards=[signed_in])
async def support(request: Ask, number: FromPath[int]) -> Redirect:
    """Support an idea; again is as once."""
    client = request.client.host if request.client else ""
    origin = actions.origin_of(client, site_of(request).settings.secret)
    found = await actions.support(request.user, number, origin)
    return go(request, f"{found.address}#support", done="supported")


async def support_at_once(sent: Sent, secret: str) -> str | None:
    """Support an idea as above, in one statement, where nothing about it is unusual."""
    origin = actions.origin_of(sent.client, secret)
    slug = await actions.support_at_once(sent.number, sign_in=sent.sign_in, token=sent.token, key=secret, origin=origin)
    return f"/ideas/{sent.number}/{slug}?done=supported#support" if slug is not None else None


QUICK = Quick(r"/ideas/([0-9]{1,18})/support", support_at_once)


@post("/ideas/{number:int}/withdraw", guards=[signed_in])
async def withdraw_support(request: Ask, number: FromPath[int]) -> Redirect:
    """Take one's support back; again is as once."""
    found = await actions.withdraw_support(request.user, number)
    return go(request, f"{found.address}#support", done="support-withdrawn")


ROUTES = (support_page, support, withdraw_support)
