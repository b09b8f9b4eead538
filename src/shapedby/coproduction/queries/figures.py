"""Indicators of projects and their readings."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shapedby import db
from shapedby.kernel import Words

MOST = 40
MOST_READINGS = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What an indicator showed on a day."""

    indicator: int
    on_day: date
    value: Decimal
    comment: Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that should change; ``now`` is its last reading, if any."""

    id: int
    project: int
    name: Words
    unit: Words
    measured_by: Words
    before: Decimal
    before_on: date
    target: Decimal | None
    now: Decimal | None
    now_on: date | None


LATEST = """
SELECT i.id, i.project, i.name, i.unit, i.measured_by, i.before, i.before_on, i.target,
  last.value AS now, last.on_day AS now_on
FROM indicator i LEFT JOIN LATERAL (
  SELECT r.value, r.on_day FROM indicator_reading r WHERE r.indicator = i.id ORDER BY r.on_day DESC LIMIT 1
) last ON true
"""


async def indicators(project: int) -> list[Indicator]:
    """List a project's indicators with their last readings."""
    return await db.many(Indicator, f"{LATEST} WHERE i.project = $1 ORDER BY i.position, i.id LIMIT $2", project, MOST)


async def first_indicators(projects: list[int]) -> list[Indicator]:
    """Give the first indicator of each of several projects, for cards."""
    return await db.many(
        Indicator,
        f"SELECT DISTINCT ON (f.project) f.* FROM ({LATEST} WHERE i.project = ANY($1)) f"  # noqa: S608 - constants
        " ORDER BY f.project, f.id LIMIT $2",
        projects,
        MOST,
    )


async def readings(project: int) -> list[Reading]:
    """List all readings of a project's indicators, the oldest first."""
    return await db.many(
        Reading,
        "SELECT r.indicator, r.on_day, r.value, r.comment FROM indicator_reading r"
        " JOIN indicator i ON i.id = r.indicator WHERE i.project = $1 ORDER BY r.on_day LIMIT $2",
        project,
        MOST_READINGS,
    )


async def count_readings(project: int) -> int:
    """Count the readings of a project's indicators."""
    return await db.value(
        "SELECT count(*)::int FROM indicator_reading r JOIN indicator i ON i.id = r.indicator WHERE i.project = $1",
        project,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIndicator:
    """A figure to be followed."""

    name: Words
    unit: Words
    measured_by: Words
    before: Decimal
    before_on: date
    target: Decimal | None


async def add_indicator(project: int, figure: NewIndicator) -> int:
    """Store a figure at the end of the project's list; gives its id."""
    return await db.value(
        "INSERT INTO indicator (project, position, name, unit, measured_by, before, before_on, target)"
        " SELECT $1, coalesce(max(position), 0) + 1, $2::jsonb, $3::jsonb, $4::jsonb, $5::numeric, $6::date,"
        " $7::numeric"
        " FROM indicator WHERE project = $1"
        " RETURNING id",
        project,
        figure.name,
        figure.unit,
        figure.measured_by,
        figure.before,
        figure.before_on,
        figure.target,
    )


async def add_reading(project: int, reading: Reading) -> bool:
    """Store what an indicator showed; a second reading of a day replaces the first. No for a foreign indicator."""
    return bool(
        await db.run(
            "INSERT INTO indicator_reading (indicator, on_day, value, comment)"
            " SELECT id, $3::date, $4::numeric, $5::jsonb FROM indicator WHERE id = $2 AND project = $1"
            " ON CONFLICT (indicator, on_day) DO UPDATE SET value = excluded.value, comment = excluded.comment",
            project,
            reading.indicator,
            reading.on_day,
            reading.value,
            reading.comment,
        )
    )
