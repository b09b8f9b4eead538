"""Long lists, a page at a time: which page, of how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, counted from 1; ``total`` counts the whole list, or what of it can be paged through."""

    rows: Sequence[T]
    total: int
    page: int
    size: int
    more: bool = False
    """There are more than ``total``; nobody counted them."""

    @property
    def pages(self) -> int:
        return page_count(self.total, self.size)


def page_count(total: int, size: int) -> int:
    """Say how many pages a list has; an empty one has one."""
    return max(1, -(-total // size))


def within(page: int, total: int, size: int) -> tuple[int, int]:
    """Give a page that there is (behind the last it is the last), and how many rows stand before it."""
    page = max(1, min(page, page_count(total, size)))
    return page, (page - 1) * size
