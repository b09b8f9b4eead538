"""What decides about leaving."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapedby.account.rules.naming import Why
from shapedby.kernel import Role


class Words(StrEnum):
    """What becomes of the words of somebody who leaves."""

    KEEP = "keep"
    REMOVE = "remove"


class Supports(StrEnum):
    """What becomes of the supports of somebody who leaves."""

    KEEP = "keep"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody who leaves wants to happen with what they said and supported."""

    words: Words
    supports: Supports


def why_not_leave(role: Role, *, administrators: int, on_hold: bool) -> Why | None:
    """Say why somebody cannot leave now; ``administrators`` is how many there are."""
    if on_hold:
        return Why.KEPT_BY_LAW
    return Why.LAST_ADMINISTRATOR if role is Role.ADMINISTRATOR and administrators <= 1 else None
