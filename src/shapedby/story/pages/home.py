"""The home page and what changed."""

from litestar import Response, get

from shapedby.story import queries
from shapedby.web.forms import whole
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask

HOME_BUILT = 4
HOME_WORK = 3
RESULTS_PAGE = 12


@get("/", guards=[anyone], shared=())
async def home(request: Ask) -> Response[bytes]:
    """Say what is asked now, what is being decided and what was built."""
    questions = await queries.questions()
    return page(
        request,
        "story/home.html",
        numbers=await queries.numbers(),
        open_now=[question for question in questions if not question.deciding],
        deciding=[question for question in questions if question.deciding],
        built=await queries.built(HOME_BUILT),
        in_work=await queries.in_work(HOME_WORK),
    )


@get("/results", guards=[anyone], shared=("page",))
async def results(request: Ask) -> Response[bytes]:
    """Say what residents said, what was done and what changed."""
    number = whole(request.query_params.get("page"), 1)
    found = await queries.built(RESULTS_PAGE + 1, after=(number - 1) * RESULTS_PAGE)
    return page(
        request,
        "story/results.html",
        numbers=await queries.numbers(),
        built=found[:RESULTS_PAGE],
        in_work=await queries.in_work(HOME_WORK),
        number=number,
        more=len(found) > RESULTS_PAGE,
    )


ROUTES = (home, results)
