"""A street with a house number, in English and Spanish; a street without one is no home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = (
    "street|st|road|rd|lane|ln|avenue|ave|close|drive|way|court|crescent|cres|terrace|place|gardens|grove|hill|row|"
    "square|walk|mews|rise|parade|gate|quay|villas|cottages"
)
_NO_HOUSE_BEHIND = (
    "lights?|lamps?|trees?|signs?|part(?:y|ies)|names?|furniture|works?|bikes?|users?|crossings?|stops?|bus|buses|"
    "closures?|schemes?|cleaners?|markets?|stalls?|art"
)
_ENGLISH = re.compile(
    r"(?<![\w£$€.,/-])(?:(?:flat|apartment|unit)\s[0-9]{1,4}[a-z]?,?\s)?"
    r"([0-9]{1,4})[a-z]?(?:\s?-\s?[0-9]{1,4})?,?\s"
    rf"((?:[^\W\d_][\w'\u2019.-]{{0,30}}\s){{1,4}}?(?:{_KINDS}))\b\.?(?!-)(?!\s(?:{_NO_HOUSE_BEHIND})\b)",
    re.IGNORECASE,
)
_NOT_A_HOUSE = re.compile(
    r"\b(?:bus|buses|routes?|service|line|junction|stage|phase|ward|a|b|m)\s(?:no\.?\s|number\s)?$",
    re.IGNORECASE,
)
_HOME_BEFORE = re.compile(
    r"\b(?:lives?|living|lived|home|house|address|i['\u2019]m|i am|we are|we['\u2019]re|find me|neighbou?r|mum"
    r"|gran|visit)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)

_SPANISH = re.compile(
    r"(?<!\w)(?P<kind>calle|c/|c\.|cl\.|avenida|avda\.?|av\.|plaza|pza\.?|pl\.|paseo|p[ºo]\.|camino|ronda|traves[ií]a|"
    r"glorieta|callej[oó]n|pasaje)(?=\s|(?<=[/.])|(?-i:[A-ZÁÉÍÓÚÑ]))\s{0,2}"
    r"(?P<name>(?:(?:[^\W\d_][\w'\u2019-]{0,30}|[^\W\d_]{1,4}\.)\s{1,2}){0,5}?[^\W\d_][\w'\u2019-]{0,30})"
    r"(?P<comma>\s?,\s{0,2}|\s{1,2})"
    r"(?P<sign>(?:n[ºo°]\.?|n\.[ºo°]|núm\.?|num\.?|número|numero)\s{0,2})?(?P<number>[0-9]{1,4})"
    r"(?![\w/%€]|[.,][0-9]|-[0-9]{3})"
    r"(?!\s{1,2}(?:de|del|a|al|veces|años|días|dias|meses|horas|metros|m|km|minutos|[aá]rboles|líneas|plazas|"
    r"carriles|personas|vecinos|viviendas|euros|bancos|kilómetros|hasta)\b)",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "e", "i", "san", "santa", "doctor", "don", "fray", "general"}
)
# Words before a number that make it a count, not a house.
_COUNTING = """
    a autobús bus cada con desde durante entre está hace hay linea línea mas menos metro más que se solo son sólo
    tiene tienen unas unos
"""
_NO_NAME = frozenset(_COUNTING.split())
_LONGEST_NAME = 3
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CASA_BEFORE = re.compile(
    r"\b(?:vivo|vive|viven|vivimos|casa|domicilio|direcci[oó]n|vecin[oa]s?|piso|portal)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)


def streets(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of streets with a house number: "12 Fore Street", "C/ Mayor, 12"."""
    for match in _ENGLISH.finditer(text):
        if (
            not _is_year(match[1])
            and not _NOT_A_HOUSE.search(text, max(match.start() - 30, 0), match.start())
            and _is_name(text, match)
        ):
            yield match.span()
    for match in _SPANISH.finditer(text):
        if match["sign"] or (not _is_year(match["number"]) and _is_calle(text, match)):
            yield match.span()


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Say whether the words are a street's name: capitals, or small letters where somebody lives."""
    words = match[2].split()
    if match[2].lower() in {"school street", "play street"}:
        return False
    named = [word for word in words[:-1] if word.lower() not in {"of", "the", "and", "de", "on", "in"}]
    if named and all(word[0].isupper() for word in named) and words[-1][0].isupper():
        return True
    return bool(_HOME_BEFORE.search(text, max(match.start() - 40, 0), match.start()))


def _is_calle(text: str, match: re.Match[str]) -> bool:
    """Say the same of a Spanish name; a comma before the number, or C/ before it, makes it one too."""
    words = match["name"].split()
    if words[-1].lower() in _NO_NAME:
        return False
    if all(word[0].isupper() for word in words if word.lower() not in _SMALL_WORDS):
        return words[-1].lower() not in _SMALL_WORDS
    if match["kind"].lower() in {"c/", "c."}:
        return len(words) <= _LONGEST_NAME
    if "," in match["comma"] and len(words) <= _LONGEST_NAME:
        return True
    return bool(_CASA_BEFORE.search(text, max(match.start() - 40, 0), match.start()))


def _is_year(number: str) -> bool:
    return bool(_YEAR.fullmatch(number))
