"""Every table, from the SQL in `tables/`: one file a slice, each after those that it refers to."""

import re
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "0001"
VERSION = "1.38.0"
DESCRIPTION = "Every table"

_FILES = Path(__file__).parent / "tables"


async def forwards() -> MigrationManager:
    """Describe the migration to Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="shapedby", description=DESCRIPTION)
    manager.add_raw(_make)
    manager.add_raw_backwards(_drop)
    return manager


async def _make() -> None:
    for text in _texts():
        for statement in text.split(";\n"):
            await _run(statement)


async def _drop() -> None:
    for text in reversed(_texts()):
        for table in reversed(re.findall(r'CREATE TABLE ("\w+")', text)):
            await _run(f"DROP TABLE {table}")


def _texts() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(_FILES.glob("*.sql"))]


async def _run(sql: str) -> None:
    engine = engine_finder()
    assert engine is not None  # Piccolo runs us with one
    await engine.run_ddl(sql)
