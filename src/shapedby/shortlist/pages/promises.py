"""The council's promises to answer: for everybody, for officers, and moving one in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby import text
from shapedby.ideas.queries import Idea, idea_for
from shapedby.ideas.rules import Why as IdeaWhy
from shapedby.ideas.rules import promised_day
from shapedby.kernel import N_, Missing, Refused
from shapedby.shortlist import rules
from shapedby.shortlist.actions import promises as actions
from shapedby.shortlist.pages.listing import LARGEST, council_today
from shapedby.shortlist.queries import promises as queries
from shapedby.shortlist.queries.promises import Waiting
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import anyone, officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

DUE_DAYS = 14
FAR_AHEAD = timedelta(days=3650)
FASTER = N_("A colleague was faster and has changed this idea. Your words are still below.")
MOVED = N_("We had promised an answer by {was} and now promise it by {now}. {note}")
MOST_CLOSURES = 60

done({"promise-moved": N_("The promise has its new day. We have told its people why.")})


@dataclass(frozen=True, slots=True)
class Line:
    """One promise on the desk; ``counted`` is the day that the calendar of closures gives now, where it is later."""

    idea: Waiting
    due: rules.Due
    counted: date | None


@get("/promises", guards=[anyone], shared=())
async def promises(request: Ask) -> Response[bytes]:
    """Show everybody how the council keeps its promises, challenge by challenge."""
    day, zone = await council_today(request), site_of(request).settings.timezone.key
    overdue = await queries.waiting_until(day - timedelta(days=1), zone, queries.MOST_OVERDUE)
    late = sorted(overdue, key=lambda one: (one.challenge_slug, one.answer_by, one.number))
    return page(
        request,
        "shortlist/promises.html",
        today=day,
        all=await queries.together(day, zone),
        standings=await queries.standings(day, zone),
        overdue=[list(same) for _, same in groupby(late, lambda one: one.challenge_slug)],
    )


@get("/desk/promises", guards=[officers])
async def desk_promises(request: Ask) -> Response[bytes]:
    """Show an officer what they have promised: overdue first, then what is due, and what a new closure touches."""
    day, settings = await council_today(request), site_of(request).settings
    waiting = await queries.waiting_until(day + FAR_AHEAD, settings.timezone.key)
    has_own = any(one.officer == request.user.person for one in waiting)
    whose = request.query_params.get("whose", "") or ("mine" if has_own else "all")
    shown = [one for one in waiting if whose == "all" or one.officer == request.user.person]
    lines = [_line(one, day, settings.closures) for one in shown]
    soon = [line for line in lines if line.idea.answer_by <= day + timedelta(days=DUE_DAYS)]
    return page(
        request,
        "shortlist/desk_promises.html",
        whose="all" if whose == "all" else "mine",
        by_challenge=_by_challenge(soon),
        later=len(lines) - len(soon),
        touched=[line for line in lines if line.counted and not line.idea.moved and line.idea.answer_by >= day],
        closures=_spans(sorted(one for one in settings.closures if one >= day)[:MOST_CLOSURES]),
    )


def _line(one: Waiting, day: date, closures: frozenset[date]) -> Line:
    counted = promised_day(one.sent_on, one.answer_days, closures)
    due = rules.due(one.stage, one.answer_by, day)
    return Line(one, due, counted if counted > one.answer_by else None)


def _by_challenge(lines: Sequence[Line]) -> list[list[Line]]:
    """Gather promises by challenge, the challenge with the oldest one on top."""
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.idea.challenge, []).append(line)
    return list(found.values())


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """Join days that follow one another: the first and the last of each."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


@get("/desk/ideas/{number:int}/promise", guards=[officers])
async def ask_to_move(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show the form that moves a promise."""
    return await _move_page(request, await _found(request, number), NOTHING_TYPED, Errors(tongue_of(request)))


@post("/desk/ideas/{number:int}/promise", guards=[officers])
async def move(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Move a promise, with a note for everybody."""
    found, form, errors = await _found(request, number), await typed(request), Errors(tongue_of(request))
    tongues, settings = site_of(request).tongues, site_of(request).settings
    to = errors.day(form, "to")
    note = errors.words(form, "note", tongues, most=rules.MOST_REASON)
    if errors or to is None:
        return await _move_page(request, found, form, errors)
    seen = Errors(tongue_of(request)).day(form, "seen", needed=False)
    public = {
        code: tongue.says(MOVED).format(
            was=tongue.date(found.answer_by), now=tongue.date(to), note=text.visible(note[code]).strip()
        )
        for code, tongue in tongues.items()
    }
    calendar = actions.Calendar(await council_today(request), settings.closures)
    try:
        await actions.move(request.user, number, to, public, seen=seen, calendar=calendar)
    except Refused as refused:
        _say(errors, refused)
        return await _move_page(request, await _found(request, number), form, errors, status=409)
    return go(request, "/desk/promises", done="promise-moved")


def _say(errors: Errors, refused: Refused) -> None:
    if isinstance(refused.why, IdeaWhy):
        errors.found[""] = errors.tongue.says(FASTER)
    else:
        of_day = {rules.Why.SAME_DAY, rules.Why.DAY_IS_PAST, rules.Why.DAY_IS_CLOSED, rules.Why.DAY_IS_FAR}
        errors.add("to" if refused.why in of_day else "", refused.why, **refused.facts)


async def _found(request: Ask, number: int) -> Idea:
    found = await idea_for(request.user, number) if number <= LARGEST else None
    if found is None or not found.is_public:
        raise Missing
    return found


async def _move_page(request: Ask, found: Idea, form: Typed, errors: Errors, *, status: int = 422) -> Response[bytes]:
    day = await council_today(request)
    closed = site_of(request).settings.closures
    why = rules.why_not_move_promise(request.user, found.stage, found.answer_by, today=day)
    return page(
        request,
        "shortlist/move_promise.html",
        status=status if errors else 200,
        idea=found,
        why=why,
        first=day + timedelta(days=1),
        last=found.answer_by + timedelta(days=rules.MOST_DAYS_MOVED) if found.answer_by else None,
        closures=_spans(sorted(one for one in closed if one >= day)[:MOST_CLOSURES]),
        most=rules.MOST_REASON,
        typed=form,
        errors=errors.found,
    )


ROUTES = (promises, desk_promises, ask_to_move, move)
