"""What a picture may be, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

MOST = 5
"""Pictures of one idea."""
MOST_BYTES = 10 * 1024 * 1024
MOST_BODY = MOST_BYTES + 512 * 1024
"""Of a whole form with a picture in it."""
MOST_PIXELS = 20_000_000
LONG_SIDE = 1_600
SMALL_SIDE = 480
SIDES = (LONG_SIDE, SMALL_SIDE)
"""A picture is kept in these sizes: pixels of its longer side."""
MOST_DESCRIPTION = 300
NAME_LENGTH = 64
LETTERS = frozenset("0123456789abcdef")
"""Of a name, which is a hash."""
KIND = "image/jpeg"


class Why(StrEnum):
    """Why a file cannot be one of an idea's pictures, or a picture cannot be changed."""

    NOTHING_CHOSEN = "nothing_chosen"
    TOO_BIG = "too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PICTURE = "not_a_picture"
    MOVES = "moves"
    BROKEN = "broken"
    TOO_MANY = "too_many"
    NOT_NOW = "not_now"
    NO_DESCRIPTION = "no_description"
    NO_REASON = "no_reason"


def why_not_upload(size: int) -> Why | None:
    """Say why bytes cannot be a picture before anything looks at them."""
    if size == 0:
        return Why.NOTHING_CHOSEN
    return Why.TOO_BIG if size > MOST_BYTES else None


def is_name(text: str) -> bool:
    """Say whether a piece of an address can name a picture."""
    return len(text) == NAME_LENGTH and set(text) <= LETTERS


def moved(order: Sequence[int], picture: int, *, up: bool) -> list[int]:
    """Give the order of pictures after one of them has moved one place; the same where it cannot."""
    places = list(order)
    if picture not in places:
        return places
    at = places.index(picture)
    to = at - 1 if up else at + 1
    if 0 <= to < len(places):
        places[at], places[to] = places[to], places[at]
    return places
