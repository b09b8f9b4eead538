"""Work that no request waits for: mail leaves, missed checks are made, and what has ended is forgotten.

It runs inside the server process, or in ``shapedby worker`` processes; any number may run at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from shapedby import db
from shapedby.db import DatabaseGone
from shapedby.mail.actions import forget_old as forget_old_mail
from shapedby.mail.sender import PostOfficeClosed, drain
from shapedby.moderation.actions import send_digests
from shapedby.moderation.actions.learning import learn_nightly
from shapedby.moderation.actions.suspending import end_suspensions
from shapedby.people.actions import forget_ended
from shapedby.screening.actions import forget_quarantined, screen_again
from shapedby.settings import Settings
from shapedby.spam.actions import following
from shapedby.spam.process import classifier
from shapedby.web.limits import forget_old as forget_old_limits

log = logging.getLogger(__name__)

MAIL_SECONDS = 2.0
CHECKS_SECONDS = 30.0
HOUSEKEEPING_SECONDS = 3600.0
DIGEST_SECONDS = 600.0
LONGEST_WAIT_SECONDS = 60.0


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[None]:
    """Do the work beside the server while what is inside runs, unless workers do it (``SHAPEDBY_JOBS=no``)."""
    if not settings.jobs:
        yield
        return
    task = asyncio.create_task(_work(settings), name="jobs")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def work_forever(settings: Settings) -> None:
    """Do the work in a process of its own, until it is told to stop."""
    async with db.serving(settings), classifier.running(settings), following():
        await _work(settings)


async def housekeeping() -> None:
    """Forget what has ended: sign-ins, asked-for links, counters, notes of old mail, quarantines."""
    await forget_ended()
    await forget_old_limits()
    await forget_old_mail()
    await forget_quarantined()


async def _work(settings: Settings) -> None:
    """Repeat each job at its own pace, for as long as the process lives; one job's trouble never stops another."""
    await asyncio.gather(
        repeat("mail", lambda: drain(settings), MAIL_SECONDS),
        repeat("missed checks", screen_again, CHECKS_SECONDS),
        repeat("suspensions that are over", end_suspensions, CHECKS_SECONDS),
        repeat("moderators' mail", lambda: send_digests(settings.timezone.key), DIGEST_SECONDS),
        repeat("learning", lambda: learn_nightly(settings), HOUSEKEEPING_SECONDS),
        repeat("housekeeping", housekeeping, HOUSEKEEPING_SECONDS),
    )


async def repeat(name: str, job: Callable[[], Awaitable[object]], every: float) -> None:
    """Do a job again and again; after trouble wait, a little longer each time."""
    wait = every
    while True:
        try:
            await job()
            wait = every
        except (DatabaseGone, PostOfficeClosed) as error:
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)
            log.warning("%s waits %.0f s: %s", name, wait, error)
        except Exception:
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)
            log.exception("%s failed; next try in %.0f s", name, wait)
        await asyncio.sleep(wait)
