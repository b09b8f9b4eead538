from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from answering import WORDS, new_idea, new_question, send_form
from posting import field_in, token_in

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from answering import Question
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

HOME = "My number is 01326 555 012, call me."


async def begin(client: httpx.AsyncClient, question: Question, **fields: str) -> httpx.Response:
    page = (await client.get(f"{question.address}/ideas/new")).text
    given = {"csrf": token_in(page), "key": field_in(page, "key"), **WORDS, "topic": str(question.topics["streets"])}
    return await client.post(f"{question.address}/ideas/new", data={**given, **fields})


def number_in(answer: httpx.Response) -> int:
    return int(answer.headers["location"].split("/")[2])


async def sent_idea(client: httpx.AsyncClient, question: Question, **fields: str) -> int:
    number = number_in(await begin(client, question, **fields))
    answer = await send_form(client, f"/ideas/{number}/preview", f"/ideas/{number}/send", keep_contacts="yes")
    assert answer.headers["location"] == f"/ideas/{number}/sent"
    return number


async def publicity(database: Database, number: int) -> str:
    sql = "SELECT publicity FROM posting p JOIN idea i ON i.posting = p.id WHERE i.id = $1"
    return (await database.ask(sql, number))[0][0]


@pytest.fixture(scope="module")
async def question(database: Database) -> Question:
    return await new_question(database, supports_needed=30)


async def test_a_resident_writes_an_idea_and_it_is_public(
    database: Database, sign_in: SignIn, question: Question, visitor: httpx.AsyncClient
) -> None:
    tegan = await sign_in(name="Tegan")
    begun = await begin(tegan.client, question)
    number = number_in(begun)
    assert begun.headers["location"] == f"/ideas/{number}/preview"
    shown = (await tegan.client.get(f"/ideas/{number}/preview")).text
    assert "<li>start in June</li>" in shown
    assert "A walking bus with a driver&#39;s timetable" in shown
    assert (await visitor.get(f"/ideas/{number}/support")).status_code == 404
    answer = await send_form(tegan.client, f"/ideas/{number}/preview", f"/ideas/{number}/send")
    assert answer.headers["location"] == f"/ideas/{number}/sent"
    assert await publicity(database, number) == "public"
    thanks = (await tegan.client.get(f"/ideas/{number}/sent")).text
    assert "Your idea is public" in thanks
    assert f"#{number}" in thanks
    assert "promised you an answer by" in thanks
    listed = (await visitor.get(f"{question.address}?q=walking")).text
    assert f"/ideas/{number}/a-walking-bus-with-a-drivers-timetable" in listed
    kinds = [
        row["kind"] for row in await database.ask("SELECT kind FROM idea_step WHERE idea = $1 ORDER BY id", number)
    ]
    assert kinds == ["drafted", "sent", "published"]


async def test_a_visitor_is_led_to_the_sign_in_and_back(visitor: httpx.AsyncClient, question: Question) -> None:
    shown = await visitor.get(f"{question.address}/ideas/new")
    assert shown.status_code == 200
    assert f'href="/sign-in?next={question.address}/ideas/new"' in shown.text
    assert "set-cookie" not in shown.headers


async def test_opening_the_form_creates_nothing(database: Database, sign_in: SignIn, question: Question) -> None:
    person = await sign_in()
    await person.client.get(f"{question.address}/ideas/new")
    assert not await database.ask("SELECT FROM idea WHERE author = $1", person.person)


async def test_the_same_form_sent_many_times_is_one_draft(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    person = await sign_in()
    page = (await person.client.get(f"{question.address}/ideas/new")).text
    given = {"csrf": token_in(page), "key": field_in(page, "key"), "title": "Benches"}
    addresses = [f"{question.address}/ideas/new", f"{question.address}/ideas/autosave"] * 4
    answers = await asyncio.gather(*(person.client.post(address, data=given) for address in addresses))
    assert {answer.status_code for answer in answers} == {303, 200}
    assert len(await database.ask("SELECT FROM idea WHERE author = $1", person.person)) == 1


async def test_sent_twice_at_once_is_sent_once(database: Database, sign_in: SignIn, question: Question) -> None:
    person = await sign_in()
    number = number_in(await begin(person.client, question))
    token = token_in((await person.client.get(f"/ideas/{number}/preview")).text)
    answers = await asyncio.gather(
        *(person.client.post(f"/ideas/{number}/send", data={"csrf": token}) for _ in range(5))
    )
    assert {answer.headers["location"] for answer in answers} == {f"/ideas/{number}/sent"}
    steps = await database.ask("SELECT kind FROM idea_step WHERE idea = $1 AND kind = 'sent'", number)
    assert len(steps) == 1


async def test_a_draft_is_for_its_author_only(sign_in: SignIn, question: Question, visitor: httpx.AsyncClient) -> None:
    number = number_in(await begin((await sign_in()).client, question))
    for role in (Role.RESIDENT, Role.MODERATOR, Role.OFFICER, Role.ADMINISTRATOR):
        other = (await sign_in(role)).client
        for part in ("edit", "preview", "sent", "take-back", "support"):
            assert (await other.get(f"/ideas/{number}/{part}")).status_code == 404
    assert (await visitor.get(f"/ideas/{number}/edit")).headers["location"].startswith("/sign-in")


async def test_save_draft_works_without_javascript(database: Database, sign_in: SignIn, question: Question) -> None:
    person = await sign_in()
    saved = await begin(person.client, question, problem="", then="save")
    number = number_in(saved)
    assert saved.headers["location"] == f"/ideas/{number}/edit?done=idea-saved"
    form = (await person.client.get(saved.headers["location"])).text
    assert "Your draft is saved" in form
    answer = await send_form(
        person.client, f"/ideas/{number}/edit", title="Other", problem="Now", then="save", language="es"
    )
    assert answer.status_code == 303
    row = (
        await database.ask(
            "SELECT i.title, problem, language FROM idea i JOIN posting p ON p.id = i.posting WHERE i.id = $1", number
        )
    )[0]
    assert tuple(row) == ("Other", "Now", "es")
    assert f"/ideas/{number}/edit" in (await person.client.get(f"{question.address}/ideas/new")).text


async def test_what_is_missing_is_said_before_it_is_sent(sign_in: SignIn, question: Question) -> None:
    person = await sign_in()
    number = number_in(await begin(person.client, question, problem="", topic=""))
    shown = (await person.client.get(f"/ideas/{number}/preview")).text
    assert "Tell us what the problem is" in shown
    assert "Choose a topic" in shown
    assert "Send my idea" not in shown
    token = token_in((await person.client.get(f"/ideas/{number}/edit")).text)
    assert (await person.client.post(f"/ideas/{number}/send", data={"csrf": token})).status_code == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "x" * 121}, "Shorten this to 120"),
        ({"problem": "x" * 6000, "proposal": "y" * 4001}, "together they may have 10,000"),
        ({"topic": "99999"}, "Choose one of the answers"),
        ({"area": "1; drop table"}, "Choose one of the answers"),
    ],
)
async def test_what_cannot_be_kept_is_given_back(
    fields: dict[str, str], said: str, sign_in: SignIn, question: Question
) -> None:
    answer = await begin((await sign_in()).client, question, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert "thirty children" in answer.text or "problem" in fields


async def test_contact_details_are_pointed_out_and_held_if_kept(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    person = await sign_in()
    number = number_in(await begin(person.client, question, proposal=HOME))
    shown = (await person.client.get(f"/ideas/{number}/preview")).text
    assert "Should everybody see this?" in shown
    first = await send_form(person.client, f"/ideas/{number}/preview", f"/ideas/{number}/send")
    assert first.status_code == 422
    assert await publicity(database, number) == "draft"
    await send_form(person.client, f"/ideas/{number}/preview", f"/ideas/{number}/send", keep_contacts="yes")
    assert await publicity(database, number) == "held"
    assert "waiting for a check" in (await person.client.get(f"/ideas/{number}/sent")).text


async def test_the_young_are_always_checked_first(database: Database, sign_in: SignIn, question: Question) -> None:
    number = await sent_idea((await sign_in(young=True)).client, question)
    assert await publicity(database, number) == "held"


async def test_an_advert_from_a_new_account_is_set_aside_and_nobody_sees_it(
    database: Database, sign_in: SignIn, question: Question, visitor: httpx.AsyncClient
) -> None:
    number = await sent_idea(
        (await sign_in()).client,
        question,
        title="Best escort agency in town",
        problem="Sexy escort girls, book your companion now at https://vip-escorts.example/girls cheap rates 24/7",
        proposal="Call girls outcall service https://vip-escorts.example best price",
        beneficiaries="Gentlemen who want a hot date https://vip-escorts.example",
    )
    assert await publicity(database, number) == "quarantined"
    assert (
        "escort"
        not in (await visitor.get(f"{question.address}?q=escort")).text.split("<main", 1)[1].split("value=", 1)[0]
    )
    assert (await visitor.get(f"/ideas/{number}/support")).status_code == 404


async def test_an_idea_changes_while_nobody_supports_it(
    database: Database, sign_in: SignIn, question: Question
) -> None:
    person = await sign_in()
    number = await sent_idea(person.client, question)
    fields = {**WORDS, "title": "A better bus", "topic": str(question.topics["parks"])}
    answer = await send_form(person.client, f"/ideas/{number}/edit", **fields)
    assert answer.headers["location"] == f"/ideas/{number}/sent"
    row = (await database.ask("SELECT title, slug, topic FROM idea WHERE id = $1", number))[0]
    assert tuple(row) == ("A better bus", "a-better-bus", question.topics["parks"])
    refused = await send_form(person.client, f"/ideas/{number}/edit", **{**fields, "proposal": ""})
    assert refused.status_code == 422
    held = await send_form(person.client, f"/ideas/{number}/edit", **{**fields, "proposal": HOME})
    assert held.status_code == 422
    assert "keep_contacts" in held.text
    supporter = await sign_in()
    await send_form(supporter.client, f"/ideas/{number}/support")
    late = await send_form(person.client, f"/ideas/{number}/edit", **{**fields, "title": "Two buses"})
    assert late.headers["location"] == f"/ideas/{number}/two-buses?done=version-public"


async def test_taking_an_idea_back(
    database: Database, sign_in: SignIn, question: Question, visitor: httpx.AsyncClient
) -> None:
    person = await sign_in()
    number = await sent_idea(person.client, question)
    answer = await send_form(person.client, f"/ideas/{number}/take-back", because="solved")
    assert answer.headers["location"] == f"{question.address}?done=idea-withdrawn"
    assert (await visitor.get(f"/ideas/{number}/support")).status_code == 404
    steps = await database.ask("SELECT note FROM idea_step WHERE idea = $1 AND kind = 'withdrawn'", number)
    assert [step["note"]["en"] for step in steps] == ["The problem is solved"]


async def test_a_deleted_draft_loses_its_words(database: Database, sign_in: SignIn, question: Question) -> None:
    person = await sign_in()
    number = number_in(await begin(person.client, question))
    answer = await send_form(person.client, f"/ideas/{number}/take-back")
    assert "draft-deleted" in answer.headers["location"]
    row = (
        await database.ask(
            "SELECT title || problem || proposal || beneficiaries AS left FROM idea WHERE id = $1", number
        )
    )[0]
    assert row["left"] == ""


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        ("2 days", "9 days", "not open for ideas yet"),
        ("-9 days", "-2 days", "no longer takes new ideas"),
    ],
)
async def test_only_an_open_question_takes_ideas(
    opens: str, closes: str, said: str, database: Database, sign_in: SignIn
) -> None:
    closed = await new_question(database, opens=opens, closes=closes)
    person = await sign_in()
    assert said in (await person.client.get(f"{closed.address}/ideas/new")).text
    token = token_in((await person.client.get("/challenges")).text)
    answer = await person.client.post(f"{closed.address}/ideas/new", data={"csrf": token, "title": "Late"})
    assert answer.status_code == 409
    assert not await database.ask("SELECT FROM idea WHERE challenge = $1", closed.id)


async def test_a_suspended_person_reads_why(sign_in: SignIn, question: Question, database: Database) -> None:
    person = await sign_in()
    await database.ask("UPDATE person SET suspended_until = now() + interval '1 day' WHERE id = $1", person.person)
    assert "paused" in (await person.client.get(f"{question.address}/ideas/new")).text
    assert "paused" in (await person.client.get(f"/ideas/{await new_idea(database, question)}/support")).text


async def test_numbers_nobody_has_are_not_found(sign_in: SignIn, visitor: httpx.AsyncClient) -> None:
    person = await sign_in()
    for number in ("0", "999999999", "9" * 30):
        assert (await visitor.get(f"/ideas/{number}/support")).status_code == 404
        assert (await person.client.get(f"/ideas/{number}/edit")).status_code == 404
    assert (await visitor.get("/challenges/none")).status_code == 404
