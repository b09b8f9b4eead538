"""Pages that visitors share: whole compressed bodies, for less than a second, in front of the router.

Nothing is ever invalidated, so nothing can be forgotten: a copy is at most 0.9 s old, counted from before it was
rendered. A route takes part by naming the parameters that its page reads, ``shared=("page",)``; a request loses all
others before the page sees it, so that an invented query string neither fills the store nor reaches somebody else's
copy. Whoever is signed in, was just told something (``done``), or gets a cookie set is never answered from here.
"""

import asyncio
import hashlib
import re
import time
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, HTTPScope, Message, Receive

FRESH_SECONDS = 0.9
MOST_BYTES = 32 * 1024 * 1024
LEVEL = 6
HTTP_OK = 200
MOST_PARAMETERS = 50
Header = tuple[bytes, bytes]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """One page as it is sent: compressed, with the headers that belong to it."""

    made_at: float
    packed: bytes
    etag: bytes
    headers: Sequence[Header]
    """Everything but the encoding and the length."""

    def answer(self, known: bytes, accepted: bytes) -> tuple[int, list[Header], bytes]:
        """Give status, headers and body for what the browser knows already and can unpack."""
        headers = [*self.headers, (b"etag", self.etag)]
        if known and self.etag in known:
            return 304, headers, b""
        if b"gzip" in accepted:
            return HTTP_OK, [*headers, (b"content-encoding", b"gzip"), _length(self.packed)], self.packed
        body = zlib.decompress(self.packed, wbits=31)
        return HTTP_OK, [*headers, _length(body)], body


def _length(body: bytes) -> Header:
    return b"content-length", str(len(body)).encode()


@dataclass(slots=True)
class Captured:
    """What the application answered while a copy was made."""

    status: int = 0
    headers: Sequence[Header] = ()
    body: list[bytes] = field(default_factory=list[bytes])

    async def take(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], [(name, value) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body.append(message["body"])

    def as_copy(self, began_at: float) -> Copy | None:
        """Make a copy for others of it; None where it is for one person, or not a page."""
        if self.status != HTTP_OK or any(name.lower() == b"set-cookie" for name, _ in self.headers):
            return None
        body = b"".join(self.body)
        packer = zlib.compressobj(LEVEL, wbits=31)
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'.encode()
        kept = [(name, value) for name, value in self.headers if name.lower() not in {b"content-length", b"etag"}]
        return Copy(began_at, packer.compress(body) + packer.flush(), etag, kept)


class Shared:
    """The store of one process."""

    def __init__(self, app: Litestar) -> None:
        self._exact: dict[str, frozenset[str]] = {}
        self._shapes: list[tuple[re.Pattern[str], frozenset[str]]] = []
        for route in app.routes:
            for handler in getattr(route, "route_handlers", ()):
                if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods and "shared" in handler.opt:
                    self._take_part(route.path, frozenset(handler.opt["shared"]))
        self._copies: OrderedDict[Key, Copy] = OrderedDict()
        self._bytes = 0
        self._making: dict[Key, asyncio.Future[Copy | None]] = {}

    def _take_part(self, path: str, names: frozenset[str]) -> None:
        if "{" not in path:
            self._exact[path] = names
            return
        number = re.sub(r"\{\w+:int\}", r"[0-9]{1,18}", path)
        self._shapes.append((re.compile(re.sub(r"\{\w+:str\}", r"[^/]{1,200}", number)), names))

    @property
    def copies(self) -> Sequence[Copy]:
        """What is kept now."""
        return tuple(self._copies.values())

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._bytes

    def names(self, path: str) -> frozenset[str] | None:
        """Give the parameters that the page at a path reads; None where it is not shared."""
        names = self._exact.get(path)
        if names is not None:
            return names
        return next((names for shape, names in self._shapes if shape.fullmatch(path)), None)

    async def copy(self, app: ASGIApp, scope: HTTPScope, receive: Receive, key: Key) -> Copy | None:
        """Give a fresh copy of a page, made once however many ask; None where the page is not for sharing.

        ``scope`` is that of a visitor without cookies, with the query of the key.
        """
        asked_at = time.monotonic()
        while True:
            kept = self._copies.get(key)
            if kept and asked_at - kept.made_at < FRESH_SECONDS:
                self._copies.move_to_end(key)
                return kept
            making = self._making.get(key)
            if making is None:
                return await self._make(app, scope, receive, key)
            made = await asyncio.shield(making)
            if made is None:
                return None

    async def _make(self, app: ASGIApp, scope: HTTPScope, receive: Receive, key: Key) -> Copy | None:
        """Render a page once, while others wait for it; what was begun too long before they asked, they make anew."""
        making = self._making[key] = asyncio.get_running_loop().create_future()
        made: Copy | None = None
        try:
            began_at, captured = time.monotonic(), Captured()
            await app(scope, receive, captured.take)  # pyright: ignore[reportArgumentType] - only what the router reads
            made = captured.as_copy(began_at)
            if made:
                self._keep(key, made)
        finally:
            del self._making[key]
            making.set_result(made)
        return made

    def _keep(self, key: Key, made: Copy) -> None:
        """Keep a copy, and let the ones go that were not asked for the longest."""
        old = self._copies.pop(key, None)
        self._bytes -= len(old.packed) if old else 0
        self._copies[key] = made
        self._bytes += len(made.packed)
        while self._bytes > MOST_BYTES:
            _, gone = self._copies.popitem(last=False)
            self._bytes -= len(gone.packed)


@lru_cache(maxsize=4096)
def known_query(query: bytes, names: frozenset[str]) -> str:
    """Give the part of a query that a page reads, in one order; the first value of each parameter.

    Raises ``ValueError`` for more parameters than any of our pages has.
    """
    given: dict[str, str] = {}
    for name, value in parse_qsl(query.decode("latin-1"), max_num_fields=MOST_PARAMETERS):
        if name in names:
            given.setdefault(name, value)
    return urlencode(sorted(given.items()))


def for_visitors(scope: HTTPScope, query: str) -> HTTPScope:
    """Make the request that stands for every visitor's: nothing of this browser's but the host that it asked."""
    made = dict(scope)
    kept = [(name, value) for name, value in scope["headers"] if name == b"host"]
    made.update(method="GET", query_string=query.encode(), headers=kept, state=dict(scope["state"]))
    return made  # pyright: ignore[reportReturnType] - the same keys as before
