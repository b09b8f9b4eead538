"""The page on which somebody chooses what we mail them, with everything they follow."""

from typing import Any

from litestar import Response, get, post

from shapedby.kernel import N_
from shapedby.notices import actions, forms
from shapedby.notices.queries import choices, followed
from shapedby.notices.rules import About, How, Kind
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

done({"mail-chosen": N_("We have saved what you want to hear, and how.")})

CAN_FOLLOW = (About.TOPIC, About.AREA)
"""What the page offers to follow: there are few of each. Ideas and questions have their button where they stand."""


@get("/account/notices", guards=[signed_in])
async def notices(request: Ask) -> Response[bytes]:
    """Show what somebody follows and how they hear of it."""
    return await _page(request, NOTHING_TYPED, {})


@post("/account/notices", guards=[signed_in])
async def choose(request: Ask) -> Response[Any]:
    """Keep how somebody wants to hear."""
    form, errors = await typed(request), Errors(tongue_of(request))
    wanted = forms.read_choices(form, errors)
    if errors:
        return await _page(request, form, errors.found)
    await actions.choose(request.user.person, wanted)
    return go(request, "/account/notices", done="mail-chosen")


async def _page(request: Ask, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    person = request.user.person
    known = {(one.about, one.number) for one in await followed(person)}
    offers = {
        about: [one for one in await actions.offered(about) if (about, one.number) not in known] for about in CAN_FOLLOW
    }
    return page(
        request,
        "notices/account.html",
        status=422 if errors else 200,
        kinds=list(Kind),
        hows=list(How),
        chosen=await choices(person),
        followed=await actions.described_follows(person),
        offers=offers,
        typed=form,
        errors=errors,
    )


ROUTES = (notices, choose)
