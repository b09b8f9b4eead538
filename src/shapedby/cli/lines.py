"""``shapedby sanitise``: JSON lines in, JSON lines out."""

from __future__ import annotations

from collections.abc import Iterator

import click

from shapedby.cli.plainly import Progress
from shapedby.text import sanitise_lines

LINES = click.File("r", encoding="utf-8", errors="replace")


@click.command()
@click.argument("file", type=LINES, default="-")
def sanitise(file: click.utils.LazyFile) -> None:
    """Show what a page would make of texts.

    Reads JSON lines {"source": …, "format": "markdown" or "html"} from FILE or standard input, and writes
    {"html": …} for each in the same order; {"error": …} for a line that is wrong or too long.
    """
    out = click.get_text_stream("stdout", encoding="utf-8", errors="backslashreplace")
    with Progress("Lines") as progress:
        for number, line in enumerate(sanitise_lines(file), 1):
            out.write(line + "\n")
            progress(number, 0)
    out.flush()


def lines_of(file: click.utils.LazyFile) -> Iterator[str]:
    """Give the lines of a file that are not empty."""
    return (line for line in file if line.strip())
