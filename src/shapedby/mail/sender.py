"""Emptying the outbox through SMTP: any number of processes may do it at once, and no mail leaves twice.

A mail is marked as sent in the transaction that holds its row. Should the machine stop between the server's "yes" and
our commit, the mail leaves again under the same Message-ID, by which mail programs know it again.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import aiosmtplib

from shapedby import db
from shapedby.mail import queries
from shapedby.mail.queries import Waiting
from shapedby.mail.rules import SHORT_LIVED, is_final, one_header_line, wait_after, worth_sending
from shapedby.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 20.0
MOST_A_CONNECTION = 100
TOO_LATE = "too late to be of use"


class PostOfficeClosed(Exception):  # noqa: N818 - it is a state of the world
    """The mail server does not answer or does not let us in; every mail waits."""


async def drain(settings: Settings) -> int:
    """Send what is due; gives how many mails left. Without ``SMTP_URL`` mail waits.

    Raises ``PostOfficeClosed`` and ``DatabaseGone``.
    """
    if settings.smtp_url is None:
        return 0
    sent = 0
    while await _something_due():
        async with _connected(settings.smtp_url) as server:
            for _ in range(MOST_A_CONNECTION):
                done = await _send_next(server, settings)
                if done is None:
                    return sent
                sent += done
    return sent


async def _something_due() -> bool:
    # A look without a lock: no connection to the mail server is opened for nothing.
    return await queries.anything_due()


async def _send_next(server: aiosmtplib.SMTP, settings: Settings) -> int | None:
    """Send the next due mail; gives 1 when it left, 0 when it did not, None when nothing is due."""
    async with db.transaction():
        (short_kind, short), long = next(iter(SHORT_LIVED.items())), worth_sending("")
        waiting = await queries.next_due(short_kind, short, long)
        if waiting is None:
            return None
        if waiting.too_late:
            await queries.mark_given_up(waiting.id, TOO_LATE)
            return 0
        trouble = await _hand_over(server, waiting, settings)
        if trouble is None:
            await queries.mark_sent(waiting.id)
            return 1
        code, words = trouble
        log.warning("mail %s was not taken (%s), try %s", waiting.id, code, waiting.tries + 1)
        if is_final(code):
            await queries.mark_given_up(waiting.id, words)
        else:
            await queries.mark_failed(waiting.id, wait_after(waiting.tries + 1), words)
        return 0


async def _hand_over(server: aiosmtplib.SMTP, waiting: Waiting, settings: Settings) -> tuple[int, str] | None:
    """Give one mail to the server; gives its refusal, or None when it took it."""
    message = compose(waiting, settings)
    try:
        await server.send_message(message, sender=settings.mail_from, recipients=[waiting.address])
    except aiosmtplib.SMTPRecipientsRefused as error:
        refusal = error.recipients[0]
        return refusal.code, one_header_line(refusal.message)
    except aiosmtplib.SMTPResponseException as error:
        return error.code, one_header_line(error.message)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise PostOfficeClosed(str(error)) from error
    return None


def compose(waiting: Waiting, settings: Settings) -> EmailMessage:
    """Make the mail as it travels: text first, HTML beside it, and an identity that stays over every try."""
    host = urlsplit(settings.url).hostname or "localhost"
    message = EmailMessage(policy=WIRE)
    message["From"] = Address(f"Shaped by {one_header_line(settings.council)}", addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=waiting.address)
    message["Subject"] = one_header_line(waiting.subject)
    message["Date"] = format_datetime(waiting.queued_at)
    message["Message-ID"] = f"<{waiting.id}.{int(waiting.queued_at.timestamp())}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = waiting.language
    message.set_content(waiting.text)
    message.add_alternative(waiting.html, subtype="html")
    return message


@asynccontextmanager
async def _connected(smtp_url: str) -> AsyncIterator[aiosmtplib.SMTP]:
    parts = urlsplit(smtp_url)
    at_once = parts.scheme == "smtps"
    server = aiosmtplib.SMTP(
        hostname=parts.hostname or "localhost",
        port=parts.port or (465 if at_once else 25),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=at_once,
        # A password never leaves in clear; without one, encryption is used where the server offers it.
        start_tls=False if at_once else (True if parts.password else None),
        timeout=PATIENCE,
    )
    try:
        await server.connect()
    except (aiosmtplib.SMTPException, OSError) as error:
        raise PostOfficeClosed(str(error)) from error
    try:
        yield server
    finally:
        server.close()
