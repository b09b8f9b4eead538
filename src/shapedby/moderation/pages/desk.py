"""The moderators' desk: the queue, a case, the decision, and what was decided before."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup

from shapedby.kernel import Missing, Refused
from shapedby.moderation import actions, queries
from shapedby.moderation.forms import FEATURES, MOST_WORDS, decided
from shapedby.moderation.queries import Case, Told
from shapedby.moderation.rules import MOST_NUMBER, PUBLISHED, Act, Rule, acts_for, likely_rule
from shapedby.screening.rules import CaseState, Held
from shapedby.spam.rules import Reason as Weighed
from shapedby.text import contacts, mark
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of

MOST_SHOWN = 7
MOST_MARKED = 12
LEAST_MARKED = 0.5
"""A passage that weighs less says nothing to a reader."""
PAGE_SIZE = 30


@get("/moderation", guards=[moderators])
async def queue(request: Ask) -> Response[bytes]:
    """Show everything that waits, and its first case beside it."""
    rows = await queries.waiting()
    case = await queries.case(rows[0].id) if rows else None
    return await _desk(request, case, rows=rows, alone=False)


@get("/moderation/{number:int}", guards=[moderators])
async def one_case(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a case, and the queue beside it."""
    return await _desk(request, await _found(number))


@post("/moderation/{number:int}", guards=[moderators])
async def decide(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Decide a case and go to the next one."""
    form = await typed(request)
    errors = Errors(tongue_of(request))
    given = decided(form, errors)
    if given is None:
        return await _desk(request, await _found(number), form=form, errors=errors)
    await _found(number)
    try:
        await actions.decide(request.user, number, given)
    except Refused as refused:
        return await _desk(request, await _found(number), form=form, refused=refused)
    following = await queries.next_case(number)
    return go(request, f"/moderation/{following}" if following else "/moderation", done=f"case-{given.act}")


@get("/moderation/decided", guards=[moderators])
async def decisions(request: Ask) -> Response[bytes]:
    """Show what was decided, by whom and why, the newest first."""
    number = whole(request.query_params.get("page"), 1)
    pages = max(1, -(-await queries.decisions_total() // PAGE_SIZE))
    rows = await queries.decisions(number, PAGE_SIZE)
    return page(request, "moderation/decided.html", rows=rows, number=number, pages=pages, rules=_titles())


async def _found(number: int) -> Case:
    case = await queries.case(number) if number <= MOST_NUMBER else None
    if case is None:
        raise Missing
    return case


async def _desk(
    request: Ask,
    case: Case | None,
    *,
    rows: list[queries.Waiting] | None = None,
    alone: bool = True,
    form: Typed = NOTHING_TYPED,
    errors: Errors | None = None,
    refused: Refused | None = None,
) -> Response[bytes]:
    rows = await queries.waiting() if rows is None else rows
    return page(
        request,
        "moderation/desk.html",
        status=422 if errors else 409 if refused else 200,
        rows=rows,
        total=await queries.waiting_count(),
        counts=await queries.waiting_counts(),
        alone=alone,
        shown=await _shown(case, form) if case else None,
        following=await queries.next_case(case.id) if case else None,
        most=MOST_WORDS,
        typed=form,
        errors=errors.found if errors else {},
        why=refused.why if refused else None,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as the desk shows it."""

    case: Case
    view: Markup
    typed_view: Markup
    weights: list[tuple[str, str, float]]
    rest: float
    total: float
    reports: list[Told]
    record: queries.AuthorRecord
    acts: tuple[Act, ...]
    rule: str
    decision: queries.Decision | None
    suspected: bool
    rules: tuple[object, ...] = PUBLISHED


async def _shown(case: Case, form: Typed) -> Shown:
    reports = await queries.reports_of(case.id)
    weights, rest = _heaviest(case.weighed)
    spans, passages = _passages(case)
    guessed = likely_rule(case.held, [told.reason for told in reports])
    is_open = case.state is CaseState.OPEN
    return Shown(
        case=case,
        view=queries.marked(case.public_view, passages),
        typed_view=mark(case.source, spans),
        weights=weights,
        rest=rest,
        total=sum(reason.weight for reason in case.weighed),
        reports=reports,
        record=await queries.author_record(case.author),
        acts=acts_for(case.publicity) if is_open else (),
        rule=form["rule"] or (guessed or ""),
        suspected=_suspected(case),
        decision=None if is_open else await queries.decision_of(case.id),
    )


def _heaviest(weighed: tuple[Weighed, ...]) -> tuple[list[tuple[str, str, float]], float]:
    """Give the reasons that weigh most as (kind, shown, weight), and the sum of all the others."""
    named = [reason for reason in weighed if reason.kind in {"word", "link", "feature"}]
    top = sorted(named, key=lambda reason: -abs(reason.weight))[:MOST_SHOWN]
    shown = [(reason.kind, FEATURES.get(reason.shown, reason.shown), reason.weight) for reason in top]
    rest = sum(reason.weight for reason in weighed) - sum(reason.weight for reason in top)
    return sorted(shown, key=lambda row: -row[2]), rest


def _suspected(case: Case) -> bool:
    """Say whether the check for spam spoke against the text."""
    return case.probability is not None and case.threshold is not None and case.probability >= case.threshold


def _passages(case: Case) -> tuple[list[tuple[int, int]], list[str]]:
    """Give what is marked in the text: the passages that speak for spam, and contact details where they hold it."""
    named = [r for r in case.weighed if r.weight >= LEAST_MARKED and r.kind in {"word", "link"}]
    heavy = sorted(named if _suspected(case) else [], key=lambda r: -r.weight)
    spans = [(r.start, r.end) for r in heavy[:MOST_MARKED] if r.start is not None and r.end is not None]
    if Held.CONTACT_DETAILS in case.held:
        spans += [(contact.start, contact.end) for contact in contacts(case.source)]
    hosts = [r.shown for r in heavy[:MOST_MARKED] if r.kind == "link"]
    return spans, [case.source[start:end] for start, end in spans] + hosts


def _titles() -> dict[Rule, tuple[int, str]]:
    return {published.rule: (published.number, published.title) for published in PUBLISHED}


ROUTES = (queue, decisions, one_case, decide)
