"""A session as everybody sees it, and what somebody who comes can do there."""

from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.coproduction.actions import sessions as act
from shapedby.coproduction.forms import sessions as forms
from shapedby.coproduction.pages.calendars import calendar
from shapedby.coproduction.pages.public import found as found_project
from shapedby.coproduction.queries import places
from shapedby.coproduction.queries import sessions as stored
from shapedby.coproduction.queries.sessions import Session
from shapedby.coproduction.rules.sessions import shown_count, why_not_arrive, why_not_ask, why_not_say
from shapedby.kernel import N_, Missing
from shapedby.web.forms import NOTHING_TYPED, Errors, typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "place-going": N_("You have a place. We have sent you a mail with the date for your calendar."),
        "place-waiting": N_("You are on the list. We write to you as soon as a place is free."),
        "place-back": N_("You gave your place back. Somebody who waits can have it now."),
        "arrived": N_("Welcome. We have noted that you are here."),
        "said": N_("Thank you. What you said cannot be connected with you."),
    }
)

CALENDAR = "text/calendar"


async def session_of(number: int) -> Session:
    """Find a session; raises ``Missing``."""
    found = await stored.session(number)
    if found is None:
        raise Missing
    return found


@get("/sessions/{number:int}", guards=[anyone], shared=())
async def show(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Say when and where a session is, who may come, what helps them to, and afterwards how it went."""
    found = await session_of(number)
    own = await places.mine(number, request.user.person) if request.user.signed_in else None
    return page(
        request,
        "coproduction/session.html",
        session=found,
        place=own,
        why_not=why_not_ask(
            found.times, found.now, takes_places=found.takes_places, young=request.user.young, worker=found.worker
        ),
        groups=[
            (one.who, shown_count(one.came)) for one in await stored.groups(found.project) if one.session == number
        ],
        opinions=next((one for one in await stored.opinions(found.project) if one.session == number), None),
    )


@get("/sessions/{number:int}/join", guards=[signed_in])
async def join_page(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Ask what somebody needs to be able to come, and give them a place."""
    if not request.user.welcomed:
        return go(request, f"/welcome?next={quote(f'/sessions/{number}/join')}")
    found = await session_of(number)
    own = await places.mine(number, request.user.person)
    form = NOTHING_TYPED
    return _join_page(request, found, form["need"] or (own.need if own else ""), {})


@post("/sessions/{number:int}/join", guards=[signed_in])
async def join(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Give somebody a place, or one in the queue."""
    found = await session_of(number)
    form = await typed(request)
    errors = Errors(tongue_of(request))
    need = forms.need(form, errors)
    if errors:
        return _join_page(request, found, form["need"], errors.found)
    state = await act.ask_for_place(request.user, found, need)
    return go(request, f"/sessions/{number}", done=f"place-{state}")


def _join_page(request: Ask, found: Session, need: str, errors: dict[str, str]) -> Response[bytes]:
    why_not = why_not_ask(
        found.times, found.now, takes_places=found.takes_places, young=request.user.young, worker=found.worker
    )
    return page(
        request,
        "coproduction/session_join.html",
        status=422 if errors else 200,
        session=found,
        need=need,
        errors=errors,
        why_not=why_not,
    )


@post("/sessions/{number:int}/leave", guards=[signed_in])
async def leave(request: Ask, number: FromPath[int]) -> Redirect:
    """Give one's place back; again is as once."""
    await act.give_back(request.user, await session_of(number))
    return go(request, f"/sessions/{number}", done="place-back")


@get("/sessions/{number:int}/here", guards=[signed_in])
async def here_page(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask for the code that is said at the door."""
    return page(
        request, "coproduction/session_here.html", session=await session_of(number), typed=NOTHING_TYPED, errors={}
    )


@post("/sessions/{number:int}/here", guards=[signed_in])
async def here(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Note that somebody came; a wrong code is said at its field."""
    found = await session_of(number)
    form = await typed(request)
    code = form["code"].replace(" ", "")
    errors = Errors(tongue_of(request))
    why = why_not_arrive(found.times, found.now, code=found.code, typed=code)
    if why:
        errors.add("code", why)
        return page(
            request, "coproduction/session_here.html", status=422, session=found, typed=form, errors=errors.found
        )
    await act.arrive(request.user, found, code)
    return go(request, f"/sessions/{number}", done="arrived")


@get("/sessions/{number:int}/say", guards=[signed_in])
async def say_page(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask three questions about a session."""
    return await _say_page(request, await session_of(number), {})


@post("/sessions/{number:int}/say", guards=[signed_in])
async def say(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Keep what somebody thought of a session, apart from who it was."""
    found = await session_of(number)
    form = await typed(request)
    errors = Errors(tongue_of(request))
    answers = forms.answers(form, errors)
    if errors:
        return await _say_page(request, found, errors.found, status=422)
    await act.say(request.user, found, answers)
    return go(request, f"/sessions/{number}", done="said")


async def _say_page(request: Ask, found: Session, errors: dict[str, str], *, status: int = 200) -> Response[bytes]:
    own = await places.mine(found.id, request.user.person)
    why = why_not_say(
        found.times,
        found.now,
        has_place=own is not None and own.state.value == "going",
        said=own is not None and own.said,
    )
    form = await typed(request) if status != 200 else NOTHING_TYPED  # noqa: PLR2004 - as the web says
    return page(
        request, "coproduction/session_say.html", status=status, session=found, why=why, typed=form, errors=errors
    )


@get("/sessions/{number:int}/calendar.ics", guards=[anyone])
async def one_date(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Give one session as a calendar file."""
    return _calendar(request, [await session_of(number)])


@get("/projects/{slug:str}/calendar.ics", guards=[anyone])
async def every_date(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Give all sessions of a project as a calendar that can be subscribed to."""
    project = await found_project(slug)
    return _calendar(request, await stored.of_project(project.id))


def _calendar(request: Ask, found: list[Session]) -> Response[bytes]:
    site = site_of(request)
    body = calendar(found, language=tongue_of(request).code, url=site.settings.url, council=site.settings.council)
    return Response(body, media_type=CALENDAR, headers={"Cache-Control": "no-cache"})


ROUTES = (show, join_page, join, leave, here_page, here, say_page, say, one_date, every_date)
