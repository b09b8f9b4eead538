"""Where somebody lives, in English and Spanish: a street with a house number, and something that makes it a home.

A number alone says where a bin stands: of 2,738 ideas of a city's residents 86 name one, and two of those a home. So a
flat, a floor or a door, a postcode, a number or mail address beside it, or words such as "I live at" must go with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .streets import streets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BESIDE: Final = 40
_AROUND: Final = 60
_GAP: Final = r"[^.!?\n]{0,25}"

_LIVES_EN: Final = (
    r"(?:i|we|she|he|they)\s(?:\w+\s)?(?:live|lives|lived|moved)|living\sat"
    r"|(?:my|our|her|his|their|mum['\u2019]?s|gran['\u2019]?s)\s(?:\w+\s)?(?:home|house|flat|address|front\sdoor|room)"
    r"|address(?:\sis|(?=:))|(?:find|visit)\s(?:me|us)|my\s(?:mum|gran|neighbou?r)"
    r"|(?:i\sam|i['\u2019]m|we\sare|we['\u2019]re)\sat"
)
_LIVES_ES: Final = (
    r"vivo|vivimos|viv[ií]a|resido|residimos|empadronad[oa]|domiciliad[oa]"
    r"|(?:mi|nuestr[oa])\s(?:\w+\s)?(?:casa|piso|domicilio|vivienda|direcci[oó]n|portal|bloque|edificio|vecin[oa])"
    r"|su\s(?:casa|domicilio)|(?:domicilio|direcci[oó]n)(?:\ses|(?=:))|soy\svecin[oa]|somos\svecin[oa]s"
)
_LIVES_BEFORE = re.compile(
    # "It is 12 Fore Street": an answer to where somebody is, with nothing between.
    rf"\b(?:{_LIVES_EN}|{_LIVES_ES})\b{_GAP}$|\bit(?:\sis|['\u2019]s)\s(?:at\s)?$",
    re.IGNORECASE,
)
_LIVES_BEHIND = re.compile(
    rf"{_GAP}\b(?:where\s(?:i|we|she|he|they)\slives?|is\s(?:my|our|her|his)\s(?:home|house|flat|address)"
    r"|d[oó]nde\s(?:yo\s)?(?:vivo|vivimos|vive|resido)|es\s(?:mi|nuestr[oa])\s(?:casa|piso|domicilio))\b",
    re.IGNORECASE,
)
# Only homes have a flat, a floor or a door.
_DOOR_EN: Final = r"(?:flat|apartment|apt\.?|unit)\s[0-9]{1,4}[a-z]?\b|(?:ground|first|second|third|top)\sfloor\b"
_SIDE_ES: Final = r"(?:[a-h]|izq|izda|izquierda|dcha|der|derecha|centro)\b"
_DOOR_ES: Final = (
    rf"(?:piso|planta|puerta|pta\.?|escalera|esc\.?|portal|bajo|[áa]tico)\s(?:[0-9]{{1,3}}\b|{_SIDE_ES})"
    rf"|[0-9]{{1,2}}(?:\s?[º°ª]|[oa])\.?\s?-?\s?{_SIDE_ES}"
)
_DOOR_BEFORE = re.compile(r"(?:flat|apartment|unit)\s", re.IGNORECASE)
_DOOR_BEHIND = re.compile(rf"\s?[,;-]?\s{{0,2}}(?:{_DOOR_EN}|{_DOOR_ES})", re.IGNORECASE)
_SPANISH_POSTCODE = re.compile(
    r"[\s,(-]{1,4}(?:c\.?p\.?:?\s?)?(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}(?![\w/%€]|[.,][0-9])", re.IGNORECASE
)
_NEW_SENTENCE = re.compile(r"[.!?]\s|\n\s*\n")


def homes(text: str, others: Iterable[tuple[int, int]], *, of_oneself: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the spans of streets with a house number where somebody lives: "I live at 12 Fore Street".

    ``others`` are the spans of the postcodes, numbers and mail addresses of the text. ``of_oneself``: somebody says it
    about themselves, and a street with a number is enough.
    """
    known = tuple(others)
    for start, end in streets(text):
        if of_oneself or _is_home(text, start, end) or any(_is_beside(text, (start, end), other) for other in known):
            yield start, end


def _is_home(text: str, start: int, end: int) -> bool:
    return bool(
        _DOOR_BEFORE.match(text, start)
        or _DOOR_BEHIND.match(text, end)
        or _SPANISH_POSTCODE.match(text, end)
        or _LIVES_BEFORE.search(text, max(start - _AROUND, 0), start)
        or _LIVES_BEHIND.match(text, end)
    )


def _is_beside(text: str, home: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether a postcode or a number stands so near that both are the same person's."""
    between = text[home[1] : other[0]] if other[0] >= home[1] else text[other[1] : home[0]]
    return len(between) <= _BESIDE and _NEW_SENTENCE.search(between) is None
