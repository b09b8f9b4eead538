"""Forgetting what people follow and were told."""

from __future__ import annotations

from shapedby import db
from shapedby.notices.queries import keeping


async def forget(person: int) -> None:
    """Remove everything that notices keep about somebody who leaves."""
    async with db.transaction():
        await keeping.forget(person)


async def forget_old() -> int:
    """Forget what people were told more than a month ago; gives how much."""
    return await keeping.forget_old()
