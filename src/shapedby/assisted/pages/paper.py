"""Paper for people without e-mail: the blank form of a question, and the way in with a slip."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.challenges import queries as challenges
from shapedby.kernel import Missing, Refused
from shapedby.people.actions import sign_out
from shapedby.people.actions.assisting import use_slip
from shapedby.people.rules import browser_name
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import anyone
from shapedby.web.limits import Limit
from shapedby.web.page import cookie, go, page
from shapedby.web.site import Ask, site_of, tongue_of

# Of everybody together: guesses spread over many slips are bounded too.
TRIED = Limit("slip-codes-in-all", 300, timedelta(hours=1))


@get("/challenges/{slug:str}/form", guards=[anyone], shared=())
async def blank_form(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Show one page to print, on which somebody writes an idea with a pen."""
    challenge = await challenges.challenge(slug)
    if challenge is None:
        raise Missing
    return page(
        request,
        "assisted/blank.html",
        challenge=challenge,
        areas=await challenges.areas(challenge.id),
        topics=await challenges.topics(challenge.id),
    )


@get("/slip", guards=[anyone])
async def slip(request: Ask) -> Response[bytes]:
    """Ask for the reference and the code of a slip."""
    return _form(request, NOTHING_TYPED, Errors(tongue_of(request)))


@post("/slip", guards=[anyone])
async def enter(request: Ask) -> Response[bytes] | Redirect:
    """Sign in with a slip, for a short time."""
    form, errors = await typed(request), Errors(tongue_of(request))
    reference, code = errors.text(form, "reference", most=40), errors.text(form, "code", most=40)
    if errors:
        return _form(request, form, errors)
    await TRIED.check("")
    agent, site = request.headers.get("user-agent", ""), site_of(request)
    try:
        made = await use_slip(reference, code, browser_name=browser_name(agent), secret=site.settings.secret)
    except Refused as refused:
        errors.add("code", refused.why)
        return _form(request, form, errors)
    if request.user.signed_in:
        await sign_out(request.user)
    answer = go(request, made.next_address)
    answer.set_cookie(cookie(site, "sign-in", made.token, seconds=int(made.lasts.total_seconds())))
    answer.set_cookie(cookie(site, "form", ""))
    return answer


def _form(ask: Ask, form: Typed, errors: Errors) -> Response[bytes]:
    return page(ask, "assisted/enter.html", status=422 if errors else 200, form=True, typed=form, errors=errors.found)


ROUTES = (blank_form, slip, enter)
