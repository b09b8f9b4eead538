"""Figures in the read API, and the description of all of it."""

from litestar import Response, get

from shapedby.insight import queries
from shapedby.insight.queries import Figures
from shapedby.web.guards import anyone
from shapedby.web.json_api import API, answer, offer
from shapedby.web.openapi import document, offers
from shapedby.web.site import Ask, site_of

SAYS = "Everything public, to read. No key, no sign-in, no cookie. Ask from anywhere."


@offer(f"{API}/figures")
async def get_figures() -> Figures:
    """Count what there is, and whether the council keeps its promises."""
    return await queries.figures()


@get(f"{API}/openapi.json", guards=[anyone], shared=())
async def description(request: Ask) -> Response[bytes]:
    """Describe the read API as OpenAPI."""
    settings = site_of(request).settings
    title = f"Shaped by {settings.council}"
    return answer(request, document(offers(request.app), title=title, url=settings.url, says=SAYS))


ROUTES = (get_figures, description)
