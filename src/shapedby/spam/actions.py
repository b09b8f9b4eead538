"""Promoting a council's head, taking it back, and letting every process know within a minute."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from shapedby import db
from shapedby.settings import Settings
from shapedby.spam import queries
from shapedby.spam.process import SECRETS, classifier
from shapedby.spam.rules import HeadState
from shapedby.spam.trust import Label

log = logging.getLogger(__name__)

LOOK_SECONDS = 20.0
LEARN_SECONDS = 300.0
LEARNER = (sys.executable, "-m", "shapedby.spam.learner")


class LearningFailed(Exception):  # noqa: N818  the name that its callers know
    """The process that learns ended without an answer; the message says how."""


async def learn(labels: Sequence[Label], settings: Settings) -> queries.Head | None:
    """Fit a head to decisions, and use it where nothing got worse; gives it, or None where it vanished meanwhile.

    The fitting takes seconds in a process of its own. Raises ``LearningFailed``.
    """
    answer = await _fitted(labels, settings)
    refused = str(answer["refused"])
    async with db.transaction():
        await queries.lock()
        if not refused:
            await queries.retire(HeadState.REPLACED, None)
        state = HeadState.REFUSED if refused else HeadState.PROMOTED
        head = base64.b64decode(answer["head"])
        version = await queries.insert(str(answer["base"]), head, answer["figures"], state, refused)
    await catch_up()
    return next((kept for kept in await queries.heads() if kept.version == version), None)


async def go_back(by: int | None) -> bool:
    """Take the head in use out of use, and use the one before it, or none; False where none was in use."""
    async with db.transaction():
        await queries.lock()
        had = bool(await queries.retire(HeadState.ROLLED_BACK, by))
        if had:
            await queries.restore()
    await catch_up()
    return had


async def catch_up() -> None:
    """Give this process's classifier the head in use, where it wears another."""
    version = await queries.promoted_version()
    if version != classifier.head_version:
        classifier.wear(version, await queries.weights_of(version) if version else b"")


@asynccontextmanager
async def following() -> AsyncIterator[None]:
    """Look every few seconds whether another head is in use, while what is inside runs."""
    task = asyncio.create_task(_follow(), name="the council's head")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _follow() -> None:
    while True:
        try:
            await catch_up()
        except Exception as error:  # noqa: BLE001  the shipped model judges on, whatever is wrong with the database
            log.warning("which head is in use could not be read (%s)", type(error).__name__)
        await asyncio.sleep(LOOK_SECONDS)


async def _fitted(labels: Sequence[Label], settings: Settings) -> dict[str, Any]:
    weights = ("--weights", str(settings.spam_weights)) if settings.spam_weights is not None else ()
    environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
    process = await asyncio.create_subprocess_exec(
        *LEARNER, *weights, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment
    )
    asked = json.dumps([asdict(label) for label in labels]).encode()
    try:
        async with asyncio.timeout(LEARN_SECONDS):
            said, _ = await process.communicate(asked)
    except TimeoutError as error:
        raise LearningFailed("it took too long") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode or not said:
        message = f"it ended with {process.returncode}"
        raise LearningFailed(message)
    return json.loads(said)
