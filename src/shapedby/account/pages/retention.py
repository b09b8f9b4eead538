"""For administrators: what is kept for how long, what would go tonight, and what the law makes the council keep."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.account.actions import holding
from shapedby.account.actions.retention import tidy
from shapedby.account.forms import read_hold
from shapedby.account.queries import holds
from shapedby.account.queries.retention import last_run
from shapedby.account.rules.retention import RULES
from shapedby.kernel import N_, Refused
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import administrators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "held-by-law": N_("This is kept until you end it."),
        "hold-ended": N_("The ordinary times count again."),
    }
)


@get("/desk/retention", guards=[administrators])
async def retention(request: Ask) -> Response[bytes]:
    """Show what is kept for how long, and what has to stay."""
    return await _page(request, NOTHING_TYPED, {})


@post("/desk/retention", guards=[administrators])
async def hold(request: Ask) -> Response[bytes] | Redirect:
    """Keep a person's data or a posting until somebody ends that."""
    form, errors = await typed(request), Errors(tongue_of(request))
    asked = read_hold(form, errors)
    if not errors:
        try:
            await holding.hold(request.user, person=asked.person, posting=asked.posting, reason=asked.reason)
        except Refused as refused:
            errors.add("person" if asked.person else "posting", refused.why)
    if errors:
        return await _page(request, form, errors.found)
    return go(request, "/desk/retention", done="held-by-law")


@post("/desk/retention/{number:int}/end", guards=[administrators])
async def end_hold(request: Ask, number: FromPath[int]) -> Redirect:
    """End a hold."""
    await holding.end_hold(request.user, number)
    return go(request, "/desk/retention", done="hold-ended")


async def _page(request: Ask, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    lines = await tidy(site_of(request).settings, dry=True)
    context: dict[str, Any] = {
        "lines": [(RULES[line.kind], line) for line in lines],
        "last": await last_run(),
        "holds": await holds.listed(),
        "typed": form,
        "errors": errors,
    }
    return page(request, "account/retention.html", status=422 if errors else 200, **context)


ROUTES = (retention, hold, end_hold)
