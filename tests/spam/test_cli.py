"""``shapedby spam`` as an administrator types it: measured, taught, and set back."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from deciding import campaign
from ground import Database, environment_of
from typing_commands import shapedby

from shapedby.spam.augment import Example, written

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    "civic text against advertising, recall at 0.1 %",
    "civic text against advertising, recall at 0.5 %",
    "civic text against advertising, recall at 1.0 %",
    "clean with one ordinary link, held",
    "worst loss to one disguise",
    "spam wrapped in genuine text, held",
    "spam with everything at once, held",
    "Welsh texts held",
    "expected calibration error",
    "one text on one core, p50",
    "one text on one core, p95",
    "weights",
)


@pytest.fixture(scope="module")
def given(database: Database) -> dict[str, str]:
    """Give the environment of a command that uses the module's database."""
    return environment_of(database.settings)


def source_of(example: Example) -> str:
    """Name a collection as if the text came from it."""
    if example.lang != "en":
        return "campaign"
    return "youtube_uci" if example.spam else "polis_open_data"


def labelled(path: Path, examples: list[Example]) -> Path:
    """Write texts as labelled JSON lines."""
    rows = [{"text": e.text, "label": int(e.spam), "lang": e.lang, "source": source_of(e)} for e in examples]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_evaluate_prints_every_figure_beside_what_it_must_reach(given: dict[str, str], tmp_path: Path) -> None:
    file = labelled(tmp_path / "test.jsonl", written(5)[::60])
    answer = shapedby("spam", "evaluate", str(file), given=given)
    assert answer.exit_code == 0, answer.stderr
    lines = answer.stdout.splitlines()
    for row in ROWS:
        found = [line for line in lines if line.startswith(row)]
        assert len(found) == 1, row
        assert found[0].endswith(("yes", "NO")), found
        assert " to " in found[0] or row == "weights", found


def test_evaluate_needs_something_to_learn_from_for_leaving_out(given: dict[str, str], tmp_path: Path) -> None:
    file = labelled(tmp_path / "test.jsonl", written(5)[::600])
    answer = shapedby("spam", "evaluate", str(file), "--leave-out", "campaign", given=given)
    assert (answer.exit_code, "--train" in answer.stderr) == (2, True)


@pytest.mark.slow
def test_evaluate_leaves_a_source_out_and_teaches_it_by_a_hundred_decisions(
    given: dict[str, str], tmp_path: Path
) -> None:
    ours = written(6)
    test, train = labelled(tmp_path / "test.jsonl", ours[::60]), labelled(tmp_path / "train.jsonl", ours[7::6])
    words = ("spam", "evaluate", str(test), "--train", str(train), "--leave-out", "campaign")
    answer = shapedby(*words, given=given | {"HOME": str(tmp_path)})
    assert answer.exit_code == 0, answer.stderr
    for part in ("campaign (spam)", "campaign (legitimate)", "after 100 decisions about campaign", "  F1"):
        assert part in answer.stdout, part


def test_learn_promotes_what_100_decisions_teach_and_back_takes_it_out_again(
    given: dict[str, str], database: Database
) -> None:
    few = shapedby("spam", "learn", given=given)
    assert few.exit_code == 1
    asyncio.run(campaign(database))
    learned = shapedby("spam", "learn", given=given)
    assert learned.exit_code == 0, learned.stderr
    assert "from 100 decisions: promoted." in learned.stdout
    assert "civic held" in learned.stdout
    back = shapedby("spam", "back", given=given)
    assert (back.exit_code, "Done." in back.stdout) == (0, True)
    again = shapedby("spam", "back", given=given)
    assert (again.exit_code, "the shipped weights judge alone" in again.stderr) == (1, True)
