"""A session as its officers run it: who comes, who waits, who came, what they need."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.coproduction.actions import sessions as act
from shapedby.coproduction.forms import sessions as forms
from shapedby.coproduction.pages.public import found as found_project
from shapedby.coproduction.pages.sessions import session_of
from shapedby.coproduction.queries import places
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.queries.sessions import Session
from shapedby.coproduction.rules.sessions import PlaceState
from shapedby.kernel import N_, Missing
from shapedby.text import one_line
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

done(
    {
        "written-down": N_("Written down."),
        "taken-off": N_("Taken off the list. Whoever waits longest has the place now."),
        "came": N_("Noted as here."),
        "not-came": N_("Noted as not here."),
    }
)
MOST = 2**31 - 1


async def _both(number: int) -> tuple[Project, Session]:
    session = await session_of(number)
    return await found_project(session.project_slug), session


@get("/desk/sessions/{number:int}", guards=[officers])
async def show(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """List who comes to a session and who waits, with what they need."""
    project, session = await _both(number)
    return await _list(request, project, session, NOTHING_TYPED, {})


@get("/desk/sessions/{number:int}/sheet", guards=[officers])
async def sheet(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Give the list for the door, to print: names and empty lines, nothing private."""
    project, session = await _both(number)
    listed = [place for place in await places.places(number) if place.state is PlaceState.GOING]
    return page(request, "coproduction/desk_sheet.html", project=project, session=session, places=listed)


@post("/desk/sessions/{number:int}", guards=[officers])
async def carry_out(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Write somebody down, take somebody off, or note who came."""
    project, session = await _both(number)
    form = await typed(request)
    errors = Errors(tongue_of(request))
    match form["do"]:
        case "write-down":
            name = one_line(errors.text(form, "name", most=80))
            need = forms.need(form, errors)
            if errors:
                return await _list(request, project, session, form, errors.found)
            await act.write_down(request.user, project, session, name, need)
            notice = "written-down"
        case "take-off":
            await act.take_off(request.user, project, session, _place(form))
            notice = "taken-off"
        case "came" | "not-came" as notice:
            await act.note_came(request.user, project, session, _place(form), here=notice == "came")
        case _:
            raise Missing
    return _back(request, number, notice)


def _place(form: Typed) -> int:
    return whole(form["place"], 0, most=MOST)


def _back(request: Ask, number: int, notice: str) -> Redirect:
    return go(request, f"/desk/sessions/{number}", done=notice)


async def _list(
    request: Ask, project: Project, session: Session, form: Typed, errors: dict[str, str]
) -> Response[bytes]:
    return page(
        request,
        "coproduction/desk_session.html",
        status=422 if errors else 200,
        project=project,
        session=session,
        places=await places.places(session.id),
        typed=form,
        errors=errors,
    )


ROUTES = (show, sheet, carry_out)
