"""All SQL about the versions of an idea: those that were public, and the one that waits for its check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.ideas.queries.reading import written
from shapedby.ideas.rules import Written
from shapedby.screening.rules import Publicity

MOST = 50
MOST_SUPPORTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The words of an idea at one time; ``number`` and ``public_at`` are empty until others can read it."""

    id: int
    idea: int
    posting: int | None
    person: int
    number: int | None
    title: str
    group: str
    problem: str
    proposal: str
    beneficiaries: str
    problem_html: Markup
    proposal_html: Markup
    beneficiaries_html: Markup
    area: int | None
    topic: int | None
    language: str
    written_at: datetime
    public_at: datetime | None
    publicity: Publicity

    @property
    def texts(self) -> tuple[str, str, str]:
        return (self.problem, self.proposal, self.beneficiaries)

    @property
    def htmls(self) -> tuple[Markup, Markup, Markup]:
        return (self.problem_html, self.proposal_html, self.beneficiaries_html)

    @property
    def written(self) -> Written:
        """Its words as they were typed, for its author's form; without a name or not is the idea's own choice."""
        return Written(self.title, *self.texts, self.area, self.topic, self.language, self.group)


@dataclass(frozen=True, slots=True)
class Supported:
    """An idea that somebody supports, and whether its words have changed since."""

    number: int
    slug: str
    title: str
    language: str
    supports: int
    changed: bool

    @property
    def address(self) -> str:
        return f"/ideas/{self.number}/{self.slug}"


_VERSION = """
SELECT v.id, v.idea, v.posting, v.person, v.number, v.title, v.group_name AS group, v.problem, v.proposal,
       v.beneficiaries, v.problem_html, v.proposal_html, v.beneficiaries_html, v.area, v.topic, v.language,
       v.written_at, v.public_at, coalesce(p.publicity, 'public') AS publicity
FROM idea_version v LEFT JOIN posting p ON p.id = v.posting
"""
_FIRST = """
INSERT INTO idea_version (idea, person, number, title, group_name, problem, proposal, beneficiaries, problem_html,
  proposal_html, beneficiaries_html, area, topic, language, written_at, public_at)
SELECT i.id, i.author, 1, i.title, i.group_name, i.problem, i.proposal, i.beneficiaries, i.problem_html,
  i.proposal_html, i.beneficiaries_html, i.area, i.topic, p.language,
  coalesce(i.sent_at, i.drafted_at), coalesce(p.public_at, now())
FROM idea i JOIN posting p ON p.id = i.posting
WHERE i.id = $1 AND NOT EXISTS (SELECT FROM idea_version v WHERE v.idea = i.id AND v.number IS NOT NULL)
"""
_INSERT = """
INSERT INTO idea_version (idea, posting, person, title, group_name, problem, proposal, beneficiaries, problem_html,
  proposal_html, beneficiaries_html, area, topic, language, written_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now())
"""
_REWRITE = """
UPDATE idea_version SET title = $2, group_name = $3, problem = $4, proposal = $5, beneficiaries = $6, problem_html = $7,
  proposal_html = $8, beneficiaries_html = $9, area = $10, topic = $11, language = $12
WHERE id = $1
"""
_NUMBER = """
UPDATE idea_version SET public_at = now(), ended_at = NULL,
  number = 1 + (SELECT coalesce(max(number), 0) FROM idea_version o WHERE o.idea = idea_version.idea)
WHERE id = $1 AND number IS NULL
"""
_SHOW = """
WITH shown AS (
  UPDATE idea SET title = v.title, group_name = v.group_name, problem = v.problem, proposal = v.proposal,
    beneficiaries = v.beneficiaries, problem_html = v.problem_html, proposal_html = v.proposal_html,
    beneficiaries_html = v.beneficiaries_html, area = v.area, topic = v.topic, slug = $2, excerpt = $3
  FROM idea_version v WHERE v.id = $1 AND idea.id = v.idea RETURNING idea.posting, v.language
)
UPDATE posting SET language = shown.language FROM shown WHERE posting.id = shown.posting
"""
_SUPPORTED = """
SELECT i.id AS number, i.slug, i.title, p.language, i.supports,
  EXISTS (SELECT FROM idea_version v WHERE v.idea = i.id AND v.number > 1 AND v.public_at > s.changed_at) AS changed
FROM support s JOIN idea i ON i.id = s.idea JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
WHERE s.person = $1 AND s.state IN ('counted', 'held') ORDER BY s.changed_at DESC, s.id DESC LIMIT $2
"""


async def public_versions(idea: int, most: int = MOST) -> list[Version]:
    """List the versions that others could read, the newest on top."""
    return await db.many(
        Version, _VERSION + "WHERE v.idea = $1 AND v.number IS NOT NULL ORDER BY v.number DESC LIMIT $2", idea, most
    )


async def every_version(idea: int) -> list[Version]:
    """List every version that is kept, whoever can read it."""
    return await db.many(Version, _VERSION + "WHERE v.idea = $1 ORDER BY v.id", idea)


async def count_public(idea: int) -> int:
    """Count the versions that others could read; 0 where an idea was never changed under its supporters."""
    return await db.value("SELECT count(*) FROM idea_version WHERE idea = $1 AND number IS NOT NULL", idea)


async def waiting_version(idea: int) -> Version | None:
    """Find the version that is not public yet."""
    return await db.one(Version, _VERSION + "WHERE v.idea = $1 AND v.public_at IS NULL AND v.ended_at IS NULL", idea)


async def version_of_posting(posting: int) -> Version | None:
    """Find the version whose text a posting is."""
    return await db.one(Version, _VERSION + "WHERE v.posting = $1", posting)


async def keep_first(idea: int) -> None:
    """Keep the public words as the first version, where there is none yet."""
    await db.run(_FIRST, idea)


async def insert_version(idea: int, posting: int, person: int, typed: Written, htmls: tuple[Markup, ...]) -> None:
    """Add a version that nobody can read yet."""
    await db.run(
        _INSERT,
        idea,
        posting,
        person,
        typed.title,
        typed.group,
        *typed.texts,
        *htmls,
        typed.area,
        typed.topic,
        typed.language,
    )


async def rewrite_version(version: int, typed: Written, htmls: tuple[Markup, ...]) -> None:
    """Change the words of a version."""
    await db.run(
        _REWRITE, version, typed.title, typed.group, *typed.texts, *htmls, typed.area, typed.topic, typed.language
    )


async def number_version(version: int) -> bool:
    """Let a version be the newest public one from now on; False where it has its number already."""
    return await db.run(_NUMBER, version) > 0


async def unnumber_version(version: int) -> None:
    """Let a version be public no more; it is given up, and its number is free."""
    await db.run("UPDATE idea_version SET number = NULL, public_at = NULL, ended_at = now() WHERE id = $1", version)


async def end_version(version: int) -> None:
    """Give a version up that was never public."""
    await db.run("UPDATE idea_version SET ended_at = now() WHERE id = $1 AND public_at IS NULL", version)


async def show_version(version: int, slug: str, excerpt: str) -> None:
    """Make a version the words of its idea."""
    await db.run(_SHOW, version, slug, excerpt)


async def set_anonymous(idea: int, *, anonymous: bool) -> None:
    """Show the author's name beside an idea, or a resident."""
    await db.run("UPDATE idea SET anonymous = $2 WHERE id = $1", idea, anonymous)


async def forget_version_words(posting: int) -> None:
    """Remove every word of a version that was deleted from quarantine."""
    await db.run(
        "UPDATE idea_version SET title = '', group_name = '', problem = '', proposal = '', beneficiaries = '', "
        "problem_html = '', proposal_html = '', beneficiaries_html = '' WHERE posting = $1",
        posting,
    )


async def lock_idea(number: int) -> None:
    """Keep an idea's row from changing until the transaction ends."""
    await db.run("SELECT FROM idea WHERE id = $1 FOR NO KEY UPDATE", number)


async def changed_since(idea: int, person: int) -> datetime | None:
    """Say when an idea changed after somebody supported it; None where it did not, or they do not support it."""
    return await db.value(
        "SELECT max(v.public_at) FROM support s JOIN idea_version v ON v.idea = s.idea AND v.number > 1 "
        "AND v.public_at > s.changed_at WHERE s.idea = $1 AND s.person = $2 AND s.state <> 'withdrawn'",
        idea,
        person,
    )


async def supported(person: int, most: int = MOST_SUPPORTED) -> list[Supported]:
    """List the ideas that somebody supports, the newest on top, and whether each has changed since."""
    return await db.many(Supported, _SUPPORTED, person, most)


async def words_to_edit(idea: int, person: int) -> Written:
    """Give the words that somebody goes on with: their own version that waits, else those that others read."""
    now = await written(idea)
    waiting = await waiting_version(idea)
    return now if waiting is None or waiting.person != person else replace(waiting.written, anonymous=now.anonymous)
