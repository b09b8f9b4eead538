"""Writing before signing in: what was typed waits for its author, for a day, and nothing of it is lost."""

import re
import secrets
from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.challenges import queries as challenges
from shapedby.challenges.queries import Challenge
from shapedby.ideas import forms, queries, rules
from shapedby.ideas.actions import beginning
from shapedby.ideas.pages.kept import COOKIE, kept_form
from shapedby.ideas.pages.write import Sheet, read_sheet, sheet
from shapedby.ideas.rules import Written
from shapedby.kernel import N_, Missing
from shapedby.web.errors import keep_words_of
from shapedby.web.forms import Typed, typed
from shapedby.web.guards import anyone
from shapedby.web.limits import Limit
from shapedby.web.page import cookie, cookie_of, go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

SECONDS = 24 * 3600
KEPT = Limit("ideas-begun-without-sign-in", 30, timedelta(hours=1))
BACK = re.compile(r"/ideas/(?P<number>\d{1,15})/(?:edit|autosave)|/challenges/(?P<slug>[^/]{1,80})/ideas/\w+", re.ASCII)

done({"begun": N_("What you wrote is kept. Sign in, and you go on where you were.")})
keep_words_of(BACK, "/ideas/keep")


@get("/challenges/{slug:str}/ideas/begin", guards=[anyone])
async def begin(request: Ask, slug: FromPath[str]) -> Response[bytes] | Redirect:
    """Show the form before anybody has signed in, with what was typed in this browser before."""
    challenge = await _open(slug)
    if rules.why_not_write(challenge.stage):
        return go(request, f"/challenges/{slug}/ideas/new")
    kept = await kept_form(request, challenge.id)
    form = kept.form if kept else forms.as_typed(Written(language=tongue_of(request).code))
    return _page(request, await sheet(request, challenge, form))


@post("/challenges/{slug:str}/ideas/begin", guards=[anyone])
async def keep_beginning(request: Ask, slug: FromPath[str]) -> Response[bytes] | Redirect:
    """Keep what was typed for a day, and ask who wrote it."""
    challenge = await _open(slug)
    filled = await sheet(request, challenge, await typed(request))
    read_sheet(request, filled)
    if filled.errors:
        return _page(request, filled)
    return await _keep(request, challenge.id, None, filled.form, f"/challenges/{slug}/ideas/new")


@post("/ideas/keep", guards=[anyone])
async def keep(request: Ask) -> Redirect:
    """Keep the words of a form whose sign-in had ended, and lead back to that form."""
    form = await typed(request)
    place = BACK.fullmatch(form["path"])
    if place is None:
        raise Missing
    if place["number"]:
        number = int(place["number"])
        found = await queries.any_idea(number)
        if found is None:
            raise Missing
        return await _keep(request, found.challenge, number, form, f"/ideas/{number}/edit")
    challenge = await _open(place["slug"])
    return await _keep(request, challenge.id, None, form, f"/challenges/{place['slug']}/ideas/new")


async def _keep(ask: Ask, challenge: int, idea: int | None, form: Typed, back: str) -> Redirect:
    key = cookie_of(ask, COOKIE) or secrets.token_urlsafe(32)
    await KEPT.check(key)
    if not await beginning.keep(key, challenge, idea, form):
        raise Missing
    answer = go(ask, back) if ask.user.signed_in else go(ask, f"/sign-in?next={back}", done="begun")
    answer.set_cookie(cookie(site_of(ask), COOKIE, key, seconds=SECONDS))
    return answer


def _page(ask: Ask, filled: Sheet) -> Response[bytes]:
    status = 422 if filled.errors else 200
    return page(ask, "ideas/write.html", status=status, form=True, drafts=[], begins=True, **filled.context)


async def _open(slug: str) -> Challenge:
    found = await challenges.challenge(slug)
    if found is None:
        raise Missing
    return found


ROUTES = (begin, keep_beginning, keep)
