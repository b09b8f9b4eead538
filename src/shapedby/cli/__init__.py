"""The command line: ``shapedby``."""

from __future__ import annotations

import click

from shapedby.cli.database import migrate
from shapedby.cli.importing import importing
from shapedby.cli.lines import sanitise
from shapedby.cli.people import person
from shapedby.cli.plainly import Plainly
from shapedby.cli.serving import serve, worker
from shapedby.cli.showing import demo
from shapedby.cli.spam import spam


@click.group(cls=Plainly, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="shapedby", prog_name="shapedby")
def main() -> None:
    """Shaped By: a council asks its residents for ideas, and builds the best of them with those residents.

    Settings come from environment variables, or from a TOML file named in SHAPEDBY_CONFIG; docs/run.md lists them.
    Commands end with 0 when all went well, 1 when something was refused or failed, 2 when they were typed wrongly.
    """


for _command in (serve, worker, migrate, demo, person, importing, spam, sanitise):
    main.add_command(_command)

__all__ = ["main"]
