"""Asking the classifier: about a text that is sent, and again about what could not be checked then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from shapedby import db
from shapedby.screening import queries
from shapedby.screening.actions.outages import tell_of_outage
from shapedby.screening.actions.postings import change, locked, open_case
from shapedby.screening.rules import Examined, Held, Publicity, judge_later, raised_by, same_of
from shapedby.spam.process import classifier
from shapedby.text import contacts

__all__ = ["examine", "screen_again", "tell_of_outage"]

log = logging.getLogger(__name__)

PROBE = "A bench by the river would be good."
"""What is asked where nothing waits, to learn whether the check is back."""
T = TypeVar("T")


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
    found, same = (
        await asyncio.to_thread(_or_none, contacts, source),
        await asyncio.to_thread(_or_none, same_of, source),
    )
    return Examined(
        score,
        contacts=found is None or bool(found),
        weights=classifier.weights if score else "",
        same=same,
    )


def _or_none(look: Callable[[str], T], source: str) -> T | None:
    try:
        return look(source)
    except Exception:
        log.exception("looking at a text failed")
        return None


async def screen_again(limit: int = 50) -> int:
    """Check the texts that are held because the classifier was away; gives how many it could check.

    What is clean is published and leaves the queue. Does nothing while the classifier is away or loading. A text that
    it cannot read keeps no other from its turn.
    """
    checked = 0
    if not classifier.ready:
        await tell_of_outage()
        return checked
    for number in await queries.unchecked(limit):
        kept = await queries.posting(number)
        if kept is None:
            continue
        examined = await examine(kept.source)
        if examined.score is None:
            await queries.tried(number)
            if not classifier.ready:
                break
            continue
        await _check_made(number, kept.source, examined)
        checked += 1
    await _note_return(checked)
    return checked


async def _note_return(checked: int) -> None:
    """Note that texts are checked again, once one has been."""
    if await queries.outage_since() is None:
        return
    if checked or (classifier.ready and (await examine(PROBE)).score is not None):
        await queries.end_outage()
        log.warning("texts are checked again")


async def _check_made(posting: int, source: str, examined: Examined) -> None:
    """Record a check that was missing, unless a person decided or the author wrote anew meanwhile."""
    async with db.transaction():
        before = await locked(posting)
        kept = await queries.posting(posting)
        if kept is None or before.publicity is not Publicity.HELD or kept.source != source:
            return
        if Held.NO_CLASSIFIER not in kept.held or await queries.is_asked(posting):
            return
        judged = judge_later(kept.held, examined, before.behaved)
        await queries.record_screening(posting, judged.held, examined, before.behaved, before.found)
        if judged.held:
            raised = raised_by(judged.held)
            await queries.name_case(await open_case(posting, raised), raised)
        else:
            await change(posting, Publicity.PUBLIC, by=None, reason="checked later and found clean")
            await queries.drop_case(posting)
