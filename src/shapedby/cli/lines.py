"""``shapedby sanitise``: JSON lines in, JSON lines out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import TextIO

import click

from shapedby.cli.plainly import Progress
from shapedby.text import sanitise_lines

LINES = click.File("r", encoding="utf-8", errors="replace")


@click.command()
@click.argument("file", type=LINES, default="-")
def sanitise(file: TextIO) -> None:
    """Show what a page would make of texts.

    Reads JSON lines {"source": …, "format": "markdown" or "html"} from FILE or standard input, and writes
    {"html": …} for each in the same order; {"error": …} for a line that is wrong or too long.
    """
    out = output()
    with Progress("Lines") as progress:
        for number, line in enumerate(sanitise_lines(file), 1):
            out.write(line + "\n")
            progress(number, 0)
    out.flush()


def output() -> TextIO:
    """Give standard output as UTF-8, whatever the machine is set to; half characters are written as escapes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout


def lines_of(file: TextIO) -> Iterator[str]:
    """Give the lines of a file that are not empty."""
    return (line for line in file if line.strip())
