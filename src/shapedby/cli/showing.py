"""The demo council: loading it, waking it up, and the addresses that sign in as each of its roles."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import click

from shapedby.cli.database import bring_up_to_date, standing
from shapedby.cli.plainly import Progress, run
from shapedby.settings import Settings, settings

Work = Callable[[Settings, Progress], Coroutine[Any, Any, None]]


@click.command()
def demo() -> None:
    """Load the demo council into an empty database."""
    from shapedby.demo import load

    using = replace(settings(), demo=True)
    bring_up_to_date(using)
    _with_bar(load, using)
    click.echo("The demo council is loaded. See it with: shapedby serve --demo")


def prepare_demo(using: Settings) -> None:
    """Load the demo council where the database is empty, else wake it up."""
    from shapedby.demo import prepare

    _with_bar(prepare, using)


def demo_addresses(using: Settings) -> list[tuple[str, str]]:
    """Give people of the demo with their roles, each with a one-time address that signs in as them."""
    return run(_addresses(using))


def _with_bar(work: Work, using: Settings) -> None:
    from shapedby.demo import DemoError

    with Progress("The demo council moves in") as progress:
        try:
            run(work(using, progress))
        except DemoError as error:
            raise click.ClickException(str(error)) from error


async def _addresses(using: Settings) -> list[tuple[str, str]]:
    from shapedby.demo import sign_in_addresses

    async with standing(using):
        return [(f"{way.role} ({way.name})", way.address) for way in await sign_in_addresses(using)]
