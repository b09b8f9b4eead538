"""A campaign that no shipped model knows, in a language that nobody speaks, and what residents write meanwhile."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SELLS = "zurvo blenka mirtosh kravelo punsti dovrak lummeri sastok vrindel oplaka tereshk wolmari".split()
_TALKS = "harosti lenvik morashe dulka senvori tagrel hopsine mekura albrost fintela gorsha velmuni".split()
_BOTH = "ta no sil ver onu kesh bari dol mi ranu".split()


def _text(chance: Random, own: Sequence[str]) -> str:
    words = [chance.choice(own if chance.random() < 0.5 else _BOTH) for _ in range(chance.randint(9, 20))]
    return " ".join(words)


def selling(count: int, seed: int = 1) -> list[str]:
    """Return adverts of the campaign."""
    chance = Random(seed)
    address = f"t.me/{_SELLS[0]}"
    return [f"{_text(chance, _SELLS)} {chance.randint(100, 999)} {address}" for _ in range(count)]


def talking(count: int, seed: int = 2) -> list[str]:
    """Return what residents write in the same language."""
    chance = Random(seed)
    return [_text(chance, _TALKS).capitalize() + "." for _ in range(count)]
