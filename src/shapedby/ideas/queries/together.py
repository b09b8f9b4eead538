"""All SQL about writing together: authors, invitations, and proposals to join two ideas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shapedby import db
from shapedby.ideas.rules.together import CameBy, MergeBecause, MergeState, is_live
from shapedby.kernel import Role


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes an idea with its author."""

    person: int
    name: str
    role: Role
    came_by: CameBy
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation to write an idea together, as it stood at ``now``, the database's time."""

    id: int
    idea: int
    by: int
    by_name: str
    email: str
    nonce: str
    ends_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None
    now: datetime

    @property
    def is_live(self) -> bool:
        used, withdrawn = self.used_at is not None, self.withdrawn_at is not None
        return is_live(self.ends_at, self.now, used=used, withdrawn=withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A proposal to join two ideas, as it stood at ``now``, the database's time."""

    id: int
    source: int
    target: int
    because: MergeBecause
    proposed_by: int
    proposed_by_role: Role
    ends_at: datetime
    source_agreed_at: datetime | None
    target_agreed_at: datetime | None
    kept_state: MergeState
    now: datetime

    @property
    def state(self) -> MergeState:
        """What became of it; a proposal that nobody answered in time has expired by itself."""
        late = self.kept_state is MergeState.PROPOSED and self.now >= self.ends_at
        return MergeState.EXPIRED if late else self.kept_state


@dataclass(frozen=True, slots=True)
class Joined:
    """An idea that was joined with another."""

    number: int
    slug: str
    title: str
    language: str
    public: bool

    @property
    def address(self) -> str:
        return f"/ideas/{self.number}/{self.slug}"


_WRITERS = """
SELECT w.person, CASE WHEN a.left_at IS NULL THEN a.name ELSE '' END AS name, a.role, w.came_by, w.since
FROM idea_author w JOIN person a ON a.id = w.person WHERE w.idea = $1 ORDER BY w.id LIMIT 100
"""
_INVITATION = """
SELECT v.id, v.idea, v.by, CASE WHEN a.left_at IS NULL THEN a.name ELSE '' END AS by_name, v.email, v.nonce, v.ends_at,
       v.used_at, v.withdrawn_at, now() AS now
FROM idea_invitation v JOIN person a ON a.id = v.by
"""
_MERGE = """
SELECT m.id, m.source, m.target, m.because, m.proposed_by, a.role AS proposed_by_role, m.ends_at, m.source_agreed_at,
       m.target_agreed_at, m.state AS kept_state, now() AS now
FROM idea_merge m JOIN person a ON a.id = m.proposed_by
"""
_OPEN_MERGES = (
    _MERGE
    + """
JOIN idea s ON s.id = m.source JOIN idea t ON t.id = m.target
WHERE m.state = 'proposed' AND m.ends_at > now() AND (m.source = $1 OR m.target = $1) ORDER BY m.id LIMIT 20
"""
)
_ASKED = (
    _MERGE
    + """
JOIN idea s ON s.id = m.source JOIN idea t ON t.id = m.target
WHERE m.state = 'proposed' AND m.ends_at > now()
  AND ((s.author = $1 AND m.source_agreed_at IS NULL) OR (t.author = $1 AND m.target_agreed_at IS NULL))
ORDER BY m.id LIMIT 50
"""
)
_JOINED = """
SELECT i.id AS number, i.slug, i.title, p.language, p.publicity = 'public' AS public
FROM idea i JOIN posting p ON p.id = i.posting
"""
_WENT_INTO = _JOINED + "JOIN idea gone ON gone.merged_into = i.id WHERE gone.id = $1"
_JOINED_HERE = _JOINED + "WHERE i.merged_into = $1 AND p.publicity = 'public' ORDER BY i.id LIMIT 50"
_CANDIDATES = (
    _JOINED
    + """
WHERE i.challenge = $1 AND i.id <> $2 AND p.publicity = 'public' AND i.stage IN ('open', 'under_review')
  AND ($3 = '' OR i.search @@ plainto_tsquery('english', $3) OR i.search @@ plainto_tsquery('spanish', $3)
       OR strpos(lower(i.title), lower($3)) > 0 OR i.id::text = ltrim($3, '#'))
ORDER BY i.supports DESC, i.id LIMIT 20
"""
)


async def writers(idea: int) -> list[Writer]:
    """List who writes an idea with its author, in the order in which they came."""
    return await db.many(Writer, _WRITERS, idea)


async def ages(idea: int) -> frozenset[bool]:
    """Say whether those who write an idea are under 18: two answers where they are of both ages."""
    return frozenset(
        await db.values(
            "SELECT DISTINCT a.young FROM person a WHERE a.id = (SELECT author FROM idea WHERE id = $1) "
            "OR a.id IN (SELECT person FROM idea_author WHERE idea = $1)",
            idea,
        )
    )


async def insert_writer(idea: int, person: int, came_by: CameBy) -> bool:
    """Let somebody write an idea too; False where they do already."""
    sql = (
        "INSERT INTO idea_author (idea, person, came_by, since) VALUES ($1, $2, $3, now()) "
        "ON CONFLICT (idea, person) DO NOTHING"
    )
    return await db.run(sql, idea, person, came_by.value) > 0


async def delete_writer(idea: int, person: int) -> bool:
    """Let somebody write an idea no more; False where they did not."""
    return await db.run("DELETE FROM idea_author WHERE idea = $1 AND person = $2", idea, person) > 0


async def taken_places(idea: int) -> int:
    """Count the invited authors of an idea and the invitations that may still be accepted."""
    return await db.value(
        "SELECT (SELECT count(*) FROM idea_author WHERE idea = $1 AND came_by = 'invited') + (SELECT count(*) FROM "
        "idea_invitation WHERE idea = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND ends_at > now())",
        idea,
    )


async def insert_invitation(idea: int, by: int, email: str, nonce: str, lasts: timedelta) -> int:
    """Keep an invitation, and give its number."""
    return await db.value(
        "INSERT INTO idea_invitation (idea, by, email, nonce, invited_at, ends_at) "
        "VALUES ($1, $2, $3, $4, now(), now() + $5::interval) RETURNING id",
        idea,
        by,
        email,
        nonce,
        lasts,
    )


async def invitation(number: int) -> Invitation | None:
    """Find an invitation, ended ones too."""
    return await db.one(Invitation, _INVITATION + "WHERE v.id = $1", number)


async def open_invitations(idea: int) -> list[Invitation]:
    """List the invitations that may still be accepted."""
    live = "WHERE v.idea = $1 AND v.used_at IS NULL AND v.withdrawn_at IS NULL AND v.ends_at > now() ORDER BY v.id"
    return await db.many(Invitation, _INVITATION + live + " LIMIT 20", idea)


async def use_invitation(number: int, person: int) -> bool:
    """Use an invitation up, and forget to whom it was mailed; False where it has ended."""
    sql = (
        "UPDATE idea_invitation SET used_at = now(), used_by = $2, email = '' WHERE id = $1 AND used_at IS NULL "
        "AND withdrawn_at IS NULL AND ends_at > now()"
    )
    return await db.run(sql, number, person) > 0


async def end_invitation(number: int) -> bool:
    """End an invitation that nobody has accepted; False where it has ended."""
    sql = (
        "UPDATE idea_invitation SET withdrawn_at = now(), email = '' WHERE id = $1 AND used_at IS NULL "
        "AND withdrawn_at IS NULL"
    )
    return await db.run(sql, number) > 0


async def forget_old_invitations() -> int:
    """Forget to whom invitations were mailed that have ended; gives how many."""
    return await db.run("UPDATE idea_invitation SET email = '' WHERE email <> '' AND ends_at < now()")


async def insert_merge(
    source: int, target: int, because: MergeBecause, by: int, lasts: timedelta, *, agreed: tuple[bool, bool]
) -> int | None:
    """Keep a proposal, and give its number; None where one about the same idea waits already."""
    return await db.value(
        "INSERT INTO idea_merge (source, target, because, proposed_by, proposed_at, ends_at, source_agreed_at, "
        "target_agreed_at) VALUES ($1, $2, $3, $4, now(), now() + $5::interval, CASE WHEN $6 THEN now() END, "
        "CASE WHEN $7 THEN now() END) ON CONFLICT (source) WHERE state = 'proposed' DO NOTHING RETURNING id",
        source,
        target,
        because.value,
        by,
        lasts,
        *agreed,
    )


async def expire_merges(idea: int) -> None:
    """Close the proposals about an idea that nobody answered in time."""
    await db.run(
        "UPDATE idea_merge SET state = 'expired', closed_at = now() "
        "WHERE state = 'proposed' AND ends_at <= now() AND (source = $1 OR target = $1)",
        idea,
    )


async def merge(number: int) -> Merge | None:
    """Find a proposal by its number."""
    return await db.one(Merge, _MERGE + "WHERE m.id = $1", number)


async def open_merges(idea: int) -> list[Merge]:
    """List the proposals about an idea that wait for an answer."""
    return await db.many(Merge, _OPEN_MERGES, idea)


async def asked_merges(person: int) -> list[Merge]:
    """List the proposals that wait for somebody's answer."""
    return await db.many(Merge, _ASKED, person)


async def agree(number: int, *, source: bool, target: bool) -> None:
    """Note that the author of one idea, or of both, agrees."""
    await db.run(
        "UPDATE idea_merge SET source_agreed_at = CASE WHEN $2 THEN coalesce(source_agreed_at, now()) "
        "ELSE source_agreed_at END, target_agreed_at = CASE WHEN $3 THEN coalesce(target_agreed_at, now()) "
        "ELSE target_agreed_at END WHERE id = $1",
        number,
        source,
        target,
    )


async def close_merge(number: int, state: MergeState, by: int) -> bool:
    """End a proposal that waits; False where somebody was faster."""
    sql = (
        "UPDATE idea_merge SET state = $2, closed_at = now(), closed_by = $3 "
        "WHERE id = $1 AND state = 'proposed' AND ends_at > now()"
    )
    return await db.run(sql, number, state.value, by) > 0


async def joined(idea: int) -> list[Joined]:
    """List the ideas that were joined with an idea."""
    return await db.many(Joined, _JOINED_HERE, idea)


async def joined_with(idea: int) -> Joined | None:
    """Give the idea that another was joined with."""
    return await db.one(Joined, _WENT_INTO, idea)


async def candidates(challenge: int, but: int, words: str) -> list[Joined]:
    """List the public ideas of a question that an idea could be joined with, those with most support on top."""
    return await db.many(Joined, _CANDIDATES, challenge, but, words)
