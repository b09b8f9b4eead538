"""Whatever happens in whatever order: the count is the number of counted rows, and the sum of the leaves."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from answering import new_idea, new_question
from ground import Database
from hypothesis import given, settings
from hypothesis import strategies as st

from shapedby import db
from shapedby.ideas.actions import holding, restore_supports, set_aside_supports
from shapedby.ideas.queries import count_support, uncount_support
from shapedby.ideas.queries import holding as holds
from shapedby.ideas.queries.merging import lock_for_merging, mark_merged, move_supports
from shapedby.ideas.rules.holding import Outcome
from shapedby.kernel import Actor, Refused, Role
from shapedby.tally import actions as tally
from shapedby.tally.rules.stuffing import Signal

PEOPLE, IDEAS = 6, 4
WORDS = {"en": "One person gave them.", "es": "Una persona los dio."}
VERBS = (
    *("support", "support", "support", "withdraw", "merge", "suspend", "end", "hold", "release", "invalidate", "leave"),
    *("publish", "recount"),
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1)), max_size=80)


class Machine:
    """People and ideas on a real database, and everything that can happen to supports."""

    def __init__(self, database: Database, moderator: int) -> None:
        self.database, self.moderator = database, Actor(person=moderator, role=Role.MODERATOR)
        self.people: list[int] = []
        self.ideas: list[int] = []
        self.taken = 0

    async def begin(self) -> None:
        self.question = question = await new_question(self.database)
        self.people = [await self.database.new_person() for _ in range(PEOPLE)]
        self.ideas = [await new_idea(self.database, question) for _ in range(IDEAS)]

    async def do(self, verb: str, who: int, which: int) -> None:
        self.taken += 1
        doing: Callable[[int, int], Awaitable[object]] = getattr(self, verb)
        await doing(self.people[who], self.ideas[which])

    async def support(self, person: int, idea: int) -> None:
        await count_support(idea, person, b"origin")

    async def withdraw(self, person: int, idea: int) -> None:
        await uncount_support(idea, person)

    async def merge(self, person: int, idea: int) -> None:
        """Join an idea with the next one; the old one takes supports no more, so a new one stands in for it."""
        target = self.ideas[(self.ideas.index(idea) + 1) % IDEAS]
        async with db.transaction():
            await lock_for_merging(idea, target)
            await db.run("UPDATE idea SET stage = 'merged' WHERE id = $1", idea)
            await move_supports(idea, target, {person})
            await mark_merged(idea, target)
        self.ideas[self.ideas.index(idea)] = await new_idea(self.database, self.question)

    async def suspend(self, person: int, _idea: int) -> None:
        async with db.transaction():
            await db.run("UPDATE person SET suspended_until = now() + interval '9 days' WHERE id = $1", person)
            await set_aside_supports(person)

    async def end(self, person: int, _idea: int) -> None:
        async with db.transaction():
            await db.run("UPDATE person SET suspended_until = NULL WHERE id = $1", person)
            await restore_supports(person)

    async def hold(self, _person: int, idea: int) -> None:
        found = await self.database.ask(
            "SELECT id, person FROM support WHERE idea = $1 AND state = 'counted' LIMIT 3", idea
        )
        async with db.transaction():
            await holds.lock_people([row["person"] for row in found])
            await tally.spread()
            await holds.hold([row["id"] for row in found], await holds.insert_hold(idea, [Signal.ONE_ORIGIN]))

    async def _decide(self, idea: int, to: Outcome) -> None:
        rows = await self.database.ask(
            "SELECT id, outcome FROM support_hold WHERE idea = $1 AND outcome <> $2 ORDER BY id LIMIT 1", idea, to.value
        )
        for row in rows:
            seen = Outcome(row["outcome"])
            await holding.decide(self.moderator, row["id"], seen, to, reason=WORDS, note=WORDS)

    async def release(self, _person: int, idea: int) -> None:
        await self._decide(idea, Outcome.RELEASED)

    async def invalidate(self, _person: int, idea: int) -> None:
        await self._decide(idea, Outcome.SET_ASIDE)

    async def leave(self, person: int, _idea: int) -> None:
        """Leave with one's supports; somebody else takes the place."""
        async with db.transaction():
            await tally.spread()
            await db.run("SELECT FROM person WHERE id = $1 FOR UPDATE", person)
            for idea in await db.values("SELECT idea FROM support WHERE person = $1 AND state <> 'withdrawn'", person):
                await uncount_support(idea, person)
            await db.run("UPDATE person SET left_at = now(), email = NULL WHERE id = $1", person)
        self.people[self.people.index(person)] = await self.database.new_person()

    async def publish(self, _person: int, _idea: int) -> None:
        await tally.publish(self.database.settings, even_few=True)

    async def recount(self, _person: int, _idea: int) -> None:
        await self.agrees()

    async def agrees(self) -> None:
        counts, wrong = await holding.recount()
        assert wrong == []
        assert counts.counted == counts.published + counts.pending


def sequences(number: int) -> list[list[tuple[str, int, int]]]:
    """Let hypothesis think of so many sequences of steps."""
    found: list[list[tuple[str, int, int]]] = []

    @settings(max_examples=number, deadline=None, database=None)
    @given(STEPS)
    def think(steps: list[tuple[str, int, int]]) -> None:
        found.append(steps)

    think()
    return found


@pytest.fixture
async def machine(pool: Database) -> Machine:
    made = Machine(pool, await pool.new_person(Role.MODERATOR))
    await made.begin()
    return made


async def test_the_count_is_the_rows_is_the_leaves_after_every_sequence(machine: Machine) -> None:
    for steps in sequences(4):
        for step in steps:
            await machine.do(*step)
        await machine.agrees()


@pytest.mark.slow
async def test_ten_thousand_steps_keep_the_count_the_rows_and_the_leaves_together(machine: Machine) -> None:
    chance = random.Random(10_000)
    for steps in sequences(120):
        for step in steps:
            await machine.do(*step)
        await machine.agrees()
    while machine.taken < 10_000:
        for _ in range(25):
            await machine.do(chance.choice(VERBS), chance.randrange(PEOPLE), chance.randrange(IDEAS))
        await machine.agrees()
    assert machine.taken >= 10_000


async def test_everything_at_once_keeps_them_together_too(machine: Machine) -> None:
    chance = random.Random(7)

    async def patiently(verb: str, who: int, which: int) -> None:
        with suppress(Refused):  # somebody else was faster
            await machine.do(verb, who, which)

    verbs = [verb for verb in VERBS if verb not in {"recount", "merge", "leave"}]
    for _ in range(6):
        steps = [(chance.choice(verbs), chance.randrange(PEOPLE), chance.randrange(IDEAS)) for _ in range(30)]
        await asyncio.gather(*(patiently(*step) for step in steps))
        await machine.agrees()
