"""What happens in a project: its team, news and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from shapedby import db
from shapedby.coproduction.rules import Part, Phase, Side
from shapedby.kernel import Words

MOST = 200


def cleaned(texts: Mapping[str, str]) -> Mapping[str, Markup]:
    """Mark texts as HTML that ``text.clean`` made when they were written."""
    return {language: Markup(html) for language, html in texts.items()}  # noqa: S704


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the team."""

    id: int
    person: int | None
    name: str
    side: Side
    part: Part
    organisation: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Update:
    """News of a project."""

    id: int
    phase: Phase
    by_name: str
    at: datetime
    words_html: Mapping[str, str]

    @property
    def words(self) -> Mapping[str, Markup]:
        """The news as HTML in each language."""
        return cleaned(self.words_html)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the team decided, and how many of each side had a say."""

    id: int
    phase: Phase
    decided_on: date
    what: Words
    residents: int
    staff: int
    partners: int


async def team(project: int) -> list[Member]:
    """List the team: those on it now first."""
    return await db.many(
        Member,
        "SELECT id, person, name, side, part, organisation, since, until FROM project_member"
        " WHERE project = $1 ORDER BY until IS NOT NULL, part <> 'host', side, since, id LIMIT $2",
        project,
        MOST,
    )


async def updates(project: int) -> list[Update]:
    """List the news of a project, the newest first."""
    return await db.many(
        Update,
        "SELECT u.id, u.phase, p.name AS by_name, u.at, u.words_html FROM project_update u"
        " JOIN person p ON p.id = u.by WHERE u.project = $1 ORDER BY u.at DESC LIMIT $2",
        project,
        MOST,
    )


async def choices(project: int) -> list[Choice]:
    """List what the team decided, the newest first."""
    return await db.many(
        Choice,
        "SELECT id, phase, decided_on, what, residents, staff, partners FROM project_decision"
        " WHERE project = $1 ORDER BY decided_on DESC, id DESC LIMIT $2",
        project,
        MOST,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody to be written into the team."""

    name: str
    side: Side
    part: Part
    since: date
    organisation: str = ""
    person: int | None = None


async def add_member(project: int, member: NewMember) -> None:
    """Write somebody into the team."""
    await db.run(
        "INSERT INTO project_member (project, person, name, side, part, organisation, since)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        project,
        member.person,
        member.name,
        member.side,
        member.part,
        member.organisation,
        member.since,
    )


async def add_founder(project: int, person: int, side: Side, part: Part) -> None:
    """Write a person who is known here into the team, from today, under their name."""
    await db.run(
        "INSERT INTO project_member (project, person, name, side, part, organisation, since)"
        " SELECT $1, id, name, $3::text, $4::text, organisation, current_date FROM person WHERE id = $2",
        project,
        person,
        side,
        part,
    )


async def end_member(project: int, member: int) -> bool:
    """Record that somebody left the team today; no where they had left before."""
    return bool(
        await db.run(
            "UPDATE project_member SET until = current_date WHERE project = $1 AND id = $2 AND until IS NULL",
            project,
            member,
        )
    )


async def add_update(project: int, phase: Phase, words: Words, html: Words, by: int) -> int:
    """Store news of a project, and give their number."""
    return await db.value(
        "INSERT INTO project_update (project, phase, by, at, words, words_html) VALUES ($1, $2, $5, now(), $3, $4) "
        "RETURNING id",
        project,
        phase,
        words,
        html,
        by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChoice:
    """A decision of the team to be recorded."""

    decided_on: date
    what: Words
    residents: int
    staff: int
    partners: int


async def add_choice(project: int, phase: Phase, choice: NewChoice, by: int) -> None:
    """Store what the team decided."""
    await db.run(
        "INSERT INTO project_decision (project, phase, decided_on, what, residents, staff, partners, by, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())",
        project,
        phase,
        choice.decided_on,
        choice.what,
        choice.residents,
        choice.staff,
        choice.partners,
        by,
    )
