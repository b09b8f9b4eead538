"""Work that no request waits for: mail leaves, missed checks are made, and what has ended is forgotten.

It runs inside the server process, or in ``shapedby worker`` processes; any number may run at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from shapedby import db
from shapedby.account.actions.exporting import put_together
from shapedby.account.actions.retention import tidy_nightly
from shapedby.coproduction.actions.sessions import remind as remind_of_sessions
from shapedby.db import DatabaseGone
from shapedby.ideas.actions.alike import catch_up as find_alike
from shapedby.ideas.actions.beginning import forget_begun
from shapedby.ideas.actions.holding import forget_origins, look_for_stuffing, recount_nightly
from shapedby.ideas.actions.learning import learn_all_words, learn_new_words
from shapedby.ideas.queries.together import forget_old_invitations
from shapedby.insight.actions import write_files
from shapedby.mail.actions import forget_old as forget_old_mail
from shapedby.mail.letters import forget_old_letters
from shapedby.mail.sender import PostOfficeClosed, drain
from shapedby.moderation.actions import send_digests
from shapedby.moderation.actions.learning import learn_nightly
from shapedby.moderation.actions.suspending import end_suspensions
from shapedby.notices.actions import deliver
from shapedby.notices.actions import forget_old as forget_old_notices
from shapedby.people.actions import forget_ended
from shapedby.pictures.actions import forget_unused as forget_unused_pictures
from shapedby.screening.actions import screen_again
from shapedby.settings import Settings
from shapedby.shortlist.actions.promises import remind
from shapedby.spam.actions import following
from shapedby.spam.process import classifier
from shapedby.tally.actions import publish
from shapedby.web.limits import forget_old as forget_old_limits

log = logging.getLogger(__name__)

MAIL_SECONDS = 2.0
CHECKS_SECONDS = 30.0
HOUSEKEEPING_SECONDS = 3600.0
DIGEST_SECONDS = 600.0
STUFFING_SECONDS = 60.0
WORDS_SECONDS = 60.0
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
    """Forget what has ended: sign-ins, asked-for links, counters, notes of old mail."""
    await forget_ended()
    await forget_old_limits()
    await forget_old_mail()
    await forget_old_notices()
    await forget_old_letters()
    await forget_old_invitations()
    await find_alike()
    await forget_unused_pictures()
    await forget_begun()
    await forget_origins()


async def _work(settings: Settings) -> None:
    """Repeat each job at its own pace, for as long as the process lives; one job's trouble never stops another."""
    await asyncio.gather(
        repeat("notices", deliver, MAIL_SECONDS),
        repeat("mail", lambda: drain(settings), MAIL_SECONDS),
        repeat("missed checks", screen_again, CHECKS_SECONDS),
        repeat("suspensions that are over", end_suspensions, CHECKS_SECONDS),
        repeat("moderators' mail", lambda: send_digests(settings.timezone.key), DIGEST_SECONDS),
        repeat("reminders of sessions", remind_of_sessions, DIGEST_SECONDS),
        repeat("reminders", lambda: remind(settings), HOUSEKEEPING_SECONDS),
        repeat("learning", lambda: learn_nightly(settings), HOUSEKEEPING_SECONDS),
        repeat("files of people's data", put_together, CHECKS_SECONDS),
        repeat("retention", lambda: tidy_nightly(settings), DIGEST_SECONDS),
        repeat("words to search", learn_new_words, WORDS_SECONDS),
        repeat("all words to search", learn_all_words, HOUSEKEEPING_SECONDS * 6),
        repeat("open data", lambda: write_files(settings), HOUSEKEEPING_SECONDS),
        repeat("the log of supports", lambda: publish(settings), CHECKS_SECONDS),
        repeat("ballot stuffing", look_for_stuffing, STUFFING_SECONDS),
        repeat("recount", lambda: recount_nightly(settings), DIGEST_SECONDS),
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
