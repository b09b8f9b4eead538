"""Taking one's data away, and leaving."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.account.actions import exporting, leaving
from shapedby.account.forms import read_choices, read_leaving
from shapedby.account.queries import erasing, exports, holds, now
from shapedby.account.queries.about import PARTS
from shapedby.account.rules.leaving import Supports, Words, why_not_leave
from shapedby.kernel import N_
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, chosen, typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

done({"data-asked": N_("We are putting your file together. We write to you when it is ready.")})


@get("/account/data", guards=[signed_in])
async def data(request: Ask) -> Response[bytes]:
    """Say what there is about oneself, and where the file with all of it stands."""
    person = request.user.person
    return page(
        request,
        "account/data.html",
        parts=[part.title for part in PARTS],
        export=await exports.newest(person),
        asked_today=await exports.asked_today(person),
        now=await now(),
    )


@post("/account/data", guards=[signed_in])
async def ask_for_data(request: Ask) -> Redirect:
    """Ask for a file with everything about oneself."""
    await exporting.ask_for_data(request.user, tongue_of(request).code)
    return go(request, "/account/data", done="data-asked")


@post("/account/data/{number:int}", guards=[signed_in])
async def take(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Give one's own file, once."""
    file = await exporting.take(request.user, number)
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"', "Cache-Control": "no-store"}
    return Response(file, media_type="application/zip", status_code=200, headers=headers)


@get("/account/leave", guards=[signed_in])
async def leave(request: Ask) -> Response[bytes]:
    """Ask what shall become of one's words and supports, and say what happens."""
    if "go" not in request.query_params:
        return await _leave(request, NOTHING_TYPED, {})
    asked = Typed({name: [value] for name, value in request.query_params.multi_items()})
    errors = Errors(tongue_of(request))
    choices = read_choices(asked, errors)
    if choices is None:
        return await _leave(request, asked, errors.found)
    return await _sure(request, asked, {})


@post("/account/leave", guards=[signed_in])
async def really_leave(request: Ask) -> Response[bytes] | Redirect:
    """Leave, for good."""
    form, errors = await typed(request), Errors(tongue_of(request))
    choices = read_leaving(form, errors)
    if choices is None:
        return await _leave(request, form, errors.found)
    if errors:
        return await _sure(request, form, errors.found)
    await leaving.leave(request.user, choices)
    told = f"/left?words={choices.words}&supports={choices.supports}"
    return go(request, told, cookies={"sign-in": "", "lang": tongue_of(request).code})


@get("/left", guards=[anyone], shared=("words", "supports"))
async def left(request: Ask) -> Response[bytes]:
    """Say what was done when somebody left; it knows nothing about who."""
    words = chosen(request.query_params.get("words", ""), Words, Words.KEEP)
    supports = chosen(request.query_params.get("supports", ""), Supports, Supports.KEEP)
    return page(request, "account/left.html", words=words, supports=supports)


async def _leave(request: Ask, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    person = request.user.person
    why = why_not_leave(
        request.user.role, administrators=await erasing.count_administrators(), on_hold=await holds.is_held(person)
    )
    context: dict[str, Any] = {
        "typed": form,
        "errors": errors,
        "mine": await erasing.counted(person),
        "why_not": why,
        "words": [(one.value, one) for one in Words],
        "supports": [(one.value, one) for one in Supports],
    }
    return page(request, "account/leave.html", status=422 if errors else 200, **context)


async def _sure(request: Ask, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    context: dict[str, Any] = {
        "errors": errors,
        "words": Words(form["words"]),
        "supports": Supports(form["supports"]),
        "mine": await erasing.counted(request.user.person),
    }
    return page(request, "account/leave_sure.html", status=422 if errors else 200, **context)


ROUTES = (data, ask_for_data, take, leave, really_leave, left)
