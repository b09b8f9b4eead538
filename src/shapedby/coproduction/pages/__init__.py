"""Projects as everybody sees them, and the officers' side of them."""

from collections.abc import Sequence

from litestar.handlers import HTTPRouteHandler

from shapedby.coproduction.pages import desk, public, write

ROUTES: Sequence[HTTPRouteHandler] = (*public.ROUTES, *desk.ROUTES, *write.ROUTES)
