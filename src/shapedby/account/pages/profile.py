"""What everybody may see of a person."""

from litestar import Response, get
from litestar.params import FromPath

from shapedby.account import queries
from shapedby.ideas.queries import own as own_ideas
from shapedby.kernel import Missing
from shapedby.screening.rules import Publicity
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask

LARGEST = 2**63 - 1


@get("/people/{number:int}", guards=[anyone])
async def profile(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a person's name, words about themselves and public ideas; the young have no such page."""
    found = await queries.public_profile(number) if 0 < number <= LARGEST else None
    if found is None:
        raise Missing
    public = [idea for idea in await own_ideas(number) if idea.publicity is Publicity.PUBLIC]
    answer = page(request, "account/profile.html", person=found, ideas=public)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


ROUTES = (profile,)
