"""The model card: ``python -m shapedby.spam.card TEST OUT [--train TRAIN --leave-out SOURCES]…``."""

from __future__ import annotations

import argparse
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, cast

from shapedby.spam.command import evaluate_left_out
from shapedby.spam.render import render

if TYPE_CHECKING:
    from shapedby.spam.evaluate import Report
    from shapedby.spam.figures import Step

WIDE = 40
CURVE = "| probability given | share that was spam | texts | 0 to 1: ● was spam, │ given |\n|---|---|---|---|\n"


def card(report: Report, unseen: str) -> str:
    """Return the model card in Markdown: the written part, then the figures of this run."""
    steps = "\n".join(f"| {s.given:.2f} | {s.true:.2f} | {s.of} | {_curve(s)} |" for s in report.steps)
    words = (resources.files("shapedby.spam") / "written" / "card.md").read_text("utf-8")
    return (
        words.replace("[[figures]]", "```text\n" + render(report) + "```")
        .replace("[[reliability]]", CURVE + steps)
        .replace("[[left out]]", "```text\n" + (unseen or "(not measured in this run)\n") + "```")
    )


def _curve(step: Step) -> str:
    """Draw one step of the reliability curve: a dot for the share that was spam, a bar where it should be."""
    given, true = round(step.given * WIDE), round(step.true * WIDE)
    drawn = ["·"] * (WIDE + 1)
    drawn[given], drawn[true] = "│", "●"
    return f"`{''.join(drawn)}`"


def _say_nothing(_done: int, _of: int) -> None:
    """Report progress to nobody."""


def main(arguments: list[str] | None = None) -> int:
    """Measure the shipped model and write its card."""
    from shapedby.spam.artefact import load
    from shapedby.spam.evaluate import evaluate

    parser = argparse.ArgumentParser(prog="shapedby.spam.card", description="Write the model card from a run.")
    parser.add_argument("test", type=Path, help="labelled JSON lines that nothing was learned from")
    parser.add_argument("out", type=Path, help="where the card goes")
    parser.add_argument("--train", type=Path, help="what to learn from for --leave-out")
    parser.add_argument("--leave-out", action="append", default=[], help="sources to leave out, with commas")
    parser.add_argument("--cache", type=Path, default=Path("build"), help="where weights without sources are kept")
    chosen = parser.parse_args(arguments)
    out, test, train = cast("tuple[Path, Path, Path | None]", (chosen.out, chosen.test, chosen.train))
    groups = [str(group).split(",") for group in chosen.leave_out] if train else []
    unseen = [evaluate_left_out(test, train, group, chosen.cache, _say_nothing) for group in groups if train]
    out.write_text(card(evaluate(load(), test), "\n".join(unseen)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
