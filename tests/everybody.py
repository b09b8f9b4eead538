"""An HTTP client for each kind of person, and the app's handlers by path."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
from ground import client_of
from litestar.handlers import HTTPRouteHandler

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from council import Council
    from ground import Database
    from litestar import Litestar

WHO = ("visitor", "resident", "author", "moderator", "officer", "administrator")
Clients = dict[str, httpx.AsyncClient]


@asynccontextmanager
async def clients_of(app: Litestar, database: Database, council: Council) -> AsyncGenerator[Clients]:
    """Sign one person of each kind in."""
    made = {who: client_of(app) for who in WHO}
    for who, client in made.items():
        if who != "visitor":
            client.cookies.set("sign-in", await database.new_sign_in(council.people[who]))
    yield made
    for client in made.values():
        await client.aclose()


def handlers(app: Litestar, method: str) -> dict[str, HTTPRouteHandler]:
    """List the handlers of a method by the path as the code writes it."""
    found: dict[str, HTTPRouteHandler] = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and method in handler.http_methods:
                found[next(iter(handler.paths))] = handler
    return found
