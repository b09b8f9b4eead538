"""All SQL of writing things down for others."""

from __future__ import annotations

from shapedby import db


async def mark_idea(idea: int, by: int) -> None:
    """Note who of the staff wrote an idea down."""
    await db.run(
        "UPDATE posting SET recorded_by = $2 FROM idea WHERE idea.id = $1 AND posting.id = idea.posting", idea, by
    )


async def mark_comment(comment: int, by: int) -> None:
    """Note who of the staff wrote a comment down."""
    await db.run(
        "UPDATE posting SET recorded_by = $2 FROM comment WHERE comment.id = $1 AND posting.id = comment.posting",
        comment,
        by,
    )
