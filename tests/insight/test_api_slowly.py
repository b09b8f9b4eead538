"""Schemathesis asks the read API everything that its description allows, and much that it does not."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from answering import new_idea, new_question
from ground import free_port, serve, until_ready

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import NewDatabase

FEW = 10
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


async def asked_by_schemathesis(new_database: NewDatabase, folder: Path, examples: int) -> str:
    database = await new_database(PORT=str(free_port()))
    question = await new_question(database)
    for title in ("A walking bus", "Benches"):
        await new_idea(database, question, title=title)
    process = serve(database.settings)
    try:
        await until_ready(database.settings.url, process)
        command = [sys.executable, "-m", "schemathesis.cli"]
        address = f"{database.settings.url}/api/v1/openapi.json"
        options = ["--checks", CHECKS, "--max-examples", str(examples), "--no-color", "--seed", "7", "--workers", "1"]
        report = ["--report", "ndjson", "--report-dir", str(folder)]
        phases = [
            "--phases",
            "fuzzing" if examples < FEW else "examples,coverage,fuzzing",
            "--generation-database",
            "none",
        ]
        everything = [*command, "run", address, *options, *report, *phases]
        done = await asyncio.to_thread(
            subprocess.run, everything, capture_output=True, text=True, cwd=folder, check=False
        )
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def test_the_api_answers_as_it_says_it_does(new_database: NewDatabase, tmp_path: Path) -> None:
    assert "Loaded specification" in await asked_by_schemathesis(new_database, tmp_path, 2)


@pytest.mark.slow
async def test_the_api_answers_everything_as_it_says_it_does(new_database: NewDatabase, tmp_path: Path) -> None:
    assert "Loaded specification" in await asked_by_schemathesis(new_database, tmp_path, 200)
