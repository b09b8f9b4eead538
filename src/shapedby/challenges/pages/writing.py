"""Writing a challenge: the list, the form, the preview, publishing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.challenges import actions, forms, queries, rules
from shapedby.challenges.forms import Desk
from shapedby.challenges.queries import Challenge
from shapedby.challenges.rules import Brief, Stage, Why
from shapedby.kernel import N_, Missing, Refused
from shapedby.web.forms import Errors, Typed, typed, whole
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done, sentence

done(
    {
        "challenge-saved": N_("Saved."),
        "challenge-published": N_("The challenge is public."),
    }
)


LARGEST = 2**63 - 1  # a larger number in an address is no challenge's, and would be an error to the database


def desk_of(ask: Ask) -> Desk:
    """Give what reading a form needs to know of this installation."""
    site = site_of(ask)
    return Desk(site.languages, site.settings.timezone)


async def found_or_missing(number: int) -> Challenge:
    """Find a challenge, drafts too; raise ``Missing`` where there is none."""
    found = await queries.challenge_by_id(number) if number <= LARGEST else None
    if found is None:
        raise Missing
    return found


@get("/desk/challenges", guards=[officers])
async def challenges(request: Ask) -> Response[bytes]:
    """List every challenge, drafts first."""
    return page(request, "challenges/desk_list.html", challenges=await queries.prepared())


@get("/desk/challenges/new", guards=[officers])
async def new(request: Ask) -> Response[bytes]:
    """Show an empty form, with dates proposed."""
    desk = desk_of(request)
    today = (await queries.now()).astimezone(desk.zone).date()
    brief = Brief(
        slug="",
        opens_at=forms.midnight(today + timedelta(days=7), desk.zone),
        closes_at=forms.end_of(today + timedelta(days=49), desk.zone),
    )
    return await form_page(request, forms.filled(brief, desk.languages, desk.zone))


@post("/desk/challenges/new", guards=[officers])
async def prepare(request: Ask) -> Response[Any]:
    """Keep a new draft."""
    form, errors = await typed(request), Errors(tongue_of(request))
    brief = forms.read_draft(form, errors, desk_of(request))
    if brief is None:
        return await form_page(request, form, errors=errors)
    try:
        number = await actions.prepare(request.user, brief)
    except Refused as refused:
        return await form_page(request, form, errors=_refused(errors, refused))
    return _after_saving(request, number, form)


@get("/desk/challenges/{number:int}", guards=[officers])
async def edit(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a challenge's form, with what it still needs."""
    found, desk = await found_or_missing(number), desk_of(request)
    brief = await queries.brief_of(found)
    rows = whole(request.query_params.get("rows"), 0, most=rules.MOST_CRITERIA)
    form = forms.filled(brief, desk.languages, desk.zone, rows=rows)
    return await form_page(request, form, found=found, brief=brief)


@post("/desk/challenges/{number:int}", guards=[officers])
async def save(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Keep what was written about a challenge."""
    found, desk, tongue = await found_or_missing(number), desk_of(request), tongue_of(request)
    form, errors, before = await typed(request), Errors(tongue), await queries.brief_of(found)
    if found.stage is Stage.DRAFT:
        brief = forms.read_draft(form, errors, desk)
    else:
        brief = forms.read_published(form, errors, desk, before, tongue)
    if brief is None:
        return await form_page(request, form, found=found, brief=before, errors=errors)
    try:
        await actions.save(request.user, number, brief, languages=desk.languages, seen=form["seen"])
    except Refused as refused:
        return await form_page(request, form, found=found, brief=before, errors=_refused(errors, refused))
    return _after_saving(request, number, form)


@get("/desk/challenges/{number:int}/preview", guards=[officers])
async def preview(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a challenge as residents will see it."""
    return await preview_page(request, await found_or_missing(number))


@post("/desk/challenges/{number:int}/publish", guards=[officers])
async def publish(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Let residents see a challenge, or show what it still needs."""
    found = await found_or_missing(number)
    try:
        await actions.publish(request.user, number, languages=site_of(request).languages)
    except Refused as refused:
        return await preview_page(request, found, refused=refused)
    return go(request, f"/desk/challenges/{number}", done="challenge-published")


async def form_page(
    request: Ask,
    form: Typed,
    *,
    found: Challenge | None = None,
    brief: Brief | None = None,
    errors: Errors | None = None,
) -> Response[bytes]:
    """Show the form of a challenge, new or known, with its errors."""
    site, tongue = site_of(request), tongue_of(request)
    now = await queries.now()
    lacking = rules.gaps(brief, site.languages, now) if brief and found and found.stage is Stage.DRAFT else []
    if brief and found and found.stage is not Stage.DRAFT:
        rows = len(brief.criteria)
    else:
        rows = forms.room(whole(form["rows"], 0, most=rules.MOST_CRITERIA) + (form["act"] == "add"), 0)
    return page(
        request,
        "challenges/desk_form.html",
        status=422 if errors else 200,
        challenge=found,
        typed=form,
        seen=form["seen"] or (rules.fingerprint(brief) if brief else ""),
        errors=errors.found if errors else {},
        rows=rows,
        most_rows=rules.MOST_CRITERIA,
        most=forms.MOST,
        lacking=forms.lacks_said(lacking, tongue),
        parts=forms.parts(lacking),
        areas=forms.choices(await queries.all_areas(), tongue),
        topics=forms.choices(await queries.all_topics(), tongue),
    )


async def preview_page(request: Ask, found: Challenge, *, refused: Refused | None = None) -> Response[bytes]:
    """Show what residents will see, and the way to publish it."""
    brief = await queries.brief_of(found)
    lacking: Sequence[rules.Gap] = ()
    if found.stage is Stage.DRAFT:
        lacking = rules.gaps(brief, site_of(request).languages, found.now)
    tongue = tongue_of(request)
    return page(
        request,
        "challenges/desk_preview.html",
        status=422 if refused else 200,
        challenge=found,
        criteria=await queries.criteria(found.id),
        areas=await queries.chosen_areas(found.id),
        topics=await queries.chosen_topics(found.id),
        lacking=forms.lacks_said(lacking, tongue),
        errors={"": sentence(tongue, refused.why, refused.facts)} if refused else {},
    )


def _refused(errors: Errors, refused: Refused) -> Errors:
    """Note why an action was refused: at the address where that is taken, else for the whole form."""
    why = refused.why
    errors.add("slug" if why in {Why.SLUG_TAKEN, Why.BAD_SLUG} else "", why, **refused.facts)
    return errors


def _after_saving(request: Ask, number: int, form: Typed) -> Response[Any]:
    """Go on: to a form with one more row, to the preview, or back to the form."""
    if form["act"] == "add":
        rows = forms.room(whole(form["rows"], forms.FIRST_ROWS, most=rules.MOST_CRITERIA) + 1, 0)
        return go(request, f"/desk/challenges/{number}?rows={rows}#part-criteria")
    if form["act"] == "preview":
        return go(request, f"/desk/challenges/{number}/preview")
    return go(request, f"/desk/challenges/{number}", done="challenge-saved")


ROUTES = (challenges, new, prepare, edit, save, preview, publish)
