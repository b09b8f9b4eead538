"""The ASGI layer in front of the router: who asks, in which language, HEAD, static files and headers."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from litestar.connection import Request
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shapedby.db import DatabaseGone
from shapedby.kernel import VISITOR, Actor
from shapedby.web.assets import FOREVER, PREFIX, Asset
from shapedby.web.errors import database_gone
from shapedby.web.language import negotiate
from shapedby.web.page import cookie, cookie_of
from shapedby.web.site import Ask, Site

WhoAsks = Callable[[str], Awaitable[Actor]]
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
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Door:
    """Prepares each request for the router and finishes each answer."""

    def __init__(self, app: ASGIApp, site: Site, who_asks: WhoAsks) -> None:
        self._app = app
        self._site = site
        self._who_asks = who_asks
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
        if scope["path"].startswith(PREFIX) and (asset := self._site.assets.find(scope["path"])):
            await _send_asset(asset, scope, self._finished(send, head=head, cookies=[]))
            return
        ask: Ask = Request(scope)
        cookies = self._choose_language(ask)
        send = self._finished(send, head=head, cookies=cookies)
        scope["user"] = VISITOR
        try:
            token = cookie_of(ask, "sign-in")
            if token:
                scope["user"] = await self._who_asks(token)
                self._speak_as_asked(ask)
        except DatabaseGone as error:
            await database_gone(ask, error).to_asgi_response(None, ask)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _choose_language(self, ask: Ask) -> list[tuple[bytes, bytes]]:
        """Take the language from the address, the cookie or the browser; keep a choice in a cookie."""
        state: MutableMapping[str, Any] = ask.scope.setdefault("state", {})
        offered = self._site.tongues
        asked, kept = ask.query_params.get("lang", ""), cookie_of(ask, "lang")
        chosen = next((code for code in (asked, kept) if code in offered), "")
        state["language_chosen"] = bool(chosen)
        code = chosen or negotiate(ask.headers.get("accept-language", ""), offered)
        state["tongue"] = offered[code]
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


async def _send_asset(asset: Asset, scope: Scope, send: Send) -> None:
    """Send a static file: never again to a browser that has it, compressed to one that can unpack it."""
    headers = {name.lower(): value for name, value in scope["headers"]}
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
