"""The moderators' desk: the queue, a case, the decision, and what was decided before."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import Refused
from shapedby.moderation import actions, queries
from shapedby.moderation.forms import decided
from shapedby.moderation.forms.desk import query_of, wanted
from shapedby.moderation.pages.showing import desk_page, found_case
from shapedby.moderation.rules import PUBLISHED, Rule
from shapedby.moderation.rules.appeals import APPEALABLE
from shapedby.screening.rules import RaisedBy
from shapedby.web.forms import Errors, typed, whole
from shapedby.web.guards import moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of

PAGE_SIZE = 30


@get("/moderation", guards=[moderators])
async def queue(request: Ask) -> Response[bytes]:
    """Show what waits, and its first case beside it."""
    asked = wanted(request.query_params)
    rows = await queries.waiting(request.user.person, asked)
    first = next((row.id for row in rows if row.raised_by is not RaisedBy.APPEAL), None)
    case = await queries.case(first) if first else None
    return await desk_page(request, case, asked, rows=rows, alone=False)


@get("/moderation/{number:int}", guards=[moderators])
async def one_case(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Show a case, and the queue beside it; an appeal has a page of its own."""
    found = await found_case(number)
    if found.raised_by is RaisedBy.APPEAL and found.publicity in APPEALABLE:
        return go(request, f"/moderation/appeals/{number}", done=request.query_params.get("done", ""))
    return await desk_page(request, found, wanted(request.query_params))


@post("/moderation/{number:int}", guards=[moderators])
async def decide(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Decide a case and go to the next one of the same queue."""
    form, asked = await typed(request), wanted(request.query_params)
    errors = Errors(tongue_of(request))
    given = decided(form, errors)
    if given is None:
        return await desk_page(request, await found_case(number), asked, form=form, errors=errors)
    await found_case(number)
    try:
        await actions.decide(request.user, number, given)
    except Refused as refused:
        return await desk_page(request, await found_case(number), asked, form=form, refused=refused)
    following = await queries.next_case(request.user.person, asked, number)
    here = f"/moderation/{following}" if following else "/moderation"
    return go(request, here + query_of(asked), done=f"case-{given.act}")


@get("/moderation/decided", guards=[moderators])
async def decisions(request: Ask) -> Response[bytes]:
    """Show what was decided, by whom and why, the newest first."""
    number = whole(request.query_params.get("page"), 1)
    pages = max(1, -(-await queries.decisions_total() // PAGE_SIZE))
    rows = await queries.decisions(number, PAGE_SIZE)
    return page(request, "moderation/decided.html", rows=rows, number=number, pages=pages, rules=_titles())


def _titles() -> dict[Rule, tuple[int, str]]:
    return {published.rule: (published.number, published.title) for published in PUBLISHED}


ROUTES = (queue, decisions, one_case, decide)
