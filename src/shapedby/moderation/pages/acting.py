"""What moderators do with a case beside deciding it: undo, hand over, note, redact."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import N_, Refused
from shapedby.moderation import actions, queries
from shapedby.moderation.forms import MOST_WORDS
from shapedby.moderation.forms.deciding import VERSION_LENGTH
from shapedby.moderation.forms.desk import MOST_PASSAGE, MOST_REASON, redaction, wanted
from shapedby.moderation.pages.showing import desk_page, found_case
from shapedby.moderation.queries import Case
from shapedby.screening.rules import Cut
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import moderators
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of


@post("/moderation/{number:int}/undo", guards=[moderators])
async def undo(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Undo the last decision about a case."""
    form, case = await typed(request), await found_case(number)
    errors = Errors(tongue_of(request))
    reason = errors.text(form, "undo_reason", most=MOST_WORDS)
    asked = wanted(request.query_params)
    if errors:
        return await desk_page(request, case, asked, form=form, errors=errors)
    try:
        await actions.undo(request.user, number, reason, form["seen"][:VERSION_LENGTH])
    except Refused as refused:
        return await desk_page(request, await found_case(number), asked, form=form, refused=refused)
    return go(request, f"/moderation/{number}", done="case-undone")


@post("/moderation/{number:int}/notes", guards=[moderators])
async def note(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Leave colleagues a note."""
    form, case = await typed(request), await found_case(number)
    errors = Errors(tongue_of(request))
    words = errors.text(form, "note", most=MOST_WORDS)
    if errors:
        return await desk_page(request, case, wanted(request.query_params), form=form, errors=errors)
    await actions.note(request.user, number, words)
    return go(request, f"/moderation/{number}", done="case-noted")


@get("/moderation/{number:int}/hand-over", guards=[moderators])
async def choose_colleague(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask to whom a case goes."""
    return await _hand_over(request, await found_case(number))


@post("/moderation/{number:int}/hand-over", guards=[moderators])
async def hand_over(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Hand a case to a colleague and go to the next one."""
    form, case = await typed(request), await found_case(number)
    errors = Errors(tongue_of(request))
    offered = {"0": 0, **{str(one.id): one.id for one in await queries.colleagues(0)}}
    to = errors.one_of(form, "to", offered)
    words = errors.text(form, "words", most=MOST_WORDS, needed=False)
    if errors or to is None:
        return await _hand_over(request, case, form, errors=errors)
    try:
        seen = whole(form["seen_with"], 0, most=2**31 - 1) or None
        await actions.hand_over(request.user, number, to or None, words, seen=seen)
    except Refused as refused:
        return await _hand_over(request, await found_case(number), form, refused=refused)
    asked = wanted(request.query_params)
    following = await queries.next_case(request.user.person, asked, number)
    return go(request, f"/moderation/{following}" if following else "/moderation", done="case-handed")


async def _hand_over(
    request: Ask,
    case: Case,
    form: Typed = NOTHING_TYPED,
    *,
    errors: Errors | None = None,
    refused: Refused | None = None,
) -> Response[bytes]:
    given = {"colleagues": await queries.colleagues(case.assigned_to or 0), "most": MOST_WORDS}
    return _task(request, "moderation/hand_over.html", case, form, given, errors=errors, refused=refused)


@get("/moderation/{number:int}/redact", guards=[moderators])
async def choose_passage(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask which words nobody should read."""
    return _redact(request, await found_case(number))


@post("/moderation/{number:int}/redact", guards=[moderators])
async def redact(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Take a passage out of a text, everywhere."""
    form, case = await typed(request), await found_case(number)
    errors = Errors(tongue_of(request))
    given = redaction(form, errors)
    if given is None:
        return _redact(request, case, form, errors=errors)
    tongues = site_of(request).tongues
    words = tongues.get(case.language, tongue_of(request)).says(N_("removed: %(reason)s")) % {"reason": given.reason}
    # The blocks make it a bar wherever it is read, and keep what follows from making a link of it.
    cut = Cut(given.passage, f"█[{words}]█")
    try:
        await actions.redact(request.user, number, cut, given.reason, given.seen)
    except Refused as refused:
        return _redact(request, await found_case(number), form, refused=refused)
    return go(request, f"/moderation/{number}", done="case-redacted")


def _redact(
    request: Ask,
    case: Case,
    form: Typed = NOTHING_TYPED,
    *,
    errors: Errors | None = None,
    refused: Refused | None = None,
) -> Response[bytes]:
    given = {"most_passage": MOST_PASSAGE, "most_reason": MOST_REASON}
    return _task(request, "moderation/redact.html", case, form, given, errors=errors, refused=refused)


def _task(
    request: Ask,
    template: str,
    case: Case,
    form: Typed,
    given: dict[str, Any],
    *,
    errors: Errors | None,
    refused: Refused | None,
) -> Response[bytes]:
    """Show the page of one task about a case, with what is wrong or why it was not allowed."""
    return page(
        request,
        template,
        status=422 if errors else 409 if refused else 200,
        case=case,
        typed=form,
        errors=errors.found if errors else {},
        why=refused.why if refused else None,
        **given,
    )


ROUTES = (undo, note, choose_colleague, hand_over, choose_passage, redact)
