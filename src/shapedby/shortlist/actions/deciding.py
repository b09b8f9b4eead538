"""What officers do with ideas: assess, take under review, shortlist, decline, respond; and finish a challenge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from shapedby import db
from shapedby.challenges import actions as challenge_actions
from shapedby.challenges.queries import criteria as criteria_of
from shapedby.ideas import actions as idea_actions
from shapedby.ideas import queries as idea_queries
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import Stage
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.notices.actions import About, tell_all
from shapedby.people.actions import record_act
from shapedby.shortlist import queries, rules
from shapedby.shortlist.rules import ResponseKind, Weighing
from shapedby.text import clean_later

KIND = "idea"


async def take_under_review(
    actor: Actor, number: int, reason: Words, *, languages: Sequence[str], seen: Stage | None = None
) -> None:
    """Begin to weigh an idea, and tell its people so."""
    await answer(actor, number, ResponseKind.UNDER_REVIEW, reason, languages=languages, seen=seen)


async def shortlist(
    actor: Actor, number: int, reason: Words, *, languages: Sequence[str], seen: Stage | None = None
) -> None:
    """Put an idea on the shortlist, for a published reason."""
    await answer(actor, number, ResponseKind.SHORTLISTED, reason, languages=languages, seen=seen)


async def decline(
    actor: Actor, number: int, reason: Words, *, languages: Sequence[str], seen: Stage | None = None
) -> None:
    """Say that an idea is not taken forward, for a published reason."""
    await answer(actor, number, ResponseKind.NOT_TAKEN_FORWARD, reason, languages=languages, seen=seen)


async def respond(actor: Actor, number: int, reason: Words, *, languages: Sequence[str]) -> None:
    """Write a note in the council's voice under an idea."""
    await answer(actor, number, ResponseKind.NOTE, reason, languages=languages)


async def assess(actor: Actor, number: int, points: Mapping[int, int], note: str = "") -> None:
    """Keep an officer's own points for an idea, 0 to 5 by the criterion's number; they may change them again."""
    async with db.transaction():
        await queries.lock_idea(number)
        idea, _ = await _known(number)
        refuse(rules.why_not_assess(actor, idea))
        found = await idea_queries.any_idea(number)
        criteria = await criteria_of(found.challenge) if found else []
        refuse(rules.why_not_score(points, [criterion.id for criterion in criteria]))
        await queries.keep_assessment(number, actor.person, points, note)
        await record_act(actor, "assess", KIND, number)


async def finish(actor: Actor, challenge: int) -> None:
    """Call a challenge decided, once every idea of it has its answer."""
    async with db.transaction():
        waiting = await queries.waiting(challenge)
        refuse(rules.why_not_finish(waiting), count=waiting)
        await challenge_actions.finish(actor, challenge)


async def answer(
    actor: Actor, number: int, kind: ResponseKind, reason: Words, *, languages: Sequence[str], seen: Stage | None = None
) -> None:
    """Record what the council says: the stage, the response, the step, the audit and the mails, or nothing.

    ``seen`` is the stage that the officer saw, None for the present one. Raises ``Refused``, also where a colleague
    was faster.
    """
    reason = {language: words.strip() for language, words in reason.items() if words.strip()}
    refuse(rules.why_not_say(reason, languages))
    html = {language: await clean_later(words) for language, words in reason.items()}
    async with db.transaction():
        idea, _ = await _known(number)
        # The rule is asked about the stage that was seen: if a colleague has changed it meanwhile, that is what the
        # slower officer should hear, not the rule it breaks.
        seen = seen or idea.stage
        refuse(rules.WHY_NOT[kind](actor, replace(idea, stage=seen)), needed=idea.supports_needed)
        to = rules.STAGE_OF.get(kind)
        if to is not None:
            await idea_actions.change_stage(number, seen, to, by=actor.person, note=reason)
        response = await queries.insert_response(number, actor.person, kind, reason, html)
        await record_act(actor, kind.value, KIND, number)
        await _tell(number, kind, reason, response, by=actor.person)


async def _tell(number: int, kind: ResponseKind, reason: Words, response: int, *, by: int) -> None:
    """Mail everybody who hears of an idea what the council said, each once."""
    told = {"kind": kind.value, "reason": reason}
    await tell_all(About.IDEA, number, "shortlist/answer", told, once=f"response-{response}", but=by)


async def _known(number: int) -> tuple[Weighing, Idea]:
    idea, found = await queries.weighing(number), await idea_queries.any_idea(number)
    if idea is None or found is None:
        raise Missing
    return idea, found


def refuse(why: StrEnum | None, **facts: object) -> None:
    """Raise what a rule answered."""
    if why is not None:
        raise Refused(why, **facts)
