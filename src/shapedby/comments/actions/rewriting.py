"""Changing a comment: in its first minutes, or where a moderator asked for it."""

from __future__ import annotations

from shapedby import db
from shapedby.comments import queries, rules
from shapedby.comments.queries import Comment
from shapedby.ideas.queries import any_idea
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.rules import why_not_post
from shapedby.screening import actions as screening
from shapedby.screening.queries import Posting, is_asked, lock
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Publicity
from shapedby.text import clean_later


async def to_rewrite(actor: Actor, number: int) -> Posting:
    """Give the text of one's own comment that can be changed now.

    Raises ``Missing`` for other people's, ``Refused`` where it is too late and nobody asked, or for people who may
    not write.
    """
    found = await queries.any_comment(number)
    kept = await posting_of(found.posting) if found and actor.person == found.author else None
    if found is None or kept is None:
        raise Missing
    if why := why_not_post(actor, await queries.now()):
        raise Refused(why)
    await _check_may_change(actor, found)
    return kept


async def rewrite(actor: Actor, number: int, source: str, *, contacts_kept: bool = False) -> Publicity:
    """Send one's own comment again in other words; it is screened as the first time, and what it said stays a version.

    A case that asked for the change waits for a moderator again. Raises as above.
    """
    kept = await to_rewrite(actor, number)
    if source == kept.source and not await is_asked(kept.id):
        return kept.publicity
    html = await clean_later(source)
    examined = await screening.examine(source)
    async with db.transaction():
        await lock(kept.id)
        found = await queries.any_comment(number)
        if found is None:
            raise Missing
        await _check_may_change(actor, found)
        idea = await any_idea(found.idea)
        return await screening.send(
            kept.id,
            source=source,
            html=html,
            about=kept.about,
            address=kept.address,
            examined=examined,
            young=actor.young,
            contacts_kept=contacts_kept,
            challenge=idea.challenge if idea else 0,
        )


async def _check_may_change(actor: Actor, found: Comment) -> None:
    now = await queries.now()
    why = rules.why_not_change(actor, author=found.author, publicity=found.publicity, at=found.at, now=now)
    if why and not await is_asked(found.posting):
        raise Refused(why)
