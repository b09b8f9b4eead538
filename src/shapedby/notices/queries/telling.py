"""What people are still to be told: noted with its cause, taken up by whoever mails it, each time once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.notices.rules import About, How, Kind


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that one person is to be told now, with how they want to hear of it (None: not chosen)."""

    id: int
    notice: int
    person: int
    kind: Kind
    how: How | None
    waits_for: str
    due_at: datetime
    email: str | None
    language: str
    template: str
    context: Mapping[str, object]
    about: About | None
    number: int | None


_NOTE = """
INSERT INTO notice (topic, template, context, once, at) VALUES ($1, $2, $3, $4, now())
ON CONFLICT (once) DO NOTHING RETURNING id
"""
_NOTED = "SELECT id FROM notice WHERE once = $1"
# One statement for all: a decision on an idea with thousands of supporters holds nobody up.
_DELIVER = """
INSERT INTO notice_delivery (notice, person, kind, due_at)
SELECT $1, given.person, given.kind, now() FROM unnest($2::bigint[], $3::text[]) AS given (person, kind)
JOIN person p ON p.id = given.person AND p.left_at IS NULL AND p.email IS NOT NULL
ON CONFLICT (notice, person) DO NOTHING
"""
_DUE = """
SELECT d.id, d.notice, d.person, d.kind, c.how, d.waits_for, d.due_at,
       CASE WHEN p.left_at IS NULL THEN p.email END AS email, p.language, n.template, n.context, t.about, t.number
FROM notice_delivery d
JOIN notice n ON n.id = d.notice
JOIN person p ON p.id = d.person
LEFT JOIN notice_topic t ON t.id = n.topic
LEFT JOIN mail_choice c ON c.person = d.person AND c.kind = d.kind
WHERE d.told_at IS NULL AND d.due_at <= $1
"""
_FRESH = _DUE + " AND d.waits_for = '' ORDER BY d.due_at, d.id LIMIT $2 FOR UPDATE OF d SKIP LOCKED"
_OF_PERSON = _DUE + " AND d.waits_for <> '' AND d.person = $2 ORDER BY n.at, d.id LIMIT $3 FOR UPDATE OF d SKIP LOCKED"
_IN_DIGESTS = """
SELECT DISTINCT person FROM notice_delivery
WHERE told_at IS NULL AND due_at <= $1 AND waits_for <> '' AND person > $2 ORDER BY person LIMIT $3
"""
_WAIT = """
UPDATE notice_delivery d SET waits_for = given.how, due_at = given.due_at
FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS given (id, how, due_at) WHERE d.id = given.id
"""


async def note(topic: int | None, template: str, context: Mapping[str, object], once: str | None) -> int:
    """Note one thing that happened, or find it where it was noted before under the same ``once``; gives its number."""
    made = await db.value(_NOTE, topic, template, dict(context), once)
    return made if made is not None else await db.value(_NOTED, once)


async def deliver_to(notice: int, people: Mapping[int, Kind]) -> int:
    """Note who is to be told it, each once; gives how many are new."""
    return await db.run(_DELIVER, notice, list(people), [kind.value for kind in people.values()])


async def anything_due(now: datetime | None) -> datetime | None:
    """Give the database's time (or the one given) where something is due; None where nothing is."""
    sql = """
        SELECT coalesce($1, now()) WHERE EXISTS (
            SELECT FROM notice_delivery WHERE told_at IS NULL AND due_at <= coalesce($1, now()))
    """
    return await db.value(sql, now)


async def fresh(now: datetime, most: int) -> list[Due]:
    """Take what is due and in no digest yet, locked until the transaction ends."""
    return await db.many(Due, _FRESH, now, most)


async def people_with_digests(now: datetime, after: int, most: int) -> list[int]:
    """List people whose digest is due, by number, those after one of them."""
    return await db.values(_IN_DIGESTS, now, after, most)


async def lock_digest(person: int) -> bool:
    """Let one process at a time write a person's digest; False where another does."""
    return await db.value("SELECT pg_try_advisory_xact_lock(hashtextextended('digest', $1))", person)


async def in_digest(now: datetime, person: int, most: int) -> list[Due]:
    """Take what belongs into a person's digest, the oldest first, locked until the transaction ends."""
    return await db.many(Due, _OF_PERSON, now, person, most)


async def put_off(waiting: Mapping[int, tuple[How, datetime]]) -> int:
    """Let deliveries wait for the digest they belong to."""
    hows, moments = [how.value for how, _ in waiting.values()], [at for _, at in waiting.values()]
    return await db.run(_WAIT, list(waiting), hows, moments)


async def mark_told(deliveries: Sequence[int], mailed: str) -> int:
    """Note that people were told, or are not to be."""
    sql = "UPDATE notice_delivery SET told_at = now(), mailed = $2 WHERE id = ANY($1::bigint[]) AND told_at IS NULL"
    return await db.run(sql, list(deliveries), mailed)
