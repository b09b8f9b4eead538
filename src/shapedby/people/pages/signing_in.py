"""Signing in and out."""

import secrets

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import N_, Refused
from shapedby.people import actions, queries
from shapedby.people.actions import Asked, SignedIn
from shapedby.people.forms import ask_form
from shapedby.people.rules import Why, browser_name, digits, welcome_address
from shapedby.web.forms import NOTHING_TYPED, Errors, typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import cookie, cookie_of, go, page, safe_next
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

BROWSER = "sign-in-browser"
BROWSER_SECONDS = 3600

done(
    {
        "signed-out": N_("You are signed out."),
        "mail-sent-again": N_("We have sent you another mail. The older one works too."),
    }
)


def ways_back(address: str) -> str:
    """Give the address to come back to after signing in; never the sign-in pages themselves."""
    safe = safe_next(address or "/")
    return "/" if safe.startswith("/sign-") else safe


@get("/sign-in", guards=[anyone])
async def sign_in(request: Ask) -> Response[bytes]:
    """Ask for an e-mail address."""
    back = ways_back(request.query_params.get("next", ""))
    return page(request, "people/sign_in.html", form=True, errors={}, typed=NOTHING_TYPED, next=back)


@post("/sign-in", guards=[anyone])
async def ask_for_mail(request: Ask) -> Response[bytes] | Redirect:
    """Mail a link and a code, and show where to type the code."""
    form, errors = await typed(request), Errors(tongue_of(request))
    wish = ask_form(form, errors)
    back = ways_back(wish.next_address)
    browser = cookie_of(request, BROWSER) or secrets.token_urlsafe(32)
    if not errors:
        try:
            asked = Asked(wish.email, browser, back, tongue_of(request).code)
            await actions.ask_to_sign_in(asked, site_of(request).settings.secret)
        except Refused as refused:
            errors.add("email", refused.why)
    if errors:
        found = errors.found
        return page(request, "people/sign_in.html", status=422, form=True, errors=found, typed=form, next=back)
    answer = go(request, "/sign-in/sent", done="mail-sent-again" if form["again"] else "")
    answer.set_cookie(cookie(site_of(request), BROWSER, browser, seconds=BROWSER_SECONDS))
    return answer


@get("/sign-in/sent", guards=[anyone])
async def sent(request: Ask) -> Response[bytes] | Redirect:
    """Say that the mail is on its way, and take the code."""
    return await _code_page(request, {})


@post("/sign-in/code", guards=[anyone])
async def use_code(request: Ask) -> Response[bytes] | Redirect:
    """Sign in with the six digits, in the browser that asked."""
    code, browser = digits((await typed(request))["code"]), cookie_of(request, BROWSER)
    try:
        made = await actions.use_code(
            code,
            browser=browser,
            browser_name=browser_name(request.headers.get("user-agent", "")),
            language=tongue_of(request).code,
            secret=site_of(request).settings.secret,
        )
    except Refused as refused:
        errors = Errors(tongue_of(request))
        errors.add("code", refused.why)
        return await _code_page(request, errors.found)
    return await _enter(request, made)


@get("/sign-in/link/{link:str}", guards=[anyone])
async def link_page(request: Ask, link: FromPath[str]) -> Response[bytes]:
    """Show a button; opening the link uses nothing up, so programs that look at links do no harm."""
    way_in = await queries.way_in_by_link(link)
    if way_in is None:
        return page(request, "people/link_ended.html", status=410, why=Why.LINK_ENDED)
    return page(request, "people/link.html", form=True, email=way_in.email, link=link)


@post("/sign-in/link/{link:str}", guards=[anyone])
async def use_link(request: Ask, link: FromPath[str]) -> Response[bytes] | Redirect:
    """Sign in with the link, on any device."""
    try:
        made = await actions.use_link(
            link,
            browser_name=browser_name(request.headers.get("user-agent", "")),
            language=tongue_of(request).code,
        )
    except Refused as refused:
        return page(request, "people/link_ended.html", status=410, why=refused.why)
    return await _enter(request, made)


@post("/sign-out", guards=[signed_in])
async def sign_out(request: Ask) -> Redirect:
    """End the sign-in of this browser."""
    await actions.sign_out(request.user)
    return go(request, "/", done="signed-out", cookies={"sign-in": ""})


async def _code_page(request: Ask, errors: dict[str, str]) -> Response[bytes] | Redirect:
    way_in = await queries.way_in_of_browser(cookie_of(request, BROWSER))
    if way_in is None:
        return go(request, "/sign-in")
    status = 422 if errors else 200
    return page(
        request,
        "people/sent.html",
        status=status,
        form=True,
        errors=errors,
        email=way_in.email,
        next=way_in.next_address,
        ends_at=way_in.ends_at,
    )


async def _enter(request: Ask, made: SignedIn) -> Redirect:
    """Give this browser a sign-in that did not exist before, and end the one it had."""
    if request.user.signed_in:
        await actions.sign_out(request.user)
    back = ways_back(made.next_address)
    answer = go(request, back if made.welcomed else welcome_address(back))
    site = site_of(request)
    answer.set_cookie(cookie(site, "sign-in", made.token, seconds=int(made.lasts.total_seconds())))
    for ended in (BROWSER, "form"):
        answer.set_cookie(cookie(site, ended, ""))
    return answer


ROUTES = (sign_in, ask_for_mail, sent, use_code, link_page, use_link, sign_out)
