"""Reading what other platforms export: CSV files whose columns are found by their names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from shapedby.text import Format

MOST_FIELD: Final = 10_000_000

_SHARED: Final = {
    "id": ("id", "code", "identifier", "reference", "codigo"),
    "author": ("author", "author_name", "user", "username", "autor"),
    "created": ("created", "created_at", "date", "published_at", "fecha"),
}
IDEA_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    **_SHARED,
    "title": ("title", "titulo", "título", "name"),
    "problem": ("problem", "summary", "problema", "resumen"),
    "proposal": ("proposal", "body_html", "body", "description", "text", "propuesta", "descripcion", "texto"),
    "beneficiaries": ("beneficiaries", "who_benefits", "beneficiarios"),
    "supports": ("supports", "votes", "likes", "apoyos", "votos"),
}
COMMENT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    **_SHARED,
    "idea": ("idea", "idea_id", "proposal", "proposal_id", "commentable_id"),
    "replies_to": ("reply_to", "replies_to", "parent", "parent_id"),
    "text": ("body_html", "body", "comment", "text", "texto", "comentario"),
}
TEXTS: Final = ("problem", "proposal", "beneficiaries", "text")


@dataclass(frozen=True)
class Row:
    """One row of an export: its line in the file, and the fields that we know, by our names."""

    line: int
    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def at(self, zone: ZoneInfo) -> datetime:
        """Read when it was written, in the council's time where it names no other; raises ``ValueError``."""
        given = self["created"].strip()
        try:
            at = datetime.fromisoformat(given)
        except ValueError:
            message = f"its date “{given[:40]}” is none, such as 2024-05-31"
            raise ValueError(message) from None
        return at if at.tzinfo else at.replace(tzinfo=zone)

    def number(self, name: str) -> int:
        """Read a whole number, 0 where there is none; raises ``ValueError``."""
        given = self[name].strip()
        if given and not (given.isascii() and given.isdigit()):
            message = f"“{given[:40]}” is no number of {name}"
            raise ValueError(message)
        return int(given or 0)


@dataclass(frozen=True)
class Export:
    """A file of another platform, with which of its columns is what."""

    path: Path
    columns: Mapping[str, str]

    @property
    def format(self) -> Format:
        """How its texts were typed: HTML where a column says so."""
        html = any(column.lower().endswith("html") for name, column in self.columns.items() if name in TEXTS)
        return Format.HTML if html else Format.MARKDOWN

    def rows(self) -> Iterator[Row]:
        """Read the rows, one at a time; raises ``ClickException`` where the file is not CSV in UTF-8."""
        csv.field_size_limit(MOST_FIELD)
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, dialect=_dialect(self.path))
                for given in reader:
                    yield Row(reader.line_num, {name: given.get(column) or "" for name, column in self.columns.items()})
        except (csv.Error, UnicodeDecodeError) as error:
            message = f"{self.path.name} is not CSV in UTF-8: {error}"
            raise click.ClickException(message) from error


def _dialect(path: Path) -> type[csv.Dialect]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
    return _Semicolons if head.count(";") > head.count(",") else csv.excel


class _Semicolons(csv.excel):
    delimiter = ";"


def find_columns(
    path: Path, fields: Mapping[str, tuple[str, ...]], given: Mapping[str, str], needed: tuple[str, ...]
) -> Export:
    """Say which column is what, from ``--map`` and from the names of the columns; raises ``ClickException``."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heads = next(csv.reader(file, dialect=_dialect(path)), [])
    except (csv.Error, UnicodeDecodeError, OSError) as error:
        message = f"{path.name} cannot be read as CSV in UTF-8: {error}"
        raise click.ClickException(message) from error
    wrong = [name for name in given if name not in fields] + [
        column for column in given.values() if column not in heads
    ]
    if wrong:
        message = f"“{wrong[0]}” is neither one of our fields ({', '.join(fields)}) nor a column ({', '.join(heads)})"
        raise click.ClickException(message)
    lower = {head.strip().lower(): head for head in reversed(heads)}
    guessed = {name: next((lower[one] for one in names if one in lower), "") for name, names in fields.items()}
    columns = {name: column for name, column in {**guessed, **given}.items() if column}
    missing = [name for name in needed if name not in columns]
    if missing:
        message = f"Which column is {missing[0]}? Say it with --map {missing[0]}=COLUMN. Columns: {', '.join(heads)}"
        raise click.ClickException(message)
    return Export(path, columns)
