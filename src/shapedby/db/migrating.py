"""Running the migrations with Piccolo's own managers, as the role that owns the tables.

Everything happens in one transaction under one lock: two servers that start at once do not collide, and
a migration that fails leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from piccolo.apps.migrations.commands.backwards import BackwardsMigrationManager
from piccolo.apps.migrations.commands.base import MigrationResult
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import AppConfig

from shapedby.db import conf
from shapedby.db.asking import engine as app_engine
from shapedby.db.connecting import Engine
from shapedby.db.pool import Addresses

APP_NAME = "shapedby"
FOLDER = Path(__file__).resolve().parent.parent / "migrations"

_LOCK = 0x5B_0001  # any number that nobody else in this database uses
_CONFIG = AppConfig(app_name=APP_NAME, migrations_folder_path=str(FOLDER), table_classes=[])
_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON migration FROM {role}",
)
# A migration marks its logs with such a comment; the role that serves can add to them and read them.
_LOGS = """
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND obj_description(c.oid, 'pg_class') LIKE 'append only%' ORDER BY 1
"""


class MigrationError(Exception):
    """The migrations did not run; the database is as it was."""


async def migrate_forwards(addresses: Addresses, until: str = "all") -> list[str]:
    """Run the migrations that have not run yet, and give the role that serves its rights; gives their ids.

    `until` is an id, or "all". Raises `MigrationError` or `DatabaseGone`.
    """
    async with _owner(addresses) as engine:
        before = await _ran()
        manager = ForwardsMigrationManager(app_name=APP_NAME, migration_id=until)
        await manager.create_migration_table()
        _check(await manager.run_migrations(_CONFIG))
        await _grant(engine, addresses.app_role)
        return [name for name in await _ran() if name not in before]


async def migrate_backwards(addresses: Addresses, down_to: str = "1") -> list[str]:
    """Undo migrations: the last one ("1"), everything ("all"), or down to and with an id; gives their ids.

    Raises `MigrationError` or `DatabaseGone`.
    """
    async with _owner(addresses):
        before = await _ran()
        manager = BackwardsMigrationManager(app_name=APP_NAME, migration_id=down_to, auto_agree=True)
        await manager.create_migration_table()
        _check(await manager.run_migrations_backwards(_CONFIG))
        after = await _ran()
        return [name for name in before if name not in after]


async def waiting_migrations(addresses: Addresses) -> list[str]:
    """Give the ids of the migrations that have not run on this database."""
    manager = ForwardsMigrationManager(app_name=APP_NAME)
    with _quiet():
        known = manager.get_migration_ids(manager.get_migration_modules(str(FOLDER)))
    async with _owner(addresses):
        return sorted(set(known) - set(await _ran()))


@contextlib.asynccontextmanager
async def _owner(addresses: Addresses) -> AsyncIterator[Engine]:
    """Let Piccolo work as the owner, in one transaction under the lock, and quietly."""
    engine = Engine()
    engine.address(addresses.owner, command_seconds=None)
    before = os.environ.get("PICCOLO_CONF")
    os.environ["PICCOLO_CONF"] = conf.__name__
    conf.DB = engine
    Migration._meta._db = engine  # noqa: SLF001  Piccolo remembers a table's engine and has no way to change it
    try:
        with _quiet():
            async with engine.in_transaction():
                await engine.run_ddl(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield engine
    finally:
        conf.DB = Migration._meta._db = app_engine  # noqa: SLF001  as above
        os.environ.pop("PICCOLO_CONF")
        if before is not None:
            os.environ["PICCOLO_CONF"] = before


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    path = list(sys.path)  # Piccolo puts the migrations' folder first for every later import
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        sys.path[:] = path


async def _ran() -> list[str]:
    if not await Migration.table_exists().run():
        return []
    return await Migration.get_migrations_which_ran(app_name=APP_NAME)


def _check(result: MigrationResult) -> None:
    if not result.success:
        raise MigrationError(result.message or "the migrations did not run")


async def _grant(engine: Engine, role: str | None) -> None:
    if role is None:
        return
    # The names come from the server, quoted by it: grants take no parameters.
    quoted: str | None = await engine.call("fetchval", "SELECT quote_ident($1) WHERE $1 <> current_user", (role,))
    if quoted is None:
        return
    logs = [row[0] for row in await engine.call("fetch", _LOGS)]
    for statement in (
        *(grant.format(role=quoted) for grant in _GRANTS),
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {log} FROM {quoted}" for log in logs),
    ):
        await engine.run_ddl(statement)
