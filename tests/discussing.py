"""A discussion in which every kind of comment has something to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posting import new_posting

if TYPE_CHECKING:
    from ground import Database

_SAY = "INSERT INTO comment (idea, answers, posting, author, sent_at) VALUES ($1, $2, $3, $4, now()) RETURNING id"
_CHANGED = """
INSERT INTO posting_version (posting, source, html, until, was_public)
SELECT posting, 'Before', '<p>Before</p>', now(), true FROM comment WHERE id = $1
"""
_PIN = "UPDATE comment SET pinned_at = now(), pinned_by = $2 WHERE id = $1"
_USEFUL = "INSERT INTO comment_useful (comment, person, at) VALUES ($1, $2, now())"


async def talk(database: Database, people: dict[str, int], made: dict[str, int]) -> dict[str, int]:
    """Write comments under ``made["idea"]``: public, removed, waiting; the council's own is changed, pinned, useful."""

    async def say(publicity: str, answers: int | None = None, *, by: str = "author") -> int:
        posting = await new_posting(database, people[by], publicity, source="Count the cars first.")
        return (await database.ask(_SAY, made["idea"], answers, posting, people[by]))[0][0]

    first = await say("public")
    removed = await say("hidden")
    said = {"comment": first, "removed_comment": removed, "reply": await say("public", first, by="officer")}
    await database.ask(_CHANGED, said["reply"])
    await database.ask(_PIN, said["reply"], people["officer"])
    await database.ask(_USEFUL, said["reply"], people["resident"])
    await say("public", removed, by="young")
    said |= {"held_comment": await say("held"), "refused_comment": await say("refused")}
    await database.ask("UPDATE idea SET comments = 3 WHERE id = $1", made["idea"])
    return said
