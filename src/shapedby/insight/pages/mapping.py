"""The map of everything public for search engines, and where they need not look."""

from litestar import Response, get
from litestar.params import FromPath

from shapedby.insight import queries
from shapedby.insight.queries import Address
from shapedby.insight.rules import SITEMAP
from shapedby.kernel import Missing
from shapedby.web.guards import anyone
from shapedby.web.page import render
from shapedby.web.site import Ask, site_of

XML = "application/xml"
FIXED = (
    "/",
    "/challenges",
    "/ideas",
    "/projects",
    "/results",
    "/open-data",
    "/api",
    "/about/how-it-works",
    "/about/rules",
    "/about/accessibility",
    "/about/privacy",
    "/about/moderation",
)
CLOSED = ("/account", "/appeal/", "/desk", "/moderation", "/report/", "/safeguarding", "/sign-in", "/welcome", "/dev/")


def _map(request: Ask, found: list[Address]) -> Response[bytes]:
    return Response(render(request, "insight/sitemap.xml", addresses=found), media_type=XML)


@get("/sitemap.xml", guards=[anyone], shared=())
async def sitemap(request: Ask) -> Response[bytes]:
    """List every public address, or the lists of them where one would be too long."""
    places = [*(Address(path, None) for path in FIXED), *await queries.addresses(SITEMAP)]
    ideas = await queries.idea_addresses(0, SITEMAP)
    if len(places) + len(ideas) <= SITEMAP:
        return _map(request, [*places, *ideas])
    parts = await queries.idea_parts(SITEMAP)
    return Response(render(request, "insight/sitemaps.xml", parts=parts), media_type=XML)


@get("/sitemap-places.xml", guards=[anyone], shared=())
async def sitemap_of_places(request: Ask) -> Response[bytes]:
    """List challenges, projects and the pages that are always there."""
    return _map(request, [*(Address(path, None) for path in FIXED), *await queries.addresses(SITEMAP - len(FIXED))])


@get("/sitemap-ideas/{after:int}", guards=[anyone], shared=())
async def sitemap_of_ideas(request: Ask, after: FromPath[int]) -> Response[bytes]:
    """List the ideas with numbers above one."""
    if after < 0:
        raise Missing
    return _map(request, await queries.idea_addresses(after, SITEMAP))


@get("/robots.txt", guards=[anyone], shared=())
async def robots(request: Ask) -> Response[bytes]:
    """Say what search engines need not look at, and where the map is."""
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    url = site_of(request).settings.url
    return Response(f"User-agent: *\n{closed}\nSitemap: {url}/sitemap.xml\n".encode(), media_type="text/plain")


ROUTES = (sitemap, sitemap_of_places, sitemap_of_ideas, robots)
