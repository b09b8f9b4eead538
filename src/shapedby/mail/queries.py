"""The outbox: what waits, what was sent, what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shapedby import db


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it goes into the outbox; ``once`` keeps the same news from being queued twice."""

    address: str
    subject: str
    text: str
    html: str
    language: str
    kind: str
    once: str | None
    stop: str = ""
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """One mail that is due."""

    id: int
    address: str
    subject: str
    text: str
    html: str
    language: str
    kind: str
    stop: str
    tries: int
    queued_at: datetime
    too_late: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One mail as the demo shows it."""

    id: int
    address: str
    subject: str
    text: str
    html: str
    language: str
    kind: str
    stop: str
    queued_at: datetime


_INSERT = """
INSERT INTO outgoing_mail (address, subject, text, html, language, kind, once, stop, rank, queued_at, due_at)
SELECT *, now(), now() FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                                   $8::text[], $9::smallint[])
ON CONFLICT (once) DO NOTHING
"""
_NEXT_DUE = """
SELECT id, address, subject, text, html, language, kind, stop, tries, queued_at,
       queued_at < now() - CASE WHEN kind = $1 THEN $2::interval ELSE $3::interval END AS too_late
FROM outgoing_mail WHERE sent_at IS NULL AND given_up_at IS NULL AND handing_at IS NULL AND due_at <= now()
ORDER BY rank, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_GIVE_UP_DOUBTFUL = """
UPDATE outgoing_mail SET given_up_at = now(), text = '', html = '', trouble = $2
WHERE id IN (
  SELECT id FROM outgoing_mail
  WHERE handing_at < now() - $1::interval AND sent_at IS NULL AND given_up_at IS NULL FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_SHOWN = "SELECT id, address, subject, text, html, language, kind, stop, queued_at FROM outgoing_mail "


async def insert(letters: Sequence[Letter]) -> int:
    """Put mails into the outbox; gives how many were new."""
    columns = ("address", "subject", "text", "html", "language", "kind", "once", "stop", "rank")
    return await db.run(_INSERT, *([getattr(letter, column) for letter in letters] for column in columns))


async def anything_due() -> bool:
    """Say whether a mail is due."""
    sql = """
        SELECT EXISTS (SELECT FROM outgoing_mail
        WHERE sent_at IS NULL AND given_up_at IS NULL AND handing_at IS NULL AND due_at <= now())
    """
    return await db.value(sql)


async def next_due(short_lived: str, short: timedelta, long: timedelta) -> Waiting | None:
    """Take the next due mail, locked until the transaction ends; None where nothing is due or free."""
    return await db.one(Waiting, _NEXT_DUE, short_lived, short, long)


async def mark_handing(number: int) -> None:
    """Note that a mail's words go to the mail server now; from here on it is never sent a second time."""
    await db.run("UPDATE outgoing_mail SET handing_at = now() WHERE id = $1", number)


async def give_up_doubtful(lease: timedelta, trouble: str) -> list[int]:
    """Give up the mails whose sender stopped while it handed them over, longer ago than ``lease``; gives which."""
    return await db.values(_GIVE_UP_DOUBTFUL, lease, trouble)


async def mark_sent(number: int) -> None:
    """Note that a mail was handed over, and forget its words: they are the receiver's now."""
    # Of the last mail to somebody who has left we forget where it went, too.
    await db.run(
        "UPDATE outgoing_mail SET sent_at = now(), text = '', html = '', trouble = '', "
        "address = CASE WHEN kind = 'goodbye' THEN '' ELSE address END WHERE id = $1",
        number,
    )


async def mark_failed(number: int, wait: timedelta, trouble: str) -> None:
    """Note that a mail could not be handed over, and when to try again."""
    await db.run(
        "UPDATE outgoing_mail SET tries = tries + 1, due_at = now() + $2::interval, trouble = $3, handing_at = NULL "
        "WHERE id = $1",
        number,
        wait,
        trouble[:300],
    )


async def mark_given_up(number: int, trouble: str) -> None:
    """Note that a mail will not be tried again, and forget its words."""
    await db.run(
        "UPDATE outgoing_mail SET given_up_at = now(), text = '', html = '', trouble = $2 WHERE id = $1",
        number,
        trouble[:300],
    )


async def delete_unsent(address: str, kind: str) -> int:
    """Delete one kind of mail to an address that has not left yet, and what is noted of those that have."""
    return await db.run("DELETE FROM outgoing_mail WHERE address = $1 AND kind = $2", address, kind)


async def delete_old() -> int:
    """Delete what is noted of mails a month after they left or were given up; gives how many."""
    return await db.run("DELETE FROM outgoing_mail WHERE coalesce(sent_at, given_up_at) < now() - interval '30 days'")


async def newest(limit: int = 100) -> list[Shown]:
    """List the newest mails that wait, for the demo."""
    return await db.many(Shown, _SHOWN + "WHERE sent_at IS NULL ORDER BY id DESC LIMIT $1", limit)


async def mail(number: int) -> Shown | None:
    """Give one mail that waits, for the demo."""
    return await db.one(Shown, _SHOWN + "WHERE id = $1 AND sent_at IS NULL", number)


@dataclass(frozen=True, slots=True)
class Unsent:
    """The words of one mail that has not left."""

    id: int
    subject: str
    text: str
    html: str


async def unsent(address: str, mentions: str) -> list[Unsent]:
    """List the mails that have not left: those to an address, and those that mention something; locked."""
    sql = """
        SELECT id, subject, text, html FROM outgoing_mail
        WHERE sent_at IS NULL AND given_up_at IS NULL AND (address = $1 OR ($2 <> '' AND strpos(text, $2) > 0))
        ORDER BY id FOR UPDATE
    """
    return await db.many(Unsent, sql, address, mentions)


async def rewrite(number: int, subject: str, text: str, html: str) -> None:
    """Change the words of a mail that has not left."""
    await db.run(
        "UPDATE outgoing_mail SET subject = $2, text = $3, html = $4 WHERE id = $1", number, subject[:300], text, html
    )
