"""Offering something, bringing it together with a project, and thanking for it."""

from datetime import date
from decimal import Decimal

from shapedby import db
from shapedby.coproduction.queries import offers as stored
from shapedby.coproduction.queries.offers import Offer
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.rules import State, Why, why_not_work
from shapedby.coproduction.rules.offers import OfferState, Thing, WhyNoOffer, why_not_become, why_not_offer
from shapedby.kernel import Actor, Refused, Words
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act


async def ask_for(actor: Actor, project: Project, kind: Thing, what: Words) -> None:
    """Say what a project needs."""
    _refuse(why_not_work(actor, project.state))
    async with db.transaction():
        await record_act(actor, "ask for", "need", await stored.add_need(project.id, kind, what))


async def note_met(actor: Actor, project: Project, need: int, *, met: bool) -> None:
    """Note that a project has what it asked for, or lacks it again."""
    _refuse(why_not_work(actor, project.state))
    async with db.transaction():
        if await stored.set_met(project.id, need, met=met):
            await record_act(actor, "met" if met else "lacking again", "need", need)


async def offer(actor: Actor, project: Project | None, need: int | None, kind: Thing, words: str) -> int:
    """Offer something to a project, or to any; gives its number."""
    async with db.transaction():
        undecided = await stored.undecided(actor.person)
        is_open = project is None or project.state is State.ACTIVE
        _refuse(why_not_offer(actor, project_open=is_open, undecided=undecided))
        return await stored.add_offer(actor.person, project.id if project else None, need, kind, words)


async def withdraw(found: Offer) -> None:
    """Take one's own offer back; again is as once."""
    if found.state is OfferState.WITHDRAWN:
        return
    await _become(found, OfferState.WITHDRAWN, project=None, by=None, answer=found.answer)


async def match(actor: Actor, found: Offer, project: Project, answer: Words) -> None:
    """Bring an offer together with a project; its person is told, with the officer's words."""
    _refuse(why_not_work(actor, project.state))
    async with db.transaction():
        await _become(found, OfferState.MATCHED, project=project.id, by=actor.person, answer=answer)
        await record_act(actor, "match", "offer", found.id)
        facts = {"words": found.words, "answer": answer, "title": project.title, "slug": project.slug}
        await tell([found.person], "coproduction/matched", facts, kind="offer", once=None)


async def decline(actor: Actor, found: Offer, answer: Words) -> None:
    """Say that nothing needs an offer now; its person is told why."""
    async with db.transaction():
        await _become(found, OfferState.DECLINED, project=None, by=actor.person, answer=answer)
        await record_act(actor, "decline", "offer", found.id)
        await tell(
            [found.person], "coproduction/declined", {"words": found.words, "answer": answer}, kind="offer", once=None
        )


async def note_given(actor: Actor, found: Offer, on_day: date, hours: Decimal | None, what: str) -> None:
    """Note what was given or lent on a day."""
    if found.state is not OfferState.MATCHED:
        raise Refused(WhyNoOffer.NOT_MATCHED)
    async with db.transaction():
        await stored.add_given(found.id, on_day, hours, what, actor.person)
        await record_act(actor, "note given", "offer", found.id)


async def _become(found: Offer, to: OfferState, *, project: int | None, by: int | None, answer: Words) -> None:
    _refuse(why_not_become(found.state, to))
    if not await stored.move(found.id, found.state, to, project=project, by=by, answer=answer):
        raise Refused(Why.COLLEAGUE_WAS_FASTER)


def _refuse(why: Why | WhyNoOffer | None) -> None:
    if why:
        raise Refused(why)
