"""What staff may write down for somebody else, and why not."""

from __future__ import annotations

import re
from enum import StrEnum

from shapedby.kernel import Actor
from shapedby.people.rules import Reach

NAME_MOST = 60
PHONE_MOST = 60
POSTAL_MOST = 300


class Why(StrEnum):
    """Why something cannot be written down for a person."""

    NOT_STAFF = "not_staff"
    NO_SUCH_IDEA = "no_such_idea"
    NO_PHONE = "no_phone"
    NO_POSTAL = "no_postal"


def why_not_record(actor: Actor) -> Why | None:
    """Say why somebody cannot write things down for others."""
    return None if actor.is_staff else Why.NOT_STAFF


def why_not_reach(reach: Reach, phone: str, postal: str) -> Why | None:
    """Say what is missing to reach a person in the way that was chosen."""
    if reach is Reach.PHONE and not phone:
        return Why.NO_PHONE
    return Why.NO_POSTAL if reach is Reach.POST and not postal else None


def idea_number(typed: str) -> int:
    """Read which idea is meant: its number, “#12”, or its address on paper; 0 for none."""
    found = re.search(r"/ideas/(\d{1,9})", typed) or re.fullmatch(r"\s*#?\s*(\d{1,9})\s*", typed)
    return int(found[1]) if found else 0
