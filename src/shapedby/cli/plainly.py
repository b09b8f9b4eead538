"""How commands speak: plain sentences for what can go wrong, a bar for what takes long."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Coroutine, Mapping
from importlib import import_module
from typing import Any, Self, TypeVar

import click

from shapedby.db import DatabaseGone, EmbeddedError, MigrationError
from shapedby.kernel import Missing, Refused
from shapedby.settings import SettingsError
from shapedby.web.language import SOURCE_LANGUAGE, tongues
from shapedby.web.words import has_sentence, sentence

T = TypeVar("T")

QUIET_SECONDS = 2.0
WIDTH = 40
_EXPECTED = (SettingsError, DatabaseGone, EmbeddedError, MigrationError)


class Plainly(click.Group):
    """A group whose commands end with one sentence and exit code 1, not with a traceback, for what is foreseen.

    ``commands_at`` says for each command's name where it is: "module of this package:function".
    """

    def __init__(self, *given: Any, commands_at: Mapping[str, str], **options: Any) -> None:  # noqa: ANN401 - click's own
        """Make the group; nothing is imported yet."""
        super().__init__(*given, **options)
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in their own order."""
        del ctx
        return list(self._commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command that was typed."""
        del ctx
        module, _, name = self._commands_at.get(cmd_name, "").partition(":")
        return getattr(import_module(f"shapedby.cli.{module}"), name) if name else None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except _EXPECTED as error:
            message = str(error) or type(error).__name__
            raise click.ClickException(message[0].upper() + message[1:]) from error
        except Refused as error:
            raise click.ClickException(_why(error)) from error
        except Missing as error:
            raise click.ClickException(str(error) or "There is no such thing.") from error


def _why(error: Refused) -> str:
    if not has_sentence(error.why):
        return f"Refused: {error.why}."
    from zoneinfo import ZoneInfo

    return sentence(tongues([SOURCE_LANGUAGE], ZoneInfo("UTC"))[SOURCE_LANGUAGE], error.why, error.facts)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work to its end."""
    return asyncio.run(work)


class Progress:
    """A bar on standard error, for people only, and only once something has taken two seconds."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._began = time.monotonic()
        self._shown = False

    def __call__(self, done: int, of: int) -> None:
        """Show how much is done; ``of`` is 0 where nobody knows how much there is."""
        if not sys.stderr.isatty() or time.monotonic() - self._began < QUIET_SECONDS:
            return
        self._shown = True
        filled = WIDTH * done // of if of else 0
        bar = f"[{'#' * filled}{'-' * (WIDTH - filled)}] {done}/{of}" if of else str(done)
        click.echo(f"\r{self._label} {bar}", err=True, nl=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._shown:
            click.echo(err=True)
