"""What decides about names, ages and words about oneself."""

from __future__ import annotations

import random
import re
import unicodedata
from enum import StrEnum

NAME_LEAST, NAME_MOST = 2, 40
ABOUT_MOST = 1000


class Answer(StrEnum):
    """An answer to a question about age; the question must be answered, so there is no third."""

    YES = "yes"
    NO = "no"


class Why(StrEnum):
    """Why a change of one's own account is not possible now."""

    BEING_CHECKED = "being_checked"
    ONE_EACH_DAY = "one_each_day"
    TAKEN = "taken"
    LAST_ADMINISTRATOR = "last_administrator"
    KEPT_BY_LAW = "kept_by_law"
    NO_SUCH_THING = "no_such_thing"
    HELD_ALREADY = "held_already"


class Waits(StrEnum):
    """Why something of one's own waits, in words for the person who wrote it."""

    YOUNG = "young"
    CONTACTS = "contacts"
    CHECK = "check"


class BadName(StrEnum):
    """Why a name cannot be used."""

    TOO_SHORT = "too_short"
    NO_LETTERS = "no_letters"
    AN_ADDRESS = "an_address"
    LIKE_STAFF = "like_staff"


# In every shipped language; whoever works for the council has a mark beside the name that nobody can type.
_STAFF_WORDS = frozenset(
    "admin administrator administrador administradora moderator moderador moderadora council ayuntamiento "
    "concejo official oficial staff safeguarding".split()
)


def why_not_name(name: str, *, council: str) -> BadName | None:
    """Say why a name (one line, already cleaned) cannot be used; None where it can."""
    if len(name) < NAME_LEAST:
        return BadName.TOO_SHORT
    if not any(letter.isalpha() for letter in name):
        return BadName.NO_LETTERS
    if re.search(r"@|://|www\.|\.(com|net|org|co|uk|es|info|io)\b", name, re.IGNORECASE):
        return BadName.AN_ADDRESS
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = set(re.findall(r"[a-z]+", plain))
    if words & _STAFF_WORDS or plain.strip() == council.casefold():
        return BadName.LIKE_STAFF
    return None


def made_up_name(animals: str, chance: random.Random) -> str:
    """Suggest a name that tells nothing about a person: “Heron 412”. ``animals`` is a list with commas."""
    names = [name.strip() for name in animals.split(",") if name.strip()]
    return f"{chance.choice(names)} {chance.randint(100, 999)}"


def why_waits(*, young: bool, contacts: bool) -> Waits:
    """Say why something waits, as its author may know it: what the classifier made of it is not among that."""
    if young:
        return Waits.YOUNG
    return Waits.CONTACTS if contacts else Waits.CHECK
