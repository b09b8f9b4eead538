"""Following one thing: a page that asks, for visitors and for whoever has no button near, and the two buttons."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import N_, Missing
from shapedby.notices import actions
from shapedby.notices.actions import Described
from shapedby.notices.queries import follows
from shapedby.notices.rules import About
from shapedby.web.forms import typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask
from shapedby.web.words import done

LARGEST = 2**63 - 1
LIST = "/account/notices"

done(
    {
        "followed": N_("You follow this. We write to you when something happens."),
        "unfollowed": N_("You do not follow this any more."),
    }
)


@get("/follow/{about:str}/{number:int}", guards=[anyone])
async def ask_to_follow(request: Ask, about: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """Ask whether to follow something; visitors are led through the sign-in and back here."""
    kind, found = await _found(about, number)
    following = await follows(request.user.person, kind, number)
    return page(request, "notices/follow.html", about=kind, thing=found, following=following)


@post("/follow/{about:str}/{number:int}", guards=[signed_in])
async def follow(request: Ask, about: FromPath[str], number: FromPath[int]) -> Redirect:
    """Follow something; again is as once."""
    kind, found = await _found(about, number)
    if not request.user.welcomed:
        return go(request, f"/welcome?next=/follow/{kind}/{number}")
    await actions.follow(request.user.person, kind, number)
    return go(request, await _back(request, found), done="followed")


@post("/unfollow/{about:str}/{number:int}", guards=[signed_in])
async def unfollow(request: Ask, about: FromPath[str], number: FromPath[int]) -> Redirect:
    """Follow something no more, whether it is still public or not; again is as once."""
    kind = _about(about)
    if number > LARGEST:
        raise Missing
    await actions.unfollow(request.user.person, kind, number)
    found = (await actions.described(kind, [number])).get(number)
    return go(request, await _back(request, found), done="unfollowed")


async def _back(request: Ask, found: Described | None) -> str:
    """Give where the button stood: the list of what somebody follows, or the thing itself."""
    stood_in_list = (await typed(request))["back"] == "list"
    return LIST if stood_in_list or found is None or not found.address else found.address


def _about(name: str) -> About:
    if name not in {about.value for about in About}:
        raise Missing
    return About(name)


async def _found(name: str, number: int) -> tuple[About, Described]:
    about = _about(name)
    found = (await actions.described(about, [number])).get(number) if number <= LARGEST else None
    if found is None:
        raise Missing
    return about, found


ROUTES = (ask_to_follow, follow, unfollow)
