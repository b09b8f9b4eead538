"""``shapedby import``: what another platform exported."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from shapedby.challenges.queries import any_challenge
from shapedby.cli.database import standing
from shapedby.cli.exports import COMMENT_FIELDS, IDEA_FIELDS, Export, find_columns
from shapedby.cli.plainly import Progress, run
from shapedby.cli.taking_over import Report, Way, comments_into, examiner, ideas_into
from shapedby.ideas.actions.importing import Origin
from shapedby.settings import Settings, settings

Command = TypeVar("Command", bound=Callable[..., Any])

SHOWN = 20
MOST_ORIGIN = 40
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group("import")
def importing() -> None:
    """Take over ideas and comments from another platform.

    Everything is cleaned and screened like a resident's. Rows that are wrong are reported and the rest goes in;
    run it again as often as you like, nothing goes in twice.
    """


@dataclass(frozen=True, kw_only=True)
class Options:
    """What both commands can be told."""

    mapping: tuple[str, ...]
    language: str
    origin: str
    dry_run: bool
    report: Path | None


def _shared(command: Command) -> Command:
    for option in (
        click.option("--report", type=NEW_FILE, help="Write every refused row and its reason to this CSV file."),
        click.option("--dry-run", is_flag=True, help="Look at every row and change nothing."),
        click.option(
            "--origin",
            default="",
            help="A name for where it comes from: the same for ideas and their comments. By default it is made of the "
            "file's name.",
        ),
        click.option(
            "--language", default="", help="The language of the texts, such as es. By default the council's first."
        ),
        click.option(
            "--map",
            "mapping",
            multiple=True,
            metavar="FIELD=COLUMN",
            help="Which column is what, where the names do not say it. May be given many times.",
        ),
    ):
        command = option(command)
    return command


@importing.command()
@click.argument("file", type=FILE)
@click.option("--challenge", required=True, metavar="SLUG", help="The challenge that the ideas answer.")
@_shared
def ideas(file: Path, challenge: str, **given: Any) -> None:  # noqa: ANN401 - click hands over what was typed
    """Take over ideas: id, title, created and any of problem, proposal, beneficiaries, author, supports.

    Their supports there are shown beside ours, never added.
    """
    options = Options(**given)
    export = find_columns(file, IDEA_FIELDS, _pairs(options.mapping), ("id", "title", "created"))
    with Progress("Ideas") as progress:
        made = run(_ideas(export, challenge, options, progress))
    _say(made, "idea", "ideas", options)


@importing.command()
@click.argument("file", type=FILE)
@_shared
def comments(file: Path, **given: Any) -> None:  # noqa: ANN401 - as above
    """Take over the discussion of imported ideas: id, idea, text, created and any of replies_to, author.

    Replies to replies stand under the same comment: our discussions are one level deep.
    """
    options = Options(**given)
    export = find_columns(file, COMMENT_FIELDS, _pairs(options.mapping), ("id", "idea", "text", "created"))
    with Progress("Comments") as progress:
        made = run(_comments(export, options, progress))
    _say(made, "comment", "comments", options)


async def _ideas(export: Export, challenge: str, options: Options, progress: Progress) -> Report:
    using, origin = settings(), _origin(export, options)
    async with standing(using):
        found = await any_challenge(challenge)
        if found is None:
            message = f"There is no challenge “{challenge}”."
            raise click.ClickException(message)
        return await ideas_into(list(export.rows()), found.id, _way(using, origin, options, progress))


async def _comments(export: Export, options: Options, progress: Progress) -> Report:
    using, origin = settings(), _origin(export, options)
    async with standing(using):
        return await comments_into(list(export.rows()), _way(using, origin, options, progress))


def _way(using: Settings, origin: Origin, options: Options, progress: Progress) -> Way:
    return Way(origin, using.timezone, examiner(using.spam_weights), options.dry_run, progress)


def _pairs(mapping: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in mapping:
        name, equals, column = one.partition("=")
        if not equals:
            message = f"“{one}” is not FIELD=COLUMN."
            raise click.BadParameter(message)
        pairs[name.strip()] = column.strip()
    return pairs


def _origin(export: Export, options: Options) -> Origin:
    name = options.origin or re.sub(r"[-_ ](ideas|comments|proposals)$", "", export.path.stem)
    language = options.language or settings().languages[0]
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", language):
        message = f"“{language}” is no language code, such as es."
        raise click.BadParameter(message)
    if not name or len(name) > MOST_ORIGIN:
        message = f"Give it a name of at most {MOST_ORIGIN} characters with --origin."
        raise click.BadParameter(message)
    return Origin(name=name, language=language, format=export.format)


def _say(made: Report, one: str, many: str, options: Options) -> None:
    """Say what happened; ends with 1 where rows were refused."""
    total = sum(made.went_in.values())
    held = made.went_in["held"]
    verb = "would go in" if options.dry_run else "went in"
    click.echo(
        f"{total:,} {one if total == 1 else many} {verb}: {total - held:,} public, {held:,} waiting for a check."
    )
    if made.here_already:
        click.echo(f"{made.here_already:,} were here already.")
    if made.without_parent:
        click.echo(f"{made.without_parent:,} replied to something that is not here, and stand on the idea itself.")
    if options.report is not None:
        with options.report.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("line", "id", "reason"), *made.refused])
    if not made.refused:
        return
    click.echo(f"{len(made.refused):,} rows were refused:", err=True)
    for line, number, reason in made.refused[:SHOWN]:
        click.echo(f"  line {line}, {number or 'no id'}: {reason}", err=True)
    if len(made.refused) > SHOWN:
        where = (
            f"all of them are in {options.report}" if options.report else "write them all to a file with --report FILE"
        )
        click.echo(f"  … {where}", err=True)
    raise click.exceptions.Exit(1)
