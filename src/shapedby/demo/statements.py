"""The council's own numbers and addresses, in the place of the statutory pages' square brackets."""

from __future__ import annotations

from shapedby.demo.diary import Diary
from shapedby.demo.reading import read
from shapedby.story.actions import fill_placeholders

_WHO = "Nadia"
_WHEN = "-459 09:00"


def fill(diary: Diary) -> None:
    """Note that the administrator fills in the pages on her first day."""
    words = read("gaps", dict[str, dict[str, str]])

    async def write() -> None:
        for language in diary.languages:
            await fill_placeholders(diary.people[_WHO], language, words[language])

    diary.note(diary.calendar.at(_WHEN), write)
