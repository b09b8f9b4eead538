"""The log: what writes leaves, how they are published, and that nothing published can be changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import asyncpg
import pytest
from answering import new_idea, new_question
from ground import Database

from shapedby import db
from shapedby.ideas.actions import holding, restore_supports, set_aside_supports
from shapedby.ideas.queries import count_support, nonce_of, uncount_support
from shapedby.tally import actions, queries
from shapedby.tally.rules import BATCH, head_text
from shapedby.tally.rules.tree import grown, leaf_hash, root
from shapedby.tally.verify import is_signed

if TYPE_CHECKING:
    Doing = Callable[[int, int], Awaitable[object]]


async def leaves_of(database: Database, idea: int) -> tuple[int, int]:
    """Give how many leaves an idea has, and what they add up to."""
    sql = (
        "SELECT count(*), coalesce(sum(change), 0) FROM (SELECT idea, change FROM tally_leaf "
        "UNION ALL SELECT idea, change FROM tally_pending) every WHERE idea = $1"
    )
    return tuple((await database.ask(sql, idea))[0])


async def put_right(database: Database) -> None:
    """Write the counts again after rows were changed behind the app's back."""
    counted = "SELECT count(*) FROM support s WHERE s.idea = idea.id AND s.state = 'counted'"
    await database.ask(f"UPDATE idea SET supports = ({counted})")


async def an_idea(database: Database) -> int:
    return await new_idea(database, await new_question(database))


async def supported(database: Database, idea: int, people: int) -> list[int]:
    given = [await database.new_person() for _ in range(people)]
    for person in given:
        await count_support(idea, person)
    return given


CHANGES = {
    "a support": ("SELECT 1", 1, 1),
    "a support withdrawn": ("UPDATE support SET state = 'withdrawn' WHERE idea = $1", 2, 0),
    "held": ("UPDATE support SET state = 'held' WHERE idea = $1", 2, 0),
    "set aside": ("UPDATE support SET state = 'set_aside' WHERE idea = $1", 2, 0),
    "the row deleted": ("DELETE FROM support WHERE idea = $1", 2, 0),
    "touched": ("UPDATE support SET changed_at = now(), origin = NULL WHERE idea = $1", 1, 1),
    "its nonce overwritten": ("UPDATE support SET nonce = '\\x00', leaves = 7 WHERE idea = $1", 1, 1),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_each_change_of_counted_ness_writes_its_leaf(pool: Database, change: str) -> None:
    idea = await an_idea(pool)
    await supported(pool, idea, 1)
    sql, leaves, total = CHANGES[change]
    await pool.ask(sql, idea) if "$1" in sql else None
    assert await leaves_of(pool, idea) == (leaves, total)
    await put_right(pool)


async def test_a_row_that_moves_takes_its_count_along(pool: Database) -> None:
    question = await new_question(pool)
    idea, other = await new_idea(pool, question), await new_idea(pool, question)
    await supported(pool, idea, 3)
    await pool.ask("UPDATE support SET idea = $2 WHERE idea = $1", idea, other)
    assert (await leaves_of(pool, idea), await leaves_of(pool, other)) == ((6, 0), (3, 3))
    await put_right(pool)


async def test_a_support_that_is_rolled_back_leaves_nothing(pool: Database) -> None:
    idea = await an_idea(pool)
    person = await pool.new_person()

    async def fail_half_way() -> None:
        async with db.transaction():
            await count_support(idea, person)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_half_way()
    assert await leaves_of(pool, idea) == (0, 0)


async def test_the_nonce_stays_the_triggers(pool: Database) -> None:
    idea = await an_idea(pool)
    person = (await supported(pool, idea, 1))[0]
    before = await nonce_of(idea, person)
    await pool.ask("UPDATE support SET nonce = '\\x01', leaves = 9 WHERE idea = $1", idea)
    assert await nonce_of(idea, person) == before


async def test_few_leaves_wait_for_others_and_a_full_batch_is_published_signed(pool: Database) -> None:
    await actions.publish(pool.settings, even_few=True)
    idea = await an_idea(pool)
    await supported(pool, idea, BATCH - 1)
    assert await actions.publish(pool.settings) == 0
    await supported(pool, idea, 1)
    assert await actions.publish(pool.settings) == BATCH
    head = await queries.newest_head()
    assert head is not None
    log = await queries.leaves(0)
    halves, _ = grown(0, [], [leaf_hash(leaf.line) for leaf in log])
    assert (head.size, head.root) == (len(log), root(halves))
    assert is_signed(head.key.hex(), head_text(head.size, head.root, head.at), head.signature.hex())


async def test_nothing_waits_longer_than_a_day(pool: Database) -> None:
    idea = await an_idea(pool)
    await supported(pool, idea, 1)
    assert await actions.publish(pool.settings) == 0
    await pool.ask("UPDATE tally_pending SET due = now() - interval '25 hours'")
    assert await actions.publish(pool.settings) == 1


async def test_many_workers_publish_each_leaf_once(pool: Database) -> None:
    idea = await an_idea(pool)
    await supported(pool, idea, 40)
    done = await asyncio.gather(*(actions.publish(pool.settings, even_few=True) for _ in range(8)))
    assert sum(done) == 40
    places = [leaf.place for leaf in await queries.leaves(0)]
    assert places == list(range(len(places)))


async def test_a_batch_is_shuffled(pool: Database) -> None:
    await actions.publish(pool.settings, even_few=True)
    start = len(await queries.leaves(0))
    idea = await an_idea(pool)
    people = await supported(pool, idea, 60)
    given = [await nonce_of(idea, person) for person in people]
    await actions.publish(pool.settings)
    order = {leaf.commitment: leaf.place for leaf in await queries.leaves(start)}
    found = [order[(await actions.receipt(one.nonce, 0)).leaves[0].commitment] for one in given if one]
    assert len(found) == 60
    assert found != sorted(found)


async def test_a_suspension_is_spread_over_a_week_and_counts_at_once(pool: Database) -> None:
    question = await new_question(pool)
    person = await pool.new_person()
    ideas = [await new_idea(pool, question) for _ in range(12)]
    for idea in ideas:
        await count_support(idea, person)
    await actions.publish(pool.settings, even_few=True)
    async with db.transaction():
        assert await set_aside_supports(person) == 12
    sql = "SELECT extract(epoch FROM max(due) - now()) AS last, count(DISTINCT due) AS moments FROM tally_pending"
    row = (await pool.ask(sql))[0]
    assert 86_400 < row["last"] <= 7 * 86_400
    assert row["moments"] == 12
    shown = await pool.ask("SELECT sum(supports) FROM idea WHERE id = ANY($1::bigint[])", ideas)
    assert shown[0][0] == 0
    assert (await holding.recount())[1] == []
    async with db.transaction():
        assert await restore_supports(person) == 12
    assert (await holding.recount())[1] == []
    await count_support(await an_idea(pool), await pool.new_person())
    assert (await pool.ask("SELECT count(*) FROM tally_pending WHERE due <= now()"))[0][0] == 1, "it ends with its act"


async def test_a_receipt_shows_every_leaf_with_its_proof(pool: Database) -> None:
    idea = await an_idea(pool)
    person = (await supported(pool, idea, 30))[7]
    await uncount_support(idea, person)
    await actions.publish(pool.settings, even_few=True)
    await count_support(idea, person)
    own = await nonce_of(idea, person)
    assert own is not None
    found = await actions.receipt(own.nonce, own.leaves)
    assert [(leaf.number, leaf.change, leaf.idea) for leaf in found.leaves] == [
        (0, 1, idea),
        (1, -1, idea),
        (2, 1, idea),
    ]
    assert [found.proves(leaf) for leaf in found.leaves] == [True, True, False]
    assert [leaf.place is None for leaf in found.leaves] == [False, False, True]


COLUMN = {
    "tally_leaf": "change = 1",
    "tally_node": "hash = ''",
    "tally_head": "root = ''",
    "tally_key": "public = ''",
    "tally_check": "counted = 0",
}


@pytest.mark.parametrize("table", COLUMN)
async def test_the_app_can_only_add_to_what_is_published(pool: Database, table: str) -> None:
    for sql in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET {COLUMN[table]}"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.ask(sql)


WRONG = {
    "a count that somebody set": "UPDATE idea SET supports = supports + 1 WHERE id = $1",
    "a leaf that somebody took out": "DELETE FROM tally_pending WHERE idea = $1",
    "a leaf that somebody invented": "INSERT INTO tally_pending (idea, change, commitment) VALUES ($1, 1, '\\x00')",
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_recount_says_what_does_not_agree_and_repairs_nothing(pool: Database, wrong: str) -> None:
    idea = await an_idea(pool)
    await supported(pool, idea, 2)
    assert (await holding.recount())[1] == []
    await pool.ask(WRONG[wrong], idea)
    found = (await holding.recount())[1]
    assert [one.idea for one in found] == [idea]
    assert (await holding.recount())[1] == found, "nothing was repaired"
    check = await queries.last_check()
    assert check is not None
    assert f"Idea {idea} shows" in check.wrong[0]
    await put_right(pool)
    await pool.ask("DELETE FROM tally_pending WHERE idea = $1", idea)
    sql = "INSERT INTO tally_pending (idea, change, commitment) SELECT $1, 1, sha256(int4send($2))"
    for number in range(2):
        await pool.ask(sql, idea, number)
