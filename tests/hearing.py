"""Following and being told, for tests of notices: something that can be followed, without a slice that owns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shapedby import db
from shapedby.notices.actions import About, Described, describe

if TYPE_CHECKING:
    from ground import Database

HIDDEN = 999
"""The number of a thing that is not public."""


async def _named(numbers: Sequence[int]) -> list[Described]:
    public = [number for number in numbers if number != HIDDEN]
    return [Described(number, {"en": f"Thing {number}"}, f"/things/{number}", "en") for number in public]


def anything_can_be_followed() -> None:
    """Let every number be a public idea, question and discussion, but for the hidden one."""
    for about in (About.IDEA, About.CHALLENGE, About.THREAD):
        describe(about, _named)


async def nothing_is_told() -> None:
    """Begin without anything that was or is to be told."""
    for table in ("outgoing_mail", "notice_delivery", "notice", "follow", "mail_choice"):
        await db.run(f"DELETE FROM {table}")


async def mails(database: Database, address: str) -> list[dict[str, str]]:
    """List the mails to an address, the oldest first."""
    rows = await database.ask("SELECT * FROM outgoing_mail WHERE address = $1 ORDER BY id", address)
    return [dict(row) for row in rows]
