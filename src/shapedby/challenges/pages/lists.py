"""The council's areas and topics: a list of each, and a line to add one."""

from typing import Any

from litestar import Response, get, post

from shapedby.challenges import actions, forms, queries
from shapedby.kernel import N_, Refused
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done({"area-added": N_("The area is in the list."), "topic-added": N_("The topic is in the list.")})


@get("/desk/areas", guards=[officers])
async def areas(request: Ask) -> Response[bytes]:
    """List the areas."""
    return await _list_page(request, "areas", NOTHING_TYPED)


@post("/desk/areas", guards=[officers])
async def add_area(request: Ask) -> Response[Any]:
    """Add an area."""
    return await _add(request, "areas")


@get("/desk/topics", guards=[officers])
async def topics(request: Ask) -> Response[bytes]:
    """List the topics."""
    return await _list_page(request, "topics", NOTHING_TYPED)


@post("/desk/topics", guards=[officers])
async def add_topic(request: Ask) -> Response[Any]:
    """Add a topic."""
    return await _add(request, "topics")


async def _add(request: Ask, which: str) -> Response[Any]:
    form, errors = await typed(request), Errors(tongue_of(request))
    languages = site_of(request).languages
    name = forms.read_name(form, errors, languages)
    if errors:
        return await _list_page(request, which, form, errors)
    add = actions.add_area if which == "areas" else actions.add_topic
    try:
        await add(request.user, name)
    except Refused as refused:
        errors.add(f"name_{languages[0]}", refused.why)
        return await _list_page(request, which, form, errors)
    return go(request, f"/desk/{which}", done="area-added" if which == "areas" else "topic-added")


async def _list_page(request: Ask, which: str, form: Typed, errors: Errors | None = None) -> Response[bytes]:
    listed = await (queries.all_areas() if which == "areas" else queries.all_topics())
    return page(
        request,
        "challenges/desk_places.html",
        status=422 if errors else 200,
        which=which,
        places=listed,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (areas, add_area, topics, add_topic)
