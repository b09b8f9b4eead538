"""Public pages that tell one thing across slices."""

from collections.abc import Sequence

from litestar.handlers import HTTPRouteHandler

from shapedby.story.pages import changing, discussion, home, idea, statements, writing

ROUTES: Sequence[HTTPRouteHandler] = (
    *home.ROUTES,
    *idea.ROUTES,
    *changing.ROUTES,
    *discussion.ROUTES,
    *statements.ROUTES,
    *writing.ROUTES,
)
