"""Writing a comment and taking it back; an idea's number of comments follows."""

from __future__ import annotations

from enum import StrEnum

from shapedby import db
from shapedby.comments import queries, rules
from shapedby.comments.actions import hearing, redacting
from shapedby.comments.rules import Why
from shapedby.ideas.queries import Idea, any_idea, idea_for
from shapedby.kernel import Actor, Missing, Refused
from shapedby.notices.actions import tell
from shapedby.people.rules import why_not_post
from shapedby.screening import actions as screening
from shapedby.screening.rules import Kind, Publicity
from shapedby.text import clean_later


async def write(
    actor: Actor,
    idea: int,
    answers: int | None,
    source: str,
    *,
    language: str,
    contacts_kept: bool = False,
) -> tuple[int, Publicity]:
    """Comment on an idea, or reply to the comment ``answers``; gives its number and whether it is public.

    A reply to a reply stands under the same comment. The same words sent twice make one comment.
    Raises ``Missing`` where there is no such public idea, ``Refused`` where nothing can be said there.
    """
    found = await _open_idea(actor, idea)
    under = None if answers is None else await _parent(idea, answers)
    html = await clean_later(source)
    examined = await screening.examine(source)
    async with db.transaction():
        await queries.lock_author(actor.person)
        twin = await queries.twin(actor.person, idea, under, source)
        if twin:
            return twin.id, twin.publicity
        recent = await queries.lately(actor.person)
        if too_many := rules.why_not_so_many(actor, hour=recent.hour, day=recent.day):
            raise Refused(too_many)
        posting = await screening.begin(actor.person, Kind.COMMENT, language)
        number = await queries.insert(idea, under, posting, actor.person)
        publicity = await screening.send(
            posting,
            source=source,
            html=html,
            about=found.title,
            address=f"/comments/{number}",
            examined=examined,
            young=actor.young,
            contacts_kept=contacts_kept,
            challenge=found.challenge,
        )
        return number, publicity


async def _open_idea(actor: Actor, number: int) -> Idea:
    """Give an idea that this person may comment on."""
    found = await idea_for(actor, number)
    if found is None:
        raise Missing
    why: StrEnum | None = why_not_post(actor, found.now)
    why = why or rules.why_not_comment(actor, publicity=found.publicity, challenge=found.challenge_stage)
    if why:
        raise Refused(why)
    return found


async def _parent(idea: int, answers: int) -> int:
    found = await queries.any_comment(answers)
    why = (
        Why.COMMENT_GONE
        if found is None
        else rules.why_not_answer(same_idea=found.idea == idea, publicity=found.publicity)
    )
    if found is None or why:
        raise Refused(why or Why.COMMENT_GONE)
    return rules.parent(found.id, found.answers)


async def withdraw(actor: Actor, number: int) -> int:
    """Take one's own comment back, and give its idea; twice is as once. Raises ``Missing`` for other people's."""
    found = await queries.any_comment(number)
    if found is None or rules.why_not_withdraw(actor, author=found.author):
        raise Missing
    await screening.withdraw(found.posting, actor.person)
    return found.idea


def listen() -> None:
    """Hear from screening what becomes of comments; called once when the application is made."""
    screening.when_changed(Kind.COMMENT, _publicity_changed)
    redacting.listen()
    hearing.listen()


async def _publicity_changed(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    if before is after or Publicity.PUBLIC not in {before, after}:
        return
    found = await queries.comment_of_posting(posting)
    if found is None:
        return
    await queries.count_again(found.idea)
    checked_late = before is Publicity.HELD and after is Publicity.PUBLIC and by is None
    idea = await any_idea(found.idea) if checked_late else None
    if idea:
        # A check that was late found nothing: no moderator wrote, so we do.
        told = {"title": idea.title, "address": f"/comments/{found.id}"}
        await tell([found.author], "comments/published", told, kind="decision", once=f"published-{posting}")
