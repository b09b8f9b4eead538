"""Projects themselves: finding, listing, starting, moving through phases, closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.coproduction.rules import Outcome, Phase, State
from shapedby.kernel import Words

MOST = 60
COLUMNS = """
  p.id, p.slug, p.idea, p.title, p.summary, p.phase, p.state, p.began_at, p.closed_at,
  nullif(p.outcome_kind, '') AS outcome_kind, p.outcome_html, p.host, host.name AS host_name,
  idea.title AS idea_title, idea.slug AS idea_slug, idea.language AS idea_language, idea.supports,
  idea.author, idea.author_name
"""
SOURCE = """
FROM project p
JOIN person host ON host.id = p.host
JOIN LATERAL (
  SELECT i.title, i.slug, t.language, i.supports, i.author,
    CASE WHEN i.anonymous THEN '' ELSE a.name END AS author_name
  FROM idea i JOIN posting t ON t.id = i.posting JOIN person a ON a.id = i.author WHERE i.id = p.idea
) idea ON true
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A project with the idea that it came from."""

    id: int
    slug: str
    idea: int
    title: Words
    summary: Words
    phase: Phase
    state: State
    began_at: datetime
    closed_at: datetime | None
    outcome_kind: Outcome | None
    outcome_html: Mapping[str, str]
    host: int
    host_name: str
    idea_title: str
    idea_slug: str
    idea_language: str
    supports: int
    author: int
    author_name: str

    @property
    def outcome(self) -> Mapping[str, Markup]:
        """The outcome in each language; ``text.clean`` made this HTML when it was written."""
        return {language: Markup(html) for language, html in self.outcome_html.items()}  # noqa: S704


async def project(slug: str) -> Project | None:
    """Find a project by its address."""
    return await db.one(Project, f"SELECT {COLUMNS} {SOURCE} WHERE p.slug = $1", slug)


async def project_of(idea: int) -> Project | None:
    """Find the project that an idea became."""
    return await db.one(Project, f"SELECT {COLUMNS} {SOURCE} WHERE p.idea = $1", idea)


async def projects(state: State | None = None) -> list[Project]:
    """List projects, those at work first, the newest first; at most 60."""
    return await db.many(
        Project,
        f"SELECT {COLUMNS} {SOURCE} WHERE $1::text IS NULL OR p.state = $1::text"
        " ORDER BY p.state, coalesce(p.closed_at, p.began_at) DESC LIMIT $2",
        state,
        MOST,
    )


async def counts() -> Mapping[State, int]:
    """Count projects by state."""
    rows = await db.many(_Count, "SELECT state, count(*)::int AS number FROM project GROUP BY state LIMIT 5")
    return {row.state: row.number for row in rows}


@dataclass(frozen=True, slots=True)
class _Count:
    state: State
    number: int


async def add_project(slug: str, idea: int, title: Words, summary: Words, host: int) -> int:
    """Store a project in its first phase; gives its id, or 0 where the idea has one already."""
    return (
        await db.value(
            "INSERT INTO project (slug, idea, title, summary, host, began_at, phase, state)"
            " VALUES ($1, $2, $3, $4, $5, now(), 'prepare', 'active') ON CONFLICT (idea) DO NOTHING RETURNING id",
            slug,
            idea,
            title,
            summary,
            host,
        )
        or 0
    )


async def slug_taken(slug: str) -> bool:
    """Say whether another project has this address."""
    return await db.value("SELECT EXISTS (SELECT FROM project WHERE slug = $1)", slug)


async def move(project: int, seen: Phase, to: Phase) -> bool:
    """Move a project on from the phase that the officer saw; no where a colleague was faster."""
    return bool(
        await db.run(
            "UPDATE project SET phase = $3 WHERE id = $1 AND phase = $2 AND state = 'active'", project, seen, to
        )
    )


async def close(project: int, outcome: Outcome, words: Words, html: Words) -> bool:
    """Close a project with its outcome; no where a colleague was faster."""
    return bool(
        await db.run(
            "UPDATE project SET state = 'closed', closed_at = now(), outcome_kind = $2, outcome = $3,"
            " outcome_html = $4 WHERE id = $1 AND state = 'active'",
            project,
            outcome,
            words,
            html,
        )
    )
