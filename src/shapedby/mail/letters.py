"""Letters to print: what would be a mail to somebody who has no e-mail address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapedby import db
from shapedby.mail.actions import render, spoken

KEPT_DAYS = 30
_FOOT = "\n--\n"
_SHOWN = """
SELECT id, name, postal, subject, text, language, kind, reference, queued_at, posted_at FROM outgoing_letter
"""
_INSERT = """
INSERT INTO outgoing_letter (name, postal, subject, text, language, kind, once, reference, queued_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now()) ON CONFLICT (once) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets a letter; ``reference`` is the one on their slip, ``once`` keeps the same news from coming twice."""

    name: str
    postal: str
    language: str
    reference: str
    once: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that waits for the post, or was posted."""

    id: int
    name: str
    postal: str
    subject: str
    text: str
    language: str
    kind: str
    reference: str
    queued_at: datetime
    posted_at: datetime | None


async def queue_letter(to: Addressee, *, kind: str, template: str, context: Mapping[str, Any]) -> int:
    """Write a letter with the words of a mail's text, inside the caller's transaction; gives how many were new."""
    language = spoken(to.language)
    said = render(language, template, context, kind=kind)
    # What stands under a mail is about mails; a letter has a foot of its own.
    text = said.text.partition(_FOOT)[0].strip()
    return await db.run(
        _INSERT, to.name[:120], to.postal, said.subject[:300], text, language, kind, to.once, to.reference
    )


async def letters(*, posted: bool, most: int = 200) -> list[Letter]:
    """List the letters that wait, the oldest on top, or those that were posted, the newest on top."""
    which = "WHERE posted_at IS NOT NULL ORDER BY posted_at DESC" if posted else "WHERE posted_at IS NULL ORDER BY id"
    return await db.many(Letter, f"{_SHOWN} {which} LIMIT $1", most)


async def letter(number: int) -> Letter | None:
    """Give one letter."""
    return await db.one(Letter, _SHOWN + "WHERE id = $1", number)


async def count_waiting() -> int:
    """Count the letters that wait for the post."""
    return await db.value("SELECT count(*) FROM outgoing_letter WHERE posted_at IS NULL")


async def mark_posted(number: int, by: int) -> bool:
    """Note that a letter is in the post; False where it was."""
    sql = "UPDATE outgoing_letter SET posted_at = now(), posted_by = $2 WHERE id = $1 AND posted_at IS NULL"
    return await db.run(sql, number, by) > 0


async def mark_not_posted(number: int) -> bool:
    """Take back that a letter is in the post; False where it was not."""
    sql = "UPDATE outgoing_letter SET posted_at = NULL, posted_by = NULL WHERE id = $1 AND posted_at IS NOT NULL"
    return await db.run(sql, number) > 0


async def change_unposted(mentions: str, change: Callable[[str], str]) -> int:
    """Change the words of letters that mention something and are not in the post; gives how many it changed."""
    if not mentions:
        return 0
    changed = 0
    waiting = await db.many(
        Letter, _SHOWN + "WHERE posted_at IS NULL AND strpos(text, $1) > 0 ORDER BY id FOR UPDATE", mentions
    )
    for one in waiting:
        subject, text = change(one.subject), change(one.text)
        if (subject, text) != (one.subject, one.text):
            await db.run(
                "UPDATE outgoing_letter SET subject = $2, text = $3 WHERE id = $1", one.id, subject[:300], text
            )
            changed += 1
    return changed


async def forget_old_letters() -> int:
    """Delete letters a month after they were posted; gives how many."""
    return await db.run("DELETE FROM outgoing_letter WHERE posted_at < now() - make_interval(days => $1)", KEPT_DAYS)


async def forget_letters_of(reference: str) -> int:
    """Delete every letter to somebody who leaves, posted or not."""
    return await db.run("DELETE FROM outgoing_letter WHERE reference = $1", reference)
