"""What the open data are, and how a cell of a table is written so that no program takes it for a formula."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

BATCH = 500
SITEMAP = 50_000
"""How many addresses one map may have."""
BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Lists(StrEnum):
    """What can be downloaded."""

    CHALLENGES = "challenges"
    IDEAS = "ideas"
    COMMENTS = "comments"
    PROJECTS = "projects"
    INDICATORS = "indicators"


class Form(StrEnum):
    """How it is written."""

    CSV = "csv"
    JSON = "json"


WITHOUT = frozenset({"author"})
"""What the API says and a download does not: a file stays with people when a name here is gone."""


def columns(name: str, languages: tuple[str, ...], *, spoken: bool) -> tuple[str, ...]:
    """Give a field's columns in a table: one for each language where the council says it in each."""
    return tuple(f"{name}_{code}" for code in languages) if spoken else (name,)


def cells(value: object, languages: tuple[str, ...], *, spoken: bool) -> tuple[str, ...]:
    """Write a field's value as the cells of a table."""
    if spoken:
        words = value if isinstance(value, Mapping) else {}
        return tuple(cell(words.get(code, "")) for code in languages)
    return (cell(value),)


def cell(value: object) -> str:
    """Write one cell; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (bool, int, float, Decimal)):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if text.startswith(BEGIN_A_FORMULA) else text
