"""``shapedby spam``: the classifier, from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from shapedby.cli.database import standing
from shapedby.cli.lines import LINES, lines_of, output
from shapedby.cli.plainly import Progress, run
from shapedby.settings import settings
from shapedby.spam.rules import HeadState

if TYPE_CHECKING:
    from shapedby.spam.artefact import Model
    from shapedby.spam.queries import Head

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
@click.option("--leave-out", multiple=True, metavar="SOURCE", help="Measure this source with weights that never saw it")
@click.option("--train", "train_file", type=EXISTING, help="What to learn from for --leave-out, once: minutes.")
def evaluate(file: Path, weights: Path | None, leave_out: tuple[str, ...], train_file: Path | None) -> None:
    """Measure the classifier on FILE, labelled JSON lines it has not learned from, beside what it must reach.

    With --leave-out and --train it also trains without these sources, all at once, keeps those weights, and says
    what they hold of the sources, and how well a hundred decisions teach each that has spam and legitimate texts.
    """
    from shapedby.spam.command import evaluate_file, evaluate_left_out

    if leave_out and train_file is None:
        raise click.BadParameter("name the file to learn from", param_hint="--train")
    click.echo(evaluate_file(file, _model(weights)))
    if leave_out and train_file is not None:
        cache = Path(click.get_app_dir("shapedby")) / "spam"
        with Progress("Training without them") as progress:
            click.echo(evaluate_left_out(file, train_file, leave_out, cache, progress))


@spam.command("learn")
def learn_decisions() -> None:
    """Learn from what this council's moderators decided. It is used where nothing gets worse, else it says why not."""
    from shapedby.spam.actions import LearningFailed

    try:
        head = run(_learn())
    except LearningFailed as error:
        message = f"Learning failed: {error}."
        raise click.ClickException(message) from error
    if head is None:
        raise click.ClickException("What was learned has vanished meanwhile.")
    click.echo(f"Version {head.version}, from {head.figures['decisions']} decisions: {head.state}.")
    for name, value in head.figures.items():
        click.echo(f"  {name.replace('_', ' '):20} {value if isinstance(value, int | dict) else f'{value:.3f}'}")
    if head.state is HeadState.REFUSED:
        click.echo(f"It is not used: {head.why}.")


async def _learn() -> Head | None:
    async with standing(settings()):
        from shapedby.moderation.actions.learning import learn

        return await learn(settings())


@spam.command("back")
def go_back() -> None:
    """Judge as before the last learning: with the version before it, or with the shipped weights alone."""
    if not run(_back()):
        raise click.ClickException("Nothing that was learned is in use: the shipped weights judge alone.")
    click.echo("Done. Servers that run notice it within a minute.")


async def _back() -> bool:
    async with standing(settings()):
        from shapedby.people.actions import record_act
        from shapedby.spam.actions import go_back as back

        done = await back(None)
        if done:
            await record_act(None, "spam-back", "spam", 0)
        return done
