"""What decides about accounts: ``naming``, ``leaving``, ``retention``."""

from shapedby.account.rules.naming import (
    ABOUT_MOST,
    NAME_LEAST,
    NAME_MOST,
    Answer,
    BadName,
    Waits,
    Why,
    made_up_name,
    why_not_name,
    why_waits,
)

__all__ = [
    "ABOUT_MOST",
    "NAME_LEAST",
    "NAME_MOST",
    "Answer",
    "BadName",
    "Waits",
    "Why",
    "made_up_name",
    "why_not_name",
    "why_waits",
]
