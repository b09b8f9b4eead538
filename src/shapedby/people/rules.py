"""What decides about people and their sign-ins: pure, without a clock or a database."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from shapedby.kernel import STAFF, Actor, Role

LARGEST = 2**63 - 1
"""The largest number that an address can name."""

CODE_DIGITS = 6
CODE_TRIES = 5
NAME_COLUMN = 60
"""Characters that a shown name has room for."""

_MAIL_LASTS, _STAFF_MAIL_LASTS = timedelta(minutes=30), timedelta(minutes=10)
_SIGN_IN_LASTS, _STAFF_SIGN_IN_LASTS = timedelta(days=60), timedelta(hours=12)


class Why(StrEnum):
    """Why a person may not do something here, or cannot sign in."""

    SIGN_IN_FIRST = "sign_in_first"
    WELCOME_FIRST = "welcome_first"
    SUSPENDED = "suspended"
    LINK_ENDED = "link_ended"
    CODE_WRONG = "code_wrong"
    CODE_NOT_SIX = "code_not_six"
    CODE_ENDED = "code_ended"
    TOO_MANY_MAILS = "too_many_mails"
    TOO_MANY_CODES = "too_many_codes"
    OWN_ROLE = "own_role"
    DUTY_OF_STAFF = "duty_of_staff"
    NO_ADDRESS = "no_address"
    SLIP_WRONG = "slip_wrong"
    TOO_MANY_SLIPS = "too_many_slips"


def why_not_post(actor: Actor, now: datetime) -> Why | None:
    """Say why somebody may not write, support or join; None where they may.

    ``WELCOME_FIRST`` is put right at ``welcome_address(…)``, so a page leads there instead of refusing.
    """
    if not actor.signed_in:
        return Why.SIGN_IN_FIRST
    if actor.suspended_until is not None and actor.suspended_until > now:
        return Why.SUSPENDED
    return None if actor.welcomed else Why.WELCOME_FIRST


def why_not_change_duties(actor: Actor, person: int, role: Role, *, safeguarding: bool, reachable: bool) -> Why | None:
    """Say why an administrator cannot give somebody a role and the safeguarding duty."""
    if actor.person == person and role is not Role.ADMINISTRATOR:
        return Why.OWN_ROLE
    if safeguarding and role not in STAFF:
        return Why.DUTY_OF_STAFF
    return Why.NO_ADDRESS if safeguarding and not reachable else None


def welcome_address(back: str) -> str:
    """Give the address of the first questions (``Why.WELCOME_FIRST``), with the way back from there."""
    return f"/welcome?{urlencode({'next': back}, safe='/')}"


def mail_lasts(role: Role) -> timedelta:
    """Say how long a mailed link and code last; staff have less time, because more hangs on it."""
    return _STAFF_MAIL_LASTS if role in STAFF else _MAIL_LASTS


def sign_in_lasts(role: Role) -> timedelta:
    """Say how long a sign-in lasts."""
    return _STAFF_SIGN_IN_LASTS if role in STAFF else _SIGN_IN_LASTS


def digits(typed: str) -> str:
    """Take the digits out of a typed or pasted code: “Code: 123-456” is “123456”."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(letter for letter in plain if letter.isascii() and letter.isdigit())


_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)


def browser_name(user_agent: str) -> str:
    """Name a browser so that its owner knows it again: “Firefox, Android”; empty where we cannot tell."""
    browser = next((name for pattern, name in _BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


class Reach(StrEnum):
    """How the council reaches somebody who has no e-mail address."""

    NONE = "none"
    PHONE = "phone"
    POST = "post"


SLIP_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
"""No vowel, so that no code is a word, and nothing that looks like something else on paper."""
SLIP_LENGTH = 8
SLIP_SIGN_IN_LASTS = timedelta(minutes=45)
"""Short: whoever has no e-mail often sits at a computer of the library."""


def slip_reference(person: int) -> str:
    """Give what stands on somebody's slip beside the code: “R-12”."""
    return f"R-{person}"


def slip_person(typed: str) -> int:
    """Read whom a typed reference is about, however it is written: “r 12”; 0 for none."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())
    number = plain.removeprefix("R")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 18 else 0  # noqa: PLR2004 - fits its column


def slip_code(secret: str, person: int, nonce: str) -> str:
    """Give the code of somebody's slip; nobody can make one without our secret."""
    made = hmac.new(secret.encode(), f"slip\0{person}\0{nonce}".encode(), hashlib.sha256).digest()
    letters = "".join(SLIP_LETTERS[byte % len(SLIP_LETTERS)] for byte in made[:SLIP_LENGTH])
    return f"{letters[:4]}-{letters[4:]}"


def is_slip_code(typed: str, code: str) -> bool:
    """Say whether a typed code is the one on the slip, whatever its capitals, spaces and hyphens."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())
    return hmac.compare_digest(plain.encode(), code.replace("-", "").encode())
