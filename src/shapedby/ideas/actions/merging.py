"""Joining two ideas: proposed by an officer or an author, done when the authors of both agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapedby import db
from shapedby.ideas import queries
from shapedby.ideas.queries import Idea, merging
from shapedby.ideas.queries import together as kept
from shapedby.ideas.queries.together import Merge
from shapedby.ideas.rules import Stage, StepKind
from shapedby.ideas.rules.together import (
    PROPOSAL_LASTS,
    CameBy,
    MergeBecause,
    MergeState,
    Side,
    Why,
    agrees,
    why_not_merge,
    why_not_propose_merge,
)
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.notices.actions import About, Kind, audience, tell
from shapedby.notices.actions.telling import tell_each
from shapedby.people.actions import record_act
from shapedby.people.queries import can_be_asked


@dataclass(frozen=True, slots=True)
class Notes:
    """The council's sentences for the steps of both ideas, in each of its languages."""

    source: Words
    target: Words


async def propose(actor: Actor, source: int, target: int, because: MergeBecause, notes: Notes) -> Merge:
    """Propose that an idea goes into another; done at once where nobody is left to be asked.

    An author who proposes agrees by that; an officer's proposal needs the authors of both. Raises ``Missing``,
    ``Refused``.
    """
    async with db.transaction():
        one, other = await _side(source), await _side(target)
        if why := why_not_propose_merge(actor, one, other):
            raise Refused(why)
        await kept.expire_merges(source)
        agreed = (agrees(actor, one), agrees(actor, other))
        number = await kept.insert_merge(source, target, because, actor.person, PROPOSAL_LASTS, agreed=agreed)
        if number is None:
            raise Refused(Why.PROPOSED_ALREADY)
        if actor.is_staff:
            await record_act(actor, "propose-merge", "idea", source, f"into {target}: {because}")
        if all(agreed):
            await _join(actor, await _merge(number), notes)
        else:
            asked = {side.author for side, yes in zip((one, other), agreed, strict=True) if not yes}
            await tell(asked, "ideas/merge_asked", {"merge": number}, kind="decision", once=f"merge-{number}")
        return await _merge(number)


async def consent(actor: Actor, number: int, notes: Notes) -> Merge:
    """Agree, as the author of one of the two ideas; the last one's agreement joins them. Twice is as once.

    Raises ``Missing`` for everybody else, ``Refused`` where the proposal has ended or the ideas have gone on.
    """
    async with db.transaction():
        found = await _merge(number)
        source, target = await _ideas(found)
        if actor.person not in {source.author, target.author}:
            raise Missing
        if found.kept_state is MergeState.DONE:
            return found
        # The same locks in the same order as below: two authors who agree at once wait for each other here.
        await merging.lock_for_merging(found.source, found.target)
        found = await _merge(number)
        if found.state is MergeState.DONE:
            return found
        if found.state is not MergeState.PROPOSED:
            raise Refused(Why.PROPOSAL_ENDED)
        await kept.agree(number, source=actor.person == source.author, target=actor.person == target.author)
        found = await _merge(number)
        if found.source_agreed_at and found.target_agreed_at:
            await _join(actor, found, notes)
        return await _merge(number)


async def decline(actor: Actor, number: int) -> Merge:
    """Say no to a proposal as an author of either idea, or take back one's own; again changes nothing.

    Raises ``Missing`` for everybody else.
    """
    async with db.transaction():
        found = await _merge(number)
        source, target = await _ideas(found)
        own = actor.person == found.proposed_by
        if not own and actor.person not in {source.author, target.author}:
            raise Missing
        state = MergeState.WITHDRAWN if own else MergeState.DECLINED
        if await kept.close_merge(number, state, actor.person) and not own:
            context = {"merge": number}
            await tell([found.proposed_by], "ideas/merge_declined", context, kind="decision", once=f"no-{number}")
        return await _merge(number)


async def _join(actor: Actor, found: Merge, notes: Notes) -> None:
    await merging.lock_for_merging(found.source, found.target)
    one, other = await _side(found.source), await _side(found.target)
    if why := why_not_merge(one, other):
        raise Refused(why)
    if not await kept.close_merge(found.id, MergeState.DONE, actor.person):
        raise Refused(Why.PROPOSAL_ENDED)
    heard = await audience(About.IDEA, found.source), await audience(About.IDEA, found.target)
    if not await queries.set_stage(found.source, one.stage, Stage.MERGED):
        raise Refused(Why.BEING_DECIDED)
    for person in one.authors:
        if person != other.author:
            await kept.insert_writer(found.target, person, CameBy.MERGED)
    await merging.move_supports(found.source, found.target, {*one.authors, *other.authors})
    await merging.mark_merged(found.source, found.target)
    by = actor.person if actor.is_staff else None
    await queries.insert_step(found.source, StepKind.MERGED, by=by, note=notes.source)
    await queries.insert_step(found.target, StepKind.MERGED, by=by, note=notes.target)
    await _tell(actor, found, *heard)


async def _tell(actor: Actor, found: Merge, of_source: Mapping[int, Kind], of_target: Mapping[int, Kind]) -> None:
    """Tell everybody of both ideas once, with the reason; who belongs to both hears of the one that went."""
    context = {"because": found.because.value, "source": found.source, "target": found.target}
    for side, number, people in (("source", found.source, of_source), ("target", found.target, of_target)):
        told = {
            person: kind
            for person, kind in people.items()
            if person != actor.person and (side == "source" or person not in of_source)
        }
        once = f"merged-{found.id}-{side}"
        await tell_each(told, f"ideas/merged_{side}", context, about=(About.IDEA, number), once=once)


async def _side(number: int) -> Side:
    found = await queries.any_idea(number)
    if found is None:
        raise Missing
    return Side(
        number,
        found.challenge,
        found.publicity,
        found.stage,
        found.author,
        found.authors,
        await can_be_asked(found.author),
    )


async def _merge(number: int) -> Merge:
    found = await kept.merge(number)
    if found is None:
        raise Missing
    return found


async def _ideas(found: Merge) -> tuple[Idea, Idea]:
    source, target = await queries.any_idea(found.source), await queries.any_idea(found.target)
    if source is None or target is None:
        raise Missing
    return source, target
