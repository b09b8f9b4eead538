"""The ASGI layer in front of the router: who asks, in which language, HEAD, static files and headers."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from litestar.connection import Request
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from shapedby.db import DatabaseGone
from shapedby.kernel import VISITOR, Actor
from shapedby.web.assets import FOREVER, PREFIX, Asset
from shapedby.web.errors import database_gone
from shapedby.web.language import negotiate
from shapedby.web.page import cookie, cookie_of
from shapedby.web.quick import Quick
from shapedby.web.shared import Shared, for_visitors, known_query
from shapedby.web.site import Ask, Site

WhoAsks = Callable[[str], Awaitable[Actor]]
HEALTH = "/health/"  # asked by machines, which must hear of the process and not of the database
SIGNED_IN, TOLD = b"sign-in=", b"done="
ASKED = re.compile(rb"(?:^|&)lang=([a-z]{2,8})(?:&|$)")
KEPT = re.compile(rb"(?:^|;)\s*(?:__Host-)?lang=([a-z]{2,8})(?:;|$)")
YEAR = 365 * 24 * 3600
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    b"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
SECURITY: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)
# What anybody's page may read: it carries no cookie, and nothing that is for one person.
OPEN = ("/api/v1", "/open-data/")
FRAMED = "/embed/"
FOR_ALL: tuple[tuple[bytes, bytes], ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link"),
    (b"access-control-allow-headers", b"If-None-Match"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Door:
    """Prepares each request for the router and finishes each answer."""

    def __init__(
        self, app: ASGIApp, site: Site, who_asks: WhoAsks, shared: Shared | None, quick: Quick | None = None
    ) -> None:
        self._app = app
        self._site = site
        self._who_asks = who_asks
        self.shared = shared
        self._quick = quick
        self._headers = [*SECURITY, HSTS] if site.secure else list(SECURITY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _replace_nul(scope)
        head = scope["method"] == "HEAD"
        if head:
            scope["method"] = "GET"  # pyright: ignore[reportGeneralTypeIssues] - the router then finds the GET handler
        headers = dict(scope["headers"])
        if scope["path"].startswith(PREFIX) and (asset := self._site.assets.find(scope["path"])):
            await _send_asset(asset, headers, self._finished(send, head=head, cookies=[]))
            return
        cookies = self._choose_language(scope, headers)
        if scope["path"].startswith(OPEN):
            cookies = list(FOR_ALL)
        elif scope["path"].startswith(FRAMED):
            cookies = []
        send = self._finished(send, head=head, cookies=cookies)
        scope["user"] = VISITOR
        if self._quick and scope["method"] == "POST":
            left = await self._quick.answer(scope, headers, receive, send, self._site)
            if left is None:
                return
            receive = left
        if not await self._answer_from_shared(scope, headers, receive, send):
            await self._answer(scope, receive, send)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Find out who asks, and let the router answer."""
        ask: Ask = Request(scope)
        try:
            token = cookie_of(ask, "sign-in")
            if token and not scope["path"].startswith((HEALTH, *OPEN)):
                scope["user"] = await self._who_asks(token)
                self._speak_as_asked(ask)
        except DatabaseGone as error:
            await database_gone(ask, error).to_asgi_response(None, ask)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _answer_from_shared(
        self, scope: HTTPScope, headers: Mapping[bytes, bytes], receive: Receive, send: Send
    ) -> bool:
        """Answer a visitor with a page that visitors share; say whether that was possible."""
        names = self.shared.names(scope["path"]) if self.shared and scope["method"] == "GET" else None
        query = scope["query_string"]
        if self.shared is None or names is None or SIGNED_IN in headers.get(b"cookie", b"") or TOLD in query:
            return False
        try:
            known = known_query(query, names) if query else ""
        except ValueError:
            return False
        key = (scope["path"], scope["state"]["tongue"].code, known)
        copy = await self.shared.copy(self._app, for_visitors(scope, known), receive, key)
        if copy is None:
            return False
        status, sent, body = copy.answer(headers.get(b"if-none-match", b""), headers.get(b"accept-encoding", b""))
        await send({"type": "http.response.start", "status": status, "headers": sent})
        await send({"type": "http.response.body", "body": body, "more_body": False})
        return True

    def _choose_language(self, scope: HTTPScope, headers: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
        """Take the language from the address, the cookie or the browser; keep a choice in a cookie."""
        state: MutableMapping[str, Any] = scope.setdefault("state", {})
        offered = self._site.tongues
        asked, kept = _first(ASKED, scope["query_string"]), _first(KEPT, headers.get(b"cookie", b""))
        chosen = next((code for code in (asked, kept) if code in offered), "")
        state["language_chosen"] = bool(chosen)
        wished = headers.get(b"accept-language", b"").decode("latin-1")
        state["tongue"] = offered[chosen or negotiate(wished, self._site.languages)]
        if asked in offered and asked != kept:
            return [(b"set-cookie", cookie(self._site, "lang", asked, seconds=YEAR).to_header(header="").encode())]
        return []

    def _speak_as_asked(self, ask: Ask) -> None:
        """Speak the language of the person's settings where this browser has chosen none."""
        wish = ask.user.language
        if wish in self._site.tongues and not ask.scope["state"]["language_chosen"]:
            ask.scope["state"]["tongue"] = self._site.tongues[wish]

    def _finished(self, send: Send, *, head: bool, cookies: list[tuple[bytes, bytes]]) -> Send:
        """Add the headers that every answer carries; a HEAD answer keeps its headers and loses its body."""

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                # An answer may be stricter, or carry something else, than our pages: then its own header holds.
                own = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(header for header in self._headers if header[0] not in own),
                    *cookies,
                    (b"vary", b"Cookie, Accept-Language"),
                ]
            elif message["type"] == "http.response.body" and head:
                message["body"] = b""
            await send(message)

        return finish


def _replace_nul(scope: Scope) -> None:
    """Replace what no text of PostgreSQL's can hold: an address with it is then one that nothing has, not a fault."""
    scope["path"] = scope["path"].replace("\0", "\N{REPLACEMENT CHARACTER}")
    scope["query_string"] = scope["query_string"].replace(b"%00", b"%EF%BF%BD")


def _first(pattern: re.Pattern[bytes], text: bytes) -> str:
    found = pattern.search(text) if text else None
    return found.group(1).decode() if found else ""


async def _send_asset(asset: Asset, headers: Mapping[bytes, bytes], send: Send) -> None:
    """Send a static file: never again to a browser that has it, compressed to one that can unpack it."""
    packed = asset.compressed is not None and b"gzip" in headers.get(b"accept-encoding", b"")
    body = asset.compressed if packed and asset.compressed else asset.body
    known = headers.get(b"if-none-match") == asset.etag.encode()
    sent = [
        (b"etag", asset.etag.encode()),
        (b"cache-control", FOREVER.encode()),
        (b"content-type", asset.kind.encode()),
    ]
    if not known:
        sent.append((b"content-length", str(len(body)).encode()))
    if packed and not known:
        sent.append((b"content-encoding", b"gzip"))
    await send({"type": "http.response.start", "status": 304 if known else 200, "headers": sent})
    await send({"type": "http.response.body", "body": b"" if known else body, "more_body": False})
