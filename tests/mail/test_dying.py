"""The mail server goes away, or we do: nothing is lost, and nothing leaves twice."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from dataclasses import replace

import pytest
from ground import Database, environment_of, free_port
from post_office import PostOffice, state, write

from shapedby import db
from shapedby.mail.sender import PostOfficeClosed, drain
from shapedby.settings import Settings

_WORKER = """
import asyncio, logging
from shapedby import db
from shapedby.mail.sender import drain
from shapedby.settings import settings
async def work():
    async with db.serving(settings()):
        await drain(settings())
asyncio.run(work())
"""


async def test_a_server_that_is_down_for_hours_loses_nothing(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    for number in range(5):
        await write(f"patient{number}@example.org")
    down = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    for _hour in range(6):
        with pytest.raises(PostOfficeClosed):
            await drain(down)
        await db.run("UPDATE outgoing_mail SET queued_at = queued_at - interval '1 hour', due_at = now()")
    assert await drain(settings) == 5
    assert [len(office[0].to(f"patient{number}@example.org")) for number in range(5)] == [1] * 5


async def test_a_server_that_does_not_want_us_as_a_sender_gives_up_no_mail(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].refuse = {settings.mail_from: "550 we do not know you"}
    await write("pam@example.org")
    with pytest.raises(PostOfficeClosed):
        await drain(settings)
    row = await state(pool, "pam@example.org")
    assert (row["given_up_at"], row["handing_at"]) == (None, None)
    assert row["due_at"] > row["queued_at"]
    office[0].refuse = {}
    await db.run("UPDATE outgoing_mail SET due_at = now()")
    assert await drain(settings) == 1


async def test_a_server_that_goes_away_in_the_middle_gets_the_mail_again(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].hangs_up = True
    await write("quy@example.org")
    with pytest.raises(PostOfficeClosed):
        await drain(settings)
    assert (await state(pool, "quy@example.org"))["handing_at"] is None
    office[0].hangs_up = False
    await db.run("UPDATE outgoing_mail SET due_at = now()")
    assert await drain(settings) == 1
    assert len(office[0].to("quy@example.org")) == 1


async def test_a_mail_that_a_server_falls_over_does_not_keep_the_others_waiting(
    settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].refuse = {"poison@example.org": "421 I fall over"}
    await write("poison@example.org")
    await write("well@example.org")
    with suppress(PostOfficeClosed):
        await drain(settings)
    await drain(settings)
    office[0].refuse = {}
    assert len(office[0].to("well@example.org")) == 1


async def _killed(settings: Settings, office: PostOffice, where: asyncio.Event) -> None:
    """Start a worker, and kill it without a word when the mail server is at a place."""
    where.clear()
    environ = {**environment_of(settings), "SMTP_URL": settings.smtp_url or ""}
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", _WORKER, env=environ)
    try:
        await asyncio.wait_for(where.wait(), 30)
    finally:
        worker.kill()
        await worker.wait()
    office.slow = 0.0


async def test_a_worker_killed_while_it_hands_a_mail_over_sends_it_no_second_time(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].slow, office[0].loop = 1.0, asyncio.get_running_loop()
    await write("ula@example.org")
    await _killed(settings, office[0], office[0].at_data)
    await asyncio.sleep(1.2)
    assert len(office[0].to("ula@example.org")) == 1, "the server has it, and nobody knows that"
    assert await drain(settings) == 0
    await db.run("UPDATE outgoing_mail SET handing_at = handing_at - interval '1 hour', due_at = now()")
    assert await drain(settings) == 0
    assert len(office[0].to("ula@example.org")) == 1
    assert "may have arrived" in (await state(pool, "ula@example.org"))["trouble"]


async def test_a_worker_killed_before_it_hands_a_mail_over_leaves_it_to_the_next(
    settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].slow, office[0].loop = 1.0, asyncio.get_running_loop()
    await write("vic@example.org")
    await _killed(settings, office[0], office[0].at_receiver)
    await asyncio.sleep(0.2)
    assert await drain(settings) == 1
    assert len(office[0].to("vic@example.org")) == 1


async def test_a_worker_that_is_told_to_stop_ends_the_mail_it_is_at(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].slow, office[0].loop = 0.5, asyncio.get_running_loop()
    office[0].at_data.clear()
    await write("wim@example.org")
    working = asyncio.create_task(drain(settings))
    await asyncio.wait_for(office[0].at_data.wait(), 10)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    office[0].slow = 0.0
    assert (await state(pool, "wim@example.org"))["sent_at"] is not None
    assert len(office[0].to("wim@example.org")) == 1
