"""From what people are to be told to mails in the outbox: at once, or gathered into the digest of a morning.

Any number of processes may do it at once, and any of them may stop at any moment: what is taken up is locked, and is
marked as told in the transaction that puts its mail into the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from shapedby import db
from shapedby.mail.actions import Receiver, Rendered, in_use, put, render, render_digest
from shapedby.notices.actions.following import Described, described
from shapedby.notices.queries import telling
from shapedby.notices.queries.telling import Due
from shapedby.notices.rules import DIGEST, FIRST, About, How, Next, next_digest, read_moments, stop_token, what_now

AT_A_TIME = 500
MOST_IN_DIGEST = 200
STOP = "/stop/"

Things = Mapping[tuple[About, int], Described]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What happens now with each of some deliveries."""

    mail: list[Due]
    drop: list[Due]
    wait: dict[int, tuple[How, datetime]]


async def deliver(now: datetime | None = None) -> int:
    """Mail what people are to be told by now (the database's time); gives how many mails."""
    moment = await telling.anything_due(now)
    if moment is None:
        return 0
    mails = 0
    while True:
        taken, sent = await _fresh(moment)
        mails += sent
        if taken < AT_A_TIME:
            break
    return mails + await _digests(moment)


async def _fresh(now: datetime) -> tuple[int, int]:
    """Take up what is new: mail it, put it off to its digest, or drop it; gives how much, and how many mails."""
    async with db.transaction():
        due = await telling.fresh(now, AT_A_TIME)
        things = await _things(due)
        parted = _part(due, things, now)
        for (_, _, kind), told in _alike(parted.mail):
            await _mail_alike(told, kind, things)
        await telling.mark_told([one.id for one in parted.mail], How.AT_ONCE.value)
        await telling.mark_told([one.id for one in parted.drop], How.NEVER.value)
        if parted.wait:
            await telling.put_off(parted.wait)
    return len(due), len(parted.mail)


def _part(due: Sequence[Due], things: Things, now: datetime) -> _Sorted:
    """Say what happens with each; what is hidden by now, or has nobody to go to, is told to nobody."""
    parted, zone = _Sorted([], [], {}), in_use().settings.timezone
    for one in due:
        how = one.how or FIRST[one.kind]
        step = what_now(how, How(one.waits_for) if one.waits_for else None)
        if step is Next.DROP or not one.email or _is_gone(one, things):
            parted.drop.append(one)
        elif step is Next.MAIL:
            parted.mail.append(one)
        else:
            parted.wait[one.id] = (how, next_digest(how, now, zone))
    return parted


def _alike(due: Sequence[Due]) -> list[tuple[tuple[int, str, str], list[Due]]]:
    """Gather what is the same mail but for who gets it: written once, sent to many."""
    key = attrgetter("notice", "language", "kind")
    return [(same, list(told)) for same, told in groupby(sorted(due, key=key), key)]


async def _mail_alike(told: Sequence[Due], kind: str, things: Things) -> None:
    first = told[0]
    rendered = render(first.language, first.template, _context(first, things), kind=kind, stops=True)
    await put([(_receiver(one, kind), rendered) for one in told], kind=kind)


def _receiver(one: Due, kind: str) -> Receiver:
    stop = STOP + stop_token(in_use().settings.secret, one.person, kind)
    return Receiver(one.email or "", one.language, f"notice-{one.notice}:{one.person}", stop)


async def _digests(now: datetime) -> int:
    """Write the digests that are due, each in a transaction of its own; gives how many."""
    written, after = 0, 0
    while people := await telling.people_with_digests(now, after, AT_A_TIME):
        for person in people:
            while await _digest(now, person):
                written += 1
        after = people[-1]
    return written


async def _digest(now: datetime, person: int) -> bool:
    """Write one digest; False where nothing is left for this person, or another process writes it."""
    async with db.transaction():
        if not await telling.lock_digest(person):
            return False
        due = await telling.in_digest(now, person, MOST_IN_DIGEST)
        things = await _things(due)
        told = [one for one in due if one.email and not _is_gone(one, things) and one.how is not How.NEVER]
        gone = {one.id for one in due} - {one.id for one in told}
        await telling.mark_told(sorted(gone), How.NEVER.value)
        await telling.mark_told([one.id for one in told], DIGEST)
        if not told:
            return bool(due)
        stop = STOP + stop_token(in_use().settings.secret, person, DIGEST)
        receiver = Receiver(told[0].email or "", told[0].language, f"digest-{told[0].id}:{person}", stop)
        await put([(receiver, _rendered_digest(told, things))], kind=DIGEST)
        return True


def _rendered_digest(told: Sequence[Due], things: Things) -> Rendered:
    """Write what a digest says, by kind in the order of ``Kind``, the oldest first."""
    order = list(FIRST)
    told = sorted(told, key=lambda one: (order.index(one.kind), one.id))
    groups = [
        (kind.value, [(one.template, _context(one, things)) for one in same])
        for kind, same in groupby(told, attrgetter("kind"))
    ]
    return render_digest(told[0].language, groups)


async def _things(due: Sequence[Due]) -> Things:
    """Give how the things that people are told about are called now."""
    found: dict[tuple[About, int], Described] = {}
    for about in {one.about for one in due if one.about}:
        numbers = sorted({one.number for one in due if one.about is about and one.number is not None})
        found |= {(about, number): thing for number, thing in (await described(about, numbers)).items()}
    return found


def _is_gone(one: Due, things: Things) -> bool:
    return one.about is not None and (one.about, one.number) not in things


def _context(one: Due, things: Things) -> dict[str, object]:
    about = things[one.about, one.number] if one.about and one.number is not None else None
    return {**read_moments(one.context), "about": about, "own": one.kind == "my_ideas", "reason_told": one.kind.value}
