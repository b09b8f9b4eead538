"""The hash tree over the log, as RFC 9162 (section 2.1) makes it: growing, roots, and proofs that a leaf is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True, order=True)
class Subtree:
    """A complete subtree: 2 to the power of ``level`` leaves, the ``index``-th of its level."""

    level: int
    index: int

    @property
    def number(self) -> int:
        """One number for each subtree, in the order in which a walk from left to right meets them."""
        return (2 * self.index + 1) * 2**self.level - 1


def leaf_hash(line: str) -> bytes:
    """Hash a leaf."""
    return hashlib.sha256(b"\x00" + line.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two halves into one."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtrees(start: int, end: int) -> list[Subtree]:
    """Give the complete subtrees that cover the leaves of a part of the tree, the leftmost first.

    A part begins where a power of two leaves, at least as many as it has, begin.
    """
    found: list[Subtree] = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(Subtree(level, start >> level))
        start += 1 << level
    return found


def root(halves: Sequence[bytes]) -> bytes:
    """Give the root over complete subtrees, the largest first."""
    if not halves:
        return EMPTY
    total = halves[-1]
    for left in reversed(halves[:-1]):
        total = node_hash(left, total)
    return total


def grown(size: int, halves: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[list[bytes], dict[Subtree, bytes]]:
    """Add hashes of leaves to a tree; gives its complete subtrees' hashes, and the subtrees that became complete."""
    kept, made = list(halves), dict[Subtree, bytes]()
    for place, added in enumerate(leaves, size):
        total, level, index = added, 0, place
        while index & 1:
            level, index = level + 1, index >> 1
            total = node_hash(kept.pop(), total)
            made[Subtree(level, index)] = total
        kept.append(total)
    return kept, made


def path(place: int, size: int) -> list[list[Subtree]]:
    """Give what proves that a leaf is in a tree: for each step up, the subtrees whose root stands beside."""
    return _path(place, 0, size)


def _path(place: int, start: int, end: int) -> list[list[Subtree]]:
    if end - start <= 1:
        return []
    middle = start + (1 << ((end - start - 1).bit_length() - 1))
    if place < middle:
        return [*_path(place, start, middle), subtrees(middle, end)]
    return [*_path(place, middle, end), subtrees(start, middle)]


def proof(place: int, size: int, hashes: Mapping[Subtree, bytes]) -> list[bytes]:
    """Give the hashes beside the way from a leaf to the root, the lowest first."""
    return [root([hashes[one] for one in beside]) for beside in path(place, size)]


def root_by(leaf: bytes, place: int, size: int, beside: Sequence[bytes]) -> bytes:
    """Give the root that a proof leads to; it is in the tree where that is the tree's root."""
    number, last, total = place, size - 1, leaf
    for other in beside:
        if number & 1 or number == last:
            total = node_hash(other, total)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            total = node_hash(total, other)
        number, last = number >> 1, last >> 1
    return total
