from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import children
import pytest
from campaign import selling, talking

from shapedby.settings import read
from shapedby.spam import replay
from shapedby.spam.artefact import load
from shapedby.spam.fit_head import learn
from shapedby.spam.head import pack
from shapedby.spam.process import CHILD, LOADING_SECONDS, Classifier
from shapedby.spam.rules import Verdict
from shapedby.spam.trust import Label

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from pathlib import Path

PATIENCE = 8.0


@asynccontextmanager
async def running(command: Sequence[str], data: Path, *, loaded: bool = True) -> AsyncGenerator[Classifier]:
    classifier = Classifier(command)
    settings = read({"SHAPEDBY_DATA": str(data), "SHAPEDBY_SECRET": "x" * 40})
    async with classifier.running(settings):
        if loaded:
            await until(lambda: classifier.ready)
        yield classifier


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what we wait for happens in another process
            await asyncio.sleep(0.02)


async def timed(classifier: Classifier, text: str) -> tuple[object, float]:
    began = time.monotonic()
    return await classifier.ask(text), time.monotonic() - began


async def test_an_answer_carries_its_reasons(tmp_path: Path) -> None:
    async with running(children.GOOD, tmp_path) as classifier:
        ham, spam = await classifier.ask("hello"), await classifier.ask("hello spam")
        assert ham is not None
        assert spam is not None
        assert (ham.verdict, spam.verdict) == (Verdict.PUBLISH, Verdict.HOLD)
        assert (ham.reasons[0].shown, ham.reasons[0].start, ham.total) == ("hello", 0, -0.5)
        assert classifier.weights == "test-1"


async def test_many_questions_at_once_get_their_own_answers(tmp_path: Path) -> None:
    async with running(children.GOOD, tmp_path) as classifier:
        texts = [f"text {n} {'spam' * (n % 2)}" for n in range(60)]
        scores = await asyncio.gather(*map(classifier.ask, texts))
        held = [score is not None and score.verdict is Verdict.HOLD for score in scores]
        assert held == [n % 2 == 1 for n in range(60)]


@pytest.mark.parametrize(
    ("command", "trouble", "restarts"),
    [
        (children.SLEEPS, "sleep", True),
        (children.RAISES, "raise", False),
        (children.DIES, "die", True),
        (children.RAMBLES, "ramble", True),
        (children.LIES, "lie", True),
    ],
    ids=["late", "raising", "dying", "rambling", "lying"],
)
async def test_a_child_in_trouble_costs_half_a_second_and_is_replaced(
    *,
    command: Sequence[str],
    trouble: str,
    restarts: bool,
    tmp_path: Path,
) -> None:
    async with running(command, tmp_path) as classifier:
        assert await classifier.ask("hello") is not None
        answer, seconds = await timed(classifier, trouble)
        assert answer is None
        assert seconds < 1.0
        await until(lambda: classifier.ready and classifier.starts == 1 + restarts)
        assert await classifier.ask("hello again") is not None


@pytest.mark.parametrize("command", [children.CORRUPT, children.MISSING], ids=["corrupt", "missing"])
async def test_without_a_child_the_answer_is_none_at_once(command: Sequence[str], tmp_path: Path) -> None:
    async with running(command, tmp_path, loaded=False) as classifier:
        await until(lambda: classifier.starts >= 2)
        answer, seconds = await timed(classifier, "hello")
        assert answer is None
        assert seconds < 1.0
        assert not classifier.ready


async def test_a_child_that_keeps_failing_is_started_less_and_less_often(tmp_path: Path) -> None:
    async with running(children.CORRUPT, tmp_path, loaded=False) as classifier:
        await asyncio.sleep(1.5)
        assert classifier.starts <= 4


async def test_while_it_loads_the_question_waits(tmp_path: Path) -> None:
    async with running(children.SLOW_TO_LOAD, tmp_path, loaded=False) as classifier:
        answer, seconds = await timed(classifier, "hello")
        assert answer is not None
        assert 0.5 < seconds < LOADING_SECONDS


@pytest.mark.slow
async def test_what_never_loads_is_waited_for_ten_seconds(tmp_path: Path) -> None:
    async with running(children.NEVER_LOADS, tmp_path, loaded=False) as classifier:
        answer, seconds = await timed(classifier, "hello")
        assert answer is None
        assert LOADING_SECONDS - 1 < seconds < LOADING_SECONDS + 1


async def test_killed_from_outside_it_comes_back(tmp_path: Path) -> None:
    async with running(children.GOOD, tmp_path) as classifier:
        assert await classifier.ask("hello") is not None
        child = classifier._child
        assert child is not None
        assert child.process is not None
        os.kill(child.process.pid, signal.SIGKILL)
        await until(lambda: classifier.starts == 2 and classifier.ready)
        assert await classifier.ask("hello") is not None


async def test_it_ends_with_the_server_and_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHAPEDBY_SECRET", "do-not-tell")
    telling = children.child("good(asked, 0.9 if os.environ.get('SHAPEDBY_SECRET') else 0.1)")
    async with running(telling, tmp_path) as classifier:
        score = await classifier.ask("hello")
        assert score is not None
        assert score.verdict is Verdict.PUBLISH
        child = classifier._child
        assert child is not None
    assert child.process is not None
    assert child.process.returncode is not None
    assert await classifier.ask("hello") is None


async def test_a_line_without_end_is_no_answer(tmp_path: Path) -> None:
    async with running(children.TALKATIVE, tmp_path) as classifier:
        await classifier.ask("hello")
        await until(lambda: classifier.starts >= 2)


def taught() -> bytes:
    """Give a head that a hundred decisions about a campaign taught."""
    model = load()
    texts = [(text, True) for text in selling(50)] + [(text, False) for text in talking(50)]
    labels = [Label(text, spam, 100 + n, 1) for n, (text, spam) in enumerate(texts)]
    return pack(learn(model, replay.load(model.digest), labels).head)


async def test_a_head_changes_what_the_real_child_says_and_taking_it_off_changes_it_back(tmp_path: Path) -> None:
    advert = selling(1, seed=31)[0]
    async with running(CHILD, tmp_path) as classifier:
        before = await classifier.ask(advert)
        classifier.wear(7, taught())
        worn = await classifier.ask(advert)
        assert before is not None
        assert worn is not None
        assert worn.total > before.total + 1
        assert worn.verdict is Verdict.HOLD
        assert classifier.weights == f"{load().digest[:12]}+7"
        child = classifier._child
        assert child is not None
        assert child.process is not None
        os.kill(child.process.pid, signal.SIGKILL)
        await until(lambda: classifier.starts == 2 and classifier.ready)
        assert await classifier.ask(advert) == worn, "the next child wears the same head"
        classifier.wear(0, b"")
        assert await classifier.ask(advert) == before
