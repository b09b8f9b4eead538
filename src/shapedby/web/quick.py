"""A form that is answered in front of the router, where everything about it is as usual.

The router, its guards and its forms cost more than what one statement of the database does; where that statement
finds anything unusual it changes nothing, and the router answers the same request as if nothing had been tried.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from litestar.types import HTTPReceiveMessage, HTTPScope, Receive, Send

from shapedby.db import DatabaseGone
from shapedby.web.csrf import FIELD
from shapedby.web.page import cookie_name
from shapedby.web.site import Site

MOST_BYTES = 500
KIND = b"application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form: the number in its address, the browser's sign-in and token, and where it comes from."""

    number: int
    sign_in: str
    token: str
    client: str


Act = Callable[[Sent, str], Awaitable[str | None]]
"""Does what the form asks for, given the installation's secret; gives the address to go to, or None and no change."""


class Quick:
    """The forms of one path, such as ``/ideas/([0-9]{1,18})/support``."""

    def __init__(self, path: str, act: Act) -> None:
        self._path = re.compile(path)
        self._act = act
        self._doing: dict[Sent, asyncio.Future[str | None]] = {}

    async def answer(
        self, scope: HTTPScope, headers: Mapping[bytes, bytes], receive: Receive, send: Send, site: Site
    ) -> Receive | None:
        """Answer with a redirect; else give what the router reads the same request from."""
        path = self._path.fullmatch(scope["path"])
        length, sign_in = headers.get(b"content-length", b""), _sign_in(headers, site)
        usual = path and sign_in and headers.get(b"content-type") == KIND and length.isdigit()
        if not path or not usual or int(length) > MOST_BYTES:
            return receive
        message = await receive()
        if message["type"] != "http.request":
            return None  # whoever sent it has gone
        if message["more_body"]:
            return _again(message, receive)
        try:
            form = dict(parse_qsl(message["body"].decode("ascii"), max_num_fields=3))
            client = scope["client"][0] if scope["client"] else ""
            sent = Sent(int(path.group(1)), sign_in, form.get(FIELD, ""), client)
            address = await self._once(sent, site.settings.secret)
        except (ValueError, DatabaseGone):
            address = None  # the router says what is wrong
        if address is None:
            return _again(message, receive)
        sent_headers = [(b"location", address.encode("ascii")), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": sent_headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return None

    async def _once(self, sent: Sent, secret: str) -> str | None:
        """Do what a form asks for, once for all who send the same meanwhile, as an impatient person does."""
        doing = self._doing.get(sent)
        if doing is None:
            doing = self._doing[sent] = asyncio.ensure_future(self._act(sent, secret))
            doing.add_done_callback(lambda _done: self._doing.pop(sent, None))
        return await asyncio.shield(doing)


@cache
def _cookie(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?:^|;)\s*" + name.encode() + rb"=([\w-]{43})(?:;|$)")


def _sign_in(headers: Mapping[bytes, bytes], site: Site) -> str:
    found = _cookie(cookie_name(site, "sign-in")).search(headers.get(b"cookie", b""))
    return found.group(1).decode() if found else ""


def _again(first: HTTPReceiveMessage, receive: Receive) -> Receive:
    """Give a message that was read already a second time, then whatever comes after it."""
    waiting = [first]

    async def read() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else await receive()  # pyright: ignore[reportReturnType] - of an HTTP scope

    return read
