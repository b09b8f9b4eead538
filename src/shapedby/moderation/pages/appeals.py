"""Appealing, for the author of a text; and the desk's page that decides an appeal."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import Missing, Refused
from shapedby.moderation.actions.appeals import appeal, decide_appeal
from shapedby.moderation.forms import MOST_WORDS
from shapedby.moderation.forms.residents import MOST_APPEAL, appeal_decided, appealed
from shapedby.moderation.queries import appeals as queries
from shapedby.moderation.queries import author_record
from shapedby.moderation.queries.appeals import Appeal, Contested
from shapedby.moderation.rules import MOST_NUMBER, PUBLISHED
from shapedby.moderation.rules.appeals import APPEALABLE, Result, why_not_appeal, why_not_decide_appeal
from shapedby.screening.rules import Publicity
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import moderators, signed_in
from shapedby.web.limits import Limit
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of

MANY_APPEALS = Limit("appeal", 20, timedelta(days=1))


@get("/appeal/{posting:int}", guards=[signed_in])
async def ask_to_appeal(request: Ask, posting: FromPath[int]) -> Response[bytes]:
    """Show an author which rule their text broke, the text, and what became of an appeal."""
    return await _own(request, await _contested(request, posting), NOTHING_TYPED)


@post("/appeal/{posting:int}", guards=[signed_in])
async def take_appeal(request: Ask, posting: FromPath[int]) -> Response[bytes] | Redirect:
    """Take an appeal."""
    form, errors = await typed(request), Errors(tongue_of(request))
    found = await _contested(request, posting)
    words = appealed(form, errors)
    if errors:
        return await _own(request, found, form, errors)
    await MANY_APPEALS.check(str(request.user.person))
    await appeal(request.user, posting, words)
    return go(request, f"/appeal/{posting}", done="appeal-sent")


@get("/moderation/appeals/{number:int}", guards=[moderators])
async def one_appeal(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show the case of an appeal: the text, the first decision, and what its author says."""
    return await _desk(request, number, NOTHING_TYPED)


@post("/moderation/appeals/{number:int}", guards=[moderators])
async def decide(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Decide an appeal."""
    form, errors = await typed(request), Errors(tongue_of(request))
    given = appeal_decided(form, errors)
    if given is None:
        return await _desk(request, number, form, errors=errors)
    await _appeal(number)
    try:
        await decide_appeal(request.user, number, overturns=given.overturns, words=given.words)
    except Refused as refused:
        return await _desk(request, number, form, refused=refused)
    return go(request, "/moderation", done="appeal-overturned" if given.overturns else "appeal-stands")


async def _contested(request: Ask, posting: int) -> Contested:
    found = await queries.contested(posting) if posting <= MOST_NUMBER else None
    known = found is not None and (found.publicity in APPEALABLE or await queries.appeal_of_posting(posting))
    if found is None or found.author != request.user.person or not known or found.publicity is Publicity.WITHDRAWN:
        raise Missing
    return found


async def _own(request: Ask, found: Contested, form: Typed, errors: Errors | None = None) -> Response[bytes]:
    said = await queries.appeal_of_posting(found.posting)
    return page(
        request,
        "moderation/appeal.html",
        status=422 if errors else 200,
        found=found,
        appeal=said,
        waits=said is not None and said.result is Result.WAITS,
        why=why_not_appeal(found.standing),
        rule=next((rule for rule in PUBLISHED if rule.rule is found.rule), None),
        most=MOST_APPEAL,
        typed=form,
        errors=errors.found if errors else {},
    )


async def _appeal(case: int) -> Appeal:
    found = await queries.appeal_of_case(case) if case <= MOST_NUMBER else None
    if found is None:
        raise Missing
    return found


async def _desk(
    request: Ask, case: int, form: Typed, *, errors: Errors | None = None, refused: Refused | None = None
) -> Response[bytes]:
    found = await _appeal(case)
    text = await queries.contested(found.posting)
    if text is None:
        raise Missing
    others = await queries.others_who_moderate(found.first_by)
    why = why_not_decide_appeal(request.user, first_by=found.first_by, others=others)
    return page(
        request,
        "moderation/desk_appeal.html",
        status=422 if errors else 409 if refused else 200,
        appeal=found,
        text=text,
        record=await author_record(text.author),
        waits=found.result is Result.WAITS and text.publicity in APPEALABLE,
        why_not=why if text.author != request.user.person else None,
        is_author=text.author == request.user.person,
        refused=refused.why if refused else None,
        most=MOST_WORDS,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (ask_to_appeal, take_appeal, one_appeal, decide)
