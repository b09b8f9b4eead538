"""Cases written by hand: what residents write must pass, what sells must wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapedby.spam.artefact import Model, load
from shapedby.spam.rules import Verdict
from shapedby.spam.score import score


def read() -> list[tuple[str, str, str]]:
    """Return (kind, language, text) of every case."""
    kind = language = ""
    cases = list[tuple[str, str, str]]()
    for line in (Path(__file__).parent / "cases.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            _, kind, language = line.split()
        elif line:
            cases.append((kind, language, line))
    return cases


CASES = read()


@pytest.fixture(scope="module")
def model() -> Model:
    """Load the model that ships."""
    return load()


@pytest.mark.parametrize("text", [text for kind, _, text in CASES if kind == "civic"])
def test_what_residents_write_is_not_held(model: Model, text: str) -> None:
    result = score(model, text)
    assert result.verdict is Verdict.PUBLISH, result


@pytest.mark.parametrize("text", [text for kind, _, text in CASES if kind == "spam"])
def test_what_sells_is_held(model: Model, text: str) -> None:
    result = score(model, text)
    assert result.verdict is Verdict.HOLD, result


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "cy"])
def test_there_are_enough_cases_in_each_language(language: str) -> None:
    assert sum(kind == "civic" and lang == language for kind, lang, _ in CASES) >= 15


def test_no_case_is_a_text_of_training() -> None:
    from shapedby.spam.grammar import read as sections

    templates = sections("civic_en", "civic_other", "spam_en", "spam_other")
    lines = {line for name in templates for line in templates[name] if " " in line}
    assert not lines & {text for _, _, text in CASES}
