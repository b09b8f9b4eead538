"""Asking for a way in, and using it.

A newer mail does not end an older one: mail can overtake mail. Using one ends all of that address.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from shapedby import db
from shapedby.kernel import Refused, Role
from shapedby.mail.actions import queue
from shapedby.people.actions.people import add_newcomer
from shapedby.people.queries import hashed, person_by_email, way_in_by_link, way_in_of_browser, writing
from shapedby.people.rules import CODE_DIGITS, CODE_TRIES, Why, mail_lasts, sign_in_lasts
from shapedby.web.csrf import fresh_secret
from shapedby.web.limits import Limit

# Counted for each address, never for a network: a library's or a hostel's stays usable.
MAILS = Limit("sign-in-mails", 5, timedelta(minutes=15))
MAILS_A_DAY = Limit("sign-in-mails-a-day", 20, timedelta(days=1))
# Bounds guessing across many mails of one address; its links work on.
WRONG_CODES_A_DAY = Limit("sign-in-codes", 20, timedelta(days=1))

LONGEST_NEXT = 500
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who asks for a way in: from which browser, back to where, in which language."""

    email: str
    browser: str
    next_address: str
    language: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new sign-in; ``token`` goes to the browser and is kept nowhere else."""

    token: str
    person: int
    welcomed: bool
    next_address: str
    lasts: timedelta


async def ask_to_sign_in(asked: Asked, secret: str) -> None:
    """Mail a link and a code to an address, known or not: the same work and the same mail for both.

    Raises ``Refused`` after too many mails to this address.
    """
    if await MAILS.reached(asked.email) or await MAILS_A_DAY.reached(asked.email):
        raise Refused(Why.TOO_MANY_MAILS)
    link = secrets.token_urlsafe(TOKEN_BYTES)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    async with db.transaction():
        person = await person_by_email(asked.email)
        lasts = mail_lasts(person.role if person else Role.RESIDENT)
        await writing.insert_way_in(_way_in(asked, link, _code_hash(secret, asked.browser, code), lasts))
        context = {"link": link, "code": code, "minutes": int(lasts.total_seconds() // 60)}
        await queue(
            address=asked.email, language=asked.language, kind="sign_in", template="people/sign_in", context=context
        )


async def mint_link(email: str, *, next_address: str = "/", lasts: timedelta | None = None) -> str:
    """Make a one-time sign-in link for a known person without mailing it, and give its path.

    Raises ``Refused`` (``Why.LINK_ENDED``) where nobody has this address.
    """
    person = await person_by_email(email)
    if person is None or person.email is None:
        raise Refused(Why.LINK_ENDED)
    link = secrets.token_urlsafe(TOKEN_BYTES)
    asked = Asked(person.email, secrets.token_urlsafe(TOKEN_BYTES), next_address, person.language)
    await writing.insert_way_in(_way_in(asked, link, hashed(asked.browser), lasts or mail_lasts(person.role)))
    return f"/sign-in/link/{link}"


async def use_link(link: str, *, browser_name: str, language: str) -> SignedIn:
    """Sign in with a mailed link, on any device; raises ``Refused`` where it has ended or was used."""
    way_in = await way_in_by_link(link)
    if way_in is None:
        raise Refused(Why.LINK_ENDED)
    async with db.transaction():
        await writing.lock_address(way_in.email)
        used = await writing.use_link(hashed(link))
        if used is None:
            raise Refused(Why.LINK_ENDED)
        return await _sign_in(used, browser_name, language)


async def use_code(typed: str, *, browser: str, browser_name: str, language: str, secret: str) -> SignedIn:
    """Sign in with the six digits, in the browser that asked for them; raises ``Refused``.

    Each try counts before it is compared, so that tries at the same time count too.
    """
    if len(typed) != CODE_DIGITS:
        raise Refused(Why.CODE_NOT_SIX)
    way_in = await way_in_of_browser(browser)
    if way_in is None:
        raise Refused(Why.CODE_ENDED)
    if await WRONG_CODES_A_DAY.reached(way_in.email):
        raise Refused(Why.TOO_MANY_CODES)
    wanted = _code_hash(secret, browser, typed)
    async with db.transaction():
        await writing.lock_address(way_in.email)
        tried = await writing.take_try(hashed(browser), way_in.email, CODE_TRIES)
        right = next((one.id for one in tried if hmac.compare_digest(one.code_hash, wanted)), 0)
        used = await writing.use_way_in(right) if right else None
        if used is not None:
            return await _sign_in(used, browser_name, language)
    # Outside the transaction: the try that was taken must stay taken.
    raise Refused(Why.CODE_WRONG if tried else Why.CODE_ENDED)


async def _sign_in(used: writing.Used, browser_name: str, language: str) -> SignedIn:
    await writing.end_ways_in(used.email)
    await add_newcomer(used.email, language)
    person = await person_by_email(used.email)
    if person is None:  # it left between two statements
        raise Refused(Why.LINK_ENDED)
    token, lasts = secrets.token_urlsafe(TOKEN_BYTES), sign_in_lasts(person.role)
    await writing.insert_sign_in(person.id, hashed(token), fresh_secret(), browser_name, lasts)
    return SignedIn(token, person.id, person.welcomed_at is not None, used.next_address, lasts)


def _way_in(asked: Asked, link: str, code_hash: str, lasts: timedelta) -> writing.NewWayIn:
    short = asked.next_address if len(asked.next_address) <= LONGEST_NEXT else "/"
    return writing.NewWayIn(asked.email, hashed(link), code_hash, hashed(asked.browser), short, lasts)


def _code_hash(secret: str, browser: str, code: str) -> str:
    # Six digits are guessed from a plain hash in a second; with our secret they are not.
    return hmac.new(secret.encode(), f"sign-in code:{browser}:{code}".encode(), hashlib.sha256).hexdigest()
