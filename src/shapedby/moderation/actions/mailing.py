"""Mails to moderators: what waits, once a day, and what cannot wait, at once."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor
from shapedby.moderation import queries
from shapedby.moderation.rules.desk import Filter
from shapedby.notices.actions import tell

HOUR = 7
MOST_LISTED = 10


async def send_digests(zone: str) -> int:
    """Mail each moderator who wants it what waits for them, once a day after seven; gives how many mails.

    Nobody gets a mail about nothing.
    """
    day = await queries.digest_day(zone, HOUR)
    sent = 0
    for person in await queries.wants_mail() if day else []:
        async with db.transaction():
            rows = await queries.waiting(person, Filter(), MOST_LISTED)
            if rows:
                tally = await queries.tally(person)
                context = {"rows": rows, "total": tally.total, "mine": tally.mine}
                sent += await tell([person], "moderation/digest", context, kind="desk", once=f"desk-{day}")
    return sent


async def tell_urgent(case: int) -> int:
    """Mail every moderator who wants it about a case that cannot wait, once a case; gives how many mails."""
    people = await queries.wants_mail()
    return await tell(people, "moderation/urgent", {"case": case}, kind="desk", once=f"urgent-{case}")


async def choose_mail(actor: Actor, *, wanted: bool) -> None:
    """Keep whether a moderator wants mails about what waits."""
    await queries.keep_mail_choice(actor.person, wanted=wanted)
