"""``shapedby verify`` and ``shapedby recount``: from outside, and from inside."""

from __future__ import annotations

import click

from shapedby.cli.database import standing
from shapedby.cli.plainly import run
from shapedby.settings import settings


@click.command()
@click.argument("source", required=False)
@click.option("--keep", type=click.Path(file_okay=False), help="Keep what was read in this folder.")
@click.option("--heads", type=click.Path(exists=True, dir_okay=False), help="A heads.jsonl that you kept earlier.")
@click.option("--receipt", type=click.Path(exists=True, dir_okay=False), help="The receipt of your own support.")
def verify(source: str | None, **files: str | None) -> None:
    """Recount all supports from the published log.

    SOURCE is a site's address, or a folder that --keep made; left out, it is this installation's site, which must be
    running. It is the program that the site offers as /verify/verify.py. Ends with 1 when something does not agree.
    """
    from shapedby.tally.verify import main

    given = [f"--{name}={file}" for name, file in files.items() if file]
    raise click.exceptions.Exit(main([source or settings().url, *given], click.echo))


@click.command()
def recount() -> None:
    """Compare each idea's count with its counted supports and with its leaves in the log; repair nothing.

    Ends with 1 when something does not agree.
    """
    wrong = run(_recount())
    if wrong:
        raise click.exceptions.Exit(1)


async def _recount() -> bool:
    from shapedby.ideas.actions.holding import recount as count
    from shapedby.ideas.actions.holding import sentence

    async with standing(settings()):
        counts, wrong = await count()
    for one in wrong:
        click.echo(sentence(one))
    leaves = f"the leaves say {counts.published}, and {counts.pending:+d} that wait"
    click.echo(f"{counts.ideas} ideas, {counts.counted} counted supports; {leaves}. Drift: {len(wrong)}.")
    return bool(wrong)
