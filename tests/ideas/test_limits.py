"""How many supports a person has in a challenge, and the form that is answered in front of the router."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from answering import new_idea, new_question, send_form
from ground import Database
from posting import token_in

from shapedby.ideas.actions import origin_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ground import SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]


async def given_by(database: Database, person: int) -> int:
    sql = "SELECT count(*) FROM support WHERE person = $1 AND state = 'counted'"
    return (await database.ask(sql, person))[0][0]


async def test_supports_are_counted_down_and_one_taken_back_can_be_given_again(
    database: Database, sign_in: SignIn
) -> None:
    question = await new_question(database, supports_each=2)
    ideas = [await new_idea(database, question) for _ in range(3)]
    person = await sign_in()
    assert "you have 2 of 2 supports left" in (await person.client.get(f"/ideas/{ideas[0]}/support")).text
    for idea in ideas[:2]:
        assert (await send_form(person.client, f"/ideas/{idea}/support")).status_code == 303
    shown = (await person.client.get(f"/ideas/{ideas[2]}/a-walking-bus")).text
    assert "you have 0 of 2 supports left" in shown
    refused = await send_form(person.client, f"/ideas/{ideas[2]}/support")
    assert refused.status_code == 409
    assert "You have given all 2 supports" in refused.text
    await send_form(person.client, f"/ideas/{ideas[0]}/support", f"/ideas/{ideas[0]}/withdraw")
    assert (await send_form(person.client, f"/ideas/{ideas[2]}/support")).status_code == 303
    assert await given_by(database, person.person) == 2


async def test_the_limit_holds_for_whoever_asks_for_everything_at_once(database: Database, sign_in: SignIn) -> None:
    question = await new_question(database, supports_each=5)
    ideas = [await new_idea(database, question) for _ in range(20)]
    person = await sign_in()
    token = token_in((await person.client.get(f"/ideas/{ideas[0]}/support")).text)
    answers = await asyncio.gather(
        *(person.client.post(f"/ideas/{idea}/support", data={"csrf": token}) for idea in ideas * 3)
    )
    assert {answer.status_code for answer in answers} == {303, 409}
    assert await given_by(database, person.person) == 5


async def test_a_support_cannot_be_taken_back_once_the_question_has_closed(database: Database, sign_in: SignIn) -> None:
    question = await new_question(database)
    idea, person = await new_idea(database, question), await sign_in()
    await send_form(person.client, f"/ideas/{idea}/support")
    token = token_in((await person.client.get(f"/ideas/{idea}/support")).text)
    await database.ask("UPDATE challenge SET closes_at = now() - interval '1 minute' WHERE id = $1", question.id)
    refused = await person.client.post(f"/ideas/{idea}/withdraw", data={"csrf": token})
    assert refused.status_code == 409
    assert "can no longer be taken back" in refused.text
    assert await given_by(database, person.person) == 1


UNUSUAL = {
    "a wrong token": ("", "x" * 44, 403, 0),
    "no token": ("", "", 403, 0),
    "no such idea": ("", None, 404, 0),
    "their own idea": ("UPDATE idea SET author = $2 WHERE id = $1", None, 409, 0),
    "an idea that is hidden": (
        "UPDATE posting SET publicity = 'hidden' WHERE id = (SELECT posting FROM idea WHERE id = $1) AND $2 > 0",
        None, 404, 0,
    ),
    "an idea that was joined with another": ("UPDATE idea SET stage = 'merged' WHERE id = $1 AND $2 > 0", None, 409, 0),
    "no name yet": ("UPDATE person SET welcomed_at = NULL WHERE id = $2 AND $1 > 0", None, 409, 0),
    "a suspended person": (
        "UPDATE person SET suspended_until = now() + interval '1 day' WHERE id = $2 AND $1 > 0", None, 409, 0,
    ),
    "a sign-in that has ended": ("UPDATE sign_in SET ends_at = now() WHERE person = $2 AND $1 > 0", None, 403, 0),
    "a sign-in that was not used for an hour": (
        "UPDATE sign_in SET seen_at = now() - interval '2 hours' WHERE person = $2 AND $1 > 0", None, 303, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNUSUAL)
async def test_what_is_unusual_is_answered_by_the_ordinary_way(database: Database, sign_in: SignIn, case: str) -> None:
    sql, token, status, counted = UNUSUAL[case]
    idea, person = await new_idea(database, await new_question(database)), await sign_in()
    real = token_in((await person.client.get(f"/ideas/{idea}/support")).text)
    if sql:
        await database.ask(sql, idea, person.person)
    address = f"/ideas/{idea if case != 'no such idea' else 999_999}/support"
    answer = await person.client.post(address, data={"csrf": real if token is None else token})
    assert answer.status_code == status
    assert await given_by(database, person.person) == counted


async def test_both_ways_answer_alike_and_keep_a_hash_of_the_network_only(database: Database, sign_in: SignIn) -> None:
    idea = await new_idea(database, await new_question(database))
    quick, slow = await sign_in(), await sign_in()
    token = token_in((await quick.client.get(f"/ideas/{idea}/support")).text)
    one = await quick.client.post(f"/ideas/{idea}/support", data={"csrf": token})
    token = token_in((await slow.client.get(f"/ideas/{idea}/support")).text)
    more = {"csrf": token, "and": "x" * 600}
    other = await slow.client.post(f"/ideas/{idea}/support", data=more)
    assert one.headers["location"] == other.headers["location"]
    assert one.status_code == other.status_code == 303
    assert one.headers["content-security-policy"] == other.headers["content-security-policy"]
    kept = await database.ask("SELECT origin FROM support WHERE idea = $1", idea)
    assert {row["origin"] for row in kept} == {origin_of("127.0.0.1", database.settings.secret)}


def test_a_network_is_a_hash_with_a_key_and_a_household_of_the_newer_addresses() -> None:
    key = "k" * 40
    assert origin_of("2001:db8:1:2::5", key) == origin_of("2001:db8:1:2:ffff::9", key)
    assert origin_of("2001:db8:1:2::5", key) != origin_of("2001:db8:1:3::5", key)
    assert origin_of("192.0.2.1", key) != origin_of("192.0.2.2", key)
    assert origin_of("192.0.2.1", key) != origin_of("192.0.2.1", "another" * 6)
    assert origin_of("", key) is None
