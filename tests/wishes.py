"""A comment whose author was asked to change it, for tests of whole pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from posting import new_case, new_posting

if TYPE_CHECKING:
    from ground import Database


async def wishes(database: Database, people: dict[str, int], made: dict[str, int]) -> dict[str, int]:
    """Let a moderator ask for a change of a comment by ``author``."""
    author, now = people["author"], datetime.now(UTC)
    posting = await new_posting(database, author, source="Count the cars first.")
    sql = "INSERT INTO comment (idea, posting, author, sent_at) VALUES ($1, $2, $3, $4) RETURNING id"
    comment = (await database.ask(sql, made["idea"], posting, author, now))[0][0]
    case = await new_case(database, posting)
    await database.ask("UPDATE moderation_case SET state = 'asked' WHERE id = $1", case)
    await database.ask(
        'INSERT INTO moderation_decision ("case", posting, "by", act, was, reason, at) '
        "VALUES ($1, $2, $3, 'ask', 'held', 'Say who counts, please.', $4)",
        case,
        posting,
        people["moderator"],
        now,
    )
    return {"asked_comment": comment, "asked_case": case}
