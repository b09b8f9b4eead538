"""Writing into a project: one form page for each kind of thing, all built alike."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.coproduction import forms
from shapedby.coproduction.actions import project as act
from shapedby.coproduction.actions import work as write
from shapedby.coproduction.pages.public import found, phase_views
from shapedby.coproduction.queries import figures, gates, work
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.rules import Outcome, Phase
from shapedby.kernel import N_, Actor, Missing
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
        "record": N_("The record of the session is published."),
        "news": N_("Your news is published."),
        "decision": N_("The decision is recorded."),
        "indicator": N_("The figure will be followed."),
        "reading": N_("The reading is recorded."),
        "closed": N_("The project is finished. Everybody who supported it is told and thanked by mail."),
    }
)

MOST = 2**31 - 1


@dataclass(frozen=True)
class Sheet:
    """What a form of this room needs to be read and carried out: it answers with the notice to show."""

    site: Any
    form: Typed
    errors: Errors

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the council writes in."""
        return self.site.languages

    def number(self, name: str) -> int:
        """Give the number of the thing that the form is about; raises ``Missing``."""
        number = whole(self.form[name], 0, most=MOST)
        if not number:
            raise Missing
        return number


Writing = Callable[[Actor, Project, Sheet], Awaitable[str]]


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


async def _session(actor: Actor, project: Project, sheet: Sheet) -> str:
    session = forms.session(sheet.form, sheet.errors, sheet.languages, sheet.site.settings.timezone)
    if not sheet.errors:
        await write.announce_session(actor, project, session)
    return "session"


async def _record(actor: Actor, project: Project, sheet: Sheet) -> str:
    record = forms.record(sheet.form, sheet.errors, sheet.languages)
    if not sheet.errors:
        await write.record_session(actor, project, sheet.number("thing"), came=record.came, agreed=record.agreed)
    return "record"


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
    "evidence": _evidence,
    "missing": _missing,
    "ask": _ask,
    "gate": _gate,
    "close": _close,
    "member": _member,
    "left": _left,
    "session": _session,
    "record": _record,
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
        f"coproduction/write_{what}.html",
        status=422 if errors else 200,
        project=project,
        what=what,
        thing=thing,
        typed=form,
        errors=errors,
        languages=site_of(request).languages,
        phases=phase_views(project, await gates.evidence(project.id), await gates.decisions(project.id)),
        sessions=await work.sessions(project.id) if what == "record" else [],
        indicators=await figures.indicators(project.id) if what == "reading" else [],
    )


@get("/desk/projects/{slug:str}/{what:str}", guards=[officers])
async def ask(request: Ask, slug: FromPath[str], what: FromPath[str]) -> Response[bytes]:
    """Show the form for one kind of thing."""
    if what not in WRITINGS or what in {"missing", "left"}:
        raise Missing
    return await _sheet_page(request, await found(slug), what, NOTHING_TYPED, {})


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
