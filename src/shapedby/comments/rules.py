"""What may be said about an idea, and why not."""

from enum import StrEnum

from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.kernel import Actor
from shapedby.screening.rules import Publicity

MOST_TEXT = 2_000
"""Characters of a comment."""

PAGE = 50
"""Comments on a page, each with all its replies."""

MOST_REPLIES = 2_000
"""Replies on a page."""


class Why(StrEnum):
    """Why something cannot be done with a comment."""

    IDEA_NOT_PUBLIC = "idea_not_public"
    DECIDED = "decided"
    COMMENT_GONE = "comment_gone"
    NOT_YOURS = "not_yours"
    NOT_ASKED = "not_asked"


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
