"""People on the moderators' desk: finding one, the record of one, suspending one."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import Missing, Refused
from shapedby.moderation.actions.suspending import end_suspension, suspend
from shapedby.moderation.forms.residents import MOST_REASON, Lasts, suspending
from shapedby.moderation.queries import people as queries
from shapedby.moderation.queries import suspending as suspensions
from shapedby.moderation.rules import MOST_NUMBER, PUBLISHED
from shapedby.moderation.rules.suspending import Subject, why_not_end, why_not_suspend
from shapedby.people.queries import Person, person
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of

MOST_SEARCH = 100


@get("/moderation/people", guards=[moderators])
async def find(request: Ask) -> Response[bytes]:
    """Find people; without words, show who is suspended now."""
    words = (request.query_params.get("q") or "").strip()[:MOST_SEARCH]
    return page(request, "moderation/people.html", found=await queries.find_people(words), q=words)


@get("/moderation/people/{number:int}", guards=[moderators])
async def record(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show what a person wrote here, what was decided about it, and their suspensions."""
    return await _record(request, number, NOTHING_TYPED)


@post("/moderation/people/{number:int}/suspend", guards=[moderators])
async def suspend_person(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Keep a person from taking part."""
    form, errors = await typed(request), Errors(tongue_of(request))
    given = suspending(form, errors, today=await suspensions.now(), zone=site_of(request).settings.timezone)
    if given is None:
        return await _record(request, number, form, errors=errors)
    await _person(number)
    try:
        await suspend(request.user, number, given)
    except Refused as refused:
        return await _record(request, number, form, refused=refused)
    return go(request, f"/moderation/people/{number}", done="suspended")


@post("/moderation/people/{number:int}/end", guards=[moderators])
async def end(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """End a suspension before its time."""
    form, errors = await typed(request), Errors(tongue_of(request))
    because = errors.text(form, "because", most=MOST_REASON)
    if errors:
        return await _record(request, number, form, errors=errors)
    await _person(number)
    try:
        await end_suspension(request.user, number, because)
    except Refused as refused:
        return await _record(request, number, form, refused=refused)
    return go(request, f"/moderation/people/{number}", done="suspension-ended")


async def _person(number: int) -> Person:
    found = await person(number) if 0 < number <= MOST_NUMBER else None
    if found is None:
        raise Missing
    return found


async def _record(
    request: Ask, number: int, form: Typed, *, errors: Errors | None = None, refused: Refused | None = None
) -> Response[bytes]:
    who = await _person(number)
    past = await suspensions.suspensions(number)
    running = next((one for one in past if one.ended_at is None), None)
    subject = Subject(who.id, who.role, who.name, who.language, who.left_at is not None, running is not None)
    now = await suspensions.now()
    return page(
        request,
        "moderation/person.html",
        status=422 if errors else 409 if refused else 200,
        person=who,
        running=running,
        suspensions=past,
        why_not=why_not_suspend(request.user, subject, None, now),
        why_not_end=why_not_end(request.user, subject),
        written=await queries.written_by(number),
        decisions=await queries.decided_about(number),
        reports=await queries.reports_about(number),
        set_aside=await queries.supports_set_aside(number),
        lasts=list(Lasts),
        rules=PUBLISHED,
        refused=refused.why if refused else None,
        most=MOST_REASON,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (find, record, suspend_person, end)
