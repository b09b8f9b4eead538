"""The bytes of a picture, for those who may see it."""

from litestar import Response, get
from litestar.params import FromPath

from shapedby.kernel import Actor, Missing
from shapedby.pictures import actions, forms, queries
from shapedby.pictures.queries import Reader
from shapedby.pictures.rules import KIND, is_name
from shapedby.screening.rules import Publicity
from shapedby.web.guards import anyone
from shapedby.web.site import Ask

# In the reader's own browser for good, since a name never stands for other bytes; in nobody's cache between, so that
# a picture that is taken out is gone at once.
SAYS = forms.__name__
"""What can be wrong with a picture has its sentences there; they are needed wherever pictures are."""
FOREVER = "private, max-age=31536000, immutable"


@get("/pictures/{name:str}", guards=[anyone])
async def file(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """Send a picture: to everybody while it is public, before that to its author and to staff."""
    used = await queries.readers(name) if is_name(name) else []
    public = any(one.seen and one.publicity is Publicity.PUBLIC for one in used)
    if not public and not any(_may_see(request.user, one) for one in used):
        raise Missing
    headers = {"ETag": f'"{name}"', "Cache-Control": FOREVER if public else "private, no-store"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(b"", status_code=304, headers=headers, media_type=KIND)
    data = await actions.bytes_of(name)
    if data is None:
        raise Missing
    return Response(data, headers=headers, media_type=KIND)


def _may_see(actor: Actor, used: Reader) -> bool:
    if not actor.signed_in or used.publicity is Publicity.DELETED:
        return False
    if used.author == actor.person:
        return True
    return actor.is_staff and used.publicity is not Publicity.DRAFT


ROUTES = (file,)
