"""Moderation in public: its figures, and the log of its decisions without names."""

from litestar import Response, get

from shapedby.moderation.queries import statistics as queries
from shapedby.moderation.queries.statistics import Month
from shapedby.moderation.rules import PUBLISHED
from shapedby.moderation.rules.statistics import ENOUGH, ENOUGH_HOURS, Share
from shapedby.web.forms import whole
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask, site_of

PAGE_SIZE = 50


@get("/about/moderation", guards=[anyone], shared=())
async def figures(request: Ask) -> Response[bytes]:
    """Show what moderation did in the last twelve months, and how good the check for spam is."""
    months = await queries.months(str(site_of(request).settings.timezone))
    checked = await queries.checked()
    return page(
        request,
        "moderation/figures.html",
        months=months,
        busiest=max((month.held + month.reported for month in months), default=0),
        sums=_sums(months),
        precision=Share(checked.right, checked.flagged),
        recall=Share(checked.right, checked.right + checked.missed),
        overturned=Share(sum(month.overturned for month in months), sum(month.appealed for month in months)),
        enough=ENOUGH,
        enough_hours=ENOUGH_HOURS,
    )


@get("/about/moderation/log", guards=[anyone], shared=("page",))
async def log(request: Ask) -> Response[bytes]:
    """List what was decided, without names and without the texts."""
    pages = max(1, -(-await queries.log_total() // PAGE_SIZE))
    number = min(whole(request.query_params.get("page"), 1), pages)
    rules = {published.rule: published.number for published in PUBLISHED}
    rows = await queries.log(number, PAGE_SIZE)
    return page(request, "moderation/log.html", rows=rows, number=number, pages=pages, numbers=rules)


def _sums(months: list[Month]) -> dict[str, int]:
    names = ("sent", "held", "reported", "published", "refused", "hidden", "appealed", "overturned", "decided")
    return {name: sum(getattr(month, name) for month in months) for name in names}


ROUTES = (figures, log)
