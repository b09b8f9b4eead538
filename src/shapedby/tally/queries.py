"""All SQL about the log: what waits, what is published, its heads, keys and checks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shapedby import db
from shapedby.tally.rules import STEP, line
from shapedby.tally.rules.tree import Subtree, leaf_hash

_LOCK = 0x5B_0006  # any number that nobody else in this database uses


@dataclass(frozen=True, slots=True)
class Due:
    """How many leaves could be published now, and since when the oldest could."""

    number: int
    oldest: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A leaf that is about to be published."""

    idea: int
    change: int
    commitment: bytes

    @property
    def line(self) -> str:
        """As it will stand in the log."""
        return line(self.idea, self.change, self.commitment)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A published leaf."""

    place: int
    idea: int
    change: int
    commitment: bytes

    @property
    def line(self) -> str:
        """As it stands in the log."""
        return line(self.idea, self.change, self.commitment)


@dataclass(frozen=True, slots=True)
class Head:
    """The signed root of the tree at one size."""

    size: int
    root: bytes
    at: datetime
    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and since when it signs."""

    public: bytes
    since: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One recount: ``wrong`` has a sentence for each thing that did not agree."""

    at: datetime
    ideas: int
    counted: int
    published: int
    pending: int
    wrong: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class _Node:
    id: int
    hash: bytes


_HEADS = """
SELECT h.size, h.root, h.at, k.public AS key, h.signature FROM tally_head h JOIN tally_key k ON k.id = h.key
"""
_PUBLISH = """
INSERT INTO tally_leaf (place, idea, change, commitment)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bytea[])
"""
_TAKE = """
DELETE FROM tally_pending WHERE id IN (SELECT id FROM tally_pending WHERE due <= now() ORDER BY due, id LIMIT $1)
RETURNING idea, change, commitment
"""


async def spread() -> None:
    """Let each leaf of this transaction wait for a moment of its own."""
    await db.run("SELECT set_config('shapedby.spread', 'on', true)")


async def alone() -> bool:
    """Say whether this transaction is the only one that publishes; until it ends no other does."""
    return await db.value("SELECT pg_try_advisory_xact_lock($1)", _LOCK)


async def due() -> Due:
    """Say what could be published now."""
    sql = "SELECT count(*) AS number, min(due) AS oldest, now() AS now FROM tally_pending WHERE due <= now()"
    return await db.one(Due, sql) or Due(0, None, datetime.min)  # noqa: DTZ901 - an aggregate always has a row


async def take_due(most: int) -> list[Pending]:
    """Take due leaves out of those that wait."""
    return await db.many(Pending, _TAKE, most)


async def insert_leaves(first: int, leaves: Sequence[Pending]) -> None:
    """Publish leaves at the places from ``first`` on."""
    places = list(range(first, first + len(leaves)))
    await db.run(
        _PUBLISH,
        places,
        [one.idea for one in leaves],
        [one.change for one in leaves],
        [one.commitment for one in leaves],
    )


async def insert_nodes(made: Mapping[Subtree, bytes]) -> None:
    """Keep the hashes of subtrees that are complete."""
    numbers = [one.number for one in made]
    sql = "INSERT INTO tally_node (id, hash) SELECT * FROM unnest($1::bigint[], $2::bytea[])"
    await db.run(sql, numbers, list(made.values()))


async def insert_head(size: int, root: bytes, at: datetime, key: int, signature: bytes) -> None:
    """Publish a head."""
    sql = "INSERT INTO tally_head (size, root, at, key, signature) VALUES ($1, $2, $3, $4, $5)"
    await db.run(sql, size, root, at, key, signature)


async def key(public: bytes) -> int:
    """Give the number of a public key, published by this if it was not yet."""
    known: int | None = await db.value("SELECT id FROM tally_key WHERE public = $1", public)
    if known is None:
        known = await db.value("INSERT INTO tally_key (public, since) VALUES ($1, now()) RETURNING id", public)
    assert known is not None  # RETURNING gave it
    return known


async def newest_head() -> Head | None:
    """Give the head of the whole log; None while nothing is published."""
    return await db.one(Head, _HEADS + "ORDER BY h.size DESC LIMIT 1")


async def heads(start: int) -> list[Head]:
    """List heads from the first on, leaving ``start`` of them out; at most ``STEP``."""
    return await db.many(Head, _HEADS + "ORDER BY h.size OFFSET $1 LIMIT $2", start, STEP)


async def keys() -> list[Key]:
    """List every key that has signed a head."""
    return await db.many(Key, "SELECT public, since FROM tally_key ORDER BY id LIMIT 1000")


async def leaves(start: int) -> list[Leaf]:
    """List published leaves from a place on; at most ``STEP``."""
    sql = "SELECT place, idea, change, commitment FROM tally_leaf WHERE place >= $1 ORDER BY place LIMIT $2"
    return await db.many(Leaf, sql, start, STEP)


async def leaves_with(commitments: Collection[bytes]) -> list[Leaf]:
    """Find published leaves by what they commit to."""
    sql = "SELECT place, idea, change, commitment FROM tally_leaf WHERE commitment = ANY($1::bytea[]) ORDER BY place"
    return await db.many(Leaf, sql, list(commitments))


async def waiting_with(commitments: Collection[bytes]) -> list[Pending]:
    """Find leaves that wait, by what they commit to."""
    sql = "SELECT idea, change, commitment FROM tally_pending WHERE commitment = ANY($1::bytea[]) ORDER BY id"
    return await db.many(Pending, sql, list(commitments))


async def hashes(wanted: Iterable[Subtree]) -> dict[Subtree, bytes]:
    """Give the hashes of complete subtrees, single leaves among them."""
    every = set(wanted)
    places = [one.index for one in every if one.level == 0]
    numbers = {one.number: one for one in every if one.level}
    sql = "SELECT place, idea, change, commitment FROM tally_leaf WHERE place = ANY($1::bigint[])"
    found = {Subtree(0, leaf.place): leaf_hash(leaf.line) for leaf in await db.many(Leaf, sql, places)}
    rows = await db.many(_Node, "SELECT id, hash FROM tally_node WHERE id = ANY($1::bigint[])", list(numbers))
    return found | {numbers[row.id]: row.hash for row in rows}


async def insert_check(check: Check) -> None:
    """Keep what a recount found."""
    sql = "INSERT INTO tally_check (at, ideas, counted, published, pending, wrong) VALUES (now(), $1, $2, $3, $4, $5)"
    await db.run(sql, check.ideas, check.counted, check.published, check.pending, check.wrong)


async def last_check() -> Check | None:
    """Give the newest recount; None before the first."""
    return await db.one(
        Check, "SELECT at, ideas, counted, published, pending, wrong FROM tally_check ORDER BY id DESC LIMIT 1"
    )
