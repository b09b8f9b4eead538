"""Writing about people: each function is one statement, for the actions to put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shapedby import db
from shapedby.kernel import Role


@dataclass(frozen=True, slots=True)
class Used:
    """What a link or a code that was used just now opens."""

    email: str
    next_address: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One live way in of a browser, with one of its tries taken."""

    id: int
    code_hash: str


@dataclass(frozen=True, slots=True)
class NewWayIn:
    """A link and a code about to be mailed; only hashes are kept."""

    email: str
    link_hash: str
    code_hash: str
    browser_hash: str
    next_address: str
    lasts: timedelta


async def insert_act(person: int | None, verb: str, kind: str, number: int, reason: str) -> None:
    """Add a line to what staff did; ``person`` is None on the command line."""
    await db.run(
        "INSERT INTO act (at, person, verb, kind, number, reason) VALUES (now(), $1, $2, $3, $4, $5)",
        person,
        verb,
        kind,
        number,
        reason,
    )


async def insert_person(email: str, role: Role, language: str, origin: str) -> int | None:
    """Add a person without a name; None where the address is taken."""
    return await db.value(
        "INSERT INTO person (email, role, language, origin, joined_at) VALUES ($1, $2, $3, $4, now()) "
        "ON CONFLICT (email) DO NOTHING RETURNING id",
        email,
        role,
        language,
        origin,
    )


async def set_name(person: int, name: str) -> None:
    """Show a person under another name."""
    await db.run("UPDATE person SET name = $2 WHERE id = $1", person, name)


async def set_role(person: int, role: Role) -> None:
    """Give a person another role."""
    await db.run("UPDATE person SET role = $2 WHERE id = $1", person, role)


async def set_safeguarding(person: int, *, safeguarding: bool) -> None:
    """Give a person the safeguarding duty, or take it from them."""
    await db.run("UPDATE person SET safeguarding = $2 WHERE id = $1", person, safeguarding)


async def set_details(person: int, *, area: int | None, language: str) -> None:
    """Keep where somebody lives and which language they read; the young have no area."""
    await db.run(
        "UPDATE person SET area = CASE WHEN young THEN NULL ELSE $2::bigint END, language = $3 WHERE id = $1",
        person,
        area,
        language,
    )


async def set_welcomed(person: int, *, young: bool) -> bool:
    """Note that somebody has answered the first questions; False where that was noted before."""
    sql = "UPDATE person SET welcomed_at = now(), young = $2 WHERE id = $1 AND welcomed_at IS NULL"
    return await db.run(sql, person, young) == 1


async def delete_newcomer(person: int) -> str | None:
    """Delete a person who has not answered the first questions, with every sign-in; gives the address."""
    return await db.value("DELETE FROM person WHERE id = $1 AND welcomed_at IS NULL RETURNING email", person)


async def delete_ways_in(email: str) -> None:
    """Delete every asked-for link and code of an address."""
    await db.run("DELETE FROM sign_in_mail WHERE email = $1", email)


async def lock_address(email: str) -> None:
    """Let one transaction at a time use the ways in of an address, so that no two wait for each other."""
    await db.value("SELECT pg_advisory_xact_lock(hashtextextended($1, 91))::text", email)


async def insert_way_in(new: NewWayIn) -> None:
    """Keep an asked-for link and code."""
    await db.run(
        "INSERT INTO sign_in_mail (email, link_hash, code_hash, browser_hash, next_address, asked_at, ends_at) "
        "VALUES ($1, $2, $3, $4, $5, now(), now() + $6::interval)",
        new.email,
        new.link_hash,
        new.code_hash,
        new.browser_hash,
        new.next_address,
        new.lasts,
    )


async def use_link(link_hash: str) -> Used | None:
    """Use a link up; None where it has ended or somebody was faster."""
    sql = (
        "UPDATE sign_in_mail SET used_at = now() WHERE link_hash = $1 AND used_at IS NULL AND ends_at > now() "
        "RETURNING email, next_address"
    )
    return await db.one(Used, sql, link_hash)


async def use_way_in(number: int) -> Used | None:
    """Use a way in up by its number; None where somebody was faster."""
    sql = "UPDATE sign_in_mail SET used_at = now() WHERE id = $1 AND used_at IS NULL RETURNING email, next_address"
    return await db.one(Used, sql, number)


async def take_try(browser_hash: str, email: str, most: int) -> list[Tried]:
    """Take one try from every live way in that a browser asked for; those without tries left do not come back."""
    sql = (
        "UPDATE sign_in_mail SET tries = tries + 1 WHERE browser_hash = $1 AND email = $2 AND used_at IS NULL "
        "AND ends_at > now() AND tries < $3 RETURNING id, code_hash"
    )
    return await db.many(Tried, sql, browser_hash, email, most)


async def end_ways_in(email: str) -> None:
    """End every other link and code of an address."""
    await db.run("UPDATE sign_in_mail SET used_at = now() WHERE email = $1 AND used_at IS NULL", email)


async def insert_sign_in(person: int, token_hash: str, csrf: str, browser: str, lasts: timedelta) -> None:
    """Keep a new sign-in."""
    await db.run(
        "WITH back AS (UPDATE person SET seen_at = now(), warned_at = NULL WHERE id = $2) "
        "INSERT INTO sign_in (token_hash, person, csrf, browser, began_at, seen_at, ends_at) "
        "VALUES ($1, $2, $3, $4, now(), now(), now() + $5::interval)",
        token_hash,
        person,
        csrf,
        browser[:120],
        lasts,
    )


async def delete_sign_in(number: int, person: int) -> int:
    """End one sign-in of a person; gives how many ended."""
    return await db.run("DELETE FROM sign_in WHERE id = $1 AND person = $2", number, person)


async def delete_sign_ins(person: int, *, but: int = 0) -> int:
    """End all sign-ins of a person, or all but one; gives how many ended."""
    return await db.run("DELETE FROM sign_in WHERE person = $1 AND id <> $2", person, but)


async def delete_ended() -> int:
    """Delete what has ended: sign-ins, and mailed ways in a day after their end; gives how many."""
    return await db.run("DELETE FROM sign_in WHERE ends_at < now()") + await db.run(
        "DELETE FROM sign_in_mail WHERE ends_at < now() - interval '1 day'"
    )
