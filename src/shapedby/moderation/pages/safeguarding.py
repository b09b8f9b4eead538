"""Somebody may be in danger: passing a case on, and the pages of the people with the safeguarding duty."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import Missing, Refused
from shapedby.moderation import queries as desk
from shapedby.moderation.actions.safeguarding import do_guarded, pass_on
from shapedby.moderation.forms.residents import MOST_NOTE_INSIDE, guarded_done
from shapedby.moderation.queries import safeguarding as queries
from shapedby.moderation.rules import MOST_NUMBER
from shapedby.moderation.rules.safeguarding import guarded_acts
from shapedby.text import excerpt
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import moderators, safeguarders
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of

EXCERPT = 240


@get("/moderation/{number:int}/danger", guards=[moderators])
async def ask_to_pass_on(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a moderator whom to call, and ask what the safeguarding people should know."""
    return await _ask(request, number, NOTHING_TYPED, {})


@post("/moderation/{number:int}/danger", guards=[moderators])
async def take_pass_on(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Pass a case on to the safeguarding people; it leaves this desk."""
    form, errors = await typed(request), Errors(tongue_of(request))
    note = errors.text(form, "note", most=MOST_NOTE_INSIDE, needed=False)
    if errors:
        return await _ask(request, number, form, errors.found)
    found = await _case(number)
    await pass_on(request.user, found.posting, note)
    return go(request, "/moderation", done="passed-on")


@get("/safeguarding", guards=[safeguarders])
async def cases(request: Ask) -> Response[bytes]:
    """List the cases in which somebody may be in danger."""
    return page(request, "moderation/safeguarding.html", rows=await queries.guarded_rows())


@get("/safeguarding/{number:int}", guards=[safeguarders])
async def one_guarded(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a case in which somebody may be in danger."""
    return await _guarded(request, number, NOTHING_TYPED)


@post("/safeguarding/{number:int}", guards=[safeguarders])
async def do(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Do something about such a case, and write it down."""
    form, errors = await typed(request), Errors(tongue_of(request))
    given = guarded_done(form, errors)
    if given is None:
        return await _guarded(request, number, form, errors=errors)
    if number > MOST_NUMBER:
        raise Missing
    try:
        await do_guarded(request.user, number, given)
    except Refused as refused:
        return await _guarded(request, number, form, refused=refused)
    return go(request, f"/safeguarding/{number}", done="guarded-done")


async def _case(number: int) -> desk.Case:
    found = await desk.case(number) if number <= MOST_NUMBER else None
    if found is None:
        raise Missing
    return found


async def _ask(request: Ask, number: int, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    found = await _case(number)
    status = 422 if errors else 200
    return page(
        request,
        "moderation/danger.html",
        status=status,
        case=found,
        start=excerpt(found.html, EXCERPT),
        most=MOST_NOTE_INSIDE,
        typed=form,
        errors=errors,
    )


async def _guarded(
    request: Ask, number: int, form: Typed, *, errors: Errors | None = None, refused: Refused | None = None
) -> Response[bytes]:
    case = await queries.guarded_case(number) if number <= MOST_NUMBER else None
    if case is None:
        raise Missing
    return page(
        request,
        "moderation/safeguarding_case.html",
        status=422 if errors else 409 if refused else 200,
        case=case,
        acts=guarded_acts(case.publicity) if case.closed_at is None else (),
        reports=await queries.guarded_reports(number),
        decisions=await queries.guarded_decisions(number),
        refused=refused.why if refused else None,
        most=MOST_NOTE_INSIDE,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (ask_to_pass_on, take_pass_on, cases, one_guarded, do)
