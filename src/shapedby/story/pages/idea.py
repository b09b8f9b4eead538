"""The idea's permalink: its text, its whole life, the council's voice, its support and its discussion."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.comments import forms as comment_forms
from shapedby.comments import queries as comments
from shapedby.comments.actions import withdraw, write
from shapedby.comments.queries import Comment
from shapedby.comments.rules import MOST_TEXT, why_not_comment
from shapedby.coproduction.queries import figures
from shapedby.coproduction.queries.project import project_of
from shapedby.ideas import queries as ideas
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import Stage, SupportState, why_not_edit, why_not_support, why_not_withdraw
from shapedby.kernel import N_, Actor, Gone, Missing
from shapedby.moderation.queries import last_decision
from shapedby.moderation.queries.appeals import broken_rules
from shapedby.screening.rules import Publicity
from shapedby.shortlist.queries import responses
from shapedby.story.queries import is_known
from shapedby.story.rules import KNOWN_AFTER, Point, life
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done, says

TAKEN_AWAY = frozenset({Publicity.WITHDRAWN, Publicity.HIDDEN})

says(
    {
        Point.SENT: N_("Sent"),
        Point.PUBLISHED: N_("Published"),
        Point.REVIEWED: N_("Under review"),
        Point.DECIDED: N_("Shortlist"),
        Point.DECLINED: N_("Not taken forward"),
        Point.STARTED: N_("Building it together"),
        Point.FINISHED: N_("Built"),
    }
)

done(
    {
        "comment-public": N_("Thank you. Your comment is published."),
        "comment-held": N_("Thank you. Your comment is waiting for a check. We tell you by mail what becomes of it."),
        "comment-withdrawn": N_("Your comment is taken back."),
    }
)


@get("/ideas/{number:int}", guards=[anyone])
async def short(request: Ask, number: FromPath[int]) -> Redirect:
    """Lead to the address with the title in it."""
    found = await _idea(request.user, number)
    return Redirect(found.address, status_code=301 if found.is_public else 303)


@get("/ideas/{number:int}/{slug:str}", guards=[anyone], shared=("page",))
async def show(request: Ask, number: FromPath[int], slug: FromPath[str]) -> Response[Any]:
    """Show an idea with everything that belongs to it."""
    found = await _idea(request.user, number)
    if found.publicity is Publicity.DRAFT:
        return Redirect(f"/ideas/{number}/edit", status_code=303)
    if slug != found.slug:
        return Redirect(found.address, status_code=301 if found.is_public else 303)
    return await _page(request, found, NOTHING_TYPED, {})


async def _idea(actor: Actor, number: int) -> Idea:
    found = await ideas.idea_for(actor, number)
    if found is not None:
        return found
    once = await ideas.any_idea(number)
    raise Gone if once and once.public_at and once.publicity in TAKEN_AWAY else Missing


async def _page(request: Ask, found: Idea, form: Typed, errors: Mapping[str, str], chosen: int = 0) -> Response[bytes]:
    """Put the page of an idea together; every query of it has a limit, and none depends on how much there is."""
    actor = request.user
    number = whole(request.query_params.get("page"), 1)
    chosen_comment = await comments.comment(chosen) if chosen else None
    if chosen_comment:
        number = await comments.page_of(chosen_comment)
    thread = await comments.thread(found.number, number)
    steps = await ideas.steps(found.number)
    project = await project_of(found.number) if found.stage is Stage.PROJECT else None
    mine = await ideas.my_support(found.number, actor.person) if actor.signed_in else None
    answers = whole(form["answers"] or request.query_params.get("reply"), 0, most=2**31 - 1)
    return page(
        request,
        "story/idea.html",
        status=422 if errors else 200,
        idea=found,
        marks=life(found.stage, [(step.kind, step.at) for step in steps], found.answer_by),
        steps=steps,
        responses=await responses(found.number),
        project=project,
        figures=await figures.indicators(project.id) if project else [],
        thread=thread,
        chosen=chosen,
        broken=await broken_rules(gone) if (gone := _gone(thread)) else {},
        unknown=not await is_known(found.author, KNOWN_AFTER),
        replying=_found_in(thread, answers),
        supported=mine is SupportState.COUNTED,
        why_not_support=why_not_support(
            actor, author=found.author, publicity=found.publicity, challenge=found.challenge_stage
        ),
        why_not_comment=why_not_comment(actor, publicity=found.publicity, challenge=found.challenge_stage),
        most=MOST_TEXT,
        decision=None if found.is_public else await last_decision(found.posting),
        typed=form,
        errors=errors,
        **_own(actor, found),
    )


def _own(actor: Actor, found: Idea) -> dict[str, bool]:
    """Say what the author can do with it."""
    edit = why_not_edit(
        actor, author=found.author, publicity=found.publicity, stage=found.stage, supports=found.supports
    )
    take_back = why_not_withdraw(actor, author=found.author, publicity=found.publicity, stage=found.stage)
    return {"may_edit": edit is None, "may_withdraw": take_back is None, "is_author": actor.person == found.author}


def _gone(thread: comments.Thread) -> list[int]:
    """List the texts of which only their place is shown."""
    return [talk.comment.posting for talk in thread.talks if not talk.comment.is_public]


def _found_in(thread: comments.Thread, number: int) -> Comment | None:
    """Give the comment that is being replied to, where it stands on this page."""
    every = (one for talk in thread.talks for one in (talk.comment, *talk.replies))
    return next((one for one in every if one.id == number and one.is_public), None)


@post("/ideas/{number:int}/comments", guards=[signed_in])
async def comment(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Add a comment or a reply."""
    form = await typed(request)
    found = await _idea(request.user, number)
    if not request.user.welcomed:
        return go(request, f"/welcome?next={found.address}")
    tongue = tongue_of(request)
    errors = Errors(tongue)
    remark = comment_forms.read(form, errors)
    if errors:
        return await _page(request, found, form, errors.found)
    written, publicity = await write(
        request.user,
        number,
        remark.answers,
        remark.source,
        language=tongue.code,
        contacts_kept=remark.contacts_kept,
    )
    if publicity is Publicity.PUBLIC:
        return go(request, f"{found.address}#comment-{written}", done="comment-public")
    if publicity is Publicity.QUARANTINED:
        return go(request, f"/comments/{written}")
    return go(request, f"{found.address}#discussion", done="comment-held")


@get("/comments/{number:int}", guards=[anyone], shared=())
async def one_comment(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Show a comment in its context; its author also sees that it waits for a check."""
    found = await comments.any_comment(number)
    if found is None:
        raise Missing
    if not found.is_public:
        own = request.user.signed_in and request.user.person == found.author
        if not own and not request.user.may_moderate:
            raise Missing
        return page(request, "story/comment_waiting.html", comment=found, decision=await last_decision(found.posting))
    return await _page(request, await _idea(request.user, found.idea), NOTHING_TYPED, {}, chosen=number)


@get("/comments/{number:int}/withdraw", guards=[signed_in])
async def ask_to_withdraw(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask whether to take a comment of one's own back."""
    found = await comments.any_comment(number)
    if found is None or found.author != request.user.person or found.publicity is Publicity.WITHDRAWN:
        raise Missing
    return page(request, "story/comment_withdraw.html", comment=found)


@post("/comments/{number:int}/withdraw", guards=[signed_in])
async def take_back(request: Ask, number: FromPath[int]) -> Redirect:
    """Take a comment of one's own back."""
    idea = await withdraw(request.user, number)
    return go(request, f"/ideas/{idea}#discussion", done="comment-withdrawn")


ROUTES = (short, show, comment, one_comment, ask_to_withdraw, take_back)
