"""The first questions: asked once, after the first sign-in."""

import secrets
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from shapedby.account import actions
from shapedby.account.forms import read_welcome
from shapedby.account.rules import made_up_name
from shapedby.kernel import N_
from shapedby.people import actions as people
from shapedby.people.queries import areas
from shapedby.screening.rules import Publicity
from shapedby.web.door import YEAR
from shapedby.web.forms import Errors, Typed, typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import cookie, go, page, safe_next
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

# Translators: animals to make names of, as "Heron 412"; any that everybody knows, singular, with commas
ANIMALS = N_("Heron, Otter, Puffin, Badger, Kestrel, Hedgehog, Seal, Robin, Beaver, Swift, Hare, Dolphin")

done(
    {
        "welcome": N_("Welcome. You can now take part."),
        "welcome-waits": N_("Welcome. A person checks your name first; until then we show a number instead."),
    }
)


@get("/welcome", guards=[signed_in])
async def questions(request: Ask) -> Response[bytes] | Redirect:
    """Ask for a name and two questions about age."""
    back = safe_next(request.query_params.get("next", "/"))
    if request.user.welcomed:
        return go(request, back)
    return await _questions(request, Typed({"language": [tongue_of(request).code]}), {}, back)


@post("/welcome", guards=[signed_in])
async def answer(request: Ask) -> Response[bytes] | Redirect:
    """Keep the answers; of people under 13 nothing is kept."""
    form, errors = await typed(request), Errors(tongue_of(request))
    back = safe_next(form["next"] or "/")
    if request.user.welcomed:
        return go(request, back)
    site = site_of(request)
    read = read_welcome(form, errors, council=site.settings.council, areas=await areas(), languages=site.languages)
    if read.too_young:
        await people.forget_newcomer(request.user.person)
        return go(request, "/welcome/too-young", cookies={"sign-in": "", "lang": ""})
    if errors:
        return await _questions(request, form, errors.found, back)
    publicity = await actions.welcome(request.user, read.answers)
    notice = "welcome-waits" if publicity is Publicity.HELD else "welcome"
    made = go(request, back, done=notice)
    made.set_cookie(cookie(site, "lang", read.answers.language, seconds=YEAR))
    return made


@get("/welcome/too-young", guards=[anyone])
async def too_young(request: Ask) -> Response[bytes]:
    """Say kindly that an account has to wait, and how to take part without one."""
    return page(request, "account/too_young.html")


async def _questions(request: Ask, form: Typed, errors: dict[str, str], back: str) -> Response[bytes]:
    tongue, site = tongue_of(request), site_of(request)
    context: dict[str, Any] = {
        "typed": form,
        "errors": errors,
        "next": back,
        "areas": await areas(),
        "languages": [(code, other.own_name) for code, other in site.tongues.items()],
        "suggestion": made_up_name(tongue.says(ANIMALS), secrets.SystemRandom()),
    }
    return page(request, "account/welcome.html", status=422 if errors else 200, **context)


ROUTES = (questions, answer, too_young)
