"""Lists and single ideas for the council's own site: pages without scripts that its pages show in a frame."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from shapedby.challenges import queries as challenges
from shapedby.ideas import queries
from shapedby.ideas.pages.view import read_view
from shapedby.ideas.queries import Filters
from shapedby.ideas.queries.finding import found
from shapedby.ideas.rules.finding import Sort
from shapedby.kernel import Missing
from shapedby.web.forms import whole
from shapedby.web.guards import anyone, officers
from shapedby.web.page import page
from shapedby.web.site import Ask, site_of

SHOWN = 6
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "


def framed(request: Ask, template: str, **context: Any) -> Response[bytes]:  # noqa: ANN401 - as of `page`
    """Answer with a page that the sites in ``SHAPEDBY_EMBED_HOSTS`` may show inside theirs, and no others."""
    made = page(request, template, **context)
    hosts = site_of(request).settings.embed_hosts
    made.headers["Content-Security-Policy"] = POLICY + (" ".join(hosts) or "'none'")
    made.headers["Referrer-Policy"] = "strict-origin"
    return made


@get("/embed/challenges/{slug:str}", guards=[anyone], shared=())
async def embedded_challenge(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Show a question and a few of its ideas, in an order of the moment."""
    challenge = await challenges.challenge(slug)
    if challenge is None:
        raise Missing
    view = read_view(request, f"/challenges/{challenge.slug}", areas=(), topics=(), challenge=challenge.id)
    languages = site_of(request).languages
    seen = await found("", Filters(challenge.id), Sort.SHUFFLE, view.order, languages=languages, size=SHOWN)
    return framed(request, "ideas/embed_challenge.html", challenge=challenge, list=seen.page)


@get("/embed/ideas/{number:int}", guards=[anyone], shared=())
async def embedded_idea(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show an idea: its title, its beginning, and how many support it."""
    idea = await queries.idea(number)
    if idea is None:
        raise Missing
    return framed(request, "ideas/embed_idea.html", idea=idea)


@get("/desk/embed", guards=[officers])
async def snippets(request: Ask) -> Response[bytes]:
    """Give officers the lines that put a list or an idea on the council's own site."""
    number = whole(request.query_params.get("idea"), 0, most=2**31 - 1)
    return page(
        request,
        "ideas/embed_desk.html",
        challenges=await challenges.listed(),
        asked=number,
        idea=await queries.idea(number) if number else None,
        hosts=site_of(request).settings.embed_hosts,
    )


ROUTES = (embedded_challenge, embedded_idea, snippets)
