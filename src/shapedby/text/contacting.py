"""Phone numbers, mail addresses and home addresses in a text, for a warning before it is public."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .addresses import BARE, MAIL
from .characters import visible
from .homes import homes

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _SHUT = r"\s{0,2}[\[({]\s?", r"\s?[\])}]\s{0,2}"
_AT_IN_BRACKETS = rf"{_OPEN}(?:at|arroba|@){_SHUT}"
_AT = rf"(?:{_AT_IN_BRACKETS}|\s{{1,3}}(?:at|arroba)\s{{1,3}})"
_DOT_SPELT = rf"(?:{_OPEN}(?:dot|punto|\.){_SHUT}|\s{{1,3}}(?:dot|punto)\s{{1,3}})"
# "at" alone is an ordinary word: only brackets around it, or a spelt dot behind it, make it a mail address.
_SPELT_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_AT}[\w-]{{1,63}}{_DOT_SPELT}|{_AT_IN_BRACKETS}[\w-]{{1,63}}\.)[a-z]{{2,24}}\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w£$€#/:])(?<!\d[.,])(?:\+|\(\+?)?\s?[0-9][0-9 ().\u00a0\u2010-\u2013-]{6,28}[0-9]"
    r"(?![\w/:%€£])(?![.,][0-9])"
)
_DATE = re.compile(
    r"(?<!\d)(?:[0-3]?[0-9][-. ][01]?[0-9][-. ](?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[-. ][01]?[0-9][-. ][0-3]?[0-9])(?!\d)"
)
_MONEY = re.compile(r"\s{0,2}(?:€|£|euros?\b|eur\b|pounds?\b|libras?\b|m2\b|m²|million|millones)", re.IGNORECASE)
_NUMBERS = (
    # United Kingdom: areas 01 02, mobiles 07, premium 09. Not 03, 0800 and 0808: those are organisations'.
    re.compile(r"(?:\+|00)44(?:0)?(?:[12579][0-9]{8,9})"),
    re.compile(r"0(?:[1279][0-9]{9}|1[0-9]{8}|84[0-9]{8}|87[0-9]{8})"),
    # Spain: mobiles 6 and 7, provinces 8 and 9. Not 900 and 901: those are organisations'.
    re.compile(r"(?:\+|00)34[6-9][0-9]{8}"),
    re.compile(r"[67][0-9]{8}|8[1-8][0-9]{7}|9[1-8][0-9]{7}|80[367][0-9]{6}|90[2-9][0-9]{6}"),
    # Any other country, when it is written as such.
    re.compile(r"(?:\+|00)[1-9][0-9]{7,14}"),
)
_NORTH_AMERICA = re.compile(r"\(?[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}")
_SHORTEST = 9
_SHORTEST_CODE = 3
_POSTCODE = re.compile(
    r"(?<!\w)(?:GIR ?0AA|[A-PR-UWYZ](?:[0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9][0-9ABEHMNPRV-Y]?)"
    r" ?[0-9][ABD-HJLNP-UW-Z]{2})(?!\w)",
    re.IGNORECASE,
)


class ContactKind(StrEnum):
    """What a found piece would let a stranger do."""

    PHONE = "phone"
    EMAIL = "email"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Contact:
    """A piece of `source[start:end]` that leads to a person, as it was written."""

    kind: ContactKind
    start: int
    end: int
    matched: str

    @property
    def span(self) -> tuple[int, int]:
        """The place as `mark` takes it."""
        return self.start, self.end


def contacts(source: str, *, of_oneself: bool = False) -> tuple[Contact, ...]:
    """Return the phone numbers, mail addresses and home addresses in a text, in order, none overlapping.

    A home is a UK postcode, or a street with a house number, English or Spanish, that something shows to be somebody's
    home; in what people say `of_oneself` the street is enough. Spans count characters of `source` as given, hidden ones
    included.
    """
    places = [place for place, letter in enumerate(source) if letter in "\n\t" or visible(letter)]
    text = "".join(_plain_digit(source[place]) for place in places)
    found: list[Contact] = []
    last = -1
    for start, end, kind in sorted(_found(text, of_oneself=of_oneself), key=lambda hit: (hit[0], -hit[1])):
        if start >= last:
            last = end
            first, behind = places[start], places[end - 1] + 1
            found.append(Contact(kind, first, behind, source[first:behind]))
    return tuple(found)


def _plain_digit(letter: str) -> str:
    return letter if letter.isascii() or not letter.isdigit() else str(unicodedata.digit(letter))


def _found(text: str, *, of_oneself: bool) -> Iterator[tuple[int, int, ContactKind]]:
    mails = [match.span() for pattern in (MAIL, _SPELT_MAIL) for match in pattern.finditer(text)]
    # Long numbers and postcodes in the address of a page are neither.
    rest = BARE.sub(lambda match: " " * len(match[0]), text)
    phones = list(_phones(rest))
    postcodes = [match.span() for match in _POSTCODE.finditer(rest) if _is_postcode(match[0])]
    yield from ((*span, ContactKind.EMAIL) for span in mails)
    yield from ((*span, ContactKind.PHONE) for span in phones)
    yield from ((*span, ContactKind.HOME) for span in postcodes)
    beside = [*mails, *phones, *postcodes]
    yield from ((*span, ContactKind.HOME) for span in homes(rest, beside, of_oneself=of_oneself))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(text):
        groups = [group.span() for group in re.finditer(r"[+(]*[0-9]+", match[0])]
        span = _phone_among(match[0], groups)
        if span and not _MONEY.match(text, match.start() + span[1]):
            yield match.start() + span[0], match.start() + span[1]


def _phone_among(written: str, groups: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Find the number among its neighbours: "07700 900123 10 to 6", "2 flats 07700 900123"."""
    for place, (start, _) in enumerate(groups):
        for _, end in reversed(groups[place:]):
            if end - start < _SHORTEST:
                break
            if _is_phone(written[start:end]):
                return start, end
    return None


def _is_phone(written: str) -> bool:
    digits = re.sub(r"[^0-9+]", "", written.replace("(0)", ""))
    if _DATE.search(written) or digits.endswith("000000") or re.search(r"[.)(]\s*[.)(]", written):
        return False
    if _NORTH_AMERICA.fullmatch(written):
        return True
    if not any(pattern.fullmatch(digits) for pattern in _NUMBERS):
        return False
    groups = re.findall(r"[0-9]+", written)
    # 01 02 03 … are a list; a spaced-out number is single digits throughout, or starts with its code.
    if written.startswith(("+", "(+", "00")) or len(groups[0]) >= _SHORTEST_CODE:
        return True
    lengths = [len(group) for group in groups]
    return lengths == [2, 3, 2, 2] or set(lengths) == {1}


def _is_postcode(written: str) -> bool:
    if written == written.upper():
        return True
    return written == written.lower() and not re.search(r"(?:1st|2nd|3rd|[0-9]th)$", written)
