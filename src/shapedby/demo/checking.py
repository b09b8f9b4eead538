"""What moderators of the story do with texts that screening holds."""

from __future__ import annotations

from shapedby import db
from shapedby.demo.diary import Diary
from shapedby.moderation import actions as moderation
from shapedby.moderation.rules import Act, Decided, Rule, version_of
from shapedby.screening import actions as screening
from shapedby.screening.queries import open_case, posting
from shapedby.screening.rules import Held, Publicity

_TRIES = 20
MINUTES = 45


class NoClassifierError(RuntimeError):
    """The classifier does not answer, and the demo shows nothing that was not screened."""


async def screened(number: int) -> Publicity:
    """Give whether a text that was sent is public, once it has really been checked; raises `NoClassifierError`."""
    for _ in range(_TRIES):
        found = await posting(number)
        assert found is not None
        if found.publicity is not Publicity.HELD or Held.NO_CLASSIFIER not in found.held:
            return found.publicity
        await screening.screen_again()
    raise NoClassifierError


async def publish_if_held(diary: Diary, number: int, moderator: str) -> None:
    """Let a moderator publish a text of the story that screening held, some time later."""
    if await screened(number) is Publicity.HELD:
        await diary.wait(MINUTES + number % MINUTES)
        await decide(diary, number, moderator, Act.PUBLISH)


async def decide(
    diary: Diary, number: int, moderator: str, act: Act, *, rule: Rule | None = None, words: str = ""
) -> None:
    """Let a moderator decide the open case of a posting."""
    found, case = await posting(number), await open_case(number)
    assert found is not None
    assert case is not None
    given = Decided(act, rule, words, version_of(found.source))
    await moderation.decide(diary.who(moderator), case, given)


async def posting_of(table: str, number: int) -> int:
    """Give the posting of an idea or a comment."""
    assert table in {"idea", "comment"}
    return await db.value(f"SELECT posting FROM {table} WHERE id = $1", number)  # noqa: S608 - one of two words
