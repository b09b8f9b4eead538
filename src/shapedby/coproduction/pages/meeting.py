"""What the forms about sessions and needs carry out."""

import secrets

from shapedby.coproduction import forms
from shapedby.coproduction.actions import offers, sessions
from shapedby.coproduction.forms import offers as giving
from shapedby.coproduction.forms import sessions as meeting
from shapedby.coproduction.pages.sheet import MOST, Sheet, Writing
from shapedby.coproduction.queries import sessions as stored
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.queries.sessions import Session
from shapedby.kernel import Actor, Missing
from shapedby.people.queries import areas
from shapedby.web.forms import whole

DOOR_DIGITS = 6


async def _session(actor: Actor, project: Project, sheet: Sheet) -> str:
    new = meeting.session(sheet.form, sheet.errors, sheet.languages, sheet.site.settings.timezone, await _areas())
    if not sheet.errors:
        after = whole(sheet.form["after"], 0, most=MOST) or None
        code = f"{secrets.randbelow(10**DOOR_DIGITS):0{DOOR_DIGITS}}"
        await sessions.announce(actor, project, new, code=code, second_visit_of=after)
    return "session"


async def _session_change(actor: Actor, project: Project, sheet: Sheet) -> str:
    session = await session_of(project, sheet.number("thing"))
    new = meeting.session(sheet.form, sheet.errors, sheet.languages, sheet.site.settings.timezone, await _areas())
    if not sheet.errors:
        await sessions.change(actor, project, session, new)
    return "session-changed"


async def _session_cancel(actor: Actor, project: Project, sheet: Sheet) -> str:
    session = await session_of(project, sheet.number("thing"))
    why = forms.words(sheet.form, sheet.errors, "why", sheet.languages)
    if not sheet.errors:
        await sessions.cancel(actor, project, session, why)
    return "session-cancelled"


async def session_of(project: Project, number: int) -> Session:
    """Find a session of a project; raises ``Missing``."""
    found = await stored.session(number)
    if found is None or found.project != project.id:
        raise Missing
    return found


async def _need(actor: Actor, project: Project, sheet: Sheet) -> str:
    kind, what = giving.need(sheet.form, sheet.errors, sheet.languages)
    if not sheet.errors:
        await offers.ask_for(actor, project, kind, what)
    return "need"


async def _met(actor: Actor, project: Project, sheet: Sheet) -> str:
    met = sheet.form["met"] != "no"
    await offers.note_met(actor, project, sheet.number("thing"), met=met)
    return "met" if met else "need"


async def _areas() -> dict[str, int]:
    return {str(area.id): area.id for area in await areas()}


async def _record(actor: Actor, project: Project, sheet: Sheet) -> str:
    record = meeting.record(sheet.form, sheet.errors, sheet.languages)
    if not sheet.errors:
        await sessions.record(
            actor,
            project,
            sheet.number("thing"),
            came=record.came,
            agreed=record.agreed,
            groups=record.groups,
            unclear=record.unclear,
        )
    return "record"


WRITINGS: dict[str, Writing] = {
    "session": _session,
    "session-change": _session_change,
    "session-cancel": _session_cancel,
    "record": _record,
    "need": _need,
    "met": _met,
}
