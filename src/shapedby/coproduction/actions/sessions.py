"""Announcing, changing, cancelling and recording sessions, and the places at them."""

from collections.abc import Iterable, Mapping

from shapedby import db
from shapedby.coproduction.actions.project import cleaned
from shapedby.coproduction.actions.telling import tell_of_session
from shapedby.coproduction.queries import places
from shapedby.coproduction.queries import sessions as stored
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.queries.sessions import NewSession, Session
from shapedby.coproduction.rules import Why, why_not_work
from shapedby.coproduction.rules.sessions import (
    Group,
    PlaceState,
    WhyNot,
    why_not_arrive,
    why_not_ask,
    why_not_say,
)
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act


async def announce(
    actor: Actor, project: Project, new: NewSession, *, code: str, second_visit_of: int | None = None
) -> int:
    """Announce a session in the project's phase, with the code that is said at its door; gives its id."""
    _check(actor, project)
    async with db.transaction():
        number = await stored.add(project.id, project.phase, new, code=code, second_visit_of=second_visit_of)
        await record_act(actor, "announce", "session", number)
        await tell_of_session(actor, project, number, new)
    return number


async def change(actor: Actor, project: Project, session: Session, new: NewSession) -> None:
    """Change a session that is not over; those with a place are told of another time or place."""
    _check(actor, project)
    async with db.transaction():
        await places.lock(session.id)
        if not await stored.change(session.id, new):
            raise Refused(WhyNot.CANCELLED if session.cancelled_at else WhyNot.OVER)
        await record_act(actor, "change", "session", session.id)
        moved = (session.starts_at, session.ends_at, session.place) != (new.starts_at, new.ends_at, new.place)
        now = await _again(session.id)
        if moved:
            await _tell(now, await places.going(session.id), "moved", once=f"session-moved:{session.id}:{now.edition}")
        await _move_up(now)


async def cancel(actor: Actor, project: Project, session: Session, why: Words) -> None:
    """Cancel a session that has not begun; those with a place are told why."""
    _check(actor, project)
    async with db.transaction():
        if not await stored.cancel(session.id, why):
            raise Refused(WhyNot.OVER)
        await record_act(actor, "cancel", "session", session.id)
        await _tell(
            await _again(session.id),
            await places.going(session.id),
            "cancelled",
            once=f"session-cancelled:{session.id}",
            why=why,
        )


async def record(
    actor: Actor,
    project: Project,
    session: int,
    *,
    came: int,
    agreed: Words,
    groups: Mapping[Group, int],
    unclear: bool = False,
) -> None:
    """Record how many came, of which groups, and what was agreed; raises ``Refused`` while it is still ahead."""
    _check(actor, project)
    html = await cleaned(agreed)
    async with db.transaction():
        found = await stored.session(session)
        if found is None or found.project != project.id:
            raise Missing
        if not await stored.record(session, came, agreed, html, unclear=unclear):
            raise Refused(Why.SESSION_AHEAD)
        await stored.set_groups(session, groups)
        await record_act(actor, "record", "session", session)


async def ask_for_place(actor: Actor, session: Session, need: str) -> PlaceState:
    """Give somebody a place, or one in the queue; they are told by mail. Asking twice changes only what they need."""
    async with db.transaction():
        left = await places.lock(session.id)
        now = await _again(session.id)
        _refuse(why_not_ask(now.times, now.now, takes_places=now.takes_places, young=actor.young, worker=now.worker))
        before = await places.mine(session.id, actor.person)
        had = before is not None and before.state is not PlaceState.GIVEN_BACK
        wished = PlaceState.WAITING if left == 0 else PlaceState.GOING
        state = await places.ask(session.id, actor.person, wished, need)
        if not had:
            await _tell(now, [actor.person], state.value, once=None)
    return state


async def give_back(actor: Actor, session: Session) -> None:
    """Give back one's place; whoever waits longest gets it and is told."""
    async with db.transaction():
        await places.lock(session.id)
        own = await places.mine(session.id, actor.person)
        if own is not None and await places.give_back(session.id, own.id):
            await _move_up(await _again(session.id))


async def write_down(actor: Actor, project: Project, session: Session, name: str, need: str) -> None:
    """Give somebody without a sign-in a place, or one in the queue."""
    _check(actor, project)
    async with db.transaction():
        left = await places.lock(session.id)
        state = PlaceState.WAITING if left == 0 else PlaceState.GOING
        await places.write_down(session.id, name, state, need, by=actor.person)
        await record_act(actor, "write down", "session", session.id)


async def take_off(actor: Actor, project: Project, session: Session, place: int) -> None:
    """Take somebody off the list; whoever waits longest gets the place and is told."""
    _check(actor, project)
    async with db.transaction():
        await places.lock(session.id)
        if await places.give_back(session.id, place):
            await record_act(actor, "take off the list", "session", session.id)
            await _move_up(await _again(session.id))


async def note_came(actor: Actor, project: Project, session: Session, place: int, *, here: bool) -> None:
    """Note by hand that somebody came, or did not after all."""
    _check(actor, project)
    if session.ahead and here:
        raise Refused(WhyNot.STILL_AHEAD)
    async with db.transaction():
        if await places.came(session.id, place, here=here):
            await record_act(actor, "note who came", "session", session.id)


async def arrive(actor: Actor, session: Session, typed: str) -> None:
    """Say that one is there, with the code that was said at the door."""
    _refuse(why_not_arrive(session.times, session.now, code=session.code, typed=typed))
    async with db.transaction():
        await places.arrive(session.id, actor.person)


async def say(actor: Actor, session: Session, answers: tuple[int, int, int]) -> None:
    """Say what a session was like, once, in three answers from 1 to 5 that nobody can connect with a person."""
    async with db.transaction():
        own = await places.mine(session.id, actor.person)
        has_place = own is not None and own.state is PlaceState.GOING
        _refuse(why_not_say(session.times, session.now, has_place=has_place, said=own is not None and own.said))
        if not await places.say(session.id, actor.person, answers):
            raise Refused(WhyNot.SAID_ALREADY)


async def remind() -> int:
    """Remind everybody with a place of the sessions of the next two days, once; gives how many mails were new."""
    told = 0
    for number in await places.to_remind():
        async with db.transaction():
            found = await _again(number)
            people = [place.person for place in await places.places(number) if place.state is PlaceState.GOING]
            told += await _tell(
                found, [person for person in people if person], "reminder", once=f"session-reminder:{number}"
            )
    return told


async def _again(session: int) -> Session:
    found = await stored.session(session)
    if found is None:
        raise Missing
    return found


async def _move_up(session: Session) -> None:
    if session.over or session.cancelled_at or session.left == 0 or not session.waiting:
        return
    await _tell(session, await places.move_up(session.id, session.left), "moved_up", once=None)


async def _tell(session: Session, people: Iterable[int], what: str, *, once: str | None, **facts: object) -> int:
    told = {
        "what": what,
        "number": session.id,
        "title": session.title,
        "project": session.project_title,
        "starts_at": session.starts_at,
        "place": session.place,
        "link": session.link if what in {"going", "moved_up", "reminder", "moved"} else "",
        "why": {},
    }
    return await tell(people, "coproduction/session", told | facts, kind="session", once=once)


def _check(actor: Actor, project: Project) -> None:
    _refuse(why_not_work(actor, project.state))


def _refuse(why: Why | WhyNot | None) -> None:
    if why:
        raise Refused(why)
