"""The idea's permalink: its text, its whole life, the council's voice, its support and its discussion."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.comments import forms as comment_forms
from shapedby.comments import queries as comments
from shapedby.comments.actions import withdraw, write
from shapedby.comments.rules import Why
from shapedby.coproduction.queries import figures
from shapedby.coproduction.queries.project import project_of
from shapedby.ideas import queries as ideas
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries.beside import beside
from shapedby.ideas.rules import (
    Stage,
    SupportState,
    why_not_edit,
    why_not_support,
    why_not_take_support_back,
    why_not_withdraw,
)
from shapedby.kernel import N_, Actor, Gone, Missing, Refused
from shapedby.moderation.queries import last_decision
from shapedby.notices.actions import About, follows
from shapedby.pictures.queries import pictures_for
from shapedby.screening.rules import Publicity
from shapedby.shortlist.queries import responses
from shapedby.story.pages.talk import SHARED, talk
from shapedby.story.queries import is_known
from shapedby.story.rules import KNOWN_AFTER, Point, life
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done, says

TAKEN_AWAY = frozenset({Publicity.WITHDRAWN, Publicity.HIDDEN, Publicity.DELETED})
OVER = frozenset({Publicity.WITHDRAWN, Publicity.DELETED})

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


@get("/ideas/{number:int}/{slug:str}", guards=[anyone], shared=SHARED)
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
    steps = await ideas.steps(found.number)
    project = await project_of(found.number) if found.stage is Stage.PROJECT else None
    mine = await ideas.standing(found.number, actor.person) if actor.signed_in else None
    state = mine.state if mine else None
    aside = state is SupportState.SET_ASIDE and actor.suspended_until is not None
    decision = None if found.is_public else await last_decision(found.posting)
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
        follows_idea=actor.signed_in and await follows(actor.person, About.IDEA, found.number),
        unknown=not await is_known(found.author, KNOWN_AFTER),
        mine=mine,
        supports_stand=why_not_take_support_back(found.challenge_stage),
        supported=state not in {None, SupportState.WITHDRAWN},
        aside=aside,
        why_not_support=why_not_support(
            actor,
            authors=found.authors,
            publicity=found.publicity,
            challenge=found.challenge_stage,
            stage=found.stage,
        ),
        decision=decision,
        beside=await beside(found, actor),
        pictures=await pictures_for(actor, found.posting, own=found.by(actor)),
        typed=form,
        errors=errors,
        **_own(actor, found, asked=decision is not None and decision.asked),
        **await talk(request, found, form, chosen),
    )


def _own(actor: Actor, found: Idea, *, asked: bool) -> dict[str, bool]:
    """Say what the author can do with it; ``asked``: a moderator waits for a change."""
    edit = why_not_edit(
        actor,
        authors=found.authors,
        publicity=found.publicity,
        stage=found.stage,
        asked=asked,
    )
    take_back = why_not_withdraw(actor, author=found.author, publicity=found.publicity, stage=found.stage)
    return {"may_edit": edit is None, "may_withdraw": take_back is None, "is_author": actor.person in found.authors}


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
    try:
        written, publicity = await write(
            request.user,
            number,
            remark.answers,
            remark.source,
            language=tongue.code,
            contacts_kept=remark.contacts_kept,
        )
    except Refused as refused:
        if refused.why.value != Why.SLOW_DOWN.value:
            raise
        # What was typed stays on the page.
        errors.add("comment", refused.why)
        return await _page(request, found, form, errors.found)
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
    if found is None or found.author != request.user.person or found.publicity in OVER:
        raise Missing
    return page(request, "story/comment_withdraw.html", comment=found)


@post("/comments/{number:int}/withdraw", guards=[signed_in])
async def take_back(request: Ask, number: FromPath[int]) -> Redirect:
    """Take a comment of one's own back."""
    idea = await withdraw(request.user, number)
    return go(request, f"/ideas/{idea}#discussion", done="comment-withdrawn")


ROUTES = (short, show, comment, one_comment, ask_to_withdraw, take_back)
