"""What others do with an idea: the council's stages, and the steps that follow from its publicity."""

from __future__ import annotations

from datetime import datetime

from shapedby import db
from shapedby.ideas import queries
from shapedby.ideas.actions import alike, hearing, redacting, versions
from shapedby.ideas.rules import Stage, StepKind, Why
from shapedby.kernel import Refused, Words
from shapedby.notices.actions import tell
from shapedby.screening.actions import when_changed
from shapedby.screening.rules import Kind, Publicity

_STEPS = {
    Publicity.HELD: StepKind.HELD,
    Publicity.PUBLIC: StepKind.PUBLISHED,
    Publicity.REFUSED: StepKind.REFUSED,
    Publicity.HIDDEN: StepKind.HIDDEN,
    Publicity.QUARANTINED: StepKind.HIDDEN,
    Publicity.WITHDRAWN: StepKind.WITHDRAWN,
}


async def change_stage(idea: int, seen: Stage, to: Stage, *, by: int | None, note: Words | None = None) -> None:
    """Move an idea from the stage that was seen, with a dated step; ``note`` is the council's words.

    Raises ``Refused(Why.COLLEAGUE_WAS_FASTER)`` when it is not at that stage any more.
    """
    async with db.transaction():
        if not await queries.set_stage(idea, seen, to):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        await queries.insert_step(idea, StepKind(to.value), by=by, note=note)


async def add_step(
    idea: int, kind: StepKind, *, by: int | None = None, note: Words | None = None, at: datetime | None = None
) -> None:
    """Add a dated, public step to the life of an idea; ``at`` is now where nothing is said."""
    await queries.insert_step(idea, kind, by=by, note=note, at=at)


def listen() -> None:
    """Hear from screening what becomes of ideas; called once when the application is made."""
    when_changed(Kind.IDEA, _publicity_changed)
    when_changed(Kind.VERSION, versions.publicity_changed)
    redacting.listen()
    hearing.listen()
    alike.listen()


async def _publicity_changed(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    if after is Publicity.DELETED:
        await queries.forget_words(posting)
        return
    kind = _STEPS.get(after)
    if after is before or kind is None:
        return
    found = await queries.idea_of_posting(posting)
    if found is None:
        return
    if kind is StepKind.WITHDRAWN and await queries.was_withdrawn(found.number):
        return
    await queries.insert_step(found.number, kind, by=by)
    if before is Publicity.HELD and after is Publicity.PUBLIC and by is None:
        # A check that was late found nothing: no moderator wrote, so we do.
        told = {"title": found.title, "address": found.address}
        await tell([found.author], "ideas/published", told, kind="decision", once=f"published-{posting}")
