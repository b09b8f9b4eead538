"""The screening process answers each line in order, whatever the line, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from shapedby.spam.artefact import load
from shapedby.spam.child import BROKEN


def run(lines: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the process on lines until it ends."""
    command = [sys.executable, "-m", "shapedby.spam.child", *arguments]
    return subprocess.run(
        command, input="".join(f"{line}\n" for line in lines), capture_output=True, text=True, timeout=60, check=False
    )


def answers(lines: list[str]) -> list[dict[str, Any]]:
    """Return what the process said, its greeting first."""
    done = run(lines)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_says_when_it_is_ready_and_ends_with_its_input() -> None:
    assert answers([]) == [{"ready": True, "weights": load().digest[:12]}]


def test_it_answers_in_order_with_verdict_and_reasons() -> None:
    asked = [
        {"id": 7, "text": "Buy cheap viagra online https://pills.example.com"},
        {"id": "x", "text": "More benches, please"},
    ]
    _, bad, good = answers([json.dumps(a) for a in asked])
    assert (bad["id"], bad["verdict"]) == (7, "hold")
    assert (good["id"], good["verdict"]) == ("x", "publish")
    assert set(good) == {"id", "probability", "verdict", "threshold", "reasons"}
    assert all(len(reason) == 5 for reason in bad["reasons"])


def test_a_line_that_cannot_be_scored_gets_an_error_and_the_next_its_answer() -> None:
    lines = ["nonsense", "[]", '{"id": 3}', '{"id": 4, "text": 5}', "", json.dumps({"id": 6, "text": "Hello\ud800\n"})]
    said = answers(lines)[1:]
    assert ["error" in a for a in said] == [True, True, True, True, True, False]
    assert [a["id"] for a in said] == [None, None, 3, 4, None, 6]


def test_broken_weights_end_it_before_it_is_ready(tmp_path: Path) -> None:
    done = run(['{"id": 1, "text": "x"}'], "--weights", str(tmp_path / "none.bin"))
    assert done.returncode == BROKEN
    assert done.stdout == ""
    assert "cannot be read" in done.stderr


def test_web_processes_import_the_package_without_its_libraries() -> None:
    code = (
        "import sys, pkgutil, importlib, shapedby.spam as s\n"
        "for m in pkgutil.iter_modules(s.__path__): importlib.import_module('shapedby.spam.' + m.name)\n"
        "print([m for m in ('numpy', 'scipy', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_scoring_never_imports_sklearn() -> None:
    code = (
        "import sys\nfrom shapedby.spam.artefact import load\nfrom shapedby.spam.score import score\n"
        "score(load(), 'x')\nprint('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
