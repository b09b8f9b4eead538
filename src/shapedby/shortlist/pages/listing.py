"""The desk's first page, its table of ideas, and finishing a challenge."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.challenges import queries as challenge_queries
from shapedby.challenges.queries import Challenge
from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.ideas.queries import today
from shapedby.ideas.rules import Stage
from shapedby.kernel import N_, Missing, Refused
from shapedby.shortlist import actions, queries, rules
from shapedby.shortlist.actions import tasks
from shapedby.shortlist.pages.todo import due_tasks, other_tasks
from shapedby.shortlist.queries import Filters
from shapedby.shortlist.rules import SOON_DAYS, Due, Sort
from shapedby.web.forms import whole
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done, sentence

Choice = TypeVar("Choice", bound=StrEnum)

MOST_PAGES = 10_000
LARGEST = 2**63 - 1

done({"challenge-finished": N_("The challenge is finished. Every idea in it has its answer.")})


async def council_today(request: Ask) -> date:
    """Give the council's day, by the database's clock."""
    return await today(site_of(request).settings.timezone.key)


@get("/desk", guards=[officers])
async def desk(request: Ask) -> Response[bytes]:
    """List what waits for officers: what is due first."""
    day, tongue = await council_today(request), tongue_of(request)
    counted = await queries.tasks(day, day + timedelta(days=SOON_DAYS))
    challenges = await challenge_queries.prepared()
    added = await tasks.of_others(request.user, tongue)
    due = [*due_tasks(counted, challenges, tongue), *(task for task in added if task.due)]
    others = [*other_tasks(counted, challenges, tongue), *(task for task in added if not task.due)]
    return page(request, "shortlist/desk.html", due=due, others=others)


@get("/desk/ideas", guards=[officers])
async def ideas(request: Ask) -> Response[bytes]:
    """List the public ideas of all challenges, or of one."""
    asked, day = request.query_params, await council_today(request)
    filters = Filters(
        asked.get("challenge", "")[:80],
        _member(Stage, asked.get("stage")),
        _member(Due, asked.get("due")),
        asked.get("ready") == "yes",
    )
    sort = _member(Sort, asked.get("sort")) or Sort.DUE
    found = await queries.listed(
        filters,
        sort,
        today=day,
        soon=day + timedelta(days=SOON_DAYS),
        page=whole(asked.get("page"), 1, most=MOST_PAGES),
    )
    return page(
        request,
        "shortlist/ideas.html",
        found=found,
        filters=filters,
        sort=sort,
        address=_address(filters, sort),
        sorts=[(member, _address(filters, member)) for member in Sort],
        stages=list(Stage),
        challenges=await challenge_queries.listed(),
        due_of=lambda idea: rules.due(idea.stage, idea.answer_by, day),  # pyright: ignore[reportUnknownLambdaType]
    )


@get("/desk/challenges/{number:int}/finish", guards=[officers])
async def ask_to_finish(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask whether a challenge is decided; says how many ideas still wait."""
    return await _finish_page(request, await _challenge(number))


@post("/desk/challenges/{number:int}/finish", guards=[officers])
async def finish(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Call a challenge decided."""
    found = await _challenge(number)
    try:
        await actions.finish(request.user, number)
    except Refused as refused:
        return await _finish_page(request, found, refused)
    return go(request, f"/desk/challenges/{number}", done="challenge-finished")


async def _challenge(number: int) -> Challenge:
    found = await challenge_queries.challenge_by_id(number) if number <= LARGEST else None
    if found is None:
        raise Missing
    return found


async def _finish_page(request: Ask, found: Challenge, refused: Refused | None = None) -> Response[bytes]:
    said = {"": sentence(tongue_of(request), refused.why, refused.facts)} if refused else {}
    return page(
        request,
        "shortlist/finish.html",
        status=409 if refused else 200,
        challenge=found,
        waiting=await queries.waiting(found.id),
        ready=found.stage is ChallengeStage.DECIDING,
        errors=said,
    )


def _member(kind: type[Choice], value: str | None) -> Choice | None:
    """Read a filter from an address; None where it is not one of ours."""
    return kind(value) if value in {member.value for member in kind} else None


def _address(filters: Filters, sort: Sort) -> str:
    """Give the address of the table with these filters, without a page."""
    given = {
        "challenge": filters.challenge,
        "stage": filters.stage.value if filters.stage else "",
        "due": filters.due.value if filters.due else "",
        "ready": "yes" if filters.ready else "",
        "sort": sort.value,
    }
    return "/desk/ideas?" + urlencode({name: value for name, value in given.items() if value})


ROUTES = (desk, ideas, ask_to_finish, finish)
