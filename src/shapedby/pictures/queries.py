"""All SQL about pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.kernel import Actor
from shapedby.screening.rules import Publicity

_COLUMNS = """
p.id, p.posting, p.place, p.description, p.file, p.width, p.height, p.small, p.small_width, p.small_height,
p.added_at, p.seen_at, t.language
"""
_FROM = "FROM picture p JOIN posting t ON t.id = p.posting "
_SHOWN = " AND p.seen_at IS NOT NULL AND t.publicity = 'public' "
_ORDER = " ORDER BY p.place, p.id LIMIT 20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in its two sizes, with its words."""

    id: int
    posting: int
    place: int
    description: str
    file: str
    width: int
    height: int
    small: str
    small_width: int
    small_height: int
    added_at: datetime
    seen_at: datetime | None
    language: str

    @property
    def address(self) -> str:
        return f"/pictures/{self.file}"

    @property
    def small_address(self) -> str:
        return f"/pictures/{self.small}"


@dataclass(frozen=True, slots=True)
class Reader:
    """One use of a file: whose it is, and whether everybody may see it there."""

    author: int
    publicity: Publicity
    seen: bool


@dataclass(frozen=True, slots=True)
class Size:
    """One stored size of a picture."""

    file: str
    width: int
    height: int


async def of(posting: int) -> list[Picture]:
    """List the pictures of a posting, whoever may see them, in their order."""
    return await db.many(Picture, f"SELECT {_COLUMNS} {_FROM} WHERE p.posting = $1 {_ORDER}", posting)


async def shown_of(posting: int) -> list[Picture]:
    """List the pictures of a posting that everybody may see, in their order."""
    return await db.many(Picture, f"SELECT {_COLUMNS} {_FROM} WHERE p.posting = $1 {_SHOWN} {_ORDER}", posting)


async def pictures_for(actor: Actor, posting: int, *, own: bool) -> list[Picture]:
    """List the pictures of a posting that somebody may see: all of them its author and staff."""
    return await (of(posting) if own or actor.is_staff else shown_of(posting))


async def picture(number: int) -> Picture | None:
    """Find a picture by its number."""
    return await db.one(Picture, f"SELECT {_COLUMNS} {_FROM} WHERE p.id = $1", number)


async def readers(file: str) -> list[Reader]:
    """Say where a file is used."""
    sql = (
        "SELECT t.author, t.publicity, p.seen_at IS NOT NULL AS seen FROM picture p JOIN posting t ON t.id = p.posting "
        "WHERE (p.file = $1 OR p.small = $1) AND NOT t.guarded LIMIT 100"
    )
    return await db.many(Reader, sql, file)


async def insert(posting: int, description: str, sizes: tuple[Size, Size], *, seen: bool) -> int:
    """Add a picture behind the others of its posting, and give its number."""
    large, small = sizes
    return await db.value(
        """
        INSERT INTO picture (posting, place, description, file, width, height, small, small_width, small_height,
                             added_at, seen_at)
        VALUES ($1, (SELECT coalesce(max(place), 0) + 1 FROM picture WHERE posting = $1), $2, $3, $4, $5, $6, $7, $8,
                now(), CASE WHEN $9 THEN now() END)
        RETURNING id
        """,
        posting,
        description,
        large.file,
        large.width,
        large.height,
        small.file,
        small.width,
        small.height,
        seen,
    )


async def describe(number: int, description: str, *, seen: bool) -> int:
    """Change the words of a picture: it has a new number then, so that nobody decides about words they did not see."""
    return await db.value(
        """
        WITH gone AS (DELETE FROM picture WHERE id = $1 RETURNING *)
        INSERT INTO picture (posting, place, description, file, width, height, small, small_width, small_height,
                             added_at, seen_at)
        SELECT posting, place, $2, file, width, height, small, small_width, small_height, added_at,
               CASE WHEN $3 THEN now() END
        FROM gone RETURNING id
        """,
        number,
        description,
        seen,
    )


async def put_in_order(posting: int, numbers: Sequence[int]) -> None:
    """Give the pictures of a posting their places."""
    await db.run(
        "UPDATE picture SET place = given.place FROM unnest($2::bigint[]) WITH ORDINALITY AS given(id, place) "
        "WHERE picture.id = given.id AND picture.posting = $1",
        posting,
        list(numbers),
    )


async def remove(number: int) -> bool:
    """Take a picture out; its file goes when nothing points to it any more."""
    return await db.run("DELETE FROM picture WHERE id = $1", number) > 0


async def remove_all(posting: int) -> int:
    """Take every picture of a posting out; gives how many."""
    return await db.run("DELETE FROM picture WHERE posting = $1", posting)


async def see(posting: int) -> int:
    """Note that a moderator has looked at the pictures of a posting; gives how many are new to everybody."""
    return await db.run("UPDATE picture SET seen_at = now() WHERE posting = $1 AND seen_at IS NULL", posting)


async def unseen(posting: int) -> bool:
    """Say whether a posting has a picture that nobody has looked at."""
    return await db.value("SELECT EXISTS (SELECT FROM picture WHERE posting = $1 AND seen_at IS NULL)", posting)


async def used(files: Sequence[str]) -> set[str]:
    """Say which of these files a picture points to."""
    sql = "SELECT file FROM picture WHERE file = ANY($1) UNION SELECT small FROM picture WHERE small = ANY($1)"
    return set(await db.values(sql, list(files)))
