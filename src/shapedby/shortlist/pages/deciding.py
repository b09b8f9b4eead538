"""One idea on the desk: its scores, what the council says, and the forms that decide."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.challenges import queries as challenge_queries
from shapedby.ideas import queries as idea_queries
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import Stage
from shapedby.ideas.rules import Why as IdeaWhy
from shapedby.kernel import N_, Missing, Refused
from shapedby.notices.actions import About, audience
from shapedby.shortlist import actions, forms, queries, rules
from shapedby.shortlist.pages.listing import LARGEST, council_today
from shapedby.shortlist.rules import ResponseKind
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

FASTER = N_("{name} was faster and has decided about this idea. Your words are still below.")
SOMEBODY_FASTER = N_("A colleague was faster and has changed this idea. Your words are still below.")
WORDS = {kind.value.replace("_", "-"): kind for kind in ResponseKind}

done(
    {
        "assessed": N_("We have kept your points."),
        "said-under_review": N_("The idea is under review. We have told its people."),
        "said-shortlisted": N_("The idea is on the shortlist. We have told its people."),
        "said-not_taken_forward": N_("The answer is public. We have told its people."),
        "said-note": N_("The note is public. We have told its people."),
    }
)


@get("/desk/ideas/{number:int}", guards=[officers])
async def idea(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show one idea with everything that an officer needs to decide."""
    return await idea_page(request, await _found(request, number))


@post("/desk/ideas/{number:int}/assess", guards=[officers])
async def assess(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Keep an officer's own points."""
    found, form, errors = await _found(request, number), await typed(request), Errors(tongue_of(request))
    points = forms.read_points(form, errors, await challenge_queries.criteria(found.challenge))
    note = errors.text(form, "note", most=forms.MOST_NOTE, needed=False)
    if errors:
        return await idea_page(request, found, form=form, errors=errors)
    try:
        await actions.assess(request.user, number, points, note)
    except Refused as refused:
        return await refused_page(request, number, form, refused)
    return go(request, f"/desk/ideas/{number}", done="assessed")


@get("/desk/ideas/{number:int}/{word:str}", guards=[officers])
async def write(request: Ask, number: FromPath[int], word: FromPath[str]) -> Response[bytes]:
    """Show the form of one decision, with the mail that it sends."""
    if word not in WORDS:
        raise Missing
    return await say_page(request, await _found(request, number), WORDS[word])


@post("/desk/ideas/{number:int}/{word:str}", guards=[officers])
async def say(request: Ask, number: FromPath[int], word: FromPath[str]) -> Response[Any]:
    """Publish a decision or a note, with its reason."""
    if word not in WORDS:
        raise Missing
    found, form, errors = await _found(request, number), await typed(request), Errors(tongue_of(request))
    kind, tongues = WORDS[word], site_of(request).tongues
    reason = forms.read_reason(form, errors, tongues)
    if errors:
        return await say_page(request, found, kind, form=form, errors=errors)
    seen = Stage(form["seen"]) if form["seen"] in {stage.value for stage in Stage} else None
    try:
        await actions.answer(request.user, number, kind, reason, languages=tuple(tongues), seen=seen)
    except Refused as refused:
        return await refused_page(request, number, form, refused, kind)
    return go(request, f"/desk/ideas/{number}", done=f"said-{kind}")


async def refused_page(
    request: Ask, number: int, form: Typed, refused: Refused, kind: ResponseKind | None = None
) -> Response[bytes]:
    """Say why an action was refused, or who was faster, beside what was typed."""
    tongue, errors = tongue_of(request), Errors(tongue_of(request))
    if isinstance(refused.why, IdeaWhy) and refused.why is IdeaWhy.COLLEAGUE_WAS_FASTER:
        name = await queries.last_decider(number)
        errors.found[""] = tongue.says(FASTER).format(name=name) if name else tongue.says(SOMEBODY_FASTER)
    else:
        errors.add("", refused.why, **refused.facts)
    found = await _found(request, number)
    if kind is None:
        return await idea_page(request, found, form=form, errors=errors, status=409)
    return await say_page(request, found, kind, form=form, errors=errors, status=409)


async def _found(request: Ask, number: int) -> Idea:
    found = await idea_queries.idea_for(request.user, number) if number <= LARGEST else None
    if found is None or found.sent_at is None:
        raise Missing
    return found


async def idea_page(
    request: Ask, found: Idea, *, form: Typed | None = None, errors: Errors | None = None, status: int = 422
) -> Response[bytes]:
    """Show an idea, its assessments, the form for one's own, and what can be decided."""
    number, actor, day = found.number, request.user, await council_today(request)
    weighing, given = await queries.weighing(number), await queries.assessments(number)
    if weighing is None:
        raise Missing
    mine = next((one for one in given if one.officer == actor.person), None)
    kept = {f"points_{criterion}": [str(points)] for criterion, points in mine.points.items()} if mine else {}
    return page(
        request,
        "shortlist/idea.html",
        status=status if errors else 200,
        idea=found,
        due=rules.due(found.stage, found.answer_by, day),
        criteria=await challenge_queries.criteria(found.challenge),
        assessments=given,
        mean=sum(one.score for one in given) / len(given) if given else None,
        why_not_assess=rules.why_not_assess(actor, weighing),
        why_not={word: rules.WHY_NOT[kind](actor, weighing) for word, kind in WORDS.items()},
        weighing=weighing,
        responses=await queries.responses(number),
        steps=await idea_queries.steps(number),
        typed=form or Typed({**kept, "note": [mine.note if mine else ""]}),
        errors=errors.found if errors else {},
    )


async def say_page(
    request: Ask,
    found: Idea,
    kind: ResponseKind,
    *,
    form: Typed = NOTHING_TYPED,
    errors: Errors | None = None,
    status: int = 422,
) -> Response[bytes]:
    """Show the form of one decision; where it cannot be taken, say why and keep what was typed."""
    weighing = await queries.weighing(found.number)
    if weighing is None:
        raise Missing
    tongues = site_of(request).tongues
    kept = found.answer_by and found.answer_by >= await council_today(request)
    days = {code: tongue.date(found.answer_by) if kept else "" for code, tongue in tongues.items()}
    proposed: Mapping[str, str] = {}
    if kind is ResponseKind.UNDER_REVIEW:
        proposed = forms.proposed_reason(found.stage, days, tongues)
    return page(
        request,
        "shortlist/say.html",
        status=status if errors else 200,
        idea=found,
        kind=kind,
        word=kind.value.replace("_", "-"),
        why=rules.WHY_NOT[kind](request.user, weighing),
        needed=weighing.supports_needed,
        seen=form["seen"] if status == 422 and form["seen"] else found.stage,  # noqa: PLR2004 - of a form with errors
        told=len(await audience(About.IDEA, found.number)),
        most=rules.MOST_REASON,
        typed=form
        if "reason_" + next(iter(tongues)) in form
        else Typed({f"reason_{code}": [words] for code, words in proposed.items()}),
        errors=errors.found if errors else {},
    )


ROUTES = (idea, assess, write, say)
