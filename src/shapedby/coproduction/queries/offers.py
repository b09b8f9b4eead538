"""What projects need, what people offer, and what was given."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shapedby import db
from shapedby.coproduction.rules.offers import OfferState, Thing
from shapedby.kernel import Words

MOST = 200


@dataclass(frozen=True, slots=True)
class Need:
    """Something a project asks for."""

    id: int
    project: int
    kind: Thing
    what: Words
    asked_at: datetime
    met_at: datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers, to which project, and what became of it."""

    id: int
    person: int
    person_name: str
    project: int | None
    project_slug: str
    project_title: Words | None
    need: int | None
    need_what: Words | None
    kind: Thing
    words: str
    state: OfferState
    made_at: datetime
    decided_at: datetime | None
    answer: Words
    hours: Decimal
    times: int


@dataclass(frozen=True, slots=True)
class Thanks:
    """What people have given to a project."""

    people: int
    hours: Decimal
    lent: tuple[str, ...]


_NEEDS = "SELECT id, project, kind, what, asked_at, met_at FROM project_need"
_OFFERS = """
SELECT o.id, o.person, w.name AS person_name, o.project, coalesce(p.slug, '') AS project_slug,
  p.title AS project_title, o.need, n.what AS need_what, o.kind, o.words, o.state, o.made_at, o.decided_at, o.answer,
  coalesce((SELECT sum(g.hours) FROM offer_given g WHERE g.offer = o.id), 0) AS hours,
  (SELECT count(*)::int FROM offer_given g WHERE g.offer = o.id) AS times
FROM offer o JOIN person w ON w.id = o.person LEFT JOIN project p ON p.id = o.project
LEFT JOIN project_need n ON n.id = o.need
"""


async def needs(project: int) -> list[Need]:
    """List what a project needs, what it still lacks first."""
    sql = f"{_NEEDS} WHERE project = $1 ORDER BY met_at IS NOT NULL, asked_at, id LIMIT $2"
    return await db.many(Need, sql, project, MOST)


async def lacking() -> list[Need]:
    """List what all projects at work still lack, the newest first."""
    sql = (
        f"{_NEEDS} WHERE met_at IS NULL AND project IN (SELECT id FROM project WHERE state = 'active')"  # noqa: S608 - a constant
        " ORDER BY asked_at DESC, id DESC LIMIT $1"
    )
    return await db.many(Need, sql, MOST)


async def add_need(project: int, kind: Thing, what: Words) -> int:
    """Ask for something; gives its id."""
    sql = "INSERT INTO project_need (project, kind, what, asked_at) VALUES ($1, $2, $3, now()) RETURNING id"
    return await db.value(sql, project, kind, what)


async def set_met(project: int, need: int, *, met: bool) -> bool:
    """Note that a project has what it asked for, or lacks it again; no where it stands so already."""
    sql = (
        "UPDATE project_need SET met_at = CASE WHEN $3 THEN now() END"
        " WHERE project = $1 AND id = $2 AND (met_at IS NULL) = $3"
    )
    return bool(await db.run(sql, project, need, met))


async def offer(number: int) -> Offer | None:
    """Find an offer."""
    return await db.one(Offer, f"{_OFFERS} WHERE o.id = $1", number)


async def offers(state: OfferState | None = None) -> list[Offer]:
    """List offers, those that wait for an answer first, the oldest of them first."""
    sql = (
        f"{_OFFERS} WHERE $1::text IS NULL OR o.state = $1::text"
        " ORDER BY o.state <> 'open', CASE WHEN o.state = 'open' THEN o.made_at END, o.decided_at DESC, o.id LIMIT $2"
    )
    return await db.many(Offer, sql, state, MOST)


async def of_person(person: int) -> list[Offer]:
    """List what somebody has offered, the newest first."""
    return await db.many(Offer, f"{_OFFERS} WHERE o.person = $1 ORDER BY o.made_at DESC, o.id LIMIT $2", person, MOST)


async def undecided(person: int) -> int:
    """Count somebody's offers that wait for an answer, while no other of theirs is stored."""
    await db.value("SELECT id FROM person WHERE id = $1 FOR UPDATE", person)
    return await db.value("SELECT count(*)::int FROM offer WHERE person = $1 AND state = 'open'", person)


async def add_offer(person: int, project: int | None, need: int | None, kind: Thing, words: str) -> int:
    """Store an offer; the same words sent twice make one. Gives its id."""
    twin = (
        "SELECT id FROM offer WHERE person = $1 AND project IS NOT DISTINCT FROM $2 AND kind = $3 AND words = $4"
        " AND state = 'open' LIMIT 1"
    )
    found: int | None = await db.value(twin, person, project, kind, words)
    if found:
        return found
    sql = (
        "INSERT INTO offer (person, project, need, kind, words, made_at)"
        " VALUES ($1, $2, (SELECT id FROM project_need WHERE id = $3 AND project = $2), $4, $5, now()) RETURNING id"
    )
    return await db.value(sql, person, project, need, kind, words)


async def move(
    number: int, seen: OfferState, to: OfferState, *, project: int | None, by: int | None, answer: Words
) -> bool:
    """Change what became of an offer, from the state that was seen; no where a colleague was faster."""
    sql = (
        "UPDATE offer SET state = $3, project = coalesce($4, project), decided_at = now(), decided_by = $5,"
        " answer = $6 WHERE id = $1 AND state = $2"
    )
    return bool(await db.run(sql, number, seen, to, project, by, answer))


async def add_given(number: int, on_day: date, hours: Decimal | None, what: str, by: int) -> None:
    """Store what was given or lent on a day."""
    sql = "INSERT INTO offer_given (offer, on_day, hours, what, by) VALUES ($1, $2, $3, $4, $5)"
    await db.run(sql, number, on_day, hours, what, by)


async def thanks(project: int) -> Thanks:
    """Sum up what people have given to a project."""
    found = await db.one(
        Thanks,
        "SELECT count(DISTINCT o.person)::int AS people, coalesce(sum(g.hours), 0) AS hours,"
        " coalesce(array_agg(DISTINCT g.what) FILTER (WHERE g.what <> ''), '{}') AS lent"
        " FROM offer_given g JOIN offer o ON o.id = g.offer WHERE o.project = $1",
        project,
    )
    return found or Thanks(0, Decimal(0), ())
