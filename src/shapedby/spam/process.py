"""The classifier as web processes see it: a child process that is asked, timed, and replaced when it fails.

Importing sklearn takes seconds and a thread cannot be killed, so the model lives in a process of its own. Whatever
goes wrong with it, the answer is None, and the text waits for a person.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
import os
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from shapedby.spam.rules import Reason, Score, Verdict

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from shapedby.settings import Settings

log = logging.getLogger(__name__)

ANSWER_SECONDS = 0.5
LOADING_SECONDS = 10.0
LOST_SECONDS = 60.0
"""A child that has not loaded by now never will."""
GRACE_SECONDS = 0.02
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0
MOST_LINE = 1024 * 1024
CHILD = (sys.executable, "-m", "shapedby.spam.child")
SECRETS = frozenset({"DATABASE_URL", "MIGRATE_DATABASE_URL", "SHAPEDBY_SECRET", "SMTP_URL"})


class _Child:
    """One child process: its questions under way, whether its model is loaded, and the council's head it wears."""

    def __init__(self, head: bytes) -> None:
        self.head = head
        self.process: Process | None = None
        self.loaded = asyncio.Event()
        self.weights = ""
        self.answers = 0
        self.waiting: dict[int, asyncio.Future[Score | None]] = {}

    async def read(self) -> None:
        """Hand out answers until the child ends; a line that makes no sense ends it."""
        output = self.process.stdout if self.process else None
        while output is not None and (line := await output.readline()):
            answer = json.loads(line)
            if answer.get("ready"):
                self.weights = str(answer.get("weights", ""))
                if self.head:
                    self.tell(self.head)
                self.loaded.set()
                continue
            future = self.waiting.pop(answer["id"], None)
            self.answers += 1
            if future is not None and not future.done():
                future.set_result(_score(answer))

    async def ask(self, number: int, text: str) -> Score | None:
        """Put a question and wait for its answer; raises ``TimeoutError`` when it is late."""
        stdin = self.process.stdin if self.process else None
        if stdin is None:
            return None
        future = self.waiting[number] = asyncio.get_running_loop().create_future()
        try:
            stdin.write(json.dumps({"id": number, "text": text}).encode() + b"\n")
            async with asyncio.timeout(ANSWER_SECONDS):
                await stdin.drain()
                await asyncio.wait({future})
        except TimeoutError:
            # Perhaps it was this process that was slow: an answer that lies in the pipe counts.
            await asyncio.wait({future}, timeout=GRACE_SECONDS)
            if not future.done():
                raise
        finally:
            self.waiting.pop(number, None)
        return future.result()

    def tell(self, head: bytes) -> None:
        """Give the child a council's head, for every text after it."""
        stdin = self.process.stdin if self.process else None
        if stdin is not None and not stdin.is_closing():
            stdin.write(b'{"head": "' + base64.b64encode(head) + b'"}\n')

    def kill(self) -> None:
        """End the child at once; whoever waits for it is told that there is no answer."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        for future in self.waiting.values():
            if not future.done():
                future.set_result(None)
        self.waiting.clear()
        self.loaded.set()  # who waits for the model need not wait longer


def _score(answer: dict[str, Any]) -> Score | None:
    """Read one answer; None where the child says that it could not."""
    if "error" in answer:
        log.warning("the classifier could not read a text: %s", answer["error"])
        return None
    probability = float(answer["probability"])
    if not 0.0 <= probability <= 1.0:
        message = "a probability is between 0 and 1"
        raise ValueError(message)
    reasons = tuple(Reason(*parts) for parts in answer["reasons"])
    total = sum(reason.weight for reason in reasons)
    return Score(probability, Verdict(answer["verdict"]), float(answer["threshold"]), reasons, total)


class Classifier:
    """Keeps one child running and asks it; ``command`` starts the child."""

    def __init__(self, command: Sequence[str] = CHILD) -> None:
        self._command = command
        self._child: _Child | None = None
        self._asked = 0
        self.starts = 0
        self.head_version = 0
        self._head = b""

    @property
    def weights(self) -> str:
        """Which weights the running child has loaded, and which head of this council; empty where none runs."""
        weights = self._child.weights if self._child else ""
        return f"{weights}+{self.head_version}" if weights and self._head else weights

    def wear(self, version: int, head: bytes) -> None:
        """Judge all texts from now on with a council's head; with none where it is empty."""
        self.head_version, self._head = version, head
        if self._child is not None:
            self._child.head = head
            if self._child.loaded.is_set():
                self._child.tell(head)

    @property
    def ready(self) -> bool:
        """Whether a child runs with its model loaded."""
        return self._child is not None and self._child.loaded.is_set()

    @asynccontextmanager
    async def running(self, settings: Settings) -> AsyncGenerator[None]:
        """Keep a child running while what is inside runs, and end it afterwards."""
        keeper = asyncio.create_task(self._keep(settings))
        await asyncio.sleep(0)  # from here on there is a child, if only one that loads
        try:
            yield
        finally:
            keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeper

    async def ask(self, text: str) -> Score | None:
        """Judge a text; None where the child is missing, broken or late: then a person must look.

        Waits half a second at most once the model is loaded, ten seconds while it loads.
        """
        child = self._child
        if child is None:
            return None
        try:
            async with asyncio.timeout(LOADING_SECONDS):
                await child.loaded.wait()
        except TimeoutError:
            return None
        if child is not self._child:
            return None
        self._asked += 1
        try:
            return await child.ask(self._asked, text)
        except (TimeoutError, OSError) as error:
            log.warning("the classifier did not answer (%s) and is started again", type(error).__name__)
            child.kill()
            return None

    async def _keep(self, settings: Settings) -> None:
        """Start a child, and another when it ends, waiting longer while they keep failing."""
        wait = FIRST_WAIT
        while True:
            try:
                useful = await self._run_one(settings)
            except OSError:
                log.exception("the classifier could not be started")
                useful = False
            # One that worked until now is replaced at once; each that never did makes the next wait longer.
            wait = FIRST_WAIT if useful else min(wait * 2, LONGEST_WAIT)
            log.warning("the classifier ended; the next one starts %s", "now" if useful else f"in {wait:.1f} s")
            await asyncio.sleep(0 if useful else wait)

    async def _run_one(self, settings: Settings) -> bool:
        """Run one child to its end; gives whether it ever answered anything."""
        child = self._child = _Child(self._head)
        tasks: list[asyncio.Task[object]] = []
        try:
            child.process = await self._start(settings)
            reader, loading = asyncio.create_task(child.read()), asyncio.create_task(child.loaded.wait())
            tasks += [reader, loading]
            await asyncio.wait({reader, loading}, timeout=LOST_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if loading.done():
                await asyncio.wait({reader})
            if reader.done() and (fault := reader.exception()):
                log.warning("the classifier said something that makes no sense (%s)", type(fault).__name__)
        finally:
            self._child = None
            child.kill()
            for task in tasks:
                task.cancel()
            if child.process is not None:
                await child.process.wait()
        return child.answers > 0

    async def _start(self, settings: Settings) -> Process:
        self.starts += 1
        environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
        weights = ("--weights", str(settings.spam_weights)) if settings.spam_weights is not None else ()
        return await asyncio.create_subprocess_exec(
            *self._command,
            *weights,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=MOST_LINE,
            env=environment,
            # Not in our process group: Ctrl-C ends the server, and the server ends its child.
            start_new_session=True,
        )


classifier = Classifier()
"""The classifier of this process."""
