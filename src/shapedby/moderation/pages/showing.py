"""A case as the desk shows it, and the desk around it."""

from dataclasses import dataclass

from litestar import Response
from markupsafe import Markup

from shapedby.kernel import Missing, Refused
from shapedby.moderation import queries
from shapedby.moderation.forms import FEATURES, MOST_WORDS
from shapedby.moderation.forms.desk import query_of
from shapedby.moderation.pages.site import desk_state
from shapedby.moderation.queries import Case, Told
from shapedby.moderation.rules import MOST_NUMBER, PUBLISHED, Act, acts_for, likely_rule
from shapedby.moderation.rules.desk import Age, Filter, Whose
from shapedby.pictures.queries import Picture
from shapedby.pictures.queries import of as pictures_of
from shapedby.screening.rules import CaseState, Held, Kind, RaisedBy
from shapedby.spam.rules import Reason as Weighed
from shapedby.text import contacts, mark
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed
from shapedby.web.page import page
from shapedby.web.site import Ask

MOST_SHOWN = 7
MOST_MARKED = 12
LEAST_MARKED = 0.5
"""A passage that weighs less says nothing to a reader."""


async def found_case(number: int) -> Case:
    """Find a case, or raise ``Missing``."""
    case = await queries.case(number) if number <= MOST_NUMBER else None
    if case is None:
        raise Missing
    return case


async def desk_page(
    request: Ask,
    case: Case | None,
    wanted: Filter,
    *,
    rows: list[queries.Waiting] | None = None,
    alone: bool = True,
    form: Typed = NOTHING_TYPED,
    errors: Errors | None = None,
    refused: Refused | None = None,
) -> Response[bytes]:
    """Show the queue with a case beside it; ``alone`` is a page about one case."""
    person = request.user.person
    rows = await queries.waiting(person, wanted) if rows is None else rows
    tally = await queries.tally(person)
    full = len(rows) == queries.MOST_ROWS or wanted.in_use
    return page(
        request,
        "moderation/desk.html",
        status=422 if errors else 409 if refused else 200,
        rows=rows,
        total=await queries.matching(person, wanted) if full else len(rows),
        tally=tally,
        state=await desk_state(),
        wanted=wanted,
        query=query_of(wanted),
        kinds=list(Kind),
        raisers=list(RaisedBy),
        ages=list(Age),
        whose=list(Whose),
        alone=alone,
        shown=await shown_case(case, form) if case else None,
        following=_following(rows, case) if case else None,
        most=MOST_WORDS,
        typed=form,
        errors=errors.found if errors else {},
        why=refused.why if refused else None,
    )


def _following(rows: list[queries.Waiting], case: Case) -> int | None:
    """Give the case behind one in the rows at hand, else the first: what a decision most probably leads to."""
    numbers = [row.id for row in rows]
    behind = numbers[numbers.index(case.id) + 1 :] if case.id in numbers else []
    return next((number for number in [*behind, *numbers] if number != case.id), None)


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
    decisions: list[queries.Decision]
    decision: queries.Decision | None
    may_undo: bool
    around: queries.Around | None
    versions: list[queries.Version]
    pictures: list[Picture]
    notes: list[queries.Remark]
    alike: int
    suspected: bool
    rules: tuple[object, ...] = PUBLISHED


async def shown_case(case: Case, form: Typed = NOTHING_TYPED) -> Shown:
    """Put together what the desk shows of a case; every list in it has a limit."""
    reports = await queries.reports_of(case.id)
    weights, rest = _heaviest(case.weighed)
    spans, passages = _passages(case)
    guessed = likely_rule(case.held, [told.reason for told in reports])
    is_open = case.state is CaseState.OPEN
    on_appeal = case.raised_by is RaisedBy.APPEAL
    decisions = await queries.decisions_of(case.id) if case.turn else []
    standing = next((decision for decision in decisions if decision.act is not Act.REDACT), None)
    may_undo = not on_appeal and standing is not None and standing.act is not Act.UNDO
    return Shown(
        case=case,
        view=queries.marked(case.public_view, passages),
        typed_view=mark(case.source, spans),
        weights=weights,
        rest=rest,
        total=sum(reason.weight for reason in case.weighed),
        reports=reports,
        record=await queries.author_record(case.author),
        acts=acts_for(case.publicity) if is_open and not on_appeal else (),
        rule=form["rule"] or (guessed or ""),
        suspected=_suspected(case),
        decisions=decisions,
        decision=None if is_open else standing,
        may_undo=may_undo,
        around=await queries.around(case.posting) if case.kind is Kind.COMMENT else None,
        versions=await queries.versions(case.posting),
        pictures=await pictures_of(case.posting),
        notes=await queries.notes(case.id),
        alike=await queries.likely_kin(case.id, case.posting) if is_open else 0,
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
        of_oneself = case.kind in {Kind.NAME, Kind.ABOUT_ME}
        spans += [contact.span for contact in contacts(case.source, of_oneself=of_oneself)]
    hosts = [r.shown for r in heavy[:MOST_MARKED] if r.kind == "link"]
    return spans, [case.source[start:end] for start, end in spans] + hosts
