"""``shapedby retention``: what is kept for how long, and letting go what has been kept for its time."""

from __future__ import annotations

import click

from shapedby.account.actions.leaving import erase_again
from shapedby.account.actions.retention import Line, report, tidy
from shapedby.account.rules.retention import RULES
from shapedby.cli.database import standing
from shapedby.cli.plainly import run
from shapedby.settings import settings


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option(
    "--erase-again",
    "again",
    is_flag=True,
    help="After a restore: first forget everybody again who has left and is back with the older copy.",
)
def retention(*, dry_run: bool, again: bool) -> None:
    """Let go what has been kept for its time; the server does it every night.

    What the law makes the council keep (see Desk, Retention) is never among it.
    """
    erased, lines = run(_tidy(dry=dry_run, again=again and not dry_run))
    for line in report(lines, {kind: rule.what for kind, rule in RULES.items()}):
        click.echo(line)
    if again:
        click.echo(f"Forgotten again: {erased}")
    if dry_run:
        click.echo("Nothing was changed.")


async def _tidy(*, dry: bool, again: bool) -> tuple[int, list[Line]]:
    using = settings()
    async with standing(using):
        erased = await erase_again() if again else 0
        return erased, await tidy(using, dry=dry)
