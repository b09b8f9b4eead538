"""Who can be told something, and how they want to hear of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shapedby import db
from shapedby.notices.rules import FIRST, How, Kind


@dataclass(frozen=True, slots=True)
class Reachable:
    """A person with an address."""

    id: int
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class _Choice:
    kind: str
    how: How


_KEEP = """
INSERT INTO mail_choice (person, kind, how)
SELECT $1, kind, how FROM unnest($2::text[], $3::text[]) AS given (kind, how)
ON CONFLICT (person, kind) DO UPDATE SET how = excluded.how, was = '' WHERE mail_choice.how <> excluded.how
"""
_STOP = """
INSERT INTO mail_choice (person, kind, how, was)
SELECT p.id, given.kind, 'never', given.how
FROM unnest($2::text[], $3::text[]) AS given (kind, how), person p WHERE p.id = $1 AND p.left_at IS NULL
ON CONFLICT (person, kind) DO UPDATE SET was = mail_choice.how, how = 'never' WHERE mail_choice.how <> 'never'
"""
_START_AGAIN = """
UPDATE mail_choice SET how = was, was = ''
WHERE person = $1 AND kind = ANY($2::text[]) AND how = 'never' AND was = ANY($3::text[])
"""


async def reachable(people: Sequence[int]) -> list[Reachable]:
    """Give those of the people who have an address and have not left."""
    sql = (
        "SELECT id, email, language FROM person WHERE id = ANY($1::bigint[]) AND email IS NOT NULL AND left_at IS NULL"
    )
    return await db.many(Reachable, sql, list(people))


async def choices(person: int) -> dict[Kind, How]:
    """Give how somebody wants to hear of each kind of news, chosen or not."""
    rows = await db.many(_Choice, "SELECT kind, how FROM mail_choice WHERE person = $1", person)
    known = {row.kind: row.how for row in rows}
    return {kind: known.get(kind.value, first) for kind, first in FIRST.items()}


async def keep_choices(person: int, wanted: Mapping[Kind, How]) -> int:
    """Keep how somebody wants to hear; gives how many kinds changed."""
    return await db.run(_KEEP, person, [kind.value for kind in wanted], [how.value for how in wanted.values()])


async def stop(person: int, kinds: Mapping[Kind, How]) -> int:
    """Mail somebody nothing more of some kinds, and note how it was before; gives how many stopped."""
    return await db.run(_STOP, person, [kind.value for kind in kinds], [how.value for how in kinds.values()])


async def start_again(person: int, kinds: Collection[Kind], was: Collection[How]) -> int:
    """Undo what a mail's link stopped, where it was one of ``was`` before; gives how many kinds are mailed again."""
    return await db.run(_START_AGAIN, person, [kind.value for kind in kinds], [how.value for how in was])


async def weigh_again(person: int) -> int:
    """Let everything that somebody is still to be told be looked at anew, as they choose now."""
    sql = "UPDATE notice_delivery SET waits_for = '', due_at = now() WHERE person = $1 AND told_at IS NULL"
    return await db.run(sql, person)
