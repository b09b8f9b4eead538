"""What a project's file says: who works on it, when they meet, and what happens day by day."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from shapedby.demo.reading import Struct


class Word(StrEnum):
    """What can be told about a day."""

    NEWS = "news"
    CHOICE = "choice"
    SHOWN = "shown"
    PASS = "pass"  # noqa: S105 - a gate is passed
    BACK = "back"
    CLOSE = "close"


class Member(Struct, frozen=True, kw_only=True):
    """Somebody on the team: ``person`` of the story, or a ``name`` without a sign-in."""

    when: str
    side: str
    part: str
    person: str = ""
    name: str = ""
    organisation: str = ""


class Session(Struct, frozen=True, kw_only=True):
    """A session; one with ``recorded`` has taken place."""

    kind: str
    announced: str
    starts: str
    title: dict[str, str]
    place: dict[str, str]
    who: dict[str, str]
    hours: float = 2
    recorded: str = ""
    came: int = 0
    agreed: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    groups: dict[str, int] = msgspec.field(default_factory=dict[str, int])
    helps: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    step_free: bool = False
    worker: str = ""
    takes_places: bool = False
    capacity: int | None = None
    target: int | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """An indicator; a reading is a day and a value."""

    when: str
    name: dict[str, str]
    measured_by: dict[str, str]
    before: float
    before_on: str
    unit: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    """Left out where the name says it."""
    target: float | None = None
    readings: tuple[tuple[int, float], ...] = ()


class Need(Struct, frozen=True, kw_only=True):
    """Something a project asks for, and perhaps what somebody of the story offered in answer."""

    when: str
    kind: str
    what: dict[str, str]
    by: str = ""
    offered: str = ""
    words: str = ""
    answered: str = ""
    answer: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    hours: float = 0


class Telling(Struct, frozen=True, kw_only=True):
    """Something that happened on a day.

    ``place`` is that of what was shown in the list of its phase, ``say`` how many residents, staff and partners
    had a say.
    """

    when: str
    do: Word
    en: str
    es: str
    by: str = ""
    place: int = 0
    say: tuple[int, int, int] = (0, 0, 0)
    outcome: str = ""


class Project(Struct, frozen=True, kw_only=True):
    """A project and its whole life."""

    idea: str
    slug: str
    host: str
    when: str
    title: dict[str, str]
    summary: dict[str, str]
    member: tuple[Member, ...] = ()
    session: tuple[Session, ...] = ()
    figure: tuple[Figure, ...] = ()
    need: tuple[Need, ...] = ()
    day: tuple[Telling, ...] = ()
