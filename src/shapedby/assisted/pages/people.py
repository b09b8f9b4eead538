"""Finding and adding people without e-mail, and what has been written down for each."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.assisted import forms
from shapedby.challenges.queries import open_challenges
from shapedby.comments.queries import own as own_comments
from shapedby.ideas.queries import own as own_ideas
from shapedby.ideas.queries.versions import supported
from shapedby.kernel import Missing
from shapedby.mail.letters import count_waiting
from shapedby.people.actions import assisting
from shapedby.people.queries import contacts
from shapedby.people.queries.contacts import Assisted
from shapedby.people.rules import Reach, slip_code, slip_reference
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import staff
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of

MOST_WORDS = 100


@get("/desk/assisted", guards=[staff])
async def find(request: Ask) -> Response[bytes]:
    """Find somebody, or see who was added last."""
    words = request.query_params.get("q", "")[:MOST_WORDS].replace("\0", " ").strip()
    found = await contacts.find_assisted(words) if words else await contacts.newest_assisted()
    return page(request, "assisted/find.html", q=words, found=found, waiting=await count_waiting())


@get("/desk/assisted/new", guards=[staff])
async def new(request: Ask) -> Response[bytes]:
    """Show the form for somebody who is not known yet."""
    return _form(request, NOTHING_TYPED, {}, None)


@post("/desk/assisted/new", guards=[staff])
async def add(request: Ask) -> Response[bytes] | Redirect:
    """Add a person without e-mail."""
    form, errors = await typed(request), Errors(tongue_of(request))
    details = forms.read_details(form, errors, list(site_of(request).languages))
    if details is None:
        return _form(request, form, errors.found, None)
    person = await assisting.add_assisted(request.user, details)
    return go(request, f"/desk/assisted/{person}", done="assisted-added")


@get("/desk/assisted/{person:int}", guards=[staff])
async def show(request: Ask, person: FromPath[int]) -> Response[bytes]:
    """Show what has been written down for somebody, and what can be."""
    return await person_page(request, await known(person), NOTHING_TYPED, {})


@get("/desk/assisted/{person:int}/change", guards=[staff])
async def change_page(request: Ask, person: FromPath[int]) -> Response[bytes]:
    """Show the name and how somebody is reached."""
    found = await known(person)
    return _form(request, forms.as_typed(found), {}, found)


@post("/desk/assisted/{person:int}/change", guards=[staff])
async def change(request: Ask, person: FromPath[int]) -> Response[bytes] | Redirect:
    """Change the name and how somebody is reached."""
    found, form, errors = await known(person), await typed(request), Errors(tongue_of(request))
    details = forms.read_details(form, errors, list(site_of(request).languages))
    if details is None:
        return _form(request, form, errors.found, found)
    await assisting.change_assisted(request.user, person, details)
    return go(request, f"/desk/assisted/{person}", done="assisted-saved")


@get("/desk/assisted/{person:int}/slip", guards=[staff])
async def slip(request: Ask, person: FromPath[int]) -> Response[bytes]:
    """Show the slip to print: the reference, the code, and what it opens."""
    found, site = await known(person), site_of(request)
    return page(
        request,
        "assisted/slip.html",
        person=found,
        reference=slip_reference(person),
        code=slip_code(site.settings.secret, person, found.nonce),
        ideas=[one for one in await own_ideas(person, 5) if one.sent_at],
        address=f"{site.settings.url}/slip",
    )


@post("/desk/assisted/{person:int}/slip", guards=[staff])
async def new_slip(request: Ask, person: FromPath[int]) -> Redirect:
    """End the code of a lost slip."""
    await assisting.new_slip(request.user, person)
    return go(request, f"/desk/assisted/{person}/slip", done="slip-new")


async def known(person: int) -> Assisted:
    """Give somebody without e-mail; raises ``Missing``."""
    found = await contacts.assisted(person)
    if found is None:
        raise Missing
    return found


async def person_page(ask: Ask, found: Assisted, form: Typed, errors: Mapping[str, str]) -> Response[bytes]:
    """Show everything that was written down for somebody, with the forms to go on."""
    return page(
        ask,
        "assisted/person.html",
        status=422 if errors else 200,
        person=found,
        reference=slip_reference(found.person),
        ideas=await own_ideas(found.person),
        comments=await own_comments(found.person),
        supported=await supported(found.person),
        questions=await open_challenges(),
        typed=form,
        errors=errors,
    )


def _form(ask: Ask, form: Typed, errors: Mapping[str, str], found: Assisted | None) -> Response[bytes]:
    return page(
        ask,
        "assisted/details.html",
        status=422 if errors else 200,
        person=found,
        ways=tuple(Reach),
        languages=[(code, tongue.own_name) for code, tongue in site_of(ask).tongues.items()],
        typed=form,
        errors=errors,
    )


ROUTES = (find, new, add, show, change_page, change, slip, new_slip)
