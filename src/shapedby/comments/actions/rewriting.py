"""Sending a comment again in other words, where a moderator asked for it."""

from __future__ import annotations

from shapedby import db
from shapedby.comments import queries
from shapedby.comments.rules import Why
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.rules import why_not_post
from shapedby.screening import actions as screening
from shapedby.screening.queries import Posting, is_asked, lock
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Publicity
from shapedby.text import clean_later


async def to_rewrite(actor: Actor, number: int) -> Posting:
    """Give the text of one's own comment that a moderator asked to change.

    Raises ``Missing`` for other people's, ``Refused`` where nobody asked, or for people who may not write.
    """
    found = await queries.any_comment(number)
    kept = await posting_of(found.posting) if found and actor.person == found.author else None
    if kept is None:
        raise Missing
    if why := why_not_post(actor, await queries.now()):
        raise Refused(why)
    if not await is_asked(kept.id):
        raise Refused(Why.NOT_ASKED)
    return kept


async def rewrite(actor: Actor, number: int, source: str, *, contacts_kept: bool = False) -> Publicity:
    """Send one's own comment again; the case that asked for it waits for a moderator again. Raises as above."""
    kept = await to_rewrite(actor, number)
    html = await clean_later(source)
    examined = await screening.examine(source)
    async with db.transaction():
        await lock(kept.id)
        if not await is_asked(kept.id):
            raise Refused(Why.NOT_ASKED)
        return await screening.send(
            kept.id,
            source=source,
            html=html,
            about=kept.about,
            address=kept.address,
            examined=examined,
            young=actor.young,
            contacts_kept=contacts_kept,
        )
