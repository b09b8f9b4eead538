"""A mail server on this machine, for tests of mail that really leaves."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from shapedby.mail.actions import queue

if TYPE_CHECKING:
    from ground import Database

CONTEXT = {"link": "x" * 43, "code": "123456", "minutes": 30}


class PostOffice:
    """A mail server on this machine that keeps what it is given, and refuses whom it is told to."""

    def __init__(self) -> None:
        self.kept: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.raw: list[bytes] = []
        self.slow = 0.0
        self.hangs_up = False
        self.loop: asyncio.AbstractEventLoop | None = None
        self.at_receiver, self.at_data = asyncio.Event(), asyncio.Event()

    def _reached(self, place: asyncio.Event) -> None:
        """Tell the test's own loop where the conversation is; this server has a thread of its own."""
        if self.loop:
            self.loop.call_soon_threadsafe(place.set)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.refuse.get(address, "250 OK")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self._reached(self.at_receiver)
        await asyncio.sleep(self.slow)
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        if self.hangs_up:
            server.transport.close()
            return "421 gone"
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.raw.append(envelope.content)
        self.kept.append(found)
        self._reached(self.at_data)
        await asyncio.sleep(self.slow)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.kept if mail["To"] == address]


async def write(address: str, *, code: str = "123456", once: str | None = None, kind: str = "news") -> None:
    """Queue a mail."""
    context = {**CONTEXT, "code": code}
    await queue(address=address, language="en", kind=kind, template="people/sign_in", context=context, once=once)


async def state(database: Database, address: str) -> dict[str, Any]:
    """Read what the outbox knows of a mail."""
    return dict((await database.ask("SELECT * FROM outgoing_mail WHERE address = $1", address))[0])
