"""Deciding many similar cases at once, and the mails about what waits."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import Missing
from shapedby.moderation import actions, queries
from shapedby.moderation.forms import MOST_WORDS
from shapedby.moderation.forms.desk import ACTS_TOGETHER, together
from shapedby.moderation.pages.showing import found_case
from shapedby.moderation.rules import PUBLISHED, Decided, version_of
from shapedby.moderation.rules.alike import Compared, Kinship, kinship, prints_of
from shapedby.screening.rules import CaseState, RaisedBy
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of

MOST_TOGETHER = 60


@get("/moderation/{number:int}/alike", guards=[moderators])
async def alike(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show the waiting cases that are like one."""
    return await _alike(request, number)


@post("/moderation/{number:int}/alike", guards=[moderators])
async def decide_alike(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Decide the chosen cases together, and say how many a colleague decided meanwhile."""
    form = await typed(request)
    errors = Errors(tongue_of(request))
    given = together(form, errors)
    if given is None:
        return await _alike(request, number, form, errors)
    decided = Decided(given.act, given.rule, given.words, "")
    batch = await actions.decide_together(request.user, given.seen, decided)
    return go(request, f"/moderation/together?decided={len(batch.decided)}&passed={len(batch.passed)}")


@get("/moderation/together", guards=[moderators])
async def decided_together(request: Ask) -> Response[bytes]:
    """Say what became of cases that were decided together."""
    asked = request.query_params
    return page(
        request,
        "moderation/together.html",
        decided=whole(asked.get("decided"), 0, least=0, most=1_000),
        passed=whole(asked.get("passed"), 0, least=0, most=1_000),
    )


async def _alike(
    request: Ask, number: int, form: Typed = NOTHING_TYPED, errors: Errors | None = None
) -> Response[bytes]:
    case = await found_case(number)
    here = await queries.compared(number)
    if here is None or case.state is not CaseState.OPEN or case.raised_by is RaisedBy.APPEAL:
        raise Missing
    return page(
        request,
        "moderation/alike.html",
        status=422 if errors else 200,
        case=case,
        rows=await _rows(here),
        version_of=version_of,
        acts=ACTS_TOGETHER,
        rules=PUBLISHED,
        most=MOST_WORDS,
        typed=form,
        chosen=set(form.all("case")),
        why=None,
        errors=errors.found if errors else {},
    )


async def _rows(here: Compared) -> list[tuple[Compared, tuple[Kinship, ...]]]:
    """Give the case itself, then those that are like it, those in nearly the same words first."""
    prints = prints_of(here.source)
    others = [(other, kinship(here, prints, other)) for other in await queries.others(here.id, here.author)]
    kin = [row for row in others if row[1]]
    kin.sort(key=lambda row: (Kinship.WORDS not in row[1], Kinship.DOMAIN not in row[1], row[0].id))
    return [(here, ()), *kin[: MOST_TOGETHER - 1]]


@get("/moderation/mails", guards=[moderators])
async def mails(request: Ask) -> Response[bytes]:
    """Ask whether a moderator wants mails about what waits."""
    return page(request, "moderation/mails.html", wanted=await queries.mail_wanted(request.user.person))


@post("/moderation/mails", guards=[moderators])
async def keep_mails(request: Ask) -> Redirect:
    """Keep what they chose."""
    form = await typed(request)
    await actions.choose_mail(request.user, wanted=form.ticked("wanted"))
    return go(request, "/moderation/mails", done="mails-kept")


ROUTES = (alike, decide_alike, decided_together, mails, keep_mails)
