"""Reading the demo's texts: TOML files beside this module, as typed objects."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_FOLDER = Path(__file__).resolve().parent / "content"
T = TypeVar("T")


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of content; a word that we do not know is a mistake in the file."""


class Place(Struct, frozen=True, kw_only=True):
    """An area or a topic."""

    slug: str
    en: str
    es: str


class Staff(Struct, frozen=True, kw_only=True):
    """Somebody who works for the council."""

    name: str
    role: str
    when: str = "-460"
    safeguarding: bool = False


class Resident(Struct, frozen=True, kw_only=True):
    """Somebody with a display name; ``organisation`` makes a partner."""

    name: str
    area: str = ""
    lang: str = "en"
    young: bool = False
    organisation: str = ""
    about: str = ""


class Council(Struct, frozen=True, kw_only=True):
    """Who and what there is before anybody asks anything."""

    areas: list[Place]
    topics: list[Place]
    staff: list[Staff]
    residents: list[Resident]


class Criterion(Struct, frozen=True, kw_only=True):
    """One thing that ideas are scored on."""

    weight: int
    name: dict[str, str]
    meaning: dict[str, str]


class Challenge(Struct, frozen=True, kw_only=True):
    """A challenge; one without ``published`` stays a draft."""

    key: str
    slug: str
    by: str
    opens: str
    closes: str
    question: dict[str, str]
    summary: dict[str, str]
    why_asked: dict[str, str]
    who_decides: dict[str, str]
    what_chosen_gets: dict[str, str]
    criteria: list[Criterion]
    published: str = ""
    decided: str = ""
    supports_needed: int = 0
    answer_days: int = 28
    areas: list[str] = []
    topics: list[str] = []
    privacy_note: dict[str, str] = {}


class Said(Struct, frozen=True, kw_only=True):
    """A comment; ``reply`` puts it under the last one that is no reply."""

    by: str
    when: str
    text: str
    reply: bool = False
    lang: str = ""
    key: str = ""


class Answered(Struct, frozen=True, kw_only=True):
    """What the council does with an idea: review, assess, shortlist, decline or note."""

    do: str
    when: str
    by: str
    en: str = ""
    es: str = ""
    points: list[int] = []
    note: str = ""


class Idea(Struct, frozen=True, kw_only=True):
    """An idea with what people and the council said about it."""

    key: str
    by: str
    when: str
    topic: str
    title: str
    problem: str
    proposal: str
    who: str
    supports: int = 0
    area: str = ""
    lang: str = "en"
    comment: list[Said] = []
    council: list[Answered] = []


class Ideas(Struct, frozen=True, kw_only=True):
    """The ideas of one challenge."""

    challenge: str
    idea: list[Idea]


@cache
def _text(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read(name: str, kind: type[T]) -> T:
    """Read one file; raises ``msgspec.ValidationError`` where it does not say what ``kind`` needs."""
    return msgspec.convert(_text(name), kind)


def names(beginning: str) -> list[str]:
    """List the files whose names begin so, without their ends, in order."""
    return sorted(path.stem for path in _FOLDER.glob(f"{beginning}*.toml"))
