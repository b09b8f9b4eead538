"""What may be said about an idea, and why not."""

from datetime import datetime, timedelta
from enum import StrEnum

from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.kernel import Actor
from shapedby.screening.rules import Publicity

MOST_TEXT = 2_000
"""Characters of a comment."""

PAGE = 50
"""Comments on a page, each with all its replies."""

SHOWN_REPLIES = 5
"""Replies shown under a comment; a link leads to all of them."""

MOST_REPLIES = 2_000
"""Replies under one comment whose replies are all shown."""

EDIT_FOR = timedelta(minutes=15)
"""How long one may change one's own comment."""

MOST_AN_HOUR, MOST_A_DAY = 20, 80
"""Comments of one person; supports have no such limit."""

MOST_PINNED = 3
"""Comments of one idea that the council may put at the top."""


class Order(StrEnum):
    """In which order a discussion is read."""

    TIME = "time"
    USEFUL = "useful"


class Why(StrEnum):
    """Why something cannot be done with a comment."""

    IDEA_NOT_PUBLIC = "idea_not_public"
    DECIDED = "decided"
    COMMENT_GONE = "comment_gone"
    NOT_YOURS = "not_yours"
    NOT_ASKED = "not_asked"
    SLOW_DOWN = "slow_down"
    OWN_COMMENT = "own_comment"
    NOT_YOUR_ROLE = "not_your_role"
    ENOUGH_PINNED = "enough_pinned"


def why_not_comment(actor: Actor, *, publicity: Publicity, challenge: ChallengeStage) -> Why | None:
    """Say why nobody, or no resident, can comment on an idea; staff can also after everything is decided."""
    if publicity is not Publicity.PUBLIC:
        return Why.IDEA_NOT_PUBLIC
    closed = challenge not in {ChallengeStage.OPEN, ChallengeStage.DECIDING}
    return Why.DECIDED if closed and not actor.is_staff else None


def why_not_answer(*, same_idea: bool, publicity: Publicity) -> Why | None:
    """Say why nobody can reply to a comment."""
    return None if same_idea and publicity is Publicity.PUBLIC else Why.COMMENT_GONE


def parent(number: int, answers: int | None) -> int:
    """Give the comment that a reply to comment ``number`` stands under: replies are one level deep."""
    return number if answers is None else answers


def why_not_withdraw(actor: Actor, *, author: int) -> Why | None:
    """Say why somebody cannot take a comment back."""
    return None if actor.signed_in and actor.person == author else Why.NOT_YOURS


def why_not_change(actor: Actor, *, author: int, publicity: Publicity, at: datetime, now: datetime) -> Why | None:
    """Say why somebody cannot change a comment in its first minutes."""
    if not actor.signed_in or actor.person != author:
        return Why.NOT_YOURS
    if publicity not in {Publicity.PUBLIC, Publicity.HELD}:
        return Why.COMMENT_GONE
    return Why.NOT_ASKED if now - at >= EDIT_FOR else None


def why_not_so_many(actor: Actor, *, hour: int, day: int) -> Why | None:
    """Say why somebody who wrote so many comments in the last hour and day has to wait a little; staff never have."""
    return Why.SLOW_DOWN if not actor.is_staff and (hour >= MOST_AN_HOUR or day >= MOST_A_DAY) else None


def why_not_find_useful(actor: Actor, *, author: int, publicity: Publicity) -> Why | None:
    """Say why somebody cannot say that a comment is useful; whether they may post at all is asked elsewhere."""
    if publicity is not Publicity.PUBLIC:
        return Why.COMMENT_GONE
    return Why.OWN_COMMENT if actor.signed_in and actor.person == author else None


def why_not_pin(actor: Actor, *, publicity: Publicity, pinned: int) -> Why | None:
    """Say why somebody cannot put a comment at the top, where so many are pinned already."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    if publicity is not Publicity.PUBLIC:
        return Why.COMMENT_GONE
    return Why.ENOUGH_PINNED if pinned >= MOST_PINNED else None
