"""Somebody may be in danger: who reads such a case and what they can do about it: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapedby.screening.rules import Publicity


class GuardedAct(StrEnum):
    """What people with the safeguarding duty can do."""

    NOTE = "note"
    PUBLISH = "publish"
    HIDE = "hide"
    GIVE_BACK = "give_back"
    CLOSE = "close"


class WhyNotGuarded(StrEnum):
    """Why it cannot be done."""

    CLOSED_ALREADY = "closed_already"
    NOT_NOW = "not_now"
    STILL_WAITS = "still_waits"
    NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True)
class GuardedDone:
    """What was done, as it was sent: ``reason`` stays with the case, ``words`` go to the author."""

    act: GuardedAct
    reason: str
    words: str


BECOMES_GUARDED: dict[GuardedAct, Publicity] = {GuardedAct.PUBLISH: Publicity.PUBLIC, GuardedAct.HIDE: Publicity.HIDDEN}
_SHOWN_AGAIN = frozenset({Publicity.HELD, Publicity.HIDDEN, Publicity.QUARANTINED, Publicity.REFUSED})


def guarded_acts(publicity: Publicity) -> tuple[GuardedAct, ...]:
    """Give what can be done about a text in a safeguarding case."""
    acts = [GuardedAct.NOTE]
    if publicity is Publicity.PUBLIC:
        acts.append(GuardedAct.HIDE)
    if publicity in _SHOWN_AGAIN:
        acts.append(GuardedAct.PUBLISH)
    if publicity in {Publicity.HELD, Publicity.PUBLIC}:
        acts.append(GuardedAct.GIVE_BACK)
    if publicity is not Publicity.HELD:
        acts.append(GuardedAct.CLOSE)
    return tuple(acts)


def why_not_guarded(done: GuardedDone, publicity: Publicity, *, closed: bool) -> WhyNotGuarded | None:
    """Say why something cannot be done about a safeguarding case; all that is done there is said in words."""
    if closed:
        return WhyNotGuarded.CLOSED_ALREADY
    if done.act is GuardedAct.CLOSE and publicity is Publicity.HELD:
        return WhyNotGuarded.STILL_WAITS
    if done.act not in guarded_acts(publicity):
        return WhyNotGuarded.NOT_NOW
    return None if done.reason.strip() else WhyNotGuarded.NO_WORDS
