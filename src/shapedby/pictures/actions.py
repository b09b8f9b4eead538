"""Taking a picture in, changing and removing it, and letting nobody see it before somebody has looked at it."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from datetime import timedelta
from typing import Any

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.pictures import queries, rules
from shapedby.pictures.queries import Picture, Size
from shapedby.pictures.rules import MOST, MOST_DESCRIPTION, Why
from shapedby.pictures.storing import Store, store
from shapedby.screening.actions import open_case, when_changed
from shapedby.screening.queries import lock
from shapedby.screening.rules import Kind, Publicity, RaisedBy
from shapedby.settings import Settings
from shapedby.text import one_line

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Pictures that one process decodes at the same time."""
DECODING_SECONDS = 25
UNUSED = timedelta(hours=2)
"""How long a file may be without a row: one that was just stored gets its row a moment later."""
_GONE = frozenset({Publicity.WITHDRAWN, Publicity.DELETED})
_kept: dict[str, Store] = {}
_decoding: dict[int, asyncio.Semaphore] = {}


def use(settings: Settings) -> None:
    """Remember where pictures are stored, and hear what becomes of ideas; called once when the application is made."""
    _kept["store"] = store(settings.pictures)
    when_changed(Kind.IDEA, _publicity_changed)


async def take_in(data: bytes) -> tuple[Size, Size]:
    """Decode a file, write it anew in two sizes and store both; raises ``Refused``. Holds no transaction open."""
    if why := rules.why_not_upload(len(data)):
        raise Refused(why)
    loop = id(asyncio.get_running_loop())
    async with _decoding.setdefault(loop, asyncio.Semaphore(AT_ONCE)):
        large, small = await _decoded(data)
    return await _stored(large), await _stored(small)


async def add(posting: int, description: str, sizes: tuple[Size, Size], *, by: Actor) -> int:
    """Add a picture that was taken in to a posting, and give its number; raises ``Refused``."""
    words = _words(description)
    async with db.transaction():
        found = await _locked(posting)
        if len(await queries.of(posting)) >= MOST:
            raise Refused(Why.TOO_MANY, most=MOST)
        number = await queries.insert(posting, words, sizes, seen=by.is_staff)
        await _look(posting, found)
        return number


async def describe(picture: Picture, description: str, *, by: Actor) -> None:
    """Change the words of a picture; a moderator looks at it again."""
    words = _words(description)
    if words == picture.description:
        return
    async with db.transaction():
        found = await _locked(picture.posting)
        await queries.describe(picture.id, words, seen=by.is_staff)
        await _look(picture.posting, found)


async def move(picture: Picture, *, up: bool) -> None:
    """Move a picture one place among those of its posting."""
    async with db.transaction():
        await _locked(picture.posting)
        order = [one.id for one in await queries.of(picture.posting)]
        await queries.put_in_order(picture.posting, rules.moved(order, picture.id, up=up))


async def remove(picture: Picture) -> None:
    """Take a picture out; twice is as once. Its file goes with the next housekeeping."""
    await queries.remove(picture.id)


async def see(posting: int) -> None:
    """Let everybody see the pictures of a posting, since a moderator has; in the moderator's transaction."""
    await queries.see(posting)


async def bytes_of(name: str) -> bytes | None:
    """Give a stored file."""
    return await _store().get(name) if rules.is_name(name) else None


async def forget_unused() -> int:
    """Remove the files that no picture points to; gives how many. For a job."""
    old = await db.value("SELECT now()") - UNUSED
    names = [name for name, came in await _store().names() if came < old]
    unused = set(names) - await queries.used(names) if names else set[str]()
    for name in sorted(unused):
        await _store().remove(name)
    return len(unused)


async def _publicity_changed(posting: int, _before: Publicity, after: Publicity, by: int | None) -> None:
    """Follow a posting: a moderator who publishes it has seen its pictures; where nobody has, a case asks for it."""
    if after in _GONE:
        await queries.remove_all(posting)
    elif after is Publicity.PUBLIC and by is not None:
        await queries.see(posting)
    elif after is Publicity.PUBLIC:
        await _look(posting, after)


async def _look(posting: int, publicity: Publicity) -> None:
    """Ask moderators to look at new pictures of a public posting; one that waits is looked at with its text."""
    if publicity is Publicity.PUBLIC and await queries.unseen(posting):
        await open_case(posting, RaisedBy.PICTURES)


async def _locked(posting: int) -> Publicity:
    found = await lock(posting)
    if found is None:
        raise Missing
    if found.publicity in _GONE:
        raise Refused(Why.NOT_NOW)
    return found.publicity


def _words(description: str) -> str:
    words = one_line(description)[:MOST_DESCRIPTION]
    if not words:
        raise Refused(Why.NO_DESCRIPTION)
    return words


async def _decoded(data: bytes) -> list[tuple[bytes, int, int]]:
    """Let a child process with bounds decode a file, and give both sizes; raises ``Refused``."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "shapedby.pictures.encoding",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": "", "PYTHONPATH": ":".join(path for path in sys.path if path), "MALLOC_ARENA_MAX": "2"},
    )
    try:
        out, _ = await asyncio.wait_for(child.communicate(data), DECODING_SECONDS)
    except TimeoutError:
        child.kill()
        await child.wait()
        raise Refused(Why.BROKEN) from None
    head, _, body = out.partition(b"\n")
    told: dict[str, Any] = json.loads(head) if head else {}
    if why := told.get("why"):
        raise Refused(Why(why), most=rules.MOST_PIXELS // 1_000_000)
    parts = _parts(told.get("sizes", []), body)
    if len(parts) != len(rules.SIDES) or len(body) != sum(len(part[0]) for part in parts):
        log.warning("a picture could not be decoded: its process ended too early")
        raise Refused(Why.BROKEN)
    return parts


def _parts(sizes: list[dict[str, int]], body: bytes) -> list[tuple[bytes, int, int]]:
    parts: list[tuple[bytes, int, int]] = []
    at = 0
    for size in sizes:
        parts.append((body[at : at + size["bytes"]], size["width"], size["height"]))
        at += size["bytes"]
    return parts


async def _stored(part: tuple[bytes, int, int]) -> Size:
    body, width, height = part
    return Size(await _store().put(body), width, height)


def _store() -> Store:
    return _kept["store"]
