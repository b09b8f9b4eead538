"""Reporting a public text."""

from __future__ import annotations

import secrets

from shapedby import db
from shapedby.kernel import Actor, Missing
from shapedby.moderation import queries
from shapedby.moderation.actions.mailing import tell_urgent
from shapedby.moderation.actions.safeguarding import guard
from shapedby.moderation.queries.safeguarding import open_guarded
from shapedby.moderation.rules import Reason, Reported, report_counts
from shapedby.screening import actions as screening
from shapedby.screening.rules import RaisedBy
from shapedby.text import clean_later

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 8


async def report(actor: Actor, browser_hash: str, posting: int, given: Reported, language: str = "") -> str:
    """Report a public text and give the reference; a case opens for it, or the open one gets one more report.

    Nothing is hidden by a report. The same person, or the same browser where nobody is signed in, counts once:
    what they send again is kept, without a case. Where somebody may be in danger the case is one of the safeguarding
    people's. ``language`` is that of the page, for the answer. Raises ``Missing`` for a text that is not public.
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
        guarded = await _guarded(posting, given.reason) if counts else None
        case = await screening.open_case(posting, RaisedBy.REPORT) if counts and guarded is None else None
        await queries.insert_report(
            reference=reference,
            posting=posting,
            case=case,
            guarded=guarded,
            language=language,
            person=person,
            browser_hash=browser_hash,
            email=given.email,
            reason=given.reason,
            note=given.note,
            note_html=note_html,
        )
        if case is not None and given.reason is Reason.ILLEGAL:
            await tell_urgent(case)
    return reference


async def _guarded(posting: int, reason: Reason) -> int | None:
    """Give the safeguarding case that a report belongs to: the open one, or a new one where it speaks of danger."""
    return await guard(posting, by=None) if reason is Reason.DANGER else await open_guarded(posting)
