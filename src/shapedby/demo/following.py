"""Who follows what in the demo, how they want to hear of it, and the mails that come of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from shapedby.demo.diary import Diary
from shapedby.notices.actions import About, How, Kind, choose, deliver, follow

# When, who, what, and its name in the story.
_FOLLOWS = (
    ("-150", "Jago", About.IDEA, "repair-bench"),
    ("-120", "Anneke", About.IDEA, "ferry-shelter"),
    ("-100", "Mateo", About.IDEA, "lights"),
    ("-38", "Lucía", About.CHALLENGE, "shore"),
    ("-30", "Lucía", About.TOPIC, "sea-and-shore"),
    ("-30", "Jago", About.AREA, "old-town"),
    ("-14", "Anneke", About.CHALLENGE, "bus"),
    ("-14", "Mateo", About.CHALLENGE, "bus"),
    ("-12", "Anneke", About.THREAD, "ten-past"),
)
_CHOICES = (("Lucía", Kind.NEW_IDEAS, How.WEEKLY), ("Mateo", Kind.NEWS, How.WEEKLY))
_DIGESTS_ARE_OUT = timedelta(days=8)


def listen_in(diary: Diary) -> None:
    """Write down who follows what."""
    for who, kind, how in _CHOICES:
        diary.note(diary.calendar.at("-99", who), partial(_choose, diary, who, kind, how), by=who)
    for when, who, about, name in _FOLLOWS:
        diary.note(diary.calendar.at(when, who + name), partial(_follow, diary, who, about, name), by=who)


async def _choose(diary: Diary, who: str, kind: Kind, how: How) -> None:
    await choose(diary.who(who).person, {kind: how})


async def _follow(diary: Diary, who: str, about: About, name: str) -> None:
    named = {About.CHALLENGE: diary.challenges, About.TOPIC: diary.topics, About.AREA: diary.areas}
    await follow(diary.who(who).person, about, named.get(about, diary.ideas)[name])


async def post(now: datetime) -> None:
    """Mail what people are to be told, and every digest too: a visitor should not have to wait for Monday."""
    await deliver(now)
    await deliver(now + _DIGESTS_ARE_OUT)
