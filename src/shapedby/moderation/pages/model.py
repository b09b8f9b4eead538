"""How well the check for spam does here, which version of it is in use, and the way back."""

from datetime import date

from litestar import Response, get, post
from litestar.response import Redirect

from shapedby.kernel import Refused
from shapedby.moderation.actions.learning import go_back
from shapedby.moderation.forms.learning import REFUSED
from shapedby.moderation.queries.learning import Week, weeks
from shapedby.spam.process import classifier
from shapedby.spam.queries import heads, promoted
from shapedby.web.forms import typed
from shapedby.web.guards import administrators, moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of

MOST_VERSIONS = 20
SHARES = ("precision", "recall", "held_share")


@get("/moderation/model", guards=[moderators])
async def model(request: Ask) -> Response[bytes]:
    """Show how the check for spam did, week by week, and what it learned from moderators."""
    return await _page(request)


@post("/moderation/model/back", guards=[administrators])
async def back(request: Ask) -> Response[bytes] | Redirect:
    """Judge as before the last learning."""
    await typed(request)
    try:
        await go_back(request.user)
    except Refused as refused:
        return await _page(request, refused)
    return go(request, "/moderation/model", done="model-back")


async def _page(request: Ask, refused: Refused | None = None) -> Response[bytes]:
    rows = await weeks(site_of(request).settings.timezone.key)
    return page(
        request,
        "moderation/model.html",
        status=409 if refused else 200,
        rows=rows,
        curves=[(name, _points(name, rows)) for name in SHARES],
        shipped=classifier.weights.partition("+")[0],
        current=await promoted(),
        versions=await heads(MOST_VERSIONS),
        refusals=REFUSED,
        why=refused.why if refused else None,
    )


def _points(name: str, rows: list[Week]) -> list[tuple[date, float]]:
    """Give a share in per cent for each week in which there was something to count."""
    shares = [(row.monday, getattr(row, name)) for row in rows]
    return [(monday, round(100 * share, 1)) for monday, share in shares if share is not None]


ROUTES = (model, back)
