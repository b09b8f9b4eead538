"""What is done to the database when somebody leaves; each function is one thing that the leaving page promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapedby import db
from shapedby.kernel import Role


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who leaves, locked."""

    email: str | None
    role: Role
    language: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody has here, for the page that asks what shall become of it."""

    drafts: int
    ideas: int
    staying: int
    """Ideas that cannot be removed: others build them, or write them too."""
    comments: int
    supports: int
    teams: int


# Words that others go on with: the idea became a project or part of another one, or has other authors who are here.
_STAYS = """
(i.stage IN ('project', 'merged') OR EXISTS (
  SELECT FROM idea_author w JOIN person o ON o.id = w.person
  WHERE w.idea = i.id AND w.person <> $1 AND o.left_at IS NULL))
"""
_COUNTED = f"""
SELECT (SELECT count(*) FROM idea i JOIN posting p ON p.id = i.posting
        WHERE i.author = $1 AND p.publicity = 'draft') AS drafts,
       (SELECT count(*) FROM idea i JOIN posting p ON p.id = i.posting
        WHERE i.author = $1 AND p.publicity = 'public') AS ideas,
       (SELECT count(*) FROM idea i JOIN posting p ON p.id = i.posting
        WHERE i.author = $1 AND p.publicity = 'public' AND {_STAYS}) AS staying,
       (SELECT count(*) FROM comment c JOIN posting p ON p.id = c.posting
        WHERE c.author = $1 AND p.publicity = 'public') AS comments,
       (SELECT count(*) FROM support WHERE person = $1 AND state = 'counted') AS supports,
       (SELECT count(*) FROM project_member WHERE person = $1 AND until IS NULL) AS teams
"""  # noqa: S608 - put together from texts of ours
_WORDS = f"""
SELECT p.id FROM posting p LEFT JOIN idea i ON i.posting = p.id
LEFT JOIN idea_version v ON v.posting = p.id LEFT JOIN idea i2 ON i2.id = v.idea
WHERE p.author = $1 AND p.publicity <> 'deleted' AND (
  p.kind IN ('name', 'about_me') OR p.publicity = 'draft'
  OR ($2 AND NOT coalesce({_STAYS}, false) AND NOT coalesce({_STAYS.replace("i.", "i2.")}, false)))
ORDER BY p.id
"""  # noqa: S608 - as above
_WITHDRAW = """
WITH standing AS (
  SELECT id, state FROM support WHERE person = $1 AND state <> 'withdrawn' ORDER BY idea FOR UPDATE
), withdrawn AS (
  UPDATE support SET state = 'withdrawn', set_aside_for = '', changed_at = now() FROM standing
  WHERE support.id = standing.id RETURNING support.idea, standing.state AS was
)
UPDATE idea SET supports = supports - 1 FROM withdrawn WHERE idea.id = withdrawn.idea AND withdrawn.was = 'counted'
"""
_ENDED: Sequence[str] = (
    "DELETE FROM sign_in WHERE person = $1",
    "DELETE FROM data_export WHERE person = $1",
    "DELETE FROM moderator_mail WHERE person = $1",
    "DELETE FROM profile WHERE person = $1",
    "DELETE FROM person_contact WHERE person = $1",
    "UPDATE report SET person = NULL, email = '', browser_hash = '' WHERE person = $1",
    "UPDATE appeal SET words = '', words_html = '' FROM posting p WHERE p.id = appeal.posting AND p.author = $1",
    "DELETE FROM idea_author WHERE person = $1",
    """UPDATE offer SET words = '', answer = '{}', state = CASE WHEN state = 'open' THEN 'withdrawn' ELSE state END
    WHERE person = $1""",
    """UPDATE idea_invitation SET email = '', withdrawn_at = coalesce(withdrawn_at, now())
    WHERE by = $1 AND used_at IS NULL""",
    "UPDATE support SET origin = NULL WHERE person = $1",
    """DELETE FROM session_place l USING project_session s
    WHERE l.person = $1 AND s.id = l.session AND s.starts_at > now()""",
    "UPDATE session_place SET person = NULL, name = '–', need = '' WHERE person = $1",
)
"""One statement for each thing that ends, whatever was chosen."""
_BY_ADDRESS: Sequence[str] = (
    "DELETE FROM sign_in_mail WHERE email = $1",
    "DELETE FROM outgoing_mail WHERE address = $1",
    "UPDATE report SET email = '' WHERE email = $1",
    "UPDATE idea_invitation SET email = '' WHERE email = $1",
)


async def lock(person: int) -> Leaver | None:
    """Lock somebody who is here; None for people who have left."""
    sql = "SELECT email, role, language FROM person WHERE id = $1 AND left_at IS NULL FOR UPDATE"
    return await db.one(Leaver, sql, person)


async def administrators() -> int:
    """Count the administrators, and lock them, so that no two leave at once."""
    sql = "SELECT id FROM person WHERE role = 'administrator' AND left_at IS NULL ORDER BY id FOR NO KEY UPDATE"
    return len(await db.values(sql))


async def count_administrators() -> int:
    """Count the administrators who are here."""
    return await db.value("SELECT count(*) FROM person WHERE role = 'administrator' AND left_at IS NULL")


async def counted(person: int) -> Counted:
    """Count what somebody has here."""
    return await db.one(Counted, _COUNTED, person) or Counted(0, 0, 0, 0, 0, 0)


async def words_to_forget(person: int, *, all_of_them: bool) -> list[int]:
    """List the postings whose words go: drafts, name and words about oneself always, others where that is wished."""
    return await db.values(_WORDS, person, all_of_them)


async def withdraw_supports(person: int) -> None:
    """Take every support back, whatever its state, and every “useful”; the counts follow in the same statement."""
    await db.run(_WITHDRAW, person)
    await db.run("DELETE FROM comment_useful WHERE person = $1", person)


async def end_everything(person: int, address: str | None, shown_as: str) -> None:
    """End what somebody took part in, and forget how to reach them; ``shown_as`` stands in their place in teams."""
    await db.run(
        "UPDATE project_member SET until = coalesce(until, current_date), person = NULL, name = $2, organisation = '' "
        "WHERE person = $1",
        person,
        shown_as,
    )
    for sql in _ENDED:
        await db.run(sql, person)
    if address:
        for sql in _BY_ADDRESS:
            await db.run(sql, address)


async def make_anonymous(person: int) -> None:
    """Leave of a person a number, whether they were under 18 (which keeps protecting their words), and the dates."""
    await db.run(
        """
        UPDATE person SET email = NULL, name = '', organisation = '', area = NULL, language = '', foreign_name = NULL,
               role = 'resident', safeguarding = false, suspended_until = NULL, seen_at = NULL, warned_at = NULL,
               left_at = now()
        WHERE id = $1
        """,
        person,
    )


async def log(person: int, *, words_kept: bool, supports_kept: bool) -> None:
    """Note that somebody left, by number and time, and what was chosen."""
    await db.run(
        "INSERT INTO erasure (person, at, words_kept, supports_kept) VALUES ($1, now(), $2, $3)",
        person,
        words_kept,
        supports_kept,
    )


@dataclass(frozen=True, slots=True)
class Erasure:
    """Somebody who left, and what they chose."""

    person: int
    words_kept: bool
    supports_kept: bool


async def undone_erasures() -> list[Erasure]:
    """List people who left, and are here again because an older copy of the database was put back."""
    sql = """
        SELECT e.person, e.words_kept, e.supports_kept FROM erasure e
        JOIN person p ON p.id = e.person AND p.left_at IS NULL ORDER BY e.id
    """
    return await db.many(Erasure, sql)
