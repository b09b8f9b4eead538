"""What the fixtures are made of: databases, clients, servers and sign-ins."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import asyncpg
import httpx

from shapedby.db import Addresses, embedded
from shapedby.db.connecting import prepare
from shapedby.kernel import Role
from shapedby.settings import Settings

if TYPE_CHECKING:
    from litestar import Litestar

START_SECONDS = 30
HTTP_OK = 200
_RUN = """
import uvicorn
from shapedby.app import create_app
from shapedby.settings import settings
uvicorn.run(create_app(settings()), host=settings().host, port=settings().port, log_level="warning")
"""


@dataclass(frozen=True)
class Database:
    """One empty, migrated database, with settings that point to it."""

    server: embedded.Server
    name: str
    settings: Settings

    async def ask(self, sql: str, *args: object) -> list[asyncpg.Record]:
        """Run one statement as the role that serves, on a connection of its own, and give its rows."""
        connection = await asyncpg.connect(self.server.url(database=self.name))
        try:
            await prepare(connection)
            return await connection.fetch(sql, *args)
        finally:
            await connection.close()

    async def new_person(self, role: Role = Role.RESIDENT, *, name: str = "", **columns: Any) -> int:
        """Write a person who has an e-mail address and has been welcomed; give their number."""
        mark = secrets.token_hex(4)
        given = {
            "email": f"{role}-{mark}@example.org",
            "role": str(role),
            "name": name or f"{role.title()} {mark}",
            **columns,
        }
        places = ", ".join(f"${number}" for number in range(1, len(given) + 1))
        sql = f"INSERT INTO person ({', '.join(given)}, welcomed_at) VALUES ({places}, now()) RETURNING id"
        return (await self.ask(sql, *given.values()))[0][0]

    async def new_sign_in(self, person: int) -> str:
        """Sign a person in, and give the token that their browser would hold."""
        token = secrets.token_urlsafe(32)
        sql = "INSERT INTO sign_in (token_hash, person, csrf, ends_at) VALUES ($1, $2, $3, now() + interval '1 hour')"
        await self.ask(sql, hashlib.sha256(token.encode()).hexdigest(), person, secrets.token_urlsafe(24))
        return token


@dataclass(frozen=True)
class Site:
    """A running server, as a process of its own, with its database."""

    url: str
    database: Database
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class SignedIn:
    """A person with a browser: their number, and the HTTP client that is signed in as them."""

    person: int
    client: httpx.AsyncClient


async def on_server(server: embedded.Server, sql: str) -> None:
    """Run a statement about the whole server, as its superuser."""
    connection = await asyncpg.connect(server.url(embedded.SUPERUSER, "postgres"))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def addresses_of(server: embedded.Server, name: str) -> Addresses:
    """Give a database's addresses as its two roles."""
    return Addresses(server.url(embedded.APP, name), server.url(embedded.OWNER, name))


@asynccontextmanager
async def started(app: Litestar) -> AsyncIterator[None]:
    """Run an app's lifespan in one task, as a server does; the two halves of a fixture run in two."""
    up, down = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            up.set()
            await down.wait()

    living, ready = asyncio.create_task(live()), asyncio.create_task(up.wait())
    await asyncio.wait({living, ready}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    try:
        if not living.done():
            yield
    finally:
        down.set()
        await living


def client_of(app: Litestar) -> httpx.AsyncClient:
    """Give an HTTP client of an app in this process; it follows no redirect."""
    transport = httpx.ASGITransport(app=cast("Any", app), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=app.state["site"].settings.url)


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return trying.getsockname()[1]


def environment_of(settings: Settings) -> dict[str, str]:
    """Write settings as the environment of a process."""
    given = {
        "DATABASE_URL": settings.database_url,
        "MIGRATE_DATABASE_URL": settings.migrate_database_url,
        "SHAPEDBY_DATA": str(settings.data),
        "SHAPEDBY_SECRET": settings.secret,
        "SHAPEDBY_URL": settings.url,
        "SHAPEDBY_DEMO": "yes" if settings.demo else "no",
        "SHAPEDBY_JOBS": "yes" if settings.jobs else "no",
        "SHAPEDBY_SHARED_PAGES": "yes" if settings.shared_pages else "no",
        "HOST": settings.host,
        "PORT": str(settings.port),
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def serve(settings: Settings) -> subprocess.Popen[bytes]:
    """Start a server as a process of its own."""
    return subprocess.Popen([sys.executable, "-c", _RUN], env=environment_of(settings))


async def until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers that it is ready."""
    until = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient(base_url=url) as client:
        while time.monotonic() < until:
            assert process.poll() is None, f"the server ended with {process.returncode}"
            try:
                if (await client.get("/health/ready")).status_code == HTTP_OK:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    message = f"the server at {url} was not ready within {START_SECONDS} seconds"
    raise TimeoutError(message)
