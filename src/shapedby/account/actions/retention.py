"""Tidying at night: what has been kept for its time goes, but for what the law makes us keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapedby import db
from shapedby.account.actions.leaving import erase
from shapedby.account.queries import now as database_now
from shapedby.account.queries import retention as queries
from shapedby.account.rules.leaving import Choices, Supports, Words
from shapedby.account.rules.retention import RULES, Kept, closes_on, is_night_s_turn
from shapedby.kernel import Missing, Refused
from shapedby.notices.actions import tell
from shapedby.screening.actions import forget
from shapedby.settings import Settings

AT_ONCE = 500
MOST_A_NIGHT = 20_000
"""Of each kind, so that the first night of an old installation does not last until noon."""
KEEPING = Choices(Words.KEEP, Supports.KEEP)
"""What happens with the words and supports of an account that is closed because nobody uses it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: a kind, for how many days it is kept, how many would go, how many went."""

    kind: Kept
    days: int
    due: int
    gone: int


async def tidy(using: Settings, *, dry: bool = False) -> list[Line]:
    """Let go what has been kept for its time, kind by kind; with ``dry`` only say what would go."""
    lines: list[Line] = []
    for kind, rule in RULES.items():
        days = rule.days(using)
        due = await queries.count(kind, days)
        lines.append(Line(kind, days, due, 0 if dry else await _let_go(kind, days)))
    if not dry:
        await warn(using)
        await queries.log({line.kind.value: line.gone for line in lines if line.gone})
    return lines


async def tidy_nightly(using: Settings) -> None:
    """Tidy once a night, in whichever process comes first."""
    async with db.transaction():
        if not await queries.alone():
            return
        last, now = await queries.last_run(), await database_now()
        if not is_night_s_turn(last.at if last else None, now, using.timezone):
            return
        # Says that this night is taken; what went is noted when it is done.
        await queries.log({})
    await tidy(using)


async def warn(using: Settings) -> int:
    """Write to people whose account closes in a month because nobody uses it; gives how many."""
    async with db.transaction():
        people = await queries.to_warn(using.keep_dormant, AT_ONCE)
        if people:
            day = closes_on(await database_now())
            await tell(people, "account/closing", {"closes_on": day}, kind="account", once=f"closing-{day}")
            await queries.mark_warned(people)
    return len(people)


async def _let_go(kind: Kept, days: int) -> int:
    gone, passed = 0, 0
    while gone + passed < MOST_A_NIGHT:
        numbers = await queries.due(kind, days, AT_ONCE + passed)
        fresh = numbers[passed:]
        if not fresh:
            return gone
        done = await _remove(kind, fresh)
        gone, passed = gone + done, passed + len(fresh) - done
    return gone


async def _remove(kind: Kept, numbers: list[int]) -> int:
    if kind in queries.POSTINGS:
        return sum([await forget(number) for number in numbers])
    if kind is Kept.DORMANT:
        return sum([await _close(number) for number in numbers])
    return await queries.remove(kind, numbers)


async def _close(person: int) -> bool:
    try:
        await erase(person, KEEPING)
    except (Missing, Refused):  # they left, or are needed here after all
        return False
    return True


def report(lines: list[Line], names: Mapping[Kept, str]) -> list[str]:
    """Lay the report out as a table for a terminal."""
    wide = max(len(name) for name in names.values())
    head = f"{'kind':<{wide}}  {'kept for':>10}  {'would go':>9}  {'gone':>9}"
    rows = [f"{names[line.kind]:<{wide}}  {f'{line.days} days':>10}  {line.due:>9,}  {line.gone:>9,}" for line in lines]
    return [head, *rows]
