"""Who acts, why not, and what the council says: the words every slice shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do here; each person has one role."""

    VISITOR = "visitor"
    RESIDENT = "resident"
    MODERATOR = "moderator"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.MODERATOR, Role.OFFICER, Role.ADMINISTRATOR})
MODERATORS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
OFFICERS = frozenset({Role.OFFICER, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request; a visitor has no ``person``."""

    person: int = 0
    role: Role = Role.VISITOR
    name: str = ""
    sign_in: int = 0
    csrf: str = ""
    language: str = ""
    young: bool = False
    welcomed: bool = True
    suspended_until: datetime | None = None
    """The end of a suspension that runs; None for everybody else."""
    safeguarding: bool = False
    """Has the duty to read what may be about somebody in danger."""

    @property
    def signed_in(self) -> bool:
        return self.person > 0

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF

    @property
    def may_moderate(self) -> bool:
        return self.role in MODERATORS

    @property
    def is_administrator(self) -> bool:
        return self.role is Role.ADMINISTRATOR

    @property
    def is_officer(self) -> bool:
        return self.role in OFFICERS


VISITOR = Actor()


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """An action that its rule does not allow; ``why`` is a member of the slice's ``Why``.

    ``facts`` fill the gaps of the sentence that explains it.
    """

    def __init__(self, why: StrEnum, **facts: object) -> None:
        super().__init__(why.value)
        self.why = why
        self.facts = facts


class Missing(Exception):  # noqa: N818 - as above
    """There is no such thing, or this actor may not know that there is."""


class Gone(Missing):
    """There was such a thing in public, and it was taken away."""


Words = Mapping[str, str]
"""What the council wrote, one text for each language it declares: ``{"en": …, "es": …}``."""


def said(words: Words | None, language: str) -> str:
    """Give the council's text in a language, else in the first one that it has."""
    if not words:
        return ""
    return words.get(language) or next((text for text in words.values() if text), "")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate me later"
    """Mark a text for the catalogue where no language is known yet."""
    return message
