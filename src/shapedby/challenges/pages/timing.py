"""Changing when a challenge takes ideas: closing it now, or keeping it open for longer."""

from enum import StrEnum
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.challenges import actions, forms
from shapedby.challenges.pages.writing import desk_of, found_or_missing
from shapedby.challenges.queries import Challenge
from shapedby.challenges.rules import Why
from shapedby.kernel import N_, Refused
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

MOST_REASON = 500
PLACES: dict[StrEnum, str] = {Why.NOT_LATER: "closes_on", Why.NO_REASON: "reason"}

done(
    {
        "challenge-closed": N_("The challenge takes no more ideas. Now you decide."),
        "challenge-extended": N_("The challenge stays open for longer."),
    }
)


@get("/desk/challenges/{number:int}/close", guards=[officers])
async def ask_to_close(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask whether to close a challenge now."""
    return page(request, "challenges/desk_close.html", challenge=await found_or_missing(number))


@post("/desk/challenges/{number:int}/close", guards=[officers])
async def close(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Close a challenge now."""
    await actions.close(request.user, number)
    return go(request, f"/desk/challenges/{number}", done="challenge-closed")


@get("/desk/challenges/{number:int}/extend", guards=[officers])
async def ask_to_extend(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask until when a challenge stays open, and why."""
    return _extend_page(request, await found_or_missing(number), NOTHING_TYPED)


@post("/desk/challenges/{number:int}/extend", guards=[officers])
async def extend(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Keep a challenge open for longer."""
    found, form, errors = await found_or_missing(number), await typed(request), Errors(tongue_of(request))
    day = errors.day(form, "closes_on")
    reason = errors.text(form, "reason", most=MOST_REASON)
    if errors or day is None:
        return _extend_page(request, found, form, errors)
    try:
        await actions.extend(request.user, number, forms.end_of(day, desk_of(request).zone), reason)
    except Refused as refused:
        errors.add(PLACES.get(refused.why, ""), refused.why)
        return _extend_page(request, found, form, errors)
    return go(request, f"/desk/challenges/{number}", done="challenge-extended")


def _extend_page(request: Ask, found: Challenge, form: Typed, errors: Errors | None = None) -> Response[bytes]:
    return page(
        request,
        "challenges/desk_extend.html",
        status=422 if errors else 200,
        challenge=found,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (ask_to_close, close, ask_to_extend, extend)
