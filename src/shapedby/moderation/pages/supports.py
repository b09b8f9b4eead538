"""Supports that were held because they came as ballot stuffing comes: looking at them, and deciding."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas.actions import holding as actions
from shapedby.ideas.queries import holding as queries
from shapedby.ideas.queries.holding import Hold
from shapedby.ideas.rules.holding import Outcome, why_not_decide
from shapedby.kernel import Missing
from shapedby.moderation.forms import supports as forms
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of


@get("/moderation/supports", guards=[moderators])
async def listed(request: Ask) -> Response[bytes]:
    """List the supports that wait, and what was decided about others."""
    waiting, decided = await queries.holds(waiting=True), await queries.holds(waiting=False)
    return page(request, "moderation/supports.html", waiting=waiting, decided=decided)


@get("/moderation/supports/{number:int}", guards=[moderators])
async def show(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show what makes us look twice at some supports, and what can be decided about them."""
    return await _page(request, await _hold(number), NOTHING_TYPED, {})


@post("/moderation/supports/{number:int}", guards=[moderators])
async def decide(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Release supports, or set them aside; later the other way round."""
    found, form, errors = await _hold(number), await typed(request), Errors(tongue_of(request))
    tongues = site_of(request).tongues
    decision = forms.read(form, errors, tuple(tongues))
    if errors or decision.to is None:
        return await _page(request, found, form, errors.found)
    note = forms.note_of(decision.to, decision.reason, found.supports, tongues)
    await actions.decide(request.user, number, decision.seen, decision.to, reason=decision.reason, note=note)
    return go(request, f"/moderation/supports/{number}", done=f"supports-{decision.to}")


async def _hold(number: int) -> Hold:
    found = await queries.one_hold(number)
    if found is None:
        raise Missing
    return found


async def _page(ask: Ask, found: Hold, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    return page(
        ask,
        "moderation/supports_one.html",
        status=422 if errors else 200,
        hold=found,
        decisions=await queries.decisions(found.id),
        choices=[to for to in Outcome if why_not_decide(ask.user, found.outcome, to) is None],
        most=forms.MOST_REASON,
        typed=form,
        errors=errors,
    )


ROUTES = (listed, show, decide)
