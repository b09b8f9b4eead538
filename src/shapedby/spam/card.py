"""The model card, generated from runs: ``python -m shapedby.spam.card TEST OUT [--left-out WEIGHTS SOURCES TRAIN]``."""

from __future__ import annotations

import argparse
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from shapedby.spam.figures import Share, share
from shapedby.spam.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapedby.spam.artefact import Model
    from shapedby.spam.evaluate import Report


def left_out(model: Model, sources: Sequence[str], paths: Sequence[Path]) -> list[tuple[str, bool, Share]]:
    """Return (source, whether spam, share held) for sources that a model has never seen."""
    from shapedby.spam.fit import read
    from shapedby.spam.score import score

    counts: dict[tuple[str, bool], list[int]] = {}
    for example in (e for path in paths for e in read(path) if e.source in set(sources)):
        count = counts.setdefault((example.source, example.spam), [0, 0])
        count[0] += score(model, example.text).probability >= model.threshold
        count[1] += 1
    return [(source, spam, share(held, of)) for (source, spam), (held, of) in sorted(counts.items())]


def card(report: Report, strangers: Sequence[tuple[str, bool, Share]]) -> str:
    """Return the model card in Markdown: the written part, then the figures of this run."""
    steps = "\n".join(f"| {s.given:.2f} | {s.true:.2f} | {s.of} |" for s in report.steps)
    kinds = {True: "spam", False: "legitimate"}
    rows = [f"| {source} | {kinds[spam]} | {held} |" for source, spam, held in strangers]
    unseen = "\n".join(rows or ["| (not measured in this run) | | |"])
    words = (resources.files("shapedby.spam") / "written" / "card.md").read_text("utf-8")
    return (
        words.replace("[[figures]]", "```text\n" + render(report) + "```")
        .replace("[[reliability]]", "| probability given | share that was spam | texts |\n|---|---|---|\n" + steps)
        .replace(
            "[[left out]]",
            "| source | texts | held |\n|---|---|---|\n" + unseen,
        )
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure the shipped model and write its card."""
    from shapedby.spam.artefact import load
    from shapedby.spam.evaluate import evaluate

    parser = argparse.ArgumentParser(prog="shapedby.spam.card", description="Write the model card from a run.")
    parser.add_argument("test", type=Path, help="labelled JSON lines that nothing was learned from")
    parser.add_argument("out", type=Path, help="where the card goes")
    parser.add_argument(
        "--left-out",
        nargs=3,
        metavar=("WEIGHTS", "SOURCES", "TRAIN"),
        help="weights trained without these sources",
    )
    chosen = parser.parse_args(arguments)
    out: Path = chosen.out
    test: Path = chosen.test
    strangers = list[tuple[str, bool, Share]]()
    if chosen.left_out:
        weights, sources, train = (str(value) for value in chosen.left_out)
        strangers = left_out(load(Path(weights)), sources.split(","), [test, Path(train)])
    out.write_text(card(evaluate(load(), test), strangers), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
