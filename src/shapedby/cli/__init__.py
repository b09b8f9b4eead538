"""The command line: ``shapedby``."""

from __future__ import annotations

import click

from shapedby.cli.plainly import Plainly


@click.group(
    cls=Plainly,
    # Each is imported when it is typed: looking at a text needs no database and no web server.
    commands_at={
        "serve": "serving:serve",
        "worker": "serving:worker",
        "migrate": "database:migrate",
        "demo": "showing:demo",
        "person": "people:person",
        "import": "importing:importing",
        "retention": "retention:retention",
        "spam": "spam:spam",
        "verify": "counting:verify",
        "recount": "counting:recount",
        "sanitise": "lines:sanitise",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="shapedby", prog_name="shapedby")
def main() -> None:
    """Shaped By: a council asks its residents for ideas, and builds the best of them with those residents.

    Settings come from environment variables, or from a TOML file named in SHAPEDBY_CONFIG; docs/run.md lists them.
    Commands end with 0 when all went well, 1 when something was refused or failed, 2 when they were typed wrongly.
    """


__all__ = ["main"]
