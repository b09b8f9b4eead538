"""Proposing that two ideas become one, and what their authors say to that."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas import queries
from shapedby.ideas.actions import merging
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries import together as kept
from shapedby.ideas.queries.together import Merge
from shapedby.ideas.rules.together import PROPOSAL_LASTS, MergeBecause, MergeState
from shapedby.kernel import N_, Missing, Refused
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import signed_in
from shapedby.web.language import Tongue
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done, sentence

MOST_WORDS = 100
MOST_NUMBER = 2**31 - 1
JOINED_INTO = N_("Joined with idea {number}. {because}")
JOINED_FROM = N_("Idea {number} was joined with this one. {because}")

done(
    {
        "merge-proposed": N_("We have asked the authors. The ideas are joined when both agree."),
        "merge-done": N_("The two ideas are one now."),
        "merge-agreed": N_("Thank you. We wait for the other author."),
        "merge-declined": N_("You said no. Both ideas stay as they are."),
        "merge-withdrawn": N_("You have taken your proposal back. Both ideas stay as they are."),
    }
)


@get("/ideas/{number:int}/merge", guards=[signed_in])
async def look_for_other(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Find the other idea, then say which one stays and why."""
    found = await _proposable(request, number)
    other = whole(request.query_params.get("with"), 0, most=MOST_NUMBER)
    if other:
        return await _form(request, found, await _public(other), NOTHING_TYPED, {})
    words = request.query_params.get("q", "")[:MOST_WORDS].replace("\0", " ").strip()
    others = await kept.candidates(found.challenge, number, words)
    waiting = await kept.open_merges(number)
    return page(request, "ideas/merge_find.html", idea=found, words=words, others=others, waiting=waiting)


@post("/ideas/{number:int}/merge", guards=[signed_in])
async def propose(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Propose that one of two ideas goes into the other."""
    found, form, errors = await _proposable(request, number), await typed(request), Errors(tongue_of(request))
    other = await _public(whole(form["with"], 0, most=MOST_NUMBER))
    because = errors.choice(form, "because", MergeBecause)
    stays = errors.one_of(form, "stays", {str(found.number): found.number, str(other.number): other.number})
    if errors or because is None or stays is None:
        return await _form(request, found, other, form, errors.found)
    goes = other.number if stays == found.number else found.number
    try:
        made = await merging.propose(request.user, goes, stays, because, _notes(request, goes, stays, because))
    except Refused as refused:
        errors.add("because", refused.why)
        return await _form(request, found, other, form, errors.found)
    return go(request, f"/merges/{made.id}", done=_done(made))


@get("/merges/{number:int}", guards=[signed_in])
async def proposal(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a proposal to those whom it concerns: both ideas, what would happen, and who has agreed."""
    found = await kept.merge(number)
    if found is None:
        raise Missing
    source, target = await queries.any_idea(found.source), await queries.any_idea(found.target)
    actor = request.user
    if source is None or target is None or not (_concerned(source, request) or _concerned(target, request)):
        raise Missing
    asked = (actor.person == source.author and not found.source_agreed_at) or (
        actor.person == target.author and not found.target_agreed_at
    )
    return page(
        request,
        "ideas/merge.html",
        merge=found,
        source=source,
        target=target,
        waits=found.state is MergeState.PROPOSED,
        asked=asked,
        is_author=actor.person in {source.author, target.author},
        own=actor.person == found.proposed_by,
    )


@post("/merges/{number:int}", guards=[signed_in])
async def answer(request: Ask, number: FromPath[int]) -> Redirect:
    """Agree to a proposal, say no to it, or take it back."""
    found = await kept.merge(number)
    if found is None:
        raise Missing
    if (await typed(request))["act"] == "agree":
        notes = _notes(request, found.source, found.target, found.because)
        return go(
            request, f"/merges/{number}", done=_done(await merging.consent(request.user, number, notes), agreed=True)
        )
    declined = await merging.decline(request.user, number)
    done_key = "merge-withdrawn" if declined.state is MergeState.WITHDRAWN else "merge-declined"
    return go(request, f"/merges/{number}", done=done_key)


def _done(made: Merge, *, agreed: bool = False) -> str:
    if made.state is MergeState.DONE:
        return "merge-done"
    return "merge-agreed" if agreed else "merge-proposed"


def _concerned(idea: Idea, ask: Ask) -> bool:
    return ask.user.person in idea.authors or ask.user.is_officer


async def _proposable(ask: Ask, number: int) -> Idea:
    """Give a public idea of one's own, or any for an officer; to others this page does not exist."""
    found = await queries.idea(number)
    if found is None or not _concerned(found, ask):
        raise Missing
    return found


async def _public(number: int) -> Idea:
    found = await queries.idea(number)
    if found is None:
        raise Missing
    return found


async def _form(ask: Ask, found: Idea, other: Idea, form: Typed, errors: Mapping[str, str]) -> Response[bytes]:
    return page(
        ask,
        "ideas/merge_propose.html",
        status=422 if errors else 200,
        form=True,
        idea=found,
        other=other,
        typed=form,
        errors=errors,
        because=tuple(MergeBecause),
        days=PROPOSAL_LASTS.days,
    )


def _notes(ask: Ask, source: int, target: int, because: MergeBecause) -> merging.Notes:
    """Say in every language of the council what happened, by the ideas' numbers: their titles may change."""
    tongues = site_of(ask).tongues
    return merging.Notes(
        {code: _said(tongue, JOINED_INTO, target, because) for code, tongue in tongues.items()},
        {code: _said(tongue, JOINED_FROM, source, because) for code, tongue in tongues.items()},
    )


def _said(tongue: Tongue, text: str, number: int, because: MergeBecause) -> str:
    return tongue.says(text).format(number=number, because=sentence(tongue, because))


ROUTES = (look_for_other, propose, proposal, answer)
