"""Screening a text before anybody else sees it, and every later change of who can see it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from shapedby import db
from shapedby.kernel import Missing, Refused
from shapedby.screening import queries
from shapedby.screening.rules import (
    Examined,
    Held,
    Kind,
    Publicity,
    RaisedBy,
    Why,
    raised_by,
    why_hold,
    why_hold_still,
    why_not_become,
    why_not_send,
)
from shapedby.spam.process import classifier
from shapedby.text import contacts

log = logging.getLogger(__name__)

Changed = Callable[[int, Publicity, Publicity, int | None], Awaitable[None]]
_LISTENERS: dict[Kind, list[Changed]] = {}


def when_changed(kind: Kind, callback: Changed) -> None:
    """Call ``callback(posting, before, after, by)`` in the transaction of each sending and each change of a kind.

    ``by`` is the person who decided; None for the author's own sending and for the classifier.
    """
    listeners = _LISTENERS.setdefault(kind, [])
    if callback not in listeners:
        listeners.append(callback)


async def _tell(kind: Kind, posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    for listener in _LISTENERS.get(kind, ()):
        await listener(posting, before, after, by)


async def begin(author: int, kind: Kind, language: str) -> int:
    """Begin a text as its author's draft; gives the posting's number. Call it in the content's transaction."""
    return await queries.insert_posting(author, kind, language)


async def examine(source: str) -> Examined:
    """Ask the classifier about a text; never raises, and takes up to half a second (ten while it loads).

    Call it before opening a transaction. Where the classifier cannot answer, the text will be held.
    """
    try:
        score = await classifier.ask(source)
    except Exception:
        # A fault in the check must cost the author a wait, never the words.
        log.exception("the classifier failed")
        score = None
    return Examined(
        score, contacts=await asyncio.to_thread(_has_contacts, source), weights=classifier.weights if score else ""
    )


def _has_contacts(source: str) -> bool:
    try:
        return bool(contacts(source))
    except Exception:
        log.exception("looking for contact details failed")
        return True


async def send(
    posting: int,
    *,
    source: str,
    html: str,
    about: str,
    address: str,
    examined: Examined,
    young: bool,
    contacts_kept: bool,
) -> Publicity:
    """Publish a text or hold it, in the caller's transaction; gives which. It may be sent again in new words.

    ``about`` is the title of what it belongs to, ``address`` where it stands. Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        before = await _locked(posting)
        if why := why_not_send(before.publicity):
            raise Refused(why)
        held = why_hold(before.publicity, examined, young=young, contacts_kept=contacts_kept, held_before=before.held)
        if await _asked_before(posting, before):
            held = (*held, Held.ASKED_BEFORE)
        after = Publicity.HELD if held else Publicity.PUBLIC
        await queries.record_text(
            posting, source=source, html=html, about=about, address=address, contacts_kept=contacts_kept
        )
        await queries.record_screening(posting, held, examined)
        if after is not before.publicity:
            await queries.set_publicity(posting, before.publicity, after)
        if held:
            await open_case(posting, raised_by(held))
        else:
            await queries.drop_case_of_screening(posting)
        await _tell(before.kind, posting, before.publicity, after, None)
        return after


async def _asked_before(posting: int, before: queries.Locked) -> bool:
    """Say whether a moderator who asked for a change still has to read it; the case waits again."""
    waits = before.publicity is Publicity.HELD and Held.ASKED_BEFORE in before.held
    return await queries.reopen_asked(posting) or waits


async def change(
    posting: int, publicity: Publicity, *, by: int | None, reason: str = "", seen: Publicity | None = None
) -> None:
    """Change who can see a text; ``seen`` is the publicity that the decision was about.

    ``reason`` is for the log only: who decides keeps it. Raises ``Missing`` or ``Refused`` where the rule, or
    somebody faster, does not allow it.
    """
    async with db.transaction():
        before = await _locked(posting)
        why = why_not_become(before.publicity if seen is None else seen, publicity)
        if why or not await queries.set_publicity(posting, seen or before.publicity, publicity):
            raise Refused(why or Why.NOT_NOW)
        log.info("posting %d: %s, before %s (%s)", posting, publicity, before.publicity, reason or "no reason kept")
        await _tell(before.kind, posting, before.publicity, publicity, by)


async def withdraw(posting: int, by: int) -> None:
    """Take a text back for its author; what waited to be decided about it is dropped. Twice is as once."""
    async with db.transaction():
        before = await _locked(posting)
        if before.publicity is Publicity.WITHDRAWN:
            return
        await change(posting, Publicity.WITHDRAWN, by=by)
        await queries.drop_case(posting)


async def open_case(posting: int, raised_by: RaisedBy) -> int:
    """Give the open case of a posting, opening one where there is none; raises ``Missing``."""
    async with db.transaction():
        await _locked(posting)
        case = await queries.open_case(posting)
        return case if case is not None else await queries.insert_case(posting, raised_by)


async def screen_again(limit: int = 50) -> int:
    """Check the texts that are held because the classifier was away; gives how many it could check.

    What is clean is published and leaves the queue. Does nothing while the classifier is away or loading, and
    stops at the first text that cannot be checked.
    """
    checked = 0
    if not classifier.ready:
        return checked
    for number in await queries.unchecked(limit):
        kept = await queries.posting(number)
        if kept is None:
            continue
        examined = await examine(kept.source)
        if examined.score is None:
            break
        await _check_made(number, kept.source, examined)
        checked += 1
    return checked


async def _check_made(posting: int, source: str, examined: Examined) -> None:
    """Record a check that was missing, unless a person decided or the author wrote anew meanwhile."""
    async with db.transaction():
        before = await _locked(posting)
        kept = await queries.posting(posting)
        if kept is None or before.publicity is not Publicity.HELD or kept.source != source:
            return
        if Held.NO_CLASSIFIER not in kept.held or await queries.is_asked(posting):
            return
        held = why_hold_still(kept.held, examined)
        await queries.record_screening(posting, held, examined)
        if held:
            await queries.name_case(await open_case(posting, raised_by(held)), raised_by(held))
        else:
            await change(posting, Publicity.PUBLIC, by=None, reason="checked later and found clean")
            await queries.drop_case(posting)


async def _locked(posting: int) -> queries.Locked:
    found = await queries.lock(posting)
    if found is None:
        raise Missing
    return found
