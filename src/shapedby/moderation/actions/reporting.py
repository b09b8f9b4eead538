"""Reporting a public text."""

from __future__ import annotations

import secrets

from shapedby import db
from shapedby.kernel import Actor, Missing
from shapedby.moderation import queries
from shapedby.moderation.rules import Reported, report_counts
from shapedby.screening import actions as screening
from shapedby.screening.rules import RaisedBy
from shapedby.text import clean_later

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 8


async def report(actor: Actor, browser_hash: str, posting: int, given: Reported) -> str:
    """Report a public text and give the reference; a case opens for it, or the open one gets one more report.

    Nothing is hidden by a report. The same person, or the same browser where nobody is signed in, counts once:
    what they send again is kept, without a case. Raises ``Missing`` for a text that is not public.
    """
    note_html = await clean_later(given.note)
    reference = "".join(secrets.choice(LETTERS) for _ in range(REFERENCE_LENGTH))
    person = actor.person or None
    browser_hash = "" if person else browser_hash
    async with db.transaction():
        if not await queries.lock_public(posting):
            raise Missing
        earlier = await queries.earlier_reasons(posting, person, browser_hash)
        counts = report_counts(given.reason, earlier)
        await queries.insert_report(
            reference=reference,
            posting=posting,
            case=await screening.open_case(posting, RaisedBy.REPORT) if counts else None,
            person=person,
            browser_hash=browser_hash,
            email=given.email,
            reason=given.reason,
            note=given.note,
            note_html=note_html,
        )
    return reference
