"""``shapedby spam``: the classifier, from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from shapedby.cli.lines import LINES, lines_of, output
from shapedby.cli.plainly import Progress
from shapedby.settings import settings

if TYPE_CHECKING:
    from shapedby.spam.artefact import Model

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
WEIGHTS = click.option("--weights", type=EXISTING, help="Other weights than those shipped or set.")


@click.group()
def spam() -> None:
    """Ask, train and measure the classifier that looks at texts before others see them."""


def _model(weights: Path | None) -> Model:
    from shapedby.spam.artefact import ModelBroken, load

    try:
        return load(weights or settings().spam_weights)
    except ModelBroken as error:
        raise click.ClickException(str(error)) from error


@spam.command()
@click.argument("file", type=LINES, default="-")
@WEIGHTS
def check(file: TextIO, weights: Path | None) -> None:
    """Judge texts.

    Reads JSON lines {"text": …} from FILE or standard input, and writes {"probability": 0 to 1, "verdict": "publish"
    or "hold", "reasons": […]} for each in the same order; {"line": …, "error": …} for a line that is wrong.
    Ends with 1 when a line was wrong.
    """
    from shapedby.spam.command import check_lines

    out = output()
    wrong = 0
    with Progress("Texts") as progress:
        for number, answer in enumerate(check_lines(lines_of(file), _model(weights)), 1):
            wrong += "error" in answer
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            progress(number, 0)
    out.flush()
    if wrong:
        raise click.exceptions.Exit(1)


@spam.command()
@click.argument("file", type=EXISTING)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the weights.")
def train(file: Path, out: Path | None) -> None:
    """Learn from FILE, labelled JSON lines {"text": …, "label": 0 or 1, …}, and write the weights.

    Without --out they replace those shipped in this checkout.
    """
    from shapedby.spam.artefact import SHIPPED
    from shapedby.spam.fit import train as learn

    target = out or SHIPPED
    target.parent.mkdir(parents=True, exist_ok=True)
    with Progress("Training") as progress:
        report = learn(file, target, progress)
    click.echo(f"{report.real} texts, {report.changed} changed, {report.written} written by us; {report.size} bytes.")
    click.echo(f"Held from {report.threshold:.3f}. Weights {report.digest[:12]} in {target}")


@spam.command()
@click.argument("file", type=EXISTING)
@WEIGHTS
def evaluate(file: Path, weights: Path | None) -> None:
    """Measure the classifier on FILE, labelled JSON lines it has not learned from."""
    from shapedby.spam.command import evaluate_file

    click.echo(evaluate_file(file, _model(weights)))
