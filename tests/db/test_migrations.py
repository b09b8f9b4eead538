"""The migrations run forwards and backwards on both versions that we support, and only once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest
from ground import addresses_of

from shapedby import db
from shapedby.db import embedded

REMIGRATE = Path(__file__).parents[2] / "scripts" / "remigrate.py"
MIGRATE = """
import asyncio, sys
from shapedby import db
print(asyncio.run(db.migrate_forwards(db.Addresses(sys.argv[1], sys.argv[2]))))
"""
SCHEMA = """
    SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns
    WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants
    WHERE grantee = 'shapedby_app'
    ORDER BY 1
"""


@pytest.fixture(scope="module", params=[16, 18])
async def server(request: pytest.FixtureRequest, short_folder: Callable[[], Path]) -> AsyncIterator[embedded.Server]:
    running = embedded.start(short_folder(), version=request.param, options={"fsync": "off"})
    yield running
    running.stop()


async def schema(server: embedded.Server) -> list[str]:
    connection = await asyncpg.connect(server.url(embedded.SUPERUSER, embedded.DATABASE))
    try:
        return [row[0] for row in await connection.fetch(SCHEMA)]
    finally:
        await connection.close()


async def test_migrations_go_forwards_backwards_and_forwards_again(server: embedded.Server) -> None:
    addresses = addresses_of(server, embedded.DATABASE)
    every = await db.waiting_migrations(addresses)
    assert await db.migrate_forwards(addresses) == every
    whole = await schema(server)
    assert await db.waiting_migrations(addresses) == []
    for _ in every:
        await db.migrate_backwards(addresses)
    assert [line for line in await schema(server) if "migration" not in line] == []
    assert await db.migrate_forwards(addresses) == every
    assert await schema(server) == whole


async def test_two_who_migrate_at_once_run_each_migration_once(server: embedded.Server) -> None:
    addresses = addresses_of(server, embedded.DATABASE)
    await db.migrate_backwards(addresses, "all")
    running = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, addresses.app, addresses.owner, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = sorted([(await process.communicate())[0].decode().strip() for process in running])
    assert said == ["['0001', '0002']", "[]"]


def test_the_migrations_make_the_tables_as_they_are_written_now() -> None:
    same = subprocess.run([sys.executable, REMIGRATE, "--check"], check=False)
    assert same.returncode == 0, "run `make migration`"
