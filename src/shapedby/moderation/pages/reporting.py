"""Reporting a text: for everybody, signed in or not, without JavaScript."""

import hashlib
from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import Missing
from shapedby.moderation import actions, queries
from shapedby.moderation.forms import MOST_NOTE, reported
from shapedby.moderation.rules import MOST_NUMBER, Reason
from shapedby.text import excerpt
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import anyone
from shapedby.web.limits import Limit
from shapedby.web.page import form_secret, go, page
from shapedby.web.site import Ask, tongue_of

MANY_REPORTS = Limit("report", 20, timedelta(hours=1))
EXCERPT = 240


@get("/report/{posting:int}", guards=[anyone])
async def ask_why(request: Ask, posting: FromPath[int]) -> Response[bytes]:
    """Ask why somebody reports a text."""
    return await _form(request, posting, NOTHING_TYPED)


@post("/report/{posting:int}", guards=[anyone])
async def take_report(request: Ask, posting: FromPath[int]) -> Response[bytes] | Redirect:
    """Take a report and give its reference."""
    form = await typed(request)
    errors = Errors(tongue_of(request))
    given = reported(form, errors)
    if given is None:
        return await _form(request, posting, form, errors)
    await _public(posting)
    browser = browser_hash(request)
    await MANY_REPORTS.check(browser)
    reference = await actions.report(request.user, browser, posting, given, tongue_of(request).code)
    danger = "?danger=yes" if given.reason is Reason.DANGER else ""
    return go(request, f"/report/{posting}/{reference}{danger}")


@get("/report/{posting:int}/{reference:str}", guards=[anyone])
async def thank(request: Ask, posting: FromPath[int], reference: FromPath[str]) -> Response[bytes]:
    """Say thank you, the reference, and what happens next."""
    if posting > MOST_NUMBER or not await queries.report_exists(posting, reference):
        raise Missing
    text = await queries.reportable(posting)
    danger = request.query_params.get("danger") == "yes"
    address = text.address if text else "/"
    return page(request, "moderation/report_sent.html", reference=reference, danger=danger, address=address)


async def _form(request: Ask, posting: int, form: Typed, errors: Errors | None = None) -> Response[bytes]:
    text = await _public(posting)
    return page(
        request,
        "moderation/report.html",
        status=422 if errors else 200,
        form=True,
        text=text,
        start=excerpt(text.html, EXCERPT),
        reasons=list(Reason),
        most=MOST_NOTE,
        typed=form,
        errors=errors.found if errors else {},
    )


async def _public(posting: int) -> queries.Reportable:
    text = await queries.reportable(posting) if posting <= MOST_NUMBER else None
    if text is None:
        raise Missing
    return text


def browser_hash(request: Ask) -> str:
    """Tell one browser from another without knowing either; people on one network are not one."""
    return hashlib.sha256(f"report.{form_secret(request)}".encode()).hexdigest()


ROUTES = (ask_why, take_report, thank)
