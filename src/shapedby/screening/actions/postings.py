"""Screening a text before anybody else sees it, and every later change of who can see it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shapedby import db
from shapedby.kernel import Missing, Refused
from shapedby.screening import queries
from shapedby.screening.actions.outages import note_outage
from shapedby.screening.actions.sites import council_host, week_of
from shapedby.screening.actions.telling import tell_of_quarantine
from shapedby.screening.rules import (
    Behaved,
    Examined,
    Found,
    Held,
    Kind,
    Publicity,
    RaisedBy,
    Same,
    Standing,
    Why,
    behaviour,
    judge,
    raised_by,
    same_of,
    why_not_become,
    why_not_send,
    why_site_holds,
)

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


async def tell_listeners(kind: Kind, posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    """Let the content of a posting follow its publicity."""
    for listener in _LISTENERS.get(kind, ()):
        await listener(posting, before, after, by)


async def begin(author: int, kind: Kind, language: str) -> int:
    """Begin a text as its author's draft; gives the posting's number. Call it in the content's transaction."""
    return await queries.insert_posting(author, kind, language)


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
    challenge: int = 0,
) -> Publicity:
    """Publish, hold or quarantine a text in the caller's transaction; gives which. It may be sent again in new words.

    ``about`` is the title of what it belongs to, ``address`` where it stands, ``challenge`` what it answers, 0 for
    none. Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        before = await locked(posting)
        if why := why_not_send(before.publicity):
            raise Refused(why)
        how = await _looked_at(posting, before.kind, source, examined, challenge)
        asked = (Held.ASKED_BEFORE,) if await _asked_before(posting, before) else ()
        judged = judge(
            before.kind,
            before.publicity,
            examined,
            how.behaved,
            (*asked, *(found.held for found in how.found)),
            young=young,
            contacts_kept=contacts_kept,
            held_before=before.held,
        )
        await queries.record_text(
            posting, source=source, html=html, about=about, address=address, contacts_kept=contacts_kept
        )
        await queries.record_same(posting, how.same)
        await queries.record_screening(posting, judged.held, examined, how.behaved, how.found)
        await _become(posting, before, judged.publicity, judged.held)
        return judged.publicity


async def _become(posting: int, before: queries.Locked, after: Publicity, held: tuple[Held, ...]) -> None:
    """Let a text that was sent become what it was judged to be: its case, its content and its author follow."""
    if after is not before.publicity:
        await queries.set_publicity(posting, before.publicity, after)
    if held:
        await open_case(posting, raised_by(held))
    else:
        await queries.drop_case_of_screening(posting)
    if Held.NO_CLASSIFIER in held:
        await note_outage()
    await tell_listeners(before.kind, posting, before.publicity, after, None)
    if after is Publicity.QUARANTINED:
        await tell_of_quarantine(posting)


@dataclass(frozen=True, slots=True)
class _How:
    """How a text came, and what the site's rules find in it."""

    same: Same
    behaved: tuple[Behaved, ...]
    found: tuple[Found, ...]


async def _looked_at(posting: int, kind: Kind, source: str, examined: Examined, challenge: int) -> _How:
    """Gather what is known of the author and of texts like it; for imports only the rules about words apply."""
    rules = await queries.site_rules()
    same = examined.same or same_of(source)
    known = await queries.gathered(posting, same)
    if known is None:
        raise Missing
    links = [host for host in same.hosts if host != council_host()]
    standing = Standing(
        kind=kind,
        challenge=challenge,
        first_post=known.public_posts == 0,
        staff=known.staff,
        imported=examined.same is None,
        now=known.now,
    )
    behaved = () if examined.same is None else behaviour(known.facts(len(links)))
    return _How(same, behaved, why_site_holds(rules, source, same, standing, week_of(rules)))


async def _asked_before(posting: int, before: queries.Locked) -> bool:
    """Say whether a moderator who asked for a change still has to read it; the case waits again."""
    waits = before.publicity is Publicity.HELD and Held.ASKED_BEFORE in before.held
    return await queries.reopen_asked(posting) or waits


async def change(
    posting: int, publicity: Publicity, *, by: int | None, reason: str = "", seen: Publicity | None = None
) -> None:
    """Change who can see a text; ``seen`` is the publicity that the decision was about.

    ``reason`` is for the log only: who decides keeps it. The author of a text that goes into quarantine is told.
    Raises ``Missing`` or ``Refused`` where the rule, or somebody faster, does not allow it.
    """
    async with db.transaction():
        before = await locked(posting)
        why = why_not_become(before.publicity if seen is None else seen, publicity)
        if why or not await queries.set_publicity(posting, seen or before.publicity, publicity):
            raise Refused(why or Why.NOT_NOW)
        log.info("posting %d: %s, before %s (%s)", posting, publicity, before.publicity, reason or "no reason kept")
        await tell_listeners(before.kind, posting, before.publicity, publicity, by)
        if publicity is Publicity.QUARANTINED:
            await tell_of_quarantine(posting)


async def withdraw(posting: int, by: int) -> None:
    """Take a text back for its author; what waited to be decided about it is dropped. Twice is as once."""
    async with db.transaction():
        before = await locked(posting)
        if before.publicity is Publicity.WITHDRAWN:
            return
        await change(posting, Publicity.WITHDRAWN, by=by)
        await queries.drop_case(posting)


async def open_case(posting: int, raised_by: RaisedBy) -> int:
    """Give the open case of a posting, opening one where there is none; raises ``Missing``."""
    async with db.transaction():
        await locked(posting)
        case = await queries.open_case(posting)
        return case if case is not None else await queries.insert_case(posting, raised_by)


async def locked(posting: int) -> queries.Locked:
    """Lock a posting until the transaction ends; raises ``Missing``."""
    found = await queries.lock(posting)
    if found is None:
        raise Missing
    return found
