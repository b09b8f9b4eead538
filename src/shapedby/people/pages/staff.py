"""Roles and duties: who works here as what, and who has the safeguarding duty."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import N_, Missing, Refused, Role
from shapedby.people import actions, queries
from shapedby.people.forms import MOST_SEARCH, staff_form
from shapedby.people.rules import LARGEST
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import administrators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

done({"role-saved": N_("Saved. Where the role has changed, the person signs in again.")})


@get("/desk/people", guards=[administrators])
async def people(request: Ask) -> Response[bytes]:
    """Find people by name or address; without words, everybody who works here."""
    words = (request.query_params.get("q") or "").strip()[:MOST_SEARCH]
    found = await queries.find_people(words)
    nobody = not await queries.has_safeguarding()
    return page(request, "people/desk_people.html", found=found, q=words, nobody_on_duty=nobody)


@get("/desk/people/{number:int}", guards=[administrators])
async def one_person(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a person's role and duty, to change them."""
    return await _page(request, number, NOTHING_TYPED, {})


@post("/desk/people/{number:int}", guards=[administrators])
async def change(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Give a person another role, and the safeguarding duty or not."""
    form, errors = await typed(request), Errors(tongue_of(request))
    wished = staff_form(form, errors)
    if wished is None:
        return await _page(request, number, form, errors.found)
    if number > LARGEST:
        raise Missing
    try:
        await actions.change_duties(request.user, number, wished.role, safeguarding=wished.safeguarding)
    except Refused as refused:
        errors.add("role", refused.why)
        return await _page(request, number, form, errors.found)
    return go(request, "/desk/people", done="role-saved")


async def _page(request: Ask, number: int, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    person = await queries.person(number) if 0 < number <= LARGEST else None
    if person is None or person.left_at is not None:
        raise Missing
    status = 422 if errors else 200
    return page(
        request,
        "people/desk_person.html",
        status=status,
        person=person,
        safeguarding=await queries.is_safeguarding(number),
        roles=[role for role in Role if role is not Role.VISITOR],
        typed=form,
        errors=errors,
    )


ROUTES = (people, one_person, change)
