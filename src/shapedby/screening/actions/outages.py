"""Noting that texts cannot be checked, and telling the moderators once."""

from __future__ import annotations

import logging

from shapedby import db
from shapedby.notices.actions import tell
from shapedby.screening import queries

log = logging.getLogger(__name__)


async def note_outage() -> None:
    """Note, in the transaction of a text that could not be checked, that there is an outage; the first one tells."""
    if await queries.begin_outage():
        await tell_of_outage()


async def tell_of_outage() -> bool:
    """Send the moderators the one alert of the outage that lasts, where it is still to be sent; gives whether it was.

    There is one alert for each outage, and one in an hour where the check comes and goes.
    """
    async with db.transaction():
        since = await queries.claim_alert()
        if since is None:
            return False
        log.error("texts cannot be checked; the moderators are told")
        people = await queries.moderators()
        await tell(people, "screening/outage", {"since": since}, kind="alert", once=f"outage-{since.isoformat()}")
        return True
