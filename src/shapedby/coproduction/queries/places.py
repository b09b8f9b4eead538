"""Places at sessions: who comes, who waits, who came."""

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.coproduction.rules.sessions import NEEDS_KEPT, REMINDED_BEFORE, PlaceState

MOST = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place; ``need`` is what they need to be able to come."""

    id: int
    session: int
    person: int | None
    name: str
    young: bool
    state: PlaceState
    need: str
    asked_at: datetime
    came_at: datetime | None
    said: bool


_PLACES = """
SELECT g.id, g.session, g.person, coalesce(nullif(g.name, ''), who.name, '') AS name,
  coalesce(who.young, false) AS young, g.state, g.need, g.asked_at, g.came_at, g.said
FROM session_place g LEFT JOIN person who ON who.id = g.person
"""


async def places(session: int) -> list[Place]:
    """List who has a place and who waits, in the order in which they asked."""
    return await db.many(
        Place,
        f"{_PLACES} WHERE g.session = $1 AND g.state <> 'given_back' ORDER BY g.state, g.asked_at, g.id LIMIT $2",
        session,
        MOST,
    )


async def mine(session: int, person: int) -> Place | None:
    """Find somebody's own place, or the one they gave back."""
    return await db.one(Place, f"{_PLACES} WHERE g.session = $1 AND g.person = $2", session, person)


async def lock(session: int) -> int | None:
    """Let one transaction at a time give places of a session; gives how many are left, nothing where all find room."""
    capacity: int | None = await db.value("SELECT capacity FROM project_session WHERE id = $1 FOR UPDATE", session)
    if capacity is None:
        return None
    going = "SELECT count(*)::int FROM session_place WHERE session = $1 AND state = 'going'"
    return max(0, capacity - await db.value(going, session))


async def ask(session: int, person: int, state: PlaceState, need: str) -> PlaceState:
    """Give somebody a place, or one in the queue; who has either keeps it. Gives what they have now."""
    return PlaceState(
        await db.value(
            "INSERT INTO session_place AS g (session, person, state, need, asked_at) VALUES ($1, $2, $3, $4, now())"
            " ON CONFLICT (session, person) DO UPDATE SET need = excluded.need,"
            " state = CASE g.state WHEN 'given_back' THEN excluded.state ELSE g.state END,"
            " asked_at = CASE g.state WHEN 'given_back' THEN now() ELSE g.asked_at END RETURNING state",
            session,
            person,
            state,
            need,
        )
    )


async def write_down(session: int, name: str, state: PlaceState, need: str, *, by: int) -> None:
    """Give somebody without a sign-in a place, or one in the queue."""
    await db.run(
        "INSERT INTO session_place (session, name, state, need, asked_at, written_by)"
        " VALUES ($1, $2, $3, $4, now(), $5)",
        session,
        name,
        state,
        need,
        by,
    )


async def give_back(session: int, place: int) -> bool:
    """Take a place back; no where it was given back before."""
    return bool(
        await db.run(
            "UPDATE session_place SET state = 'given_back', need = '' WHERE session = $1 AND id = $2"
            " AND state <> 'given_back'",
            session,
            place,
        )
    )


async def move_up(session: int, most: int | None) -> list[int]:
    """Give free places to those who wait longest, at most ``most`` (nothing: all); gives those with a sign-in."""
    rows = await db.values(
        "UPDATE session_place SET state = 'going' WHERE id IN ("
        "  SELECT id FROM session_place WHERE session = $1 AND state = 'waiting' ORDER BY asked_at, id LIMIT $2"
        ") RETURNING coalesce(person, 0)",
        session,
        MOST if most is None else most,
    )
    return [person for person in rows if person]


async def came(session: int, place: int, *, here: bool) -> bool:
    """Note that somebody came, or did not after all."""
    return bool(
        await db.run(
            "UPDATE session_place SET came_at = CASE WHEN $3 THEN now() END WHERE session = $1 AND id = $2"
            " AND (came_at IS NULL) = $3",
            session,
            place,
            here,
        )
    )


async def arrive(session: int, person: int) -> None:
    """Note that somebody came, with a place or without."""
    await db.run(
        "INSERT INTO session_place AS g (session, person, state, asked_at, came_at)"
        " VALUES ($1, $2, 'going', now(), now())"
        " ON CONFLICT (session, person) DO UPDATE SET state = 'going', came_at = coalesce(g.came_at, now())",
        session,
        person,
    )


async def say(session: int, person: int, answers: tuple[int, int, int]) -> bool:
    """Store what somebody thought of a session, apart from who said it; no where they said it before."""
    if not await db.run(
        "UPDATE session_place SET said = true WHERE session = $1 AND person = $2 AND NOT said", session, person
    ):
        return False
    sql = "INSERT INTO session_opinion (session, useful, heard, again) VALUES ($1, $2, $3, $4)"
    await db.run(sql, session, *answers)
    return True


async def going(session: int) -> list[int]:
    """List those with a sign-in who come or wait."""
    return await db.values(
        "SELECT person FROM session_place WHERE session = $1 AND state <> 'given_back' AND person IS NOT NULL LIMIT $2",
        session,
        MOST,
    )


async def to_remind() -> list[int]:
    """List the sessions that begin within two days."""
    return await db.values(
        "SELECT id FROM project_session WHERE cancelled_at IS NULL AND starts_at > now() AND starts_at <= now() + $1"
        " ORDER BY starts_at LIMIT $2",
        REMINDED_BEFORE,
        MOST,
    )


async def forget_needs() -> int:
    """Forget what people needed to be able to come, 30 days after the session; gives how many."""
    return await db.run(
        "UPDATE session_place g SET need = '' FROM project_session s WHERE s.id = g.session AND g.need <> ''"
        " AND s.ends_at < now() - $1::interval",
        NEEDS_KEPT,
    )
