"""What a person typed: read once, with bounds, and given back with its errors when something is wrong."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from shapedby.kernel import N_
from shapedby.web.language import Tongue
from shapedby.web.site import Ask
from shapedby.web.words import says, sentence

Choice = TypeVar("Choice", bound=StrEnum)
Offered = TypeVar("Offered")

ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+")
MOST_ADDRESS = 254
MOST_FIELDS = 200
LONGEST_NUMBER = 10
CONTROLS = {code for code in range(32) if chr(code) not in "\t\n\r"} | {127}


class BadForm(Exception):  # noqa: N818 - it is an answer, not a fault
    """A body that no form of ours sends: control characters, or parts beyond counting."""


class Wrong(StrEnum):
    """What can be wrong with any field."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_AN_ADDRESS = "not_an_address"


says(
    {
        Wrong.EMPTY: N_("Fill this in"),
        Wrong.TOO_LONG: N_("Shorten this to {most} characters or fewer"),
        Wrong.NOT_A_CHOICE: N_("Choose one of the answers in the list"),
        Wrong.NOT_A_NUMBER: N_("Write this as a number, such as 12"),
        Wrong.NOT_A_DATE: N_("Write this as a date, such as 2026-12-02"),
        Wrong.NOT_AN_ADDRESS: N_("Write an e-mail address, such as name@example.com"),
    }
)


@dataclass(frozen=True)
class Typed(Mapping[str, str]):
    """The fields of one form as they were typed; a missing field reads as empty."""

    fields: Mapping[str, Sequence[str]]

    def __getitem__(self, name: str) -> str:
        values = self.fields.get(name)
        return values[0] if values else ""

    def __contains__(self, name: object) -> bool:
        return name in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def all(self, name: str) -> Sequence[str]:
        return self.fields.get(name, ())

    def ticked(self, name: str) -> bool:
        return bool(self[name])


NOTHING_TYPED = Typed({})


async def typed(ask: Ask) -> Typed:
    """Read the fields of a form; raise ``BadForm`` for bodies that no form of ours sends."""
    form = await ask.form()
    pairs = list(form.multi_items())
    if len(pairs) > MOST_FIELDS:
        raise BadForm
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if not isinstance(value, str) or any(ord(letter) in CONTROLS for letter in value):
            raise BadForm
        fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return Typed(fields)


@dataclass
class Errors:
    """The errors of a form, by field, in the order in which they are shown."""

    tongue: Tongue
    found: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, name: str, why: StrEnum, **facts: object) -> None:
        """Note what is wrong with a field; the first thing said about a field stays."""
        self.found.setdefault(name, sentence(self.tongue, why, facts))

    def __bool__(self) -> bool:
        return bool(self.found)

    def text(self, form: Typed, name: str, *, most: int, needed: bool = True) -> str:
        """Take a text field, trimmed; note it when it is empty or longer than ``most`` characters."""
        text = form[name].strip()
        if needed and not text:
            self.add(name, Wrong.EMPTY)
        if len(text) > most:
            self.add(name, Wrong.TOO_LONG, most=most)
        return text

    def words(
        self, form: Typed, name: str, languages: Iterable[str], *, most: int, needed: bool = True
    ) -> dict[str, str]:
        """Take a text of the council's: one field for each language, named ``question_en``, ``question_es``."""
        return {code: self.text(form, f"{name}_{code}", most=most, needed=needed) for code in languages}

    def whole_number(self, form: Typed, name: str, *, least: int, most: int, needed: bool = True) -> int | None:
        """Take a whole number between two bounds."""
        text = form[name].strip()
        if not text and not needed:
            return None
        if not (
            text.isascii() and text.lstrip("-").isdigit() and len(text) <= LONGEST_NUMBER and least <= int(text) <= most
        ):
            self.add(name, Wrong.NOT_A_NUMBER)
            return None
        return int(text)

    def choice(self, form: Typed, name: str, kind: type[Choice], *, needed: bool = True) -> Choice | None:
        """Take one member of an enumeration."""
        if not form[name] and not needed:
            return None
        if form[name] not in {member.value for member in kind}:
            self.add(name, Wrong.NOT_A_CHOICE)
            return None
        return kind(form[name])

    def one_of(self, form: Typed, name: str, offered: Mapping[str, Offered], *, needed: bool = True) -> Offered | None:
        """Take one of the things offered, by the key that the form carried."""
        if not form[name] and not needed:
            return None
        if form[name] not in offered:
            self.add(name, Wrong.NOT_A_CHOICE)
            return None
        return offered[form[name]]

    def day(self, form: Typed, name: str, *, needed: bool = True) -> date | None:
        """Take a date as a date field sends it: ``2026-12-02``."""
        text = form[name].strip()
        if not text and not needed:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.add(name, Wrong.NOT_A_DATE)
            return None

    def email(self, form: Typed, name: str, *, needed: bool = True) -> str:
        """Take an e-mail address, in lower case; look-alike letters and line breaks are not one."""
        text = form[name].strip().lower()
        if not text and not needed:
            return ""
        if len(text) > MOST_ADDRESS or not ADDRESS.fullmatch(text):
            self.add(name, Wrong.NOT_AN_ADDRESS)
        return text


def chosen(value: str, kind: type[Choice], default: Choice) -> Choice:
    """Read a sort or filter from an address; the default where it is not one of ours."""
    return kind(value) if value in {member.value for member in kind} else default


def whole(value: str | None, default: int, *, least: int = 1, most: int = 10_000) -> int:
    """Read a number such as a page from an address; the default where it is none or out of bounds."""
    if value and value.isascii() and value.isdigit() and len(value) <= 9 and least <= int(value) <= most:  # noqa: PLR2004 - fits an integer column
        return int(value)
    return default
