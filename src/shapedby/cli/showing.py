"""The demo council: loading it, and the addresses that sign in as each of its roles."""

from __future__ import annotations

from dataclasses import replace

import click

from shapedby.cli.database import bring_up_to_date, standing
from shapedby.cli.plainly import Progress, run
from shapedby.settings import Settings, settings


@click.command()
def demo() -> None:
    """Load the demo council into an empty database."""
    using = replace(settings(), demo=True)
    bring_up_to_date(using)
    click.echo("The demo council is loaded." if load_demo(using) else "The demo council was there already.")


def load_demo(using: Settings) -> bool:
    """Load the demo council where the database is empty; gives whether it was."""
    with Progress("Loading the demo council") as progress:
        return run(_load(using, progress))


def demo_addresses(using: Settings) -> list[tuple[str, str]]:
    """Give the roles of the demo, each with a one-time address that signs in as somebody who has it."""
    return run(_addresses(using))


async def _load(using: Settings, progress: Progress) -> bool:
    from shapedby import demo as council

    async with standing(using, screening=True):
        return await council.load(progress)


async def _addresses(using: Settings) -> list[tuple[str, str]]:
    from shapedby import demo as council

    async with standing(using):
        return [(role, using.url + path) for role, path in (await council.sign_in_addresses()).items()]
