"""Loading the demo: one transaction, as the role that owns the tables, through the actions that people use."""

from __future__ import annotations

from datetime import datetime

from shapedby import app, db
from shapedby.demo import clock, council, following, people, projects, statements, talk, waiting
from shapedby.demo.checking import NoClassifierError
from shapedby.demo.diary import Diary, Progress, quietly
from shapedby.demo.owning import as_owner
from shapedby.demo.reading import Council, read
from shapedby.demo.renewing import renew
from shapedby.people.actions import record_act
from shapedby.settings import Settings
from shapedby.spam.process import classifier

SPOKEN = {"en", "es"}

# Enough to see what each kind of mail looks like; the rest would be hundreds.
_FEW_MAILS = """
DELETE FROM outgoing_mail WHERE id NOT IN (
  SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY kind, language ORDER BY queued_at DESC, id DESC) AS nth
    FROM outgoing_mail
  ) newest WHERE nth <= 1)
"""


class DemoError(Exception):
    """The demo cannot be loaded; the message says what to do."""


async def prepare(settings: Settings, progress: Progress = quietly) -> None:
    """Load the demo into an empty database; wake one up that has slept. For ``serve --demo``."""
    async with as_owner(settings):
        empty = not await db.value("SELECT EXISTS (SELECT FROM challenge)")
    if empty:
        await load(settings, progress)
    else:
        await renew(settings)


async def load(settings: Settings, progress: Progress = quietly) -> None:
    """Fill an empty, migrated database with the demo council, all of it or nothing.

    ``progress`` is told how many of how many things have happened. Dates count from now. Raises `DemoError` where the
    database holds challenges already, for other languages than its own two, or where the classifier does not answer.
    Opens the database itself, so nobody else may have it open in this process.
    """
    async with as_owner(settings), classifier.running(settings):
        if await db.value("SELECT EXISTS (SELECT FROM challenge)"):
            message = "This database holds challenges already. The demo council needs an empty one."
            raise DemoError(message)
        if unknown := set(settings.languages) - SPOKEN:
            others = ", ".join(sorted(unknown))
            message = f"The demo council writes English and Spanish. Take {others} out of SHAPEDBY_LANGUAGES."
            raise DemoError(message)
        app.prepare(settings)
        try:
            async with db.transaction():
                await _live(settings, progress)
        except NoClassifierError as error:
            message = "The classifier does not answer, and the demo shows nothing unscreened. Try: shapedby spam check"
            raise DemoError(message) from error


async def _live(settings: Settings, progress: Progress) -> None:
    now: datetime = await db.value("SELECT now()")
    diary = Diary(settings, clock.Calendar(now, settings.timezone))
    who = read("council", Council)
    council.ask(diary, who)
    talk.talk(diary)
    waiting.wait(diary)
    projects.build(diary)
    statements.fill(diary)
    following.listen_in(diary)
    people.arrive(diary, who)
    async with clock.turned(now):
        await diary.live(progress)
        await clock.turn(now)
        await following.post(now)
        await db.run(_FEW_MAILS)
        await record_act(None, "load", people.ORIGIN, 1)
