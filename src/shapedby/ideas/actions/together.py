"""Writing an idea together: inviting somebody, accepting or declining, leaving."""

from __future__ import annotations

import secrets

from shapedby import db
from shapedby.ideas import queries
from shapedby.ideas.queries import Idea, versions
from shapedby.ideas.queries import together as kept
from shapedby.ideas.queries.together import Invitation
from shapedby.ideas.rules.together import (
    INVITATION_LASTS,
    MOST_INVITED,
    CameBy,
    Why,
    is_token,
    number_in,
    token,
    why_not_invite,
    why_not_join,
)
from shapedby.kernel import Actor, Missing, Refused
from shapedby.mail.actions import queue
from shapedby.people.rules import why_not_post

NONCE_BYTES = 16


async def invite(actor: Actor, number: int, email: str, *, language: str, secret: str) -> int:
    """Invite somebody to write an idea together, by mail or (``email`` empty) by a link to pass on; gives its number.

    The mail has the question and the inviting author's name, and nothing that anybody typed for it.
    Raises ``Missing`` for everybody but its authors, ``Refused``.
    """
    async with db.transaction():
        await versions.lock_idea(number)
        found = await _own(actor, number)
        room = MOST_INVITED - await kept.taken_places(number)
        why = why_not_post(actor, found.now) or why_not_invite(
            actor, authors=found.authors, publicity=found.publicity, stage=found.stage, room=room
        )
        if why:
            raise Refused(why)
        nonce = secrets.token_hex(NONCE_BYTES)
        made = await kept.insert_invitation(number, actor.person, email, nonce, INVITATION_LASTS)
        if email:
            context = {
                "by_name": actor.name,
                "question": found.challenge_question,
                "address": f"/together/{token(secret, made, nonce)}",
                "days": INVITATION_LASTS.days,
            }
            await queue(address=email, language=language, kind="invitation", template="ideas/invited", context=context)
        return made


async def withdraw_invitation(actor: Actor, invitation: int) -> int:
    """Take an invitation back, as one of the idea's authors; gives the idea. Twice is as once. Raises ``Missing``."""
    found = await kept.invitation(invitation)
    if found is None:
        raise Missing
    await _own(actor, found.idea)
    await kept.end_invitation(invitation)
    return found.idea


async def invited_by(given: str, secret: str) -> tuple[Invitation, Idea]:
    """Give the invitation and the idea behind an address of ours, ended ones too; raises ``Missing``."""
    number = number_in(given)
    found = await kept.invitation(number) if number else None
    if found is None or not is_token(given, secret, found.id, found.nonce):
        raise Missing
    idea = await queries.any_idea(found.idea)
    if idea is None:
        raise Missing
    return found, idea


async def why_not_accept(actor: Actor, invitation: Invitation, idea: Idea) -> Why | None:
    """Say why somebody cannot accept an invitation."""
    return why_not_join(
        actor,
        authors=idea.authors,
        publicity=idea.publicity,
        stage=idea.stage,
        young=await kept.ages(idea.number),
        live=invitation.is_live,
    )


async def accept(actor: Actor, given: str, secret: str) -> Idea:
    """Become one of the authors of an idea; a support of it that one gave is taken back, for it is one's own now.

    Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        invitation, idea = await invited_by(given, secret)
        why = why_not_post(actor, idea.now) or await why_not_accept(actor, invitation, idea)
        if why:
            raise Refused(why)
        if not await kept.use_invitation(invitation.id, actor.person):
            raise Refused(Why.INVITATION_ENDED)
        await kept.insert_writer(idea.number, actor.person, CameBy.INVITED)
        await queries.uncount_support(idea.number, actor.person)
        return idea


async def decline(given: str, secret: str) -> None:
    """Decline an invitation; whoever holds its address can. Twice is as once. Raises ``Missing``."""
    invitation, _ = await invited_by(given, secret)
    await kept.end_invitation(invitation.id)


async def leave(actor: Actor, number: int) -> Idea:
    """Write an idea no more; its words stay. Raises ``Missing`` for everybody who came not later than its author."""
    async with db.transaction():
        found = await _own(actor, number)
        waiting = await versions.waiting_version(number)
        if not await kept.delete_writer(number, actor.person):
            raise Missing
        if waiting is not None and waiting.person == actor.person:
            from shapedby.ideas.actions.versions import end_waiting

            await end_waiting(number, actor.person)
        return found


async def _own(actor: Actor, number: int) -> Idea:
    found = await queries.any_idea(number)
    if found is None or not found.by(actor):
        raise Missing
    return found
