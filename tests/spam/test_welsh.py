"""Welsh, for which nobody has collected anything to learn from, is not held more often than English."""

from __future__ import annotations

from pathlib import Path

from shapedby.spam.artefact import load
from shapedby.spam.grammar import lines
from shapedby.spam.grammar import read as sections
from shapedby.spam.rules import Verdict
from shapedby.spam.score import score

HERE = Path(__file__).parent
WELSH = lines("welsh")


def english() -> list[str]:
    """Return the civic cases in English."""
    after = HERE.joinpath("cases.txt").read_text("utf-8").partition("= civic en\n")[2]
    return after.partition("\n= ")[0].splitlines()


def test_welsh_is_held_no_more_often_than_english_and_a_point() -> None:
    model = load()
    held = [[score(model, text).verdict is not Verdict.PUBLISH for text in texts] for texts in (WELSH, english())]
    welsh, saxon = (sum(some) / len(some) for some in held)
    assert welsh <= saxon + 0.01


def test_there_are_sixty_welsh_texts_that_were_not_learned_from() -> None:
    assert len(set(WELSH)) >= 60
    assert not set(WELSH) & set(sections("civic_other")["cy"])
