"""The site's rules, for administrators; and how the desk stands: its promise, and whether texts are checked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Response, get, post

from shapedby.challenges.queries import listed
from shapedby.kernel import Refused
from shapedby.moderation.forms.site import MOST_REASON, WEEK, site_rules, typed_rules
from shapedby.screening import actions, queries
from shapedby.screening.rules import Promised, promise_kept
from shapedby.web.forms import Errors, Typed, typed
from shapedby.web.guards import administrators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of

A_MONDAY = date(2024, 1, 1)
MOST_CHALLENGES = 100


@dataclass(frozen=True, slots=True)
class DeskState:
    """How the desk stands; ``promised`` is None where nothing waits, ``unchecked_since`` where texts are checked."""

    promised: Promised | None
    unchecked_since: datetime | None


async def desk_state() -> DeskState:
    """Give how long the oldest case has waited of what was promised, and since when nothing can be checked."""
    rules, oldest = await queries.site_rules(), await queries.oldest_waiting()
    promised = None
    if oldest.opened_at is not None:
        promised = promise_kept(oldest.opened_at, oldest.now, rules.promised_hours, actions.week_of(rules))
    return DeskState(promised, await queries.outage_since())


@get("/moderation/settings", guards=[administrators])
async def settings(request: Ask) -> Response[bytes]:
    """Show the site's rules, and who changed them when and why."""
    return await _page(request, typed_rules(await queries.site_rules()))


@post("/moderation/settings", guards=[administrators])
async def change_settings(request: Ask) -> Response[Any]:
    """Let other rules count from now on."""
    form, errors = await typed(request), Errors(tongue_of(request))
    rules, reason = site_rules(form, errors, [challenge.id for challenge in await listed(MOST_CHALLENGES)])
    if errors:
        return await _page(request, form, errors)
    try:
        await actions.change_rules(request.user, rules, reason)
    except Refused as refused:
        errors.add("reason", refused.why)
        return await _page(request, form, errors, status=409)
    return go(request, "/moderation/settings", done="rules-changed")


async def _page(request: Ask, form: Typed, errors: Errors | None = None, status: int = 422) -> Response[bytes]:
    site = site_of(request)
    return page(
        request,
        "moderation/settings.html",
        status=status if errors else 200,
        typed=form,
        errors=errors.found if errors else {},
        challenges=await listed(MOST_CHALLENGES),
        chosen=form.all("challenge"),
        days=[(number, A_MONDAY.replace(day=number + 1)) for number in WEEK],
        closures=sorted(site.settings.closures),
        zone=site.settings.timezone.key,
        versions=await queries.versions(),
        most=MOST_REASON,
    )


ROUTES = (settings, change_settings)
