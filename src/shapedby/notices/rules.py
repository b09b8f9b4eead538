"""What can be followed, which kinds of news there are, and when each is mailed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DIGEST_HOUR = time(7)
"""When digests leave, by the council's clock: read with the first cup of tea."""
DIGEST_WEEKDAY = 0
"""The day of weekly digests: Monday."""
TOKEN_LETTERS = 32


class About(StrEnum):
    """What can be followed."""

    IDEA = "idea"
    CHALLENGE = "challenge"
    TOPIC = "topic"
    AREA = "area"
    THREAD = "thread"


class Kind(StrEnum):
    """The kinds of news that somebody can choose about, in the order of a digest."""

    MY_IDEAS = "my_ideas"
    REPLIES = "replies"
    FOLLOWED = "followed"
    TOOK_PART = "took_part"
    SESSIONS = "sessions"
    NEWS = "news"
    NEW_IDEAS = "new_ideas"
    DISCUSSIONS = "discussions"


class How(StrEnum):
    """How somebody hears of one kind of news."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Next(StrEnum):
    """What happens now with one thing that somebody is to be told."""

    MAIL = "mail"
    WAIT = "wait"
    DIGEST = "digest"
    DROP = "drop"


FIRST: Mapping[Kind, How] = {
    Kind.MY_IDEAS: How.AT_ONCE,
    Kind.REPLIES: How.AT_ONCE,
    Kind.FOLLOWED: How.AT_ONCE,
    Kind.TOOK_PART: How.AT_ONCE,
    Kind.SESSIONS: How.AT_ONCE,
    Kind.NEWS: How.DAILY,
    Kind.NEW_IDEAS: How.DAILY,
    Kind.DISCUSSIONS: How.DAILY,
}
"""How somebody hears who has chosen nothing: answers at once, what there may be much of once a day."""

DIGEST = "digest"
"""What the link of a digest stops: every kind that comes in digests."""

STRONGEST: tuple[Kind, ...] = (Kind.MY_IDEAS, Kind.FOLLOWED, Kind.TOOK_PART)
"""Why somebody hears of an idea, the reason that counts first: author, follower, supporter or commenter."""


def stronger(one: Kind | None, other: Kind) -> Kind:
    """Give the reason that counts for somebody who has two to hear of the same thing."""
    if one is None:
        return other
    return min(one, other, key=lambda kind: STRONGEST.index(kind) if kind in STRONGEST else len(STRONGEST))


def what_now(how: How, waits_for: How | None) -> Next:
    """Say what happens with something that is due, for somebody who wants it so; ``waits_for`` is its digest."""
    if how is How.NEVER:
        return Next.DROP
    if how is How.AT_ONCE:
        return Next.MAIL
    return Next.DIGEST if waits_for is how else Next.WAIT


def next_digest(how: How, now: datetime, zone: ZoneInfo) -> datetime:
    """Give the moment of the digest that follows ``now``: the next morning, or the morning of the next Monday."""
    here = now.astimezone(zone)
    day = here.date()
    while True:
        morning = datetime.combine(day, DIGEST_HOUR, zone)
        if morning > here and (how is How.DAILY or day.weekday() == DIGEST_WEEKDAY):
            return morning
        day += timedelta(days=1)


def stop_token(secret: str, person: int, kind: str) -> str:
    """Make the end of the address that stops a kind of mail; who holds it may stop that, and nothing else."""
    return f"{person}-{kind}-{_mac(secret, person, kind)}"


def read_stop_token(secret: str, token: str) -> tuple[int, str] | None:
    """Give the person and the kind of a token that we made; None for any other."""
    number, _, rest = token.partition("-")
    kind, _, mac = rest.rpartition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):  # noqa: PLR2004 - fits its column
        return None
    if kind != DIGEST and kind not in {member.value for member in Kind}:
        return None
    return (int(number), kind) if hmac.compare_digest(mac.encode(), _mac(secret, int(number), kind).encode()) else None


def _mac(secret: str, person: int, kind: str) -> str:
    said = f"stop mail\0{person}\0{kind}".encode()
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()[:TOKEN_LETTERS]


def read_moments(context: Mapping[str, object]) -> dict[str, object]:
    """Give a context back as it was told: a name that ends in ``_at`` holds a moment, one in ``_on`` a day."""
    read: dict[str, object] = {}
    for name, value in context.items():
        if isinstance(value, str) and value and name.endswith("_at"):
            read[name] = datetime.fromisoformat(value)
        elif isinstance(value, str) and value and name.endswith("_on"):
            read[name] = date.fromisoformat(value)
        else:
            read[name] = value
    return read


def written(context: Mapping[str, object]) -> dict[str, object]:
    """Give a context as it is stored; raises ``TypeError`` for what JSON cannot hold, an enumeration included."""
    return {name: _plain(value) for name, value in context.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    message = f"a notice cannot keep {type(value).__name__}: give its plain values"
    raise TypeError(message)
