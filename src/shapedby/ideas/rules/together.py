"""Who writes an idea together, who can be invited, and when two ideas become one."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shapedby.ideas.rules import Stage
from shapedby.kernel import Actor
from shapedby.screening.rules import Publicity

MOST_INVITED = 5
INVITATION_LASTS = timedelta(days=14)
PROPOSAL_LASTS = timedelta(days=21)
TOKEN_LETTERS = 24


class CameBy(StrEnum):
    """How somebody became one of the authors of an idea."""

    INVITED = "invited"
    MERGED = "merged"


class MergeBecause(StrEnum):
    """Why two ideas should be one; nobody types a reason, so that none has to be checked."""

    SAME = "same"
    PART = "part"
    STRONGER = "stronger"


class MergeState(StrEnum):
    """What became of a proposal to join two ideas."""

    PROPOSED = "proposed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Why(StrEnum):
    """Why people cannot write together, or two ideas cannot be joined."""

    NOT_AN_AUTHOR = "not_an_author"
    TOO_MANY_AUTHORS = "too_many_authors"
    AUTHOR_ALREADY = "author_already"
    INVITATION_ENDED = "invitation_ended"
    CANNOT_BE_CHANGED = "cannot_be_changed"
    DIFFERENT_AGES = "different_ages"
    MOST_MAILS = "most_mails"
    SAME_IDEA = "same_idea"
    OTHER_QUESTION = "other_question"
    NOT_PUBLIC = "not_public"
    BEING_DECIDED = "being_decided"
    PROPOSED_ALREADY = "proposed_already"
    PROPOSAL_ENDED = "proposal_ended"
    NOBODY_TO_ASK = "nobody_to_ask"


_WRITABLE = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.PUBLIC, Publicity.REFUSED})
_JOINABLE = frozenset({Stage.OPEN, Stage.UNDER_REVIEW})


@dataclass(frozen=True, slots=True)
class Side:
    """What a rule needs to know of one of two ideas that may be joined; ``asks`` is its author, 0 for none to ask."""

    number: int
    challenge: int
    publicity: Publicity
    stage: Stage
    author: int
    authors: tuple[int, ...]
    reachable: bool = True
    """Its author is still here, and can be asked by mail or by letter."""


def why_not_invite(
    actor: Actor, *, authors: tuple[int, ...], publicity: Publicity, stage: Stage, room: int
) -> Why | None:
    """Say why somebody cannot invite another person to write with them; ``room`` is how many more there may be."""
    if not actor.signed_in or actor.person not in authors:
        return Why.NOT_AN_AUTHOR
    if publicity not in _WRITABLE or stage is not Stage.OPEN:
        return Why.CANNOT_BE_CHANGED
    return Why.TOO_MANY_AUTHORS if room <= 0 else None


def why_not_join(
    actor: Actor, *, authors: tuple[int, ...], publicity: Publicity, stage: Stage, young: frozenset[bool], live: bool
) -> Why | None:
    """Say why somebody cannot accept an invitation.

    ``young`` holds whether those who write it are under 18. Before an idea is public its draft would be a private
    place to write to each other, so adults and the young share none.
    """
    if not live:
        return Why.INVITATION_ENDED
    if actor.person in authors:
        return Why.AUTHOR_ALREADY
    if publicity not in _WRITABLE or stage is not Stage.OPEN:
        return Why.CANNOT_BE_CHANGED
    return Why.DIFFERENT_AGES if publicity is not Publicity.PUBLIC and young - {actor.young} else None


def may_write(
    actor: Actor, *, author: int, co_authors: Collection[int], publicity: Publicity, mixed_ages: bool
) -> bool:
    """Say whether somebody is one of those who can read and change an idea that the public may not see.

    Where adults and the young write together, what is not public is its author's alone.
    """
    if not actor.signed_in:
        return False
    if actor.person == author:
        return True
    return actor.person in co_authors and (publicity is Publicity.PUBLIC or not mixed_ages)


def is_live(ends_at: datetime, now: datetime, *, used: bool, withdrawn: bool) -> bool:
    """Say whether an invitation can still be accepted."""
    return not used and not withdrawn and now < ends_at


def token(secret: str, number: int, nonce: str) -> str:
    """Make the end of an invitation's address; nobody can make one without our secret."""
    return f"{number}-{_mac(secret, number, nonce)}"


def number_in(given: str) -> int:
    """Read which invitation an address is about; 0 for what is none of ours."""
    digits = given.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else 0  # noqa: PLR2004 - fits its column


def is_token(given: str, secret: str, number: int, nonce: str) -> bool:
    """Say whether an address is the one that we made for an invitation."""
    return hmac.compare_digest(given.encode(), token(secret, number, nonce).encode())


def _mac(secret: str, number: int, nonce: str) -> str:
    said = f"write together\0{number}\0{nonce}".encode()
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()[:TOKEN_LETTERS]


def why_not_propose_merge(actor: Actor, source: Side, target: Side) -> Why | None:
    """Say why somebody cannot propose that one idea goes into another."""
    if not actor.is_officer and actor.person not in {*source.authors, *target.authors}:
        return Why.NOT_AN_AUTHOR
    if why := why_not_merge(source, target):
        return why
    # Whoever proposes for an author that nobody can ask decides alone: that is for the council.
    unreachable = not source.reachable or not target.reachable
    return Why.NOBODY_TO_ASK if unreachable and not actor.is_officer else None


def why_not_merge(source: Side, target: Side) -> Why | None:
    """Say why two ideas cannot be joined, whoever wants it."""
    if source.number == target.number:
        return Why.SAME_IDEA
    if source.challenge != target.challenge:
        return Why.OTHER_QUESTION
    if {source.publicity, target.publicity} != {Publicity.PUBLIC}:
        return Why.NOT_PUBLIC
    return None if {source.stage, target.stage} <= _JOINABLE else Why.BEING_DECIDED


def agrees(actor: Actor, side: Side) -> bool:
    """Say whether the agreement of an idea's author is given, or not needed, when somebody proposes to join it."""
    return actor.person == side.author or not side.reachable
