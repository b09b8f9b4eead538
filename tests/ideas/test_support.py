from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from answering import new_idea, new_question, send_form
from hypothesis import given, settings
from hypothesis import strategies as st
from posting import token_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

CLICKS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["support", "withdraw"])), max_size=25)


async def counts(database: Database, idea: int) -> tuple[int, int]:
    sql = (
        "SELECT supports, (SELECT count(*) FROM support WHERE idea = $1 AND state = 'counted') FROM idea WHERE id = $1"
    )
    return tuple((await database.ask(sql, idea))[0])


async def test_one_person_two_hundred_clicks_at_once_one_support(database: Database, sign_in: SignIn) -> None:
    idea = await new_idea(database, await new_question(database))
    person = await sign_in()
    token = token_in((await person.client.get(f"/ideas/{idea}/support")).text)
    clicks = (person.client.post(f"/ideas/{idea}/support", data={"csrf": token}) for _ in range(200))
    answers = await asyncio.gather(*clicks)
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, f"/ideas/{idea}/a-walking-bus?done=supported#support")
    }
    assert await counts(database, idea) == (1, 1)
    assert len(await database.ask("SELECT FROM support WHERE idea = $1", idea)) == 1


async def test_many_people_at_once_are_each_counted(database: Database, sign_in: SignIn) -> None:
    idea = await new_idea(database, await new_question(database))
    people = [await sign_in() for _ in range(12)]
    answers = await asyncio.gather(*(send_form(one.client, f"/ideas/{idea}/support") for one in people))
    assert {answer.status_code for answer in answers} == {303}
    assert await counts(database, idea) == (12, 12)


async def test_the_count_is_the_number_of_counted_rows(database: Database, sign_in: SignIn) -> None:
    idea = await new_idea(database, await new_question(database))
    people = [await sign_in() for _ in range(4)]
    tokens = [token_in((await one.client.get(f"/ideas/{idea}/support")).text) for one in people]

    @settings(max_examples=25, deadline=None)
    @given(CLICKS)
    def whatever_they_click(clicks: list[tuple[int, str]]) -> None:
        done.append(clicks)

    done: list[list[tuple[int, str]]] = []
    whatever_they_click()
    for clicks in done:
        wanted: dict[int, str] = {}
        for who, what in clicks:
            answer = await people[who].client.post(f"/ideas/{idea}/{what}", data={"csrf": tokens[who]})
            assert answer.status_code == 303
            wanted[who] = what
        shown, rows = await counts(database, idea)
        assert shown == rows
        states = {
            row["person"]: row["state"]
            for row in await database.ask("SELECT person, state FROM support WHERE idea = $1", idea)
        }
        for who, what in wanted.items():
            state = states.get(people[who].person, "withdrawn")
            assert state == ("counted" if what == "support" else "withdrawn")


async def test_what_was_set_aside_or_held_does_not_come_back_by_clicking(database: Database, sign_in: SignIn) -> None:
    idea = await new_idea(database, await new_question(database))
    for state in ("set_aside", "held"):
        person = await sign_in()
        sql = "INSERT INTO support (idea, person, state, since, changed_at) VALUES ($1, $2, $3, now(), now())"
        await database.ask(sql, idea, person.person, state)
        for what in ("support", "withdraw", "support"):
            await send_form(person.client, f"/ideas/{idea}/support", f"/ideas/{idea}/{what}")
        rows = await database.ask("SELECT state FROM support WHERE person = $1", person.person)
        assert [row["state"] for row in rows] == [state]
    assert await counts(database, idea) == (0, 0)


async def test_nobody_supports_their_own_idea(database: Database, sign_in: SignIn) -> None:
    author = await sign_in()
    idea = await new_idea(database, await new_question(database), author.person)
    assert "This is your own idea" in (await author.client.get(f"/ideas/{idea}/support")).text
    token = token_in((await author.client.get("/challenges")).text)
    assert (await author.client.post(f"/ideas/{idea}/support", data={"csrf": token})).status_code == 409
    assert await counts(database, idea) == (0, 0)


async def test_supports_change_until_the_question_is_decided(database: Database, sign_in: SignIn) -> None:
    person = await sign_in()
    deciding = await new_idea(database, await new_question(database, opens="-9 days", closes="-1 day"))
    assert (await send_form(person.client, f"/ideas/{deciding}/support")).status_code == 303
    decided = await new_idea(database, await new_question(database, opens="-9 days", closes="-1 day", decided=True))
    assert "has been decided" in (await person.client.get(f"/ideas/{decided}/support")).text
    token = token_in((await person.client.get("/challenges")).text)
    assert (await person.client.post(f"/ideas/{decided}/support", data={"csrf": token})).status_code == 409


async def test_a_visitor_signs_in_first_and_comes_back(database: Database, visitor: httpx.AsyncClient) -> None:
    idea = await new_idea(database, await new_question(database))
    shown = await visitor.get(f"/ideas/{idea}/support")
    assert f'href="/sign-in?next=/ideas/{idea}/support"' in shown.text
    assert "csrf" not in shown.text
    assert "set-cookie" not in shown.headers
    assert (await visitor.post(f"/ideas/{idea}/support")).status_code in {303, 403}
    assert await counts(database, idea) == (0, 0)


async def test_who_has_no_name_yet_chooses_one_first(database: Database, sign_in: SignIn) -> None:
    person = await sign_in()
    await database.ask("UPDATE person SET welcomed_at = NULL WHERE id = $1", person.person)
    idea = await new_idea(database, await new_question(database))
    assert f"/welcome?next=/ideas/{idea}/support" in (await person.client.get(f"/ideas/{idea}/support")).text


async def test_the_page_offers_to_take_it_back(database: Database, sign_in: SignIn) -> None:
    idea = await new_idea(database, await new_question(database))
    person = await sign_in()
    await send_form(person.client, f"/ideas/{idea}/support")
    shown = (await person.client.get(f"/ideas/{idea}/support")).text
    assert "You support this idea" in shown
    assert f'action="/ideas/{idea}/withdraw"' in shown
    await send_form(person.client, f"/ideas/{idea}/support", f"/ideas/{idea}/withdraw")
    assert await counts(database, idea) == (0, 0)
