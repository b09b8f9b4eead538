"""Writing into a project: one form page for each kind of thing, all built alike."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.coproduction import forms
from shapedby.coproduction.actions import project as act
from shapedby.coproduction.actions import work as write
from shapedby.coproduction.forms import sessions as meeting
from shapedby.coproduction.pages import meeting as gatherings
from shapedby.coproduction.pages.public import found, phase_views
from shapedby.coproduction.pages.sheet import MOST, Sheet, Writing
from shapedby.coproduction.queries import figures, gates
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.rules import Outcome, Phase
from shapedby.kernel import N_, Actor, Missing
from shapedby.people.queries import areas
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "evidence": N_("Recorded as ready."),
        "missing": N_("Marked as missing again."),
        "asked": N_("Added to what must be ready first."),
        "passed": N_("The project is in its next phase."),
        "sent-back": N_("Sent back, with your reason."),
        "member": N_("Written into the team."),
        "left": N_("Recorded that they left the team."),
        "session": N_("The session is announced."),
        "session-changed": N_("The session is changed. Everybody with a place is told of another time or place."),
        "session-cancelled": N_("The session is cancelled. Everybody with a place is told why."),
        "need": N_("The project asks for it now."),
        "met": N_("Noted as found."),
        "record": N_("The record of the session is published."),
        "news": N_("Your news is published."),
        "decision": N_("The decision is recorded."),
        "indicator": N_("The figure will be followed."),
        "reading": N_("The reading is recorded."),
        "closed": N_("The project is finished. Everybody who supported it is told and thanked by mail."),
    }
)

ABOUT_A_SESSION = {"session", "session-change", "session-cancel", "record"}


async def _evidence(actor: Actor, project: Project, sheet: Sheet) -> str:
    shown = forms.words(sheet.form, sheet.errors, "shown", sheet.languages)
    if not sheet.errors:
        await act.show(actor, project, sheet.number("thing"), shown)
    return "evidence"


async def _missing(actor: Actor, project: Project, sheet: Sheet) -> str:
    await act.take_back(actor, project, sheet.number("thing"))
    return "missing"


async def _ask(actor: Actor, project: Project, sheet: Sheet) -> str:
    what = forms.words(sheet.form, sheet.errors, "what", sheet.languages)
    phase = sheet.errors.choice(sheet.form, "phase", Phase)
    if phase and not sheet.errors:
        await act.ask_for(actor, project, phase, what)
    return "asked"


async def _gate(actor: Actor, project: Project, sheet: Sheet) -> str:
    reason = forms.words(sheet.form, sheet.errors, "reason", sheet.languages)
    passed = sheet.form["answer"] == "pass"
    if not sheet.errors:
        await act.decide_gate(actor, project, passed=passed, reason=reason)
    return "passed" if passed else "sent-back"


async def _close(actor: Actor, project: Project, sheet: Sheet) -> str:
    outcome = sheet.errors.choice(sheet.form, "outcome", Outcome)
    words = forms.words(sheet.form, sheet.errors, "words", sheet.languages)
    if outcome and not sheet.errors:
        await act.close(actor, project, outcome, words)
    return "closed"


async def _member(actor: Actor, project: Project, sheet: Sheet) -> str:
    member = forms.member(sheet.form, sheet.errors)
    if not sheet.errors:
        await write.add_member(actor, project, member)
    return "member"


async def _left(actor: Actor, project: Project, sheet: Sheet) -> str:
    await write.end_member(actor, project, sheet.number("thing"))
    return "left"


async def _news(actor: Actor, project: Project, sheet: Sheet) -> str:
    words = forms.words(sheet.form, sheet.errors, "words", sheet.languages)
    if not sheet.errors:
        await write.add_update(actor, project, words)
    return "news"


async def _decision(actor: Actor, project: Project, sheet: Sheet) -> str:
    choice = forms.choice(sheet.form, sheet.errors, sheet.languages)
    if not sheet.errors:
        await write.add_choice(actor, project, choice)
    return "decision"


async def _indicator(actor: Actor, project: Project, sheet: Sheet) -> str:
    figure = forms.indicator(sheet.form, sheet.errors, sheet.languages)
    if not sheet.errors:
        await write.add_indicator(actor, project, figure)
    return "indicator"


async def _reading(actor: Actor, project: Project, sheet: Sheet) -> str:
    reading = forms.reading(sheet.form, sheet.errors, sheet.languages)
    if not sheet.errors:
        await write.add_reading(actor, project, reading)
    return "reading"


WRITINGS: Mapping[str, Writing] = {
    **gatherings.WRITINGS,
    "evidence": _evidence,
    "missing": _missing,
    "ask": _ask,
    "gate": _gate,
    "close": _close,
    "member": _member,
    "left": _left,
    "news": _news,
    "decision": _decision,
    "indicator": _indicator,
    "reading": _reading,
}


async def _sheet_page(
    request: Ask, project: Project, what: str, form: Typed, errors: Mapping[str, str]
) -> Response[bytes]:
    """Show the form for one kind of thing, with what was typed into it and its errors."""
    thing = whole(form["thing"] or request.query_params.get("thing"), 0, most=MOST)
    return page(
        request,
        f"coproduction/write_{what.replace('-', '_')}.html",
        status=422 if errors else 200,
        project=project,
        what=what,
        thing=thing,
        typed=form,
        errors=errors,
        languages=site_of(request).languages,
        phases=phase_views(project, await gates.evidence(project.id), await gates.decisions(project.id)),
        session=await gatherings.session_of(project, thing) if thing and what in ABOUT_A_SESSION else None,
        areas=await areas() if what in ABOUT_A_SESSION else [],
        indicators=await figures.indicators(project.id) if what == "reading" else [],
    )


@get("/desk/projects/{slug:str}/{what:str}", guards=[officers])
async def ask(request: Ask, slug: FromPath[str], what: FromPath[str]) -> Response[bytes]:
    """Show the form for one kind of thing."""
    if what not in WRITINGS or what in {"missing", "left", "met"}:
        raise Missing
    project = await found(slug)
    return await _sheet_page(request, project, what, await _typed_before(request, project, what), {})


async def _typed_before(request: Ask, project: Project, what: str) -> Typed:
    """Give what a form begins with: a session to be changed, or the one that a second visit follows."""
    thing = whole(request.query_params.get("thing") or request.query_params.get("after"), 0, most=MOST)
    if not thing or what not in {"session", "session-change", "record"}:
        return NOTHING_TYPED
    session = await gatherings.session_of(project, thing)
    return (
        meeting.as_recorded(session)
        if what == "record"
        else meeting.as_typed(session, site_of(request).settings.timezone, again=what == "session")
    )


@post("/desk/projects/{slug:str}/{what:str}", guards=[officers])
async def carry_out(request: Ask, slug: FromPath[str], what: FromPath[str]) -> Response[Any]:
    """Carry out what the form asks, or show it again with its errors."""
    if what not in WRITINGS:
        raise Missing
    project = await found(slug)
    form = await typed(request)
    errors = Errors(tongue_of(request))
    notice = await WRITINGS[what](request.user, project, Sheet(site_of(request), form, errors))
    if errors:
        return await _sheet_page(request, project, what, form, errors.found)
    return go(request, f"/desk/projects/{slug}", done=notice)


ROUTES = (ask, carry_out)
