"""From what people are to be told to mails: at once, gathered, or not at all; nothing lost and nothing twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ground import Database
from hearing import HIDDEN, anything_can_be_followed, mails, nothing_is_told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shapedby import db
from shapedby.app import prepare
from shapedby.notices.actions import About, How, Kind, choose, deliver, follow, forget, start_again, stop, tell_all
from shapedby.notices.actions.telling import tell_each
from shapedby.notices.queries import choices, kept_of
from shapedby.notices.rules import DIGEST

MONDAY = datetime(2031, 3, 3, 12, tzinfo=UTC)
NEWS = {"kind": "shortlisted", "reason": {"en": "It is cheap.\nAnd it works.", "es": "Es barato."}}


@pytest.fixture(autouse=True)
async def quiet(pool: Database) -> None:
    """Begin without anything to tell."""
    prepare(pool.settings)
    anything_can_be_followed()
    await nothing_is_told()


async def person(pool: Database, mark: str, **columns: Any) -> int:
    """Write somebody with an address made of a mark."""
    await pool.ask("DELETE FROM person WHERE email = $1", f"{mark}@example.org")
    return await pool.new_person(email=f"{mark}@example.org", **columns)


async def happens(people: dict[int, Kind], number: int = 1, once: str | None = None) -> int:
    """Let an idea be put on the shortlist, and these people be told."""
    return await tell_each(people, "shortlist/answer", NEWS, about=(About.IDEA, number), once=once)


async def test_one_mail_each_with_text_html_and_a_way_to_stop_it(pool: Database) -> None:
    ann, rosa = await person(pool, "ann", language="en"), await person(pool, "rosa", language="es")
    assert await happens({ann: Kind.MY_IDEAS, rosa: Kind.FOLLOWED}, once="r1") == 2
    assert await happens({ann: Kind.FOLLOWED, rosa: Kind.FOLLOWED}, once="r1") == 0
    assert await deliver() == 2
    assert await deliver() == 0
    (mail,) = await mails(pool, "ann@example.org")
    assert mail["subject"] == "“Thing 1” is on the shortlist"
    for part in (mail["text"], mail["html"]):
        assert "It is cheap." in part
        assert mail["stop"] in part
        assert f"{pool.settings.url}/account/notices" in part
    assert '<html lang="en">' in mail["html"]
    assert "because the idea is yours" in mail["text"]
    (mail,) = await mails(pool, "rosa@example.org")
    assert '<html lang="es">' in mail["html"]
    assert "Es barato." in mail["text"]


async def test_each_has_an_address_of_their_own_to_stop_it(pool: Database) -> None:
    people = {await person(pool, f"many{number}"): Kind.FOLLOWED for number in range(5)}
    await happens(people)
    await deliver()
    stops = {(await mails(pool, f"many{number}@example.org"))[0]["stop"] for number in range(5)}
    assert len(stops) == 5
    assert all(stop.startswith(f"{pool.settings.url}/stop/") for stop in stops)


async def test_news_are_gathered_into_one_mail_of_the_morning(pool: Database) -> None:
    bea = await person(pool, "bea")
    await choose(bea, {Kind.FOLLOWED: How.DAILY})
    for number in (1, 2, 3):
        await happens({bea: Kind.FOLLOWED}, number)
    now = await db.value("SELECT now()")
    assert await deliver(now) == 0
    assert await deliver(now + timedelta(days=1)) == 1
    (mail,) = await mails(pool, "bea@example.org")
    assert mail["subject"] == "“Thing 1” is on the shortlist, and 2 more"
    for part in (mail["text"], mail["html"]):
        assert [part.count(f"Thing {number}") >= 1 for number in (1, 2, 3)] == [True] * 3
        assert part.count("And it works.") == 3
        assert part.count("Ideas I follow") == 1
    assert mail["html"].count("<h1") == 1
    assert mail["html"].count("<html") == 1
    assert mail["kind"] == DIGEST


async def test_whoever_wants_nothing_of_a_kind_gets_nothing_of_it_and_all_else(pool: Database) -> None:
    cem = await person(pool, "cem")
    await choose(cem, {Kind.FOLLOWED: How.NEVER})
    await happens({cem: Kind.FOLLOWED}, 1)
    await happens({cem: Kind.MY_IDEAS}, 2)
    await deliver()
    assert [mail["subject"] for mail in await mails(pool, "cem@example.org")] == ["“Thing 2” is on the shortlist"]


async def test_what_waits_follows_a_new_choice(pool: Database) -> None:
    dee = await person(pool, "dee")
    await choose(dee, {Kind.FOLLOWED: How.WEEKLY})
    await happens({dee: Kind.FOLLOWED})
    assert await deliver() == 0
    await choose(dee, {Kind.FOLLOWED: How.AT_ONCE})
    assert await deliver() == 1


async def test_what_is_hidden_by_now_is_told_to_nobody(pool: Database) -> None:
    eve = await person(pool, "eve")
    await happens({eve: Kind.FOLLOWED}, HIDDEN)
    assert await deliver() == 0
    assert await db.value("SELECT mailed FROM notice_delivery") == "never"


async def test_who_left_and_who_has_no_address_are_told_nothing(pool: Database) -> None:
    gone, none = await person(pool, "gone"), await pool.new_person(email=None)
    await happens({gone: Kind.FOLLOWED, none: Kind.FOLLOWED})
    await db.run("UPDATE person SET left_at = now(), email = NULL WHERE id = $1", gone)
    assert await deliver() == 0


async def test_stopping_a_kind_from_its_mail_can_be_undone(pool: Database) -> None:
    fay = await person(pool, "fay")
    await choose(fay, {Kind.NEWS: How.WEEKLY, Kind.REPLIES: How.NEVER})
    assert await stop(fay, Kind.NEWS) == 1
    assert await stop(fay, Kind.NEWS) == 0
    assert (await choices(fay))[Kind.NEWS] is How.NEVER
    await start_again(fay, Kind.NEWS)
    assert (await choices(fay))[Kind.NEWS] is How.WEEKLY
    before = await choices(fay)
    await stop(fay, DIGEST)
    assert {how for how in (await choices(fay)).values() if how is not How.NEVER} == {How.AT_ONCE}
    await start_again(fay, DIGEST)
    assert await choices(fay) == before


async def test_everybody_who_hears_of_a_thing_is_told_but_who_did_it(pool: Database) -> None:
    gus, hal = await person(pool, "gus"), await person(pool, "hal")
    await follow(gus, About.IDEA, 7)
    await follow(hal, About.IDEA, 7)
    await follow(hal, About.IDEA, 7)
    assert await tell_all(About.IDEA, 7, "shortlist/answer", NEWS, once="x", but=gus) == 1


async def test_who_leaves_leaves_nothing_here(pool: Database) -> None:
    ida = await person(pool, "ida")
    await follow(ida, About.IDEA, 7)
    await choose(ida, {Kind.NEWS: How.NEVER})
    await happens({ida: Kind.FOLLOWED})
    kept = await kept_of(ida)
    assert (len(kept.follows), len(kept.choices), len(kept.told)) == (1, 1, 1)
    await forget(ida)
    kept = await kept_of(ida)
    assert (kept.follows, kept.choices, kept.told) == ([], [], [])


async def test_many_workers_at_once_tell_each_once(pool: Database) -> None:
    people = {await person(pool, f"w{number}"): Kind.FOLLOWED for number in range(40)}
    late = await person(pool, "late")
    await choose(late, {Kind.FOLLOWED: How.DAILY})
    for number in range(3):
        await happens({**people, late: Kind.FOLLOWED}, number)
    now = await db.value("SELECT now()")
    await asyncio.gather(*(deliver(now) for _ in range(4)))
    await asyncio.gather(*(deliver(now + timedelta(days=2)) for _ in range(4)))
    assert await db.value("SELECT count(*) FROM outgoing_mail WHERE address LIKE 'w%'") == 120
    assert len(await mails(pool, "late@example.org")) == 1


IN_TIME = st.sampled_from([How.AT_ONCE, How.DAILY, How.WEEKLY])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("news"), st.integers(1, 40), st.sampled_from(list(Kind))),
        st.tuples(st.just("wait"), st.integers(1, 200), st.none()),
        st.tuples(st.just("run"), st.none(), st.none()),
        st.tuples(st.just("choose"), IN_TIME, st.sampled_from(list(Kind))),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_no_news_is_lost_or_told_twice_whenever_the_worker_runs(
    pool: Database, steps: list[tuple[str, int, Kind]]
) -> None:
    await nothing_is_told()
    jan = await pool.ask("SELECT id FROM person WHERE email = 'jan@example.org'")
    number = jan[0][0] if jan else await pool.new_person(email="jan@example.org")
    now, told = MONDAY, 0
    for step, what, kind in steps:
        if step == "news":
            for _ in range(what % 3):
                told += 1
                await tell_each({number: kind}, "shortlist/answer", NEWS, about=(About.IDEA, 1000 + told), once=None)
            await db.run("UPDATE notice_delivery SET due_at = $1 WHERE due_at <= now()", now)
        elif step == "wait":
            now += timedelta(hours=what)
        elif step == "run":
            await deliver(now)
        else:
            await choose(number, {kind: How(str(what))})
            await db.run("UPDATE notice_delivery SET due_at = $1 WHERE waits_for = '' AND told_at IS NULL", now)
    await deliver(now)
    await deliver(now + timedelta(days=8))
    words = "\n".join(mail["text"] for mail in await mails(pool, "jan@example.org"))
    assert [words.count(f"/things/{1000 + nth}\n") for nth in range(1, told + 1)] == [1] * told


@pytest.mark.slow
async def test_a_decision_that_five_thousand_hear_of_holds_its_officer_up_for_less_than_a_second(
    pool: Database,
) -> None:
    await db.run(
        "INSERT INTO person (email, role, name, language, joined_at, welcomed_at) "
        "SELECT 'crowd' || n || '@example.org', 'resident', 'Crowd', 'en', now(), now() FROM generate_series(1, 5000) n"
    )
    crowd = await db.values("SELECT id FROM person WHERE email LIKE 'crowd%'")
    began = asyncio.get_running_loop().time()
    assert await happens(dict.fromkeys(crowd, Kind.TOOK_PART), once="crowd") == 5000
    held_up = asyncio.get_running_loop().time() - began
    assert await deliver() == 5000
    print(f"officer: {held_up * 1000:.0f} ms, worker: {asyncio.get_running_loop().time() - began - held_up:.1f} s")  # noqa: T201
    assert held_up < 1
