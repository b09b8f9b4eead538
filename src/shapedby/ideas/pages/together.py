"""Who writes an idea: inviting others, accepting, leaving."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas.actions import together
from shapedby.ideas.pages.ways import way_to_post
from shapedby.ideas.pages.write import own_idea
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries import together as kept
from shapedby.ideas.rules.together import INVITATION_LASTS, MOST_INVITED, Why, token, why_not_invite
from shapedby.kernel import N_, Refused
from shapedby.people.rules import why_not_post
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import anyone, signed_in
from shapedby.web.limits import Limit
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

# Each goes to somebody who did not ask for it.
INVITED = Limit("ideas-invited", 20, timedelta(days=1))

done(
    {
        "invited": N_("We have sent the invitation."),
        "invited-link": N_("Here is the link. Give it to one person: it works once."),
        "invitation-withdrawn": N_("The invitation no longer works."),
        "invitation-declined": N_("You have declined the invitation. Nobody is told."),
        "author-joined": N_("You write this idea together now."),
        "author-left": N_("You no longer write this idea. Its words stay."),
    }
)


@get("/ideas/{number:int}/authors", guards=[signed_in])
async def authors(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show who writes an idea, and who is invited."""
    return await _page(request, await own_idea(request, number))


@post("/ideas/{number:int}/authors", guards=[signed_in])
async def invite(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Invite somebody by mail, or make a link to pass on."""
    found, form, errors = await own_idea(request, number), await typed(request), Errors(tongue_of(request))
    by_mail = form["act"] != "link"
    email = errors.email(form, "email") if by_mail else ""
    if errors:
        return await _page(request, found, form, errors)
    if await INVITED.reached(str(request.user.person)):
        errors.add("email", Why.MOST_MAILS)
        return await _page(request, found, form, errors)
    secret = site_of(request).settings.secret
    try:
        await together.invite(request.user, number, email, language=tongue_of(request).code, secret=secret)
    except Refused as refused:
        if not isinstance(refused.why, Why):
            raise
        errors.add("email", refused.why)
        return await _page(request, found, form, errors)
    return go(request, f"/ideas/{number}/authors", done="invited" if by_mail else "invited-link")


@post("/ideas/{number:int}/authors/withdraw", guards=[signed_in])
async def withdraw(request: Ask, number: FromPath[int]) -> Redirect:
    """Take an invitation back."""
    await own_idea(request, number)
    which = whole((await typed(request))["invitation"], 0, most=2**31 - 1)
    idea = await together.withdraw_invitation(request.user, which)
    return go(request, f"/ideas/{idea}/authors", done="invitation-withdrawn")


@post("/ideas/{number:int}/authors/leave", guards=[signed_in])
async def leave(request: Ask, number: FromPath[int]) -> Redirect:
    """Write an idea no more."""
    await together.leave(request.user, number)
    return go(request, "/account", done="author-left")


@get("/together/{given:str}", guards=[anyone])
async def invitation(request: Ask, given: FromPath[str]) -> Response[bytes]:
    """Show an invitation: whose it is, to which question; a draft's own words stay unread until it is accepted."""
    found, idea = await together.invited_by(given, site_of(request).settings.secret)
    why = await together.why_not_accept(request.user, found, idea)
    return page(
        request,
        "ideas/invitation.html",
        status=410 if why is Why.INVITATION_ENDED else 200,
        invitation=found,
        idea=idea,
        given=given,
        why=why,
        way=way_to_post(why_not_post(request.user, idea.now), f"/together/{given}"),
    )


@post("/together/{given:str}", guards=[signed_in])
async def answer(request: Ask, given: FromPath[str]) -> Redirect:
    """Accept an invitation, or decline it."""
    secret = site_of(request).settings.secret
    if (await typed(request))["act"] == "decline":
        await together.decline(given, secret)
        return go(request, "/", done="invitation-declined")
    idea = await together.accept(request.user, given, secret)
    return go(request, f"/ideas/{idea.number}/authors", done="author-joined")


async def _page(ask: Ask, found: Idea, form: Typed = NOTHING_TYPED, errors: Errors | None = None) -> Response[bytes]:
    room = MOST_INVITED - await kept.taken_places(found.number)
    site = site_of(ask)
    return page(
        ask,
        "ideas/authors.html",
        status=422 if errors else 200,
        form=True,
        idea=found,
        writers=await kept.writers(found.number),
        invitations=[
            (one, f"{site.settings.url}/together/{token(site.settings.secret, one.id, one.nonce)}")
            for one in await kept.open_invitations(found.number)
        ],
        why=why_not_invite(ask.user, authors=found.authors, publicity=found.publicity, stage=found.stage, room=room),
        most=MOST_INVITED,
        days=INVITATION_LASTS.days,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (authors, invite, withdraw, leave, invitation, answer)
