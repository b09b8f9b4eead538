"""Public pages that tell one thing across slices."""

from collections.abc import Sequence

from litestar.handlers import HTTPRouteHandler

from shapedby.story.pages import home, idea

ROUTES: Sequence[HTTPRouteHandler] = (*home.ROUTES, *idea.ROUTES)
