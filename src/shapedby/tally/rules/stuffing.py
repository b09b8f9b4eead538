"""When supports look as if one person gave many of them: only several independent signals together say so."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

SIGNALS_NEEDED = 3
"""Of four. A school class in its first lesson has two (new accounts, one network), a launch day has one."""
FEWEST = 5
"""Fewer supports than this are not worth a doubt."""
NEW = timedelta(days=1)
WINDOW = timedelta(days=1)
SHARED_BY = 5
"""So many supports of one idea from one address in a day are one origin."""
RUN = 12
"""So many gaps in a row are compared."""
EVENNESS = 0.25
"""People come as they like: the spread of their gaps is about as large as their middle. A machine's is smaller."""
INSTANT = 0.3
"""Seconds; so many in a row as fast as that are no people either."""


class Signal(StrEnum):
    """What can speak for a machine, or for one person with many names."""

    NEW_ACCOUNTS = "new_accounts"
    DISPOSABLE_MAIL = "disposable_mail"
    MACHINE_RHYTHM = "machine_rhythm"
    ONE_ORIGIN = "one_origin"


@dataclass(frozen=True, slots=True)
class Seen:
    """One counted support of an idea, as far as it matters here; ``origin`` is a hash, ``domain`` of the mail."""

    id: int
    person: int
    at: datetime
    joined_at: datetime
    domain: str
    origin: bytes | None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Supports to be looked at, and the signals that each of them has at least three of."""

    supports: tuple[Seen, ...]
    signals: tuple[Signal, ...]


def suspicion(seen: Iterable[Seen]) -> Suspicion | None:
    """Say which of an idea's supports of the last day to hold; None where there are none.

    A support is never held for what others have: each of them shows at least three signals itself.
    """
    given = sorted(seen, key=lambda one: (one.at, one.id))
    signals = _signals(given)
    held = [one for one in given if len(signals[one.id]) >= SIGNALS_NEEDED]
    if len(held) < FEWEST:
        return None
    shown = Counter(signal for one in held for signal in signals[one.id])
    return Suspicion(tuple(held), tuple(signal for signal in Signal if shown[signal]))


def _signals(given: Sequence[Seen]) -> dict[int, set[Signal]]:
    found: dict[int, set[Signal]] = {one.id: set() for one in given}
    origins = Counter(one.origin for one in given if one.origin is not None)
    for one in given:
        if one.at - one.joined_at < NEW:
            found[one.id].add(Signal.NEW_ACCOUNTS)
        if is_disposable(one.domain):
            found[one.id].add(Signal.DISPOSABLE_MAIL)
        if one.origin is not None and origins[one.origin] >= SHARED_BY:
            found[one.id].add(Signal.ONE_ORIGIN)
    # A machine's supports stand between other people's: its rhythm shows among those that look alike.
    for alike in _alike(given, found):
        for one in _in_rhythm(alike):
            found[one.id].add(Signal.MACHINE_RHYTHM)
    return found


def _alike(given: Sequence[Seen], found: dict[int, set[Signal]]) -> list[list[Seen]]:
    groups: defaultdict[Hashable, list[Seen]] = defaultdict(list)
    for one in given:
        groups["everybody"].append(one)
        for signal in found[one.id]:
            groups[one.origin if signal is Signal.ONE_ORIGIN else signal].append(one)
    return [group for group in groups.values() if len(group) > RUN]


def _in_rhythm(given: Sequence[Seen]) -> set[Seen]:
    """Give the supports of every run whose gaps are as even, or as short, as no people's are."""
    gaps = [(later.at - one.at).total_seconds() for one, later in pairwise(given)]
    found: set[Seen] = set()
    for start in range(len(gaps) - RUN + 1):
        run = gaps[start : start + RUN]
        middle = statistics.fmean(run)
        if max(run) <= INSTANT or statistics.pstdev(run) < EVENNESS * middle:
            found.update(given[start : start + RUN + 1])
    return found


def is_disposable(domain: str) -> bool:
    """Say whether mail of a domain, or of one above it, can be had by anybody for ten minutes."""
    parts = domain.lower().split(".")
    return any(".".join(parts[start:]) in DISPOSABLE for start in range(len(parts) - 1))


# Short, and ours: the best known ones. It is one signal of four, so it need not be complete.
DISPOSABLE = frozenset(
    "10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonaddy.me burnermail.io byom.de deadaddress.com "
    "discard.email discardmail.com dispostable.com dropmail.me emailondeck.com fakeinbox.com fakemail.net "
    "getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info "
    "guerrillamail.net guerrillamail.org guerrillamailblock.com harakirimail.com inboxbear.com inboxkitten.com "
    "incognitomail.org jetable.org mail-temp.com mail.tm mailcatch.com maildrop.cc mailinator.com mailinator.net "
    "mailnesia.com mailnull.com mailpoof.com mailsac.com minuteinbox.com mintemail.com moakt.com mohmal.com "
    "mytemp.email nada.email owlymail.com sharklasers.com spam4.me spambox.us spamgourmet.com temp-mail.io "
    "temp-mail.org tempail.com tempinbox.com tempmail.dev tempmail.email tempmail.net tempmailo.com tempr.email "
    "throwawaymail.com trash-mail.com trashmail.com trashmail.de trashmail.net wegwerfmail.de wegwerfmail.net "
    "yopmail.com yopmail.fr yopmail.net".split()
)
