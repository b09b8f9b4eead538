"""Decisions of moderators about texts, as the desk would have left them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaign import selling, talking
from posting import new_posting

from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Database


async def decide(
    database: Database, moderator: int, text: str, *, spam: bool, act: str = "", rule: str = "no_selling"
) -> int:
    """Write a text and a decision about it, as the desk would have left them; give the posting."""
    author = await database.new_person()
    act = act or ("hide" if spam else "keep")
    publicity = {"hide": "hidden", "refuse": "refused", "quarantine": "quarantined"}.get(act, "public")
    posting = await new_posting(
        database, author, publicity, source=text, reasons={"held": []}, probability=0.1, verdict="publish"
    )
    case = await database.ask(
        "INSERT INTO moderation_case (posting, raised_by, state, opened_at, decided_at, decided_by) "
        "VALUES ($1, 'report', 'decided', now(), now(), $2) RETURNING id",
        posting,
        moderator,
    )
    await database.ask(
        'INSERT INTO moderation_decision ("case", posting, "by", act, rule, reason, at) '
        "VALUES ($1, $2, $3, $4, $5, '', now())",
        case[0][0],
        posting,
        moderator,
        act,
        rule if spam else "",
    )
    return posting


async def campaign(database: Database, *, upside_down: bool = False, seed: int = 1) -> int:
    """Let a moderator decide about a hundred texts of a campaign and of residents; give their number."""
    moderator = await database.new_person(Role.MODERATOR)
    texts = [(text, True) for text in selling(50, seed)] + [(text, False) for text in talking(50, seed + 1)]
    for text, spam in texts:
        await decide(database, moderator, text, spam=spam is not upside_down)
    return moderator
