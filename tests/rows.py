"""Writing rows straight into a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ground import Database

NOW, TODAY = datetime.now(UTC), datetime.now(UTC).date()


def both(english: str) -> dict[str, str]:
    """Say something in both of the council's languages."""
    return {"en": english, "es": f"{english} (es)"}


async def put(database: Database, table: str, **columns: Any) -> int:
    """Write one row and give its number."""
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    names = ", ".join(f'"{name}"' for name in columns)
    return (await database.ask(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id", *columns.values()))[0][
        0
    ]
