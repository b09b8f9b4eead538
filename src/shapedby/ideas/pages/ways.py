"""Where somebody goes who cannot write or support yet."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from shapedby.people.rules import Why


@dataclass(frozen=True, slots=True)
class Way:
    """Why somebody cannot post yet, and the address that puts it right; empty where only time does."""

    why: StrEnum
    address: str


def way_to_post(why: Why | None, back: str) -> Way | None:
    """Give the way to what somebody wanted to do; None where nothing is in the way."""
    if why is None:
        return None
    page = {Why.SIGN_IN_FIRST: "/sign-in", Why.WELCOME_FIRST: "/welcome"}.get(why)
    return Way(why, f"{page}?next={quote(back, safe='/')}" if page else "")
