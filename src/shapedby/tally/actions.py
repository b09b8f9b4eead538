"""Publishing leaves, receipts, and keeping what a recount found."""

from __future__ import annotations

import random
from dataclasses import dataclass

from shapedby import db
from shapedby.settings import Settings
from shapedby.tally import queries
from shapedby.tally.queries import Check, Head
from shapedby.tally.rules import MOST_AT_ONCE, commitment, head_text, why_wait
from shapedby.tally.rules.tree import grown, leaf_hash, path, proof, root, root_by, subtrees
from shapedby.tally.signing import sign


async def spread() -> None:
    """Let each leaf that the caller's transaction writes from now on wait for a random moment of the next seven days.

    For one act that changes many supports of one person: published together, they would show whose they are.
    """
    await queries.spread()


async def publish(using: Settings, *, even_few: bool = False) -> int:
    """Publish the leaves that are due, shuffled, with a signed head; gives how many.

    ``even_few`` does not wait for a full batch: for demos and tests, since it tells more than a batch would.
    """
    published = 0
    while True:
        done = await _publish(using, even_few=even_few)
        published += done
        if done < MOST_AT_ONCE:
            return published


async def _publish(using: Settings, *, even_few: bool) -> int:
    async with db.transaction():
        # First of all: what another worker has taken meanwhile is then not counted as due.
        if not await queries.alone():
            return 0
        due = await queries.due()
        if due.number == 0 or (why_wait(due.number, due.oldest, due.now) and not even_few):
            return 0
        head = await queries.newest_head()
        size = head.size if head else 0
        leaves = await queries.take_due(MOST_AT_ONCE)
        random.SystemRandom().shuffle(leaves)
        standing = subtrees(0, size)
        hashes = await queries.hashes(standing)
        halves, made = grown(size, [hashes[one] for one in standing], (leaf_hash(leaf.line) for leaf in leaves))
        await queries.insert_leaves(size, leaves)
        await queries.insert_nodes(made)
        size, total = size + len(leaves), root(halves)
        public, signature = sign(using, head_text(size, total, due.now))
        await queries.insert_head(size, total, due.now, await queries.key(public), signature)
        return len(leaves)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLeaf:
    """One leaf of somebody's support: ``number`` is its place among them; None in ``place``: not published yet."""

    number: int
    idea: int
    change: int
    commitment: bytes
    place: int | None = None
    proof: tuple[bytes, ...] = ()
    line: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What shows somebody that their support is in the log: its leaves, and the head that they are proved against."""

    leaves: tuple[OwnLeaf, ...]
    head: Head | None

    def proves(self, leaf: OwnLeaf) -> bool:
        """Say whether a leaf's proof leads to the head's root."""
        if self.head is None or leaf.place is None:
            return False
        return root_by(leaf_hash(leaf.line), leaf.place, self.head.size, leaf.proof) == self.head.root


async def receipt(nonce: bytes, last: int) -> Receipt:
    """Find every leaf of a support by its nonce and the number of its last leaf."""
    numbers = {commitment(nonce, number): number for number in range(last + 1)}
    head = await queries.newest_head()
    own: list[OwnLeaf] = []
    for leaf in await queries.leaves_with(numbers):
        if head is None or leaf.place >= head.size:
            continue  # published since we asked for the head
        wanted = [one for beside in path(leaf.place, head.size) for one in beside]
        hashes = await queries.hashes(wanted)
        own.append(
            OwnLeaf(
                number=numbers[leaf.commitment],
                idea=leaf.idea,
                change=leaf.change,
                commitment=leaf.commitment,
                place=leaf.place,
                proof=tuple(proof(leaf.place, head.size, hashes)),
                line=leaf.line,
            )
        )
    own += [
        OwnLeaf(number=numbers[one.commitment], idea=one.idea, change=one.change, commitment=one.commitment)
        for one in await queries.waiting_with(numbers)
    ]
    return Receipt(tuple(sorted(own, key=lambda one: one.number)), head)


async def keep_check(check: Check) -> None:
    """Keep what a recount found; it is shown on the public page."""
    await queries.insert_check(check)
