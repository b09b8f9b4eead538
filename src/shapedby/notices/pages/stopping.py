"""Stopping a kind of mail from inside it (RFC 8058): the address is the permission, no sign-in and no token of ours.

Opening the address changes nothing, so programs that look at links do no harm; its button, or the one that mail
programs show, does. The answer is a page and no redirect, as the RFC asks.
"""

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.kernel import Missing
from shapedby.notices import actions
from shapedby.notices.rules import DIGEST, Kind, read_stop_token
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask, site_of


@get("/stop/{token:str}", guards=[anyone])
async def ask_to_stop(request: Ask, token: FromPath[str]) -> Response[bytes]:
    """Ask whether to stop a kind of mail."""
    return _page(request, token, "ask")


@post("/stop/{token:str}", guards=[anyone], no_form=True)
async def stop(request: Ask, token: FromPath[str]) -> Response[bytes]:
    """Stop a kind of mail; again is as once."""
    person, kind = _read(request, token)
    await actions.stop(person, kind)
    return _page(request, token, "stopped")


@post("/stop/{token:str}/again", guards=[anyone], no_form=True)
async def start_again(request: Ask, token: FromPath[str]) -> Response[bytes]:
    """Undo that."""
    person, kind = _read(request, token)
    await actions.start_again(person, kind)
    return _page(request, token, "again")


def _read(request: Ask, token: str) -> tuple[int, str]:
    found = read_stop_token(site_of(request).settings.secret, token)
    if found is None:
        raise Missing
    return found


def _page(request: Ask, token: str, state: str) -> Response[bytes]:
    _, kind = _read(request, token)
    named = None if kind == DIGEST else Kind(kind)
    answer = page(request, "notices/stop.html", token=token, kind=named, state=state)
    answer.status_code = 200
    return answer


ROUTES = (ask_to_stop, stop, start_again)
