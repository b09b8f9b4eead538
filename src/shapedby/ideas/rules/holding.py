"""What can become of supports that were held."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from shapedby.kernel import Actor

ORIGINS_KEPT = timedelta(days=7)
"""How long the hash of a network address stays beside a support."""


class Outcome(StrEnum):
    """What became of a hold."""

    WAITING = "waiting"
    RELEASED = "released"
    SET_ASIDE = "set_aside"


class Why(StrEnum):
    """Why a hold cannot be decided so."""

    NOT_YOUR_ROLE = "not_your_role"
    ALREADY_SO = "already_so"


def why_not_decide(actor: Actor, now: Outcome, to: Outcome) -> Why | None:
    """Say why somebody cannot release or set aside held supports; a decision can be followed by the other one."""
    if not actor.may_moderate:
        return Why.NOT_YOUR_ROLE
    return Why.ALREADY_SO if to in {now, Outcome.WAITING} else None
