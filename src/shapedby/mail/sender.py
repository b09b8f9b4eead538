"""Emptying the outbox through SMTP: any number of processes may do it at once, and no mail leaves twice.

A mail's row is locked while the server is asked whether it takes a mail for this receiver; should we stop there, the
lock is gone and another process sends it. Before its words go out the row is marked, and that is committed: should we
stop from there on, nobody can know whether it arrived, and it is never sent a second time. A server that breaks off
itself leaves us alive to know it: then the mail waits and is tried again, under the same Message-ID.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import aiosmtplib

from shapedby import db
from shapedby.mail import queries
from shapedby.mail.queries import Waiting
from shapedby.mail.rules import LEASE, SHORT_LIVED, is_final, one_header_line, wait_after, worth_sending
from shapedby.settings import Settings

log = logging.getLogger(__name__)

Done = TypeVar("Done")

PATIENCE = 20.0
MOST_A_CONNECTION = 100
TOO_LATE = "too late to be of use"
DOUBTFUL = "we stopped while handing it over: it may have arrived, so it is not sent again"
# Seven bits go through every server. Lines are long enough for an address to stop mail at: folded, it would be none.
WIRE = SMTP.clone(cte_type="7bit", max_line_length=400)
CLOSED = 0
Trouble = tuple[int, str]
"""The server's answer and its words; ``CLOSED`` where it gave none, or one that is not about this mail."""


class PostOfficeClosed(Exception):  # noqa: N818 - it is a state of the world
    """The mail server does not answer or does not let us in; every mail waits."""


async def drain(settings: Settings) -> int:
    """Send what is due; gives how many mails left. Without ``SMTP_URL`` mail waits.

    Raises ``PostOfficeClosed`` and ``DatabaseGone``.
    """
    if settings.smtp_url is None:
        return 0
    for number in await queries.give_up_doubtful(LEASE, DOUBTFUL):
        log.warning("mail %s: %s", number, DOUBTFUL)
    sent = 0
    while await queries.anything_due():
        async with _connected(settings.smtp_url) as server:
            for _ in range(MOST_A_CONNECTION):
                done = await _to_its_end(_send_next(server, settings))
                if done is None:
                    return sent
                sent += done
    return sent


async def _to_its_end(step: Coroutine[Any, Any, Done]) -> Done:
    """Let a step end that has begun, also where we are told to stop meanwhile: no mail is left in doubt for that."""
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=PATIENCE)
        raise


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
        trouble = await _ask_for(server, waiting, settings)
        if trouble is not None:
            await _put_off(waiting, trouble)
        else:
            await queries.mark_handing(waiting.id)
    if trouble is not None:
        return _unless_closed(trouble)
    # From here on the mark is committed: whatever happens to us, nobody sends this mail a second time.
    trouble = await _hand_over(server, waiting, settings)
    if trouble is not None:
        await _put_off(waiting, trouble)
        return _unless_closed(trouble)
    await queries.mark_sent(waiting.id)
    return 1


def _unless_closed(trouble: Trouble) -> int:
    """Go on with the next mail; raises ``PostOfficeClosed`` where the trouble is the server's and not this mail's.

    The mail was put off before, so that one that a server falls over does not keep all others waiting.
    """
    code, words = trouble
    if code == CLOSED:
        raise PostOfficeClosed(words)
    return 0


async def _put_off(waiting: Waiting, trouble: Trouble) -> None:
    """Try a mail again later, or never where the server says so."""
    code, words = trouble
    log.warning("mail %s was not taken (%s), try %s", waiting.id, code, waiting.tries + 1)
    if is_final(code):
        await queries.mark_given_up(waiting.id, words)
    else:
        await queries.mark_failed(waiting.id, wait_after(waiting.tries + 1), words)


async def _ask_for(server: aiosmtplib.SMTP, waiting: Waiting, settings: Settings) -> Trouble | None:
    """Ask the server whether it takes a mail for this receiver; gives its refusal, or None when it does."""
    try:
        await server.mail(settings.mail_from)
        await server.rcpt(waiting.address)
    except aiosmtplib.SMTPRecipientRefused as error:
        return await _refusal(server, error)
    except (aiosmtplib.SMTPException, OSError) as error:
        # A sender it does not want says nothing about this mail either: nothing is given up for that.
        return CLOSED, one_header_line(str(error))
    return None


async def _hand_over(server: aiosmtplib.SMTP, waiting: Waiting, settings: Settings) -> Trouble | None:
    """Give a mail's words to the server; gives its refusal, or None when it took them."""
    try:
        await server.data(compose(waiting, settings).as_bytes())
    except aiosmtplib.SMTPResponseException as error:
        return await _refusal(server, error)
    except (aiosmtplib.SMTPException, OSError) as error:
        # The server went away and we did not: it has said "yes" to nothing, so the mail is tried again.
        return CLOSED, one_header_line(str(error))
    return None


async def _refusal(server: aiosmtplib.SMTP, error: aiosmtplib.SMTPResponseException) -> Trouble:
    """Give what the server said about one mail, and let it forget that mail before the next."""
    with suppress(aiosmtplib.SMTPException, OSError):
        await server.rset()
    # A server that goes away with its answer (421) says nothing about this mail.
    return error.code if server.is_connected else CLOSED, one_header_line(error.message)


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
    if waiting.stop:
        # RFC 8058: mail programs show a button that stops this kind of mail, in one press and without a sign-in.
        message["List-Unsubscribe"] = f"<{waiting.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(waiting.text)
    message.add_alternative(waiting.html, subtype="html")
    message["Content-Language"] = waiting.language  # set before, it would be the text part's only
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
