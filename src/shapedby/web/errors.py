"""What a person is told when something does not work: the only place that knows HTTP's numbers."""

import logging
import re
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.status_codes import HTTP_404_NOT_FOUND, HTTP_405_METHOD_NOT_ALLOWED, HTTP_413_REQUEST_ENTITY_TOO_LARGE

from shapedby.db import DatabaseGone
from shapedby.kernel import N_, Gone, Missing, Refused
from shapedby.web.forms import BadForm
from shapedby.web.guards import NoToken, SignInNeeded
from shapedby.web.page import HTML, page, safe_next, shared_context
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import has_sentence, says

log = logging.getLogger(__name__)


class Trouble(StrEnum):
    """What can be wrong with a request before any slice sees it."""

    NO_TOKEN = "no_token"  # noqa: S105 - not a secret
    BAD_FORM = "bad_form"
    TOO_MANY = "too_many"


says(
    {
        Trouble.NO_TOKEN: N_("We could not tell that this came from our own page. Nothing was changed."),
        Trouble.BAD_FORM: N_("We could not read what was sent. Nothing was changed."),
        Trouble.TOO_MANY: N_("That was many times in a short while. Please wait a little and try again."),
    }
)


class TooMany(Exception):  # noqa: N818 - it is an answer, not a fault
    """A limit was reached."""


def not_found(ask: Ask, _error: Exception) -> Response[bytes]:
    """Answer for what does not exist or may not be known."""
    return page(ask, "web/not_found.html", status=404)


def gone(ask: Ask, _error: Gone) -> Response[bytes]:
    """Answer for what stood here in public and was taken away."""
    return page(ask, "web/gone.html", status=410)


def sign_in_needed(ask: Ask, _error: SignInNeeded) -> Response[Any]:
    """Lead to the sign-in page and back; a form's text is kept by its own page."""
    target = ask.url.path if ask.method == "GET" else "/"
    query = f"?{ask.url.query}" if ask.method == "GET" and ask.url.query else ""
    back = safe_next(target + query).replace("?", "%3F").replace("&", "%26")
    return Redirect(f"/sign-in?next={back}", status_code=303)


def refused(ask: Ask, error: Refused) -> Response[bytes]:
    """Answer an action that its rule does not allow, in the rule's own words."""
    if not has_sentence(error.why):
        log.error("no sentence for %s.%s", type(error.why).__name__, error.why.name)
        return went_wrong(ask, error)
    return page(ask, "web/refused.html", status=409, why=error.why, facts=error.facts)


_KEEPERS: dict[re.Pattern[str], str] = {}


def keep_words_of(path: re.Pattern[str], address: str) -> None:
    """Let the words of a form that was refused be sent to an address that keeps them until their author is back."""
    _KEEPERS[path] = address


_AGAIN: dict[type[Exception], tuple[Trouble, int]] = {
    NoToken: (Trouble.NO_TOKEN, 403),
    TooMany: (Trouble.TOO_MANY, 429),
}


def try_again(ask: Ask, error: Exception) -> Response[bytes]:
    """Refuse a form without losing what was typed into it."""
    why, status = _AGAIN.get(type(error), (Trouble.BAD_FORM, 400))
    keeper = next((address for path, address in _KEEPERS.items() if path.fullmatch(ask.url.path)), "")
    return page(
        ask,
        "web/try_again.html",
        status=status,
        form=bool(keeper),
        why=why,
        again=_came_from(ask),
        kept=_typed_so_far(ask),
        keeper=keeper,
        at=ask.url.path,
    )


def _came_from(ask: Ask) -> str:
    """Give the page of ours that the form stood on, as far as the browser says."""
    came = urlsplit(ask.headers.get("referer", ""))
    here = came.netloc == ask.headers.get("host") and came.path
    return safe_next(f"{came.path}?{came.query}" if came.query else came.path) if here else "/"


def _typed_so_far(ask: Ask) -> list[tuple[str, str]]:
    """Give the texts of the form that was refused, to copy from; the guard has read them."""
    pairs = ask.scope["state"].get("form_pairs", [])
    texts = [(name, value) for name, value in pairs if isinstance(value, str) and name != "csrf"]
    return [(name, value) for name, value in texts if value.strip()][:20]


def database_gone(ask: Ask, _error: Exception) -> Response[bytes]:
    """Say that we are not there for a moment; this page needs no database."""
    site, tongue = site_of(ask), tongue_of(ask)
    html = site.pages[tongue.code].get_template("web/database_gone.html").render(shared_context(site, tongue, ask.user))
    return Response(html.encode(), media_type=HTML, status_code=503, headers={"Retry-After": "5"})


def http_trouble(ask: Ask, error: HTTPException) -> Response[bytes]:
    """Answer the framework's own refusals."""
    if error.status_code == HTTP_413_REQUEST_ENTITY_TOO_LARGE:
        return page(ask, "web/too_large.html", status=413)
    if error.status_code in {HTTP_404_NOT_FOUND, HTTP_405_METHOD_NOT_ALLOWED}:
        return page(ask, "web/not_found.html", status=error.status_code)
    if error.status_code < 500:  # noqa: PLR2004 - the first number of the server's own faults
        return page(ask, "web/refused.html", status=error.status_code, why=Trouble.BAD_FORM, facts={})
    return went_wrong(ask, error)


def went_wrong(ask: Ask, error: Exception) -> Response[bytes]:
    """Apologise for a fault of ours and write it to the log, without what was typed."""
    log.error("%s %s failed", ask.method, ask.url.path, exc_info=error)
    return page(ask, "web/went_wrong.html", status=500)


HANDLERS: dict[int | type[Exception], Any] = {
    Missing: not_found,
    Gone: gone,
    SignInNeeded: sign_in_needed,
    Refused: refused,
    NoToken: try_again,
    BadForm: try_again,
    TooMany: try_again,
    DatabaseGone: database_gone,
    asyncpg.DataError: not_found,  # a number in the address that no column can hold
    HTTPException: http_trouble,
    Exception: went_wrong,
}
