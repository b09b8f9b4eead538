"""One's own page: ideas, comments, what waits, name, words about oneself, details, and sign-ins."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from shapedby.account import actions, queries
from shapedby.account.forms import read_about_me, read_details, read_name
from shapedby.account.rules import Waits, why_waits
from shapedby.comments.queries import own as own_comments
from shapedby.ideas.queries import own as own_ideas
from shapedby.ideas.queries.versions import supported
from shapedby.kernel import N_, Missing
from shapedby.moderation.queries import last_decision
from shapedby.people import actions as people
from shapedby.people.queries import areas, person, sign_ins
from shapedby.screening.queries import Posting
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Held, Publicity
from shapedby.web.door import YEAR
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import signed_in
from shapedby.web.page import cookie, go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "name-saved": N_("Your name is saved."),
        "name-waits": N_("A person checks your new name first. Until then we show the old one."),
        "about-saved": N_("Your words about yourself are saved."),
        "about-waits": N_("A person checks your words about yourself first. Until then nobody else sees them."),
        "details-saved": N_("Your details are saved."),
        "sign-in-ended": N_("That sign-in has ended."),
        "others-ended": N_("You are signed out everywhere else."),
        "all-ended": N_("You are signed out everywhere."),
    }
)
MOST_NUMBER = 999_999_999


@get("/account", guards=[signed_in])
async def account(request: Ask) -> Response[bytes]:
    """Show everything of one's own in one place."""
    return await _account(request, {}, NOTHING_TYPED)


@post("/account/name", guards=[signed_in])
async def change_name(request: Ask) -> Response[bytes] | Redirect:
    """Wish for another name."""
    form, errors = await typed(request), Errors(tongue_of(request))
    name = read_name(form, errors, site_of(request).settings.council)
    if errors:
        return await _account(request, errors.found, form)
    publicity = await actions.change_name(request.user, name, tongue_of(request).code)
    return go(request, "/account", done="name-waits" if publicity is Publicity.HELD else "name-saved")


@post("/account/about-me", guards=[signed_in])
async def change_about_me(request: Ask) -> Response[bytes] | Redirect:
    """Say something else about oneself."""
    form, errors = await typed(request), Errors(tongue_of(request))
    read = read_about_me(form, errors)
    if errors:
        return await _account(request, errors.found, form)
    publicity = await actions.change_about_me(
        request.user, read.source, tongue_of(request).code, contacts_kept=read.contacts_kept
    )
    return go(request, "/account", done="about-waits" if publicity is Publicity.HELD else "about-saved")


@post("/account/details", guards=[signed_in])
async def change_details(request: Ask) -> Response[bytes] | Redirect:
    """Change where one lives and which language one reads."""
    form, errors = await typed(request), Errors(tongue_of(request))
    read = read_details(form, errors, areas=await areas(), languages=site_of(request).languages)
    if errors:
        return await _account(request, errors.found, form)
    await people.change_details(request.user.person, area=read.area, language=read.language)
    made = go(request, "/account", done="details-saved")
    made.set_cookie(cookie(site_of(request), "lang", read.language, seconds=YEAR))
    return made


@post("/account/sign-ins", guards=[signed_in])
async def end_sign_ins(request: Ask) -> Redirect:
    """End one sign-in, all others, or all."""
    which = (await typed(request))["which"]
    if which == "others":
        await people.end_others(request.user)
        return go(request, "/account", done="others-ended")
    if which == "all":
        await people.end_all(request.user)
        return go(request, "/", done="all-ended", cookies={"sign-in": ""})
    await people.end_one(request.user, whole(which, 0, most=MOST_NUMBER))
    return go(request, "/account", done="sign-in-ended")


async def _account(request: Ask, errors: dict[str, str], form: Typed) -> Response[bytes]:
    who, profile = await person(request.user.person), await queries.profile(request.user.person)
    if who is None:
        raise Missing
    name_posting, about_posting = await _posting(profile.name_posting), await _posting(profile.about_me_posting)
    known = await areas()
    context: dict[str, Any] = {
        "errors": errors,
        "typed": form,
        "person": who,
        "profile": profile,
        "name_state": name_posting.publicity if name_posting else None,
        "name_waits": _waits(name_posting),
        "name_change": await _asked(profile.name_posting),
        "about_state": about_posting.publicity if about_posting else None,
        "about_waits": _waits(about_posting),
        "about_change": await _asked(profile.about_me_posting),
        "areas": known,
        "area_slug": next((area.slug for area in known if area.id == who.area), ""),
        "languages": [(code, tongue.own_name) for code, tongue in site_of(request).tongues.items()],
        "sign_ins": await sign_ins(who.id),
        "ideas": await own_ideas(who.id),
        "comments": await own_comments(who.id),
        "supported": await supported(who.id),
    }
    return page(request, "account/account.html", status=422 if errors else 200, **context)


async def _posting(number: int | None) -> Posting | None:
    return await posting_of(number) if number is not None else None


async def _asked(posting: int | None) -> str:
    """Give what a moderator wants changed, in their words; empty where nobody waits for that."""
    decision = await last_decision(posting) if posting is not None else None
    return decision.reason if decision is not None and decision.asked else ""


def _waits(posting: Posting | None) -> Waits | None:
    if posting is None or posting.publicity not in {Publicity.HELD, Publicity.QUARANTINED}:
        return None
    return why_waits(young=Held.YOUNG_AUTHOR in posting.held, contacts=Held.CONTACT_DETAILS in posting.held)


ROUTES = (account, change_name, change_about_me, change_details, end_sign_ins)
