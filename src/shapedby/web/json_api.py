"""The read API: a function with types becomes an address that answers JSON, and a part of its own description.

``@offer("/api/v1/ideas")`` reads the query into the Struct that the function takes as ``asked``, gives it the parts of
the path that it names, and writes the Struct that it returns, with an ETag. Nothing here knows a cookie; anybody's
page may ask (see ``Door``). Errors are problem details (RFC 9457).
"""

import hashlib
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar, get_args, get_type_hints
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from msgspec import Meta, Struct

from shapedby.db import DatabaseGone
from shapedby.kernel import N_, Gone, Missing
from shapedby.web.guards import anyone
from shapedby.web.site import Ask, site_of

API = "/api/v1"
JSON, PROBLEM = "application/json", "application/problem+json"
MOST, USUAL = 100, 20
LARGEST = 2**63 - 1
T = TypeVar("T")
Handler = Callable[[Ask, Exception], Any]

log = logging.getLogger(__name__)


class Paged(Struct, frozen=True, kw_only=True):
    """What every list can be asked."""

    limit: Annotated[int, Meta(ge=1, le=MOST, description=N_("How many at once."))] = USUAL
    cursor: Annotated[int, Meta(ge=1, le=LARGEST, description=N_("Where the page before ended: see “next”."))] = LARGEST


class Listed(Struct, Generic[T], frozen=True):
    """One page of a list, the newest first."""

    items: Annotated[list[T], Meta(description=N_("What is on this page."))]
    next: Annotated[str | None, Meta(description=N_("The address of the page after it; null on the last page."))]


class Problem(Struct, frozen=True, omit_defaults=True):
    """What is wrong with a request."""

    title: Annotated[str, Meta(description=N_("What is wrong."))]
    status: Annotated[int, Meta(description=N_("The number of the answer."))]
    parameter: Annotated[str, Meta(description=N_("Which parameter is wrong."))] = ""
    allowed: Annotated[list[str], Meta(description=N_("What it may be."))] = []
    type: Annotated[str, Meta(description=N_("Always about:blank: the title says it all."))] = "about:blank"


class BadValue(Exception):  # noqa: N818 - it is an answer, not a fault
    """A parameter of the read API has a value that it cannot have."""

    def __init__(self, parameter: str, allowed: Sequence[str]) -> None:
        super().__init__(parameter)
        self.parameter, self.allowed = parameter, allowed


@dataclass(frozen=True, slots=True)
class Offer:
    """One address of the read API, as its description needs it."""

    path: str
    name: str
    says: str
    gives: Any
    takes: type[Struct] | None
    parts: Mapping[str, type]
    """The parts of the path."""


def offer(path: str) -> Callable[[Callable[..., Awaitable[Any]]], HTTPRouteHandler]:
    """Make an address of the read API of a function; its types and its docstring are the description."""

    def make(function: Callable[..., Awaitable[Any]]) -> HTTPRouteHandler:
        hints = get_type_hints(function, include_extras=True)
        takes: type[Struct] | None = hints.pop("asked", None)
        names = inspect.signature(function).parameters
        gives, _ = hints.pop("return"), hints.pop("request", None)
        offered = Offer(path, function.__name__, inspect.getdoc(function) or "", gives, takes, hints)
        reads = tuple(field.encode_name for field in msgspec.structs.fields(takes)) if takes else ()

        async def handler(request: Ask) -> Response[bytes]:
            given: dict[str, Any] = {name: request.path_params[name] for name in hints}
            if takes:
                given["asked"] = read_query(takes, request.query_params)
            if "request" in names:
                given["request"] = request
            return answer(request, await function(**given))

        handler.__name__, handler.__doc__ = function.__name__, function.__doc__
        return get(path, guards=[anyone], shared=reads, offer=offered)(handler)

    return make


def read_query(kind: type[T], asked: Mapping[str, str]) -> T:
    """Read the parameters of an address; others are left out. Raises ``BadValue`` with what is allowed."""
    given: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):  # pyright: ignore[reportArgumentType] - a Struct
        if field.encode_name not in asked:
            continue
        try:
            given[field.name] = msgspec.convert(asked[field.encode_name], field.type, strict=False)
        except msgspec.ValidationError as error:
            raise BadValue(field.encode_name, allowed(field.type)) from error
    return kind(**given)


def allowed(kind: Any) -> list[str]:  # noqa: ANN401 - a type hint can be anything
    """Say what a parameter of a type may be."""
    for part in _parts_of(kind):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return [member.value for member in part]
        if isinstance(part, Meta) and part.ge is not None:
            return [f"{part.ge} to {part.le}"]
        if isinstance(part, Meta) and part.max_length is not None:
            return [f"at most {part.max_length} characters"]
    return []


def _parts_of(kind: Any) -> list[Any]:  # noqa: ANN401 - as above
    return [kind, *(part for one in get_args(kind) for part in _parts_of(one))]


def listed(request: Ask, found: Sequence[T], limit: int, number: Callable[[T], int]) -> Listed[T]:
    """Make a page of what was found: one more than was asked for where there is a next page."""
    items = list(found[:limit])
    if len(found) <= limit:
        return Listed(items, None)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode([*kept, ("cursor", str(number(items[-1])))])
    return Listed(items, f"{site_of(request).settings.url}{request.url.path}?{query}")


def answer(request: Ask, given: object) -> Response[bytes]:
    """Answer with JSON, or with nothing to somebody who has this very answer already."""
    body = msgspec.json.encode(given)
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    following = getattr(given, "next", None)
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    if etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


def problem(status: int, title: str, *, parameter: str = "", may_be: Sequence[str] = ()) -> Response[bytes]:
    """Answer with what is wrong."""
    body = msgspec.json.encode(Problem(title, status, parameter, list(may_be)))
    return Response(body, media_type=PROBLEM, status_code=status, headers={"Cache-Control": "no-store"})


_TITLES = {
    404: "There is no such thing, or it is not public.",
    405: "This address can only be read.",
    410: "It was taken away.",
    429: "That was many times in a short while. Wait a little.",
    503: "The database does not answer. Try again in a moment.",
}
_BROKEN = "Something went wrong on our side."
_REFUSED = "We could not read this request."


def for_machines(handlers: Mapping[Any, Handler]) -> dict[Any, Handler]:
    """Let the exception handlers of pages answer the read API with problem details."""
    return {kind: _either(handler) for kind, handler in {BadValue: _bad_value, **handlers}.items()}


def _either(handler: Handler) -> Handler:
    def handle(ask: Ask, error: Exception) -> Any:  # noqa: ANN401 - what the framework takes
        return _problem_of(ask, error) if ask.url.path.startswith(API) else handler(ask, error)

    return handle


def _problem_of(ask: Ask, error: Exception) -> Response[bytes]:
    if isinstance(error, BadValue):
        title = f"The parameter {error.parameter} cannot have this value."
        return problem(400, title, parameter=error.parameter, may_be=error.allowed)
    known = {Gone: 410, Missing: 404, DatabaseGone: 503}
    status = next((status for kind, status in known.items() if isinstance(error, kind)), 500)
    if isinstance(error, HTTPException):
        status = error.status_code
    if status >= 500 and status not in _TITLES:  # noqa: PLR2004 - the first number of the server's own faults
        log.error("%s %s failed", ask.method, ask.url.path, exc_info=error)
    return problem(status, _TITLES.get(status, _BROKEN if status >= 500 else _REFUSED))  # noqa: PLR2004 - as above


def _bad_value(_ask: Ask, error: Exception) -> Response[bytes]:
    assert isinstance(error, BadValue)
    return problem(400, str(error), parameter=error.parameter, may_be=error.allowed)
