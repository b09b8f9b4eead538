"""The day by which the council has promised an answer to an idea, moved in public."""

from __future__ import annotations

from datetime import date

from shapedby import db


async def move_promise(number: int, seen: date, to: date) -> bool:
    """Promise an answer by another day than the one that was seen; False where that has changed, or it is answered."""
    sql = "UPDATE idea SET answer_by = $3 WHERE id = $1 AND answer_by = $2 AND stage IN ('open', 'under_review')"
    return await db.run(sql, number, seen, to) > 0
