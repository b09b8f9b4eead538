"""Sessions: what stands about them, who has a place, and how they went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.coproduction.queries.work import cleaned
from shapedby.coproduction.rules import Phase, SessionKind
from shapedby.coproduction.rules.sessions import Group, Times, room, second_visit_due
from shapedby.kernel import Words

MOST = 200
MOST_PLACES = 1000

_COLUMNS = """
  s.id, s.project, p.slug AS project_slug, p.title AS project_title, s.phase, s.kind, s.title, s.starts_at, s.ends_at,
  s.place, s.who_may_join, s.theme, s.area, a.name AS area_name, s.link, s.helps, s.step_free, s.worker,
  s.takes_places, s.capacity, s.target, s.code, s.edition, s.cancelled_at, s.why_cancelled, s.second_visit_of,
  s.came, s.agreed, s.agreed_html, s.unclear, s.starts_at > now() AS ahead, s.ends_at <= now() AS over, now() AS now,
  (SELECT count(*)::int FROM session_place g WHERE g.session = s.id AND g.state = 'going') AS going,
  (SELECT count(*)::int FROM session_place g WHERE g.session = s.id AND g.state = 'waiting') AS waiting,
  EXISTS (SELECT FROM project_session v WHERE v.second_visit_of = s.id AND v.cancelled_at IS NULL) AS visited
FROM project_session s JOIN project p ON p.id = s.project LEFT JOIN area a ON a.id = s.area
"""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as everybody sees it, and what its officers know besides (``link``, ``code``, ``target``)."""

    id: int
    project: int
    project_slug: str
    project_title: Words
    phase: Phase
    kind: SessionKind
    title: Words
    starts_at: datetime
    ends_at: datetime
    place: Words
    who_may_join: Words
    theme: Words
    area: int | None
    area_name: Words | None
    link: str
    helps: Words
    step_free: bool
    worker: str
    takes_places: bool
    capacity: int | None
    target: int | None
    code: str
    edition: int
    cancelled_at: datetime | None
    why_cancelled: Words
    second_visit_of: int | None
    came: int | None
    agreed: Words
    agreed_html: Mapping[str, str]
    unclear: bool
    ahead: bool
    over: bool
    now: datetime
    going: int
    waiting: int
    visited: bool

    @property
    def times(self) -> Times:
        """What the rules about its doors ask for."""
        return Times(self.starts_at, self.ends_at, self.cancelled_at is not None)

    @property
    def left(self) -> int | None:
        """How many places are left; nothing where everybody finds room."""
        return room(self.capacity, self.going)

    @property
    def second_visit_due(self) -> bool:
        """Whether too few came or the record is unclear, and nobody came back yet."""
        return second_visit_due(self.came, self.target, unclear=self.unclear, visited=self.visited)

    @property
    def agreed_markup(self) -> Mapping[str, Markup]:
        """What was agreed, as HTML in each language."""
        return cleaned(self.agreed_html)


async def session(number: int) -> Session | None:
    """Find a session."""
    return await db.one(Session, f"SELECT {_COLUMNS} WHERE s.id = $1", number)


async def of_project(project: int) -> list[Session]:
    """List a project's sessions, the newest first."""
    return await db.many(
        Session, f"SELECT {_COLUMNS} WHERE s.project = $1 ORDER BY s.starts_at DESC, s.id LIMIT $2", project, MOST
    )


async def with_place(person: int) -> list[Session]:
    """List the sessions ahead at which somebody has a place or waits for one, the next first."""
    return await db.many(
        Session,
        f"SELECT {_COLUMNS} JOIN session_place mine ON mine.session = s.id AND mine.person = $1"
        " WHERE mine.state <> 'given_back' AND s.ends_at > now() AND s.cancelled_at IS NULL"
        " ORDER BY s.starts_at, s.id LIMIT $2",
        person,
        MOST,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """A session to be announced, or as it is to be from now on."""

    kind: SessionKind
    title: Words
    starts_at: datetime
    ends_at: datetime
    place: Words
    who_may_join: Words
    theme: Words
    helps: Words
    area: int | None = None
    link: str = ""
    worker: str = ""
    step_free: bool = False
    takes_places: bool = False
    capacity: int | None = None
    target: int | None = None

    def columns(self) -> tuple[object, ...]:
        """Give the values in the order of the statements that store them."""
        return (
            self.kind, self.title, self.starts_at, self.ends_at, self.place, self.who_may_join, self.theme, self.helps,
            self.area, self.link, self.worker, self.step_free, self.takes_places, self.capacity, self.target,
        )  # fmt: skip


_WRITTEN = (
    "kind, title, starts_at, ends_at, place, who_may_join, theme, helps, area, link, worker, step_free, takes_places,"
    " capacity, target"
)


async def add(project: int, phase: Phase, new: NewSession, *, code: str, second_visit_of: int | None) -> int:
    """Announce a session; gives its id."""
    return await db.value(
        f"INSERT INTO project_session (project, phase, code, second_visit_of, {_WRITTEN}, why_cancelled, agreed,"  # noqa: S608 - constants
        " agreed_html) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,"
        " '{}', '{}', '{}') RETURNING id",
        project,
        phase,
        code,
        second_visit_of,
        *new.columns(),
    )


async def change(number: int, new: NewSession) -> bool:
    """Change a session that is not over; no where it is, or is cancelled."""
    gaps = ", ".join(f"${place}" for place in range(2, 17))
    return bool(
        await db.run(
            f"UPDATE project_session SET ({_WRITTEN}) = ROW({gaps}), edition = edition + 1"  # noqa: S608 - constants
            " WHERE id = $1 AND cancelled_at IS NULL AND ends_at > now()",
            number,
            *new.columns(),
        )
    )


async def cancel(number: int, why: Words) -> bool:
    """Cancel a session that has not begun; no where it has, or was cancelled before."""
    return bool(
        await db.run(
            "UPDATE project_session SET cancelled_at = now(), why_cancelled = $2, edition = edition + 1"
            " WHERE id = $1 AND cancelled_at IS NULL AND starts_at > now()",
            number,
            why,
        )
    )


async def record(number: int, came: int, agreed: Words, html: Words, *, unclear: bool) -> bool:
    """Record how many came and what was agreed; no where it is still ahead, or was cancelled."""
    return bool(
        await db.run(
            "UPDATE project_session SET came = $2, agreed = $3, agreed_html = $4, unclear = $5"
            " WHERE id = $1 AND starts_at <= now() AND cancelled_at IS NULL",
            number,
            came,
            agreed,
            html,
            unclear,
        )
    )


async def set_groups(number: int, counted: Mapping[Group, int]) -> None:
    """Store how many of each group came."""
    await db.run(
        "INSERT INTO session_group (session, who, came)"
        " SELECT $1, * FROM unnest($2::text[], $3::int[])"
        " ON CONFLICT (session, who) DO UPDATE SET came = excluded.came",
        number,
        [group.value for group in counted],
        list(counted.values()),
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a group came to a session."""

    session: int
    who: Group
    came: int


async def groups(project: int) -> list[Counted]:
    """List how many of each group came to a project's sessions."""
    return await db.many(
        Counted,
        "SELECT g.session, g.who, g.came FROM session_group g JOIN project_session s ON s.id = g.session"
        " WHERE s.project = $1 ORDER BY g.session, g.id LIMIT $2",
        project,
        MOST_PLACES,
    )


@dataclass(frozen=True, slots=True)
class Opinions:
    """What people thought of a session: how many answered, and the mean of each answer from 1 to 5."""

    session: int
    answers: int
    useful: float
    heard: float
    again: float


async def opinions(project: int) -> list[Opinions]:
    """Give what people thought of each session of a project that somebody answered about."""
    return await db.many(
        Opinions,
        "SELECT o.session, count(*)::int AS answers, avg(o.useful)::float AS useful, avg(o.heard)::float AS heard,"
        " avg(o.again)::float AS again FROM session_opinion o JOIN project_session s ON s.id = o.session"
        " WHERE s.project = $1 GROUP BY o.session LIMIT $2",
        project,
        MOST,
    )
