"""Work that no request waits for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from ground import Database

from shapedby import db, jobs
from shapedby.app import prepare
from shapedby.web.limits import Limit


async def test_what_has_ended_is_forgotten_and_what_lives_is_kept(pool: Database) -> None:
    ann = await pool.new_person()
    await pool.new_sign_in(ann)
    await db.run(
        "INSERT INTO sign_in (token_hash, person, csrf, ends_at) VALUES ('old', $1, 'x', now() - interval '1 s')", ann
    )
    await db.run(
        "INSERT INTO sign_in_mail (email, link_hash, code_hash, browser_hash, ends_at) VALUES "
        "('a@example.org', 'old', 'x', 'x', now() - interval '2 days'), ('a@example.org', 'new', 'x', 'x', now())"
    )
    await Limit("test", 1, timedelta(days=1)).reached("x")
    await db.run("INSERT INTO web_limit (key, since, times) VALUES ('old', now() - interval '3 days', 1)")
    await db.run(
        "INSERT INTO outgoing_mail (address, subject, text, html, language, kind, sent_at) VALUES "
        "('old@example.org', '', '', '', 'en', 'x', now() - interval '31 days'), "
        "('new@example.org', '', '', '', 'en', 'x', now())"
    )
    await jobs.housekeeping()
    assert await db.value("SELECT count(*) FROM sign_in") == 1
    assert await db.values("SELECT link_hash FROM sign_in_mail") == ["new"]
    assert await db.value("SELECT count(*) FROM web_limit WHERE key = 'old'") == 0
    assert await db.values("SELECT address FROM outgoing_mail") == ["new@example.org"]


async def test_the_jobs_of_a_server_start_and_stop_with_it(pool: Database) -> None:
    prepare(pool.settings)
    async with jobs.running(replace(pool.settings, jobs=True)):
        await asyncio.sleep(0.1)
        assert [task for task in asyncio.all_tasks() if task.get_name() == "jobs"]
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "jobs"]
    async with jobs.running(pool.settings):
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "jobs"]


async def test_trouble_of_one_job_is_waited_out_and_stops_no_other() -> None:
    calls: list[str] = []

    async def fails() -> None:
        calls.append("fails")
        raise db.DatabaseGone("for a moment")

    async def works() -> None:
        calls.append("works")

    both = asyncio.gather(jobs.repeat("a", fails, 0.01), jobs.repeat("b", works, 0.01))
    await asyncio.sleep(0.2)
    both.cancel()
    assert calls.count("works") >= 5
    assert 2 <= calls.count("fails") <= 6
