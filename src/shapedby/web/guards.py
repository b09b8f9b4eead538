"""Who may use a route. Every route names one of these, or the application does not start."""

from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.handlers.base import BaseRouteHandler

from shapedby.kernel import MODERATORS, OFFICERS, STAFF, Actor, Missing, Role
from shapedby.web.csrf import FIELD, holds
from shapedby.web.page import form_secret
from shapedby.web.site import Ask, site_of

Connection = ASGIConnection[Any, Actor, Any, Any]


class SignInNeeded(Exception):  # noqa: N818 - it is an answer, not a fault
    """The route is for people who are signed in; the answer is the sign-in page and the way back."""


class NoToken(Exception):  # noqa: N818 - as above
    """A form came without the token that its page carries."""


def anyone(_connection: Connection, _handler: BaseRouteHandler) -> None:
    """Visitors too."""


def signed_in(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Anybody with a sign-in."""
    if not connection.user.signed_in:
        raise SignInNeeded


def _one_of(connection: Connection, roles: frozenset[Role]) -> None:
    if not connection.user.signed_in:
        raise SignInNeeded
    if connection.user.role not in roles:
        raise Missing


def staff(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Moderators, officers and administrators; to others the page does not exist."""
    _one_of(connection, STAFF)


def moderators(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Moderators and administrators; to others the page does not exist."""
    _one_of(connection, MODERATORS)


def officers(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Officers and administrators; to others the page does not exist."""
    _one_of(connection, OFFICERS)


def administrators(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Administrators; to others the page does not exist."""
    _one_of(connection, frozenset({Role.ADMINISTRATOR}))


def safeguarders(connection: Connection, _handler: BaseRouteHandler) -> None:
    """People with the safeguarding duty; to all others, administrators too, the page does not exist."""
    if not connection.user.signed_in:
        raise SignInNeeded
    if not connection.user.safeguarding:
        raise Missing


def in_demo(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Anybody, but in demo mode only."""
    if not connection.app.state["site"].settings.demo:
        raise Missing


GUARDS = frozenset({anyone, signed_in, staff, moderators, officers, administrators, safeguarders, in_demo})


async def own_form(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let a change through only with the token of a form of ours; holds for every route, without its doing."""
    if connection.scope.get("method") in {"GET", "OPTIONS"} or handler.opt.get("no_form"):
        return
    ask: Ask = Request(connection.scope, connection.receive)
    form = await ask.form()
    # Kept for the page that answers a refused form: an exception handler cannot wait for a body.
    connection.scope["state"]["form_pairs"] = list(form.multi_items())
    sent = form.get(FIELD, "")
    if not isinstance(sent, str) or not holds(site_of(ask).settings.secret, form_secret(ask), sent):
        raise NoToken
