"""The database from the command line: migrating it, and standing on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from shapedby import db
from shapedby.app import prepare
from shapedby.cli.plainly import run
from shapedby.db import MigrationError
from shapedby.settings import Settings, settings
from shapedby.spam.actions import following
from shapedby.spam.process import classifier


@click.command()
@click.option(
    "--back-to",
    metavar="MIGRATION",
    help="Undo migrations, down to and with this one: 0002, or “all”. What their tables hold is lost.",
)
def migrate(back_to: str | None) -> None:
    """Bring the database up to date."""
    using = settings()
    addresses = db.open_database(using)
    try:
        done = run(db.migrate_backwards(addresses, back_to) if back_to else db.migrate_forwards(addresses))
    finally:
        db.close_database(using)
    verb = "Undone" if back_to else "Done"
    click.echo(f"{verb}: {', '.join(done)}." if done else "Nothing to do: the database is up to date.")


def bring_up_to_date(using: Settings) -> None:
    """Migrate a database of our own; ask for it politely where it is somebody else's. Raises ``MigrationError``."""
    addresses = db.open_database(using)
    try:
        if using.database_url is None or using.demo:
            run(db.migrate_forwards(addresses))
        elif run(db.waiting_migrations(addresses)):
            message = "The database is not up to date. Run: shapedby migrate"
            raise MigrationError(message)
    finally:
        db.close_database(using)


@asynccontextmanager
async def standing(using: Settings, *, screening: bool = False) -> AsyncIterator[None]:
    """Give a command what the server's actions stand on; with ``screening`` the classifier too."""
    prepare(using)
    async with db.serving(using):
        if not screening:
            yield
            return
        async with classifier.running(using), following():
            yield
