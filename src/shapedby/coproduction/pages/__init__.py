"""Projects as everybody sees them, and the officers' side of them."""

from collections.abc import Sequence

from litestar.handlers import HTTPRouteHandler

from shapedby.coproduction.pages import attendance, desk, offers, public, sessions, write

ROUTES: Sequence[HTTPRouteHandler] = (
    *public.ROUTES,
    *sessions.ROUTES,
    *desk.ROUTES,
    *write.ROUTES,
    *attendance.ROUTES,
    *offers.ROUTES,
)
