"""What becomes of texts in quarantine: brought back to a person, kept, or deleted after thirty days."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Refused
from shapedby.people.actions import record_act
from shapedby.screening import queries
from shapedby.screening.actions.postings import change, locked, open_case, tell_listeners
from shapedby.screening.rules import Publicity, RaisedBy, Why


async def bring_back(posting: int, by: int | None, raised_by: RaisedBy = RaisedBy.CLASSIFIER) -> int:
    """Bring a text from quarantine to the ordinary queue, for a person to decide; gives its case.

    Its author may ask for it and a moderator may do it. Raises ``Missing``, or ``Refused`` where it is not there.
    """
    async with db.transaction():
        await change(posting, Publicity.HELD, by=by, reason="brought back", seen=Publicity.QUARANTINED)
        return await open_case(posting, raised_by)


async def forget_quarantined(limit: int = 100) -> int:
    """Delete the words and every personal detail of what was in quarantine for thirty days; gives how many.

    Its number and the reasons stay in the log. A case of danger stays whole, and so does what its author has asked
    us to look at.
    """
    forgotten = 0
    for number in await queries.ended_quarantines(limit):
        forgotten += await _forget(number)
    return forgotten


async def _forget(posting: int) -> bool:
    async with db.transaction():
        before = await locked(posting)
        # It may have been decided, or asked about, since it was listed.
        if before.publicity is not Publicity.QUARANTINED or not await queries.quarantine_ended(posting):
            return False
        return await forget(posting)


async def forget(posting: int) -> bool:
    """Delete the words of a text and all that was made from them; its number and why it was held stay in the log.

    For texts that nobody needs any more: their time is over, or their author has left. False where they are gone
    already, or somebody may be in danger.
    """
    async with db.transaction():
        before = await locked(posting)
        if before.publicity is Publicity.DELETED or await queries.is_guarded(posting):
            return False
        reasons = await queries.reasons_of(posting)
        if not await queries.set_publicity(posting, before.publicity, Publicity.DELETED):
            raise Refused(Why.NOT_NOW)
        await queries.drop_case(posting)
        await tell_listeners(before.kind, posting, before.publicity, Publicity.DELETED, None)
        await queries.wipe(posting)
        await record_act(None, "delete", "posting", posting, reasons)
        return True
