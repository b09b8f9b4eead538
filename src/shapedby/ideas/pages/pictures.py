"""Adding pictures to one's own idea, saying what they show, and taking them out again."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas.actions import pictures as actions
from shapedby.ideas.queries import Idea
from shapedby.kernel import N_, Refused
from shapedby.pictures import queries as kept
from shapedby.pictures.rules import MOST, MOST_BODY, MOST_DESCRIPTION, Why
from shapedby.screening.rules import Publicity
from shapedby.web.forms import NOTHING_TYPED, BadForm, Errors, Typed, typed
from shapedby.web.guards import signed_in
from shapedby.web.limits import Limit
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

ADDED = Limit("pictures-added", 60, timedelta(hours=1))

done(
    {
        "picture-added": N_("The picture is added."),
        "picture-described": N_("The words for the picture are saved."),
        "picture-moved": N_("The pictures are in their new order."),
        "picture-removed": N_("The picture is removed. Nobody can see it any more."),
    }
)


@get("/ideas/{number:int}/pictures", guards=[signed_in])
async def show(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show the pictures of one's own idea, and the way to add one."""
    return await _page(request, await actions.own(request.user, number))


@post("/ideas/{number:int}/pictures", guards=[signed_in], request_max_body_size=MOST_BODY)
async def add(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Take a picture in; where that is not possible, say why at the field and keep the words."""
    found = await actions.own(request.user, number)
    data, form = await _upload(request)
    errors = Errors(tongue_of(request))
    if not form["description"].strip():
        errors.add("description", Why.NO_DESCRIPTION)
    errors.text(form, "description", most=MOST_DESCRIPTION, needed=False)
    if not data:
        errors.add("picture", Why.NOTHING_CHOSEN)
    if not errors:
        await ADDED.check(str(request.user.person))
        try:
            await actions.add(request.user, number, data, form["description"])
        except Refused as refused:
            if not isinstance(refused.why, Why):
                raise
            errors.add("picture", refused.why, **refused.facts)
    if errors:
        return await _page(request, found, form, errors)
    return go(request, f"/ideas/{number}/pictures", done="picture-added")


@post("/ideas/{number:int}/pictures/{picture:int}", guards=[signed_in])
async def change(request: Ask, number: FromPath[int], picture: FromPath[int]) -> Redirect:
    """Describe, move or remove one picture."""
    form = await typed(request)
    address = f"/ideas/{number}/pictures"
    match form["act"]:
        case "remove":
            await actions.remove(request.user, number, picture)
            return go(request, address, done="picture-removed")
        case "up" | "down" as way:
            await actions.move(request.user, number, picture, up=way == "up")
            return go(request, address, done="picture-moved")
        case _:
            await actions.describe(request.user, number, picture, form["description"])
            return go(request, address, done="picture-described")


async def _upload(ask: Ask) -> tuple[bytes, Typed]:
    """Read a form with a file in it: the file's bytes, and the other fields; its name is nobody's business."""
    form = await ask.form()
    file = form.get("picture")
    data = await file.read() if isinstance(file, UploadFile) else b""
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    if any("\0" in value for value in fields.values()):
        raise BadForm
    return data, Typed({name: (value,) for name, value in fields.items()})


async def _page(ask: Ask, found: Idea, form: Typed = NOTHING_TYPED, errors: Errors | None = None) -> Response[bytes]:
    return page(
        ask,
        "ideas/pictures.html",
        status=422 if errors else 200,
        form=True,
        idea=found,
        pictures=await kept.of(found.posting),
        why=actions.why_not_add(found),
        most=MOST,
        most_description=MOST_DESCRIPTION,
        is_draft=found.publicity is Publicity.DRAFT,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (show, add, change)
