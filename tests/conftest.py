"""The ground every test stands on: a real PostgreSQL, the app, a browser, and people who are signed in."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ground import (
    START_SECONDS,
    Database,
    SignedIn,
    Site,
    addresses_of,
    client_of,
    free_port,
    on_server,
    serve,
    started,
    until_ready,
)

from shapedby import db
from shapedby.db import embedded
from shapedby.kernel import Role
from shapedby.settings import read

if TYPE_CHECKING:
    from litestar import Litestar
    from playwright.async_api import Browser

TEMPLATE = "template_shapedby"
# As root there is no sandbox to have; the rest is what a browser does that no test looks at.
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NewDatabase = Callable[..., Awaitable[Database]]


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Callable[[], Path]]:
    """Make folders with short paths (a socket's has to be) that the database's own user may pass through."""
    made: list[Path] = []

    def make() -> Path:
        folder = Path(tempfile.mkdtemp(prefix="sb-"))
        folder.chmod(0o711)
        made.append(folder)
        return folder

    yield make
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(short_folder: Callable[[], Path]) -> Iterator[embedded.Server]:
    """One PostgreSQL for the whole run. It may forget everything at a power cut: nobody would miss it."""
    running = embedded.start(short_folder(), options={"fsync": "off", "full_page_writes": "off"})
    yield running
    running.stop()


@pytest.fixture(scope="session")
async def template(server: embedded.Server) -> str:
    """A database with every migration, for others to be copied from."""
    await on_server(server, f"CREATE DATABASE {TEMPLATE} OWNER {embedded.OWNER}")
    await db.migrate_forwards(addresses_of(server, TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def new_database(server: embedded.Server, template: str, short_folder: Callable[[], Path]) -> NewDatabase:
    """Make an empty, migrated database; its arguments are settings, named as environment variables."""

    async def make(**environ: str) -> Database:
        name = f"t_{secrets.token_hex(6)}"
        await on_server(server, f"CREATE DATABASE {name} TEMPLATE {template} OWNER {embedded.OWNER}")
        given = {
            "DATABASE_URL": server.url(database=name),
            "MIGRATE_DATABASE_URL": server.url(embedded.OWNER, name),
            "SHAPEDBY_DATA": str(short_folder()),
            "SHAPEDBY_SECRET": "for-tests-only-" + secrets.token_hex(16),
            "SHAPEDBY_JOBS": "no",
            "SHAPEDBY_SHARED_PAGES": "no",  # a test reads what it has just written
        }
        return Database(server, name, read({**given, **environ}))

    return make


@pytest.fixture(scope="module")
async def database(new_database: NewDatabase) -> Database:
    """Give an empty, migrated database to the tests of one module; they share what they write."""
    return await new_database()


@pytest.fixture(scope="module")
async def pool(database: Database) -> AsyncIterator[Database]:
    """Open `shapedby.db` on the module's database, for tests of queries and actions without pages."""
    async with db.serving(database.settings):
        yield database


@pytest.fixture(scope="module")
async def app(database: Database) -> AsyncIterator[Litestar]:
    """Run the application on the module's database, with everything it starts (`shapedby.db` included)."""
    from shapedby.app import create_app

    made = create_app(database.settings)
    async with started(made):
        yield made


@pytest.fixture
async def visitor(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Give the HTTP client of somebody without a sign-in."""
    async with client_of(app) as client:
        yield client


@pytest.fixture
async def sign_in(app: Litestar, database: Database) -> AsyncIterator[Callable[..., Awaitable[SignedIn]]]:
    """Sign a new person in: `officer = await sign_in(Role.OFFICER, name="Ada")`, then `officer.client`."""
    opened: list[httpx.AsyncClient] = []

    async def make(role: Role = Role.RESIDENT, **columns: Any) -> SignedIn:
        person = await database.new_person(role, **columns)
        client = client_of(app)
        client.cookies.set("sign-in", await database.new_sign_in(person))
        opened.append(client)
        return SignedIn(person, client)

    yield make
    for client in opened:
        await client.aclose()


@pytest.fixture(scope="session")
async def site(new_database: NewDatabase) -> AsyncIterator[Site]:
    """Run the server, in demo mode, on a free port of this machine until the tests end."""
    made = await new_database(PORT=str(free_port()), SHAPEDBY_JOBS="yes", SHAPEDBY_DEMO="yes")
    process = serve(made.settings)
    try:
        await until_ready(made.settings.url, process)
        yield Site(made.settings.url, made, process)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start the system's Chromium; skips, with a reason, where there is none.

    Tests use Playwright's async interface: its other one cannot share a thread with our event loop.
    """
    from playwright.async_api import async_playwright

    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium on this machine: install it, or name one in CHROMIUM")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield chromium
        await chromium.close()
