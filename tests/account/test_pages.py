"""The first questions, one's own page, and what others see of a person."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from ground import Database, SignedIn, client_of
from litestar import Litestar

from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity

SignIn = Callable[..., Awaitable[SignedIn]]
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
SPAM = "Hot escorts 24/7, cheap prices, call now and visit our best escort agency"


async def newcomer(app: Litestar, database: Database) -> SignedIn:
    """Sign somebody in who has not answered the first questions."""
    number = await database.new_person(name="Resident 0")
    await database.ask("UPDATE person SET welcomed_at = NULL WHERE id = $1", number)
    client = client_of(app)
    client.cookies.set("sign-in", await database.new_sign_in(number))
    return SignedIn(number, client)


async def send(client: httpx.AsyncClient, address: str, page: str = "/account", **fields: str) -> httpx.Response:
    """Send a form of a page."""
    found = TOKEN.search((await client.get(page)).text)
    assert found
    return await client.post(address, data={"csrf": found[1], **fields})


async def welcome(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    """Answer the first questions, with good answers where none are given."""
    given = {"over_13": "yes", "under_18": "no", "name": "Ann Bee", "language": "en", "rules": "yes", **fields}
    return await send(client, "/welcome", "/welcome", **given)


async def column(database: Database, person: int, name: str) -> object:
    """Read one column of a person."""
    rows = await database.ask(f"SELECT {name} FROM person WHERE id = $1", person)  # a name of this file
    return rows[0][0] if rows else None


async def posting_of_name(database: Database, person: int) -> tuple[int, str]:
    """Read the posting of a person's wished name, and its publicity."""
    sql = "SELECT p.id, p.publicity FROM profile f JOIN posting p ON p.id = f.name_posting WHERE f.person = $1"
    row = (await database.ask(sql, person))[0]
    return row[0], row[1]


async def test_the_first_questions_are_asked_once_and_lead_back(app: Litestar, database: Database) -> None:
    ann = await newcomer(app, database)
    answer = await welcome(ann.client, next="/challenges?page=2")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/challenges?page=2&done=welcome")
    again = await ann.client.get("/welcome?next=/projects")
    assert (again.status_code, again.headers["location"]) == (303, "/projects")


async def test_what_is_missing_is_said_and_what_was_typed_is_kept(app: Litestar, database: Database) -> None:
    ann = await newcomer(app, database)
    answer = await send(ann.client, "/welcome", "/welcome", name="Ann Bee")
    assert answer.status_code == 422
    for place in ("#over_13", "#under_18", "#rules", "#language"):
        assert f'href="{place}"' in answer.text
    assert "Ann Bee" in answer.text
    assert await column(database, ann.person, "welcomed_at") is None


async def test_nothing_is_kept_of_somebody_under_thirteen(app: Litestar, database: Database) -> None:
    kid = await newcomer(app, database)
    email = await column(database, kid.person, "email")
    await database.ask(
        "INSERT INTO sign_in_mail (email, link_hash, code_hash, browser_hash, ends_at) "
        "VALUES ($1, 'kid', 'kid', 'kid', now())",
        email,
    )
    await database.ask(
        "INSERT INTO outgoing_mail (address, subject, text, html, language, kind) "
        "VALUES ($1, '', '', '', 'en', 'sign_in')",
        email,
    )
    answer = await send(kid.client, "/welcome", "/welcome", over_13="no", under_18="no", name="Kid")
    assert answer.headers["location"] == "/welcome/too-young"
    assert any(kept.startswith("sign-in=") and "Max-Age=0" in kept for kept in answer.headers.get_list("set-cookie"))
    assert "kept nothing" in (await kid.client.get("/welcome/too-young")).text
    for table, name, value in (
        ("person", "id", kid.person),
        ("sign_in", "person", kid.person),
        ("sign_in_mail", "email", email),
        ("outgoing_mail", "address", email),
    ):
        assert await database.ask(f"SELECT FROM {table} WHERE {name} = $1", value) == []


async def test_somebody_who_was_welcomed_cannot_remove_themselves_as_too_young(sign_in: SignIn) -> None:
    ann = await sign_in()
    answer = await send(ann.client, "/welcome", over_13="no")
    assert answer.headers["location"] == "/"
    assert (await ann.client.get("/account")).status_code == 200


async def test_a_young_person_s_name_waits_and_has_no_area_and_no_page(app: Litestar, database: Database) -> None:
    await database.ask('INSERT INTO area (slug, name) VALUES (\'harbour\', \'{"en": "Harbour", "es": "Puerto"}\')')
    young = await newcomer(app, database)
    answer = await welcome(young.client, under_18="yes", name="Heron 412", area="harbour")
    assert "done=welcome-waits" in answer.headers["location"]
    assert await column(database, young.person, "name") == "Resident 0"
    assert await column(database, young.person, "area") is None
    posting, publicity = await posting_of_name(database, young.person)
    assert publicity == "held"
    assert (await young.client.get(f"/people/{young.person}")).status_code == 404
    page = (await young.client.get("/account")).text
    assert "under 18" in page
    await screening.change(posting, Publicity.PUBLIC, by=None)
    assert await column(database, young.person, "name") == "Heron 412"


async def test_a_name_that_sells_is_held_and_a_number_is_shown(app: Litestar, database: Database) -> None:
    seller = await newcomer(app, database)
    answer = await welcome(seller.client, name="Hot escorts call 24/7 cheap")
    assert answer.status_code == 303
    _, publicity = await posting_of_name(database, seller.person)
    assert publicity == "held"
    assert await column(database, seller.person, "name") == "Resident 0"


async def test_a_hidden_name_becomes_a_number_and_a_refused_new_one_leaves_the_old(
    sign_in: SignIn, database: Database
) -> None:
    ann = await sign_in(name="Ann")
    await send(ann.client, "/account/name", name="Annie Bee")
    posting, publicity = await posting_of_name(database, ann.person)
    if publicity == "held":
        await screening.change(posting, Publicity.PUBLIC, by=None)
    assert await column(database, ann.person, "name") == "Annie Bee"
    await send(ann.client, "/account/name", name="Hot escorts call 24/7 cheap")
    assert (await posting_of_name(database, ann.person))[1] == "held"
    assert await column(database, ann.person, "name") == "Annie Bee"
    await screening.change(posting, Publicity.REFUSED, by=None)
    assert await column(database, ann.person, "name") == "Annie Bee"
    assert "did not take the name" in (await ann.client.get("/account")).text


async def test_a_public_name_that_is_hidden_becomes_a_number(sign_in: SignIn, database: Database) -> None:
    bea = await sign_in(name="Bea")
    await send(bea.client, "/account/name", name="Bea Cole")
    posting, publicity = await posting_of_name(database, bea.person)
    if publicity == "held":
        await screening.change(posting, Publicity.PUBLIC, by=None)
    await screening.change(posting, Publicity.HIDDEN, by=None)
    assert await column(database, bea.person, "name") == f"Resident {bea.person}"


@pytest.mark.parametrize(
    "name",
    ["", "x", "ann@example.org", "<script></script>", "Moderator", "\u202e\u200b", "a" * 41, "07700 900123 Ann"],
)
async def test_a_bad_name_is_refused_with_a_reason(sign_in: SignIn, name: str) -> None:
    ann = await sign_in()
    answer = await send(ann.client, "/account/name", name=name)
    assert answer.status_code == 422
    assert 'href="#name"' in answer.text


async def test_suspended_people_and_newcomers_cannot_change_what_others_see(
    app: Litestar, sign_in: SignIn, database: Database
) -> None:
    tim = await sign_in()
    await database.ask("UPDATE person SET suspended_until = now() + interval '1 day' WHERE id = $1", tim.person)
    new = await newcomer(app, database)
    for somebody in (tim, new):
        page = "/account" if somebody is tim else "/welcome"
        assert (await send(somebody.client, "/account/name", page, name="Tim Tam")).status_code == 409
        assert (await send(somebody.client, "/account/about-me", page, about_me="I like boats")).status_code == 409


async def test_words_about_oneself_are_cleaned_screened_and_shown(sign_in: SignIn, database: Database) -> None:
    cem = await sign_in(name="Cem")
    words = "I look after the harbour garden on Saturdays.\n\n<img src=x onerror=alert(1)> **Really**"
    answer = await send(cem.client, "/account/about-me", about_me=words)
    assert answer.status_code == 303
    await _clear_about_me(database, cem.person)
    page = await cem.client.get(f"/people/{cem.person}")
    assert "<strong>Really</strong>" in page.text
    assert "<img src=x" not in page.text
    assert page.headers["x-robots-tag"] == "noindex"


async def _clear_about_me(database: Database, person: int) -> None:
    sql = "SELECT p.id, p.publicity FROM profile f JOIN posting p ON p.id = f.about_me_posting WHERE f.person = $1"
    posting, publicity = (await database.ask(sql, person))[0]
    if publicity == "held":  # no classifier here: a person decides
        await screening.change(posting, Publicity.PUBLIC, by=None)


async def test_a_biography_that_sells_waits_and_nobody_sees_it(sign_in: SignIn, visitor: httpx.AsyncClient) -> None:
    seller = await sign_in()
    answer = await send(seller.client, "/account/about-me", about_me=SPAM)
    assert answer.headers["location"] == "/account?done=about-waits"
    assert "escort" not in (await visitor.get(f"/people/{seller.person}")).text
    assert "waiting for a check" in (await seller.client.get("/account")).text


async def test_a_phone_number_is_warned_about_first_and_held_if_kept(sign_in: SignIn) -> None:
    dee = await sign_in()
    words = "Call me about the garden: 07700 900123"
    answer = await send(dee.client, "/account/about-me", about_me=words)
    assert answer.status_code == 422
    assert "07700 900123" in answer.text
    assert 'name="keep_contacts"' in answer.text
    answer = await send(dee.client, "/account/about-me", about_me=words, keep_contacts="yes")
    assert answer.headers["location"] == "/account?done=about-waits"


async def test_taking_the_words_back_leaves_nothing_to_see(sign_in: SignIn, database: Database) -> None:
    eve = await sign_in()
    await send(eve.client, "/account/about-me", about_me="I keep bees by the canal")
    await _clear_about_me(database, eve.person)
    await send(eve.client, "/account/about-me", about_me="")
    assert "bees" not in (await eve.client.get(f"/people/{eve.person}")).text
    await send(eve.client, "/account/about-me", about_me="I keep hens now")
    assert "hens" in (await eve.client.get("/account")).text


async def test_details_are_kept_and_the_page_speaks_the_chosen_language(sign_in: SignIn, database: Database) -> None:
    fay = await sign_in()
    answer = await send(fay.client, "/account/details", language="es", area="")
    assert answer.status_code == 303
    assert '<html lang="es"' in (await fay.client.get("/account")).text
    assert await column(database, fay.person, "language") == "es"
    for bad in ({"language": "tlh"}, {"language": "en", "area": "atlantis"}):
        assert (await send(fay.client, "/account/details", **bad)).status_code == 422


async def test_a_sign_in_can_be_ended_from_another_browser(app: Litestar, sign_in: SignIn, database: Database) -> None:
    gus = await sign_in()
    others = [client_of(app) for _ in range(3)]
    for other in others:
        other.cookies.set("sign-in", await database.new_sign_in(gus.person))
    numbers = [row[0] for row in await database.ask("SELECT id FROM sign_in WHERE person = $1 ORDER BY id", gus.person)]
    await send(gus.client, "/account/sign-ins", which=str(numbers[1]))
    states = [(await other.get("/account")).status_code for other in others]
    assert states == [303, 200, 200]
    await send(gus.client, "/account/sign-ins", which="others")
    assert [(await other.get("/account")).status_code for other in others] == [303, 303, 303]
    assert (await gus.client.get("/account")).status_code == 200
    answer = await send(gus.client, "/account/sign-ins", which="all")
    assert answer.headers["location"] == "/?done=all-ended"
    assert (await gus.client.get("/account")).status_code == 303


async def test_nobody_can_end_other_people_s_sign_ins(sign_in: SignIn, database: Database) -> None:
    hal, ida = await sign_in(), await sign_in()
    number = (await database.ask("SELECT id FROM sign_in WHERE person = $1", ida.person))[0][0]
    for which in (str(number), "-1", "x", "", str(10**30)):
        assert (await send(hal.client, "/account/sign-ins", which=which)).status_code == 404
    assert (await ida.client.get("/account")).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "999999", str(10**30)])
async def test_there_is_no_page_of_nobody(visitor: httpx.AsyncClient, number: str) -> None:
    assert (await visitor.get(f"/people/{number}")).status_code == 404


async def test_people_who_left_and_newcomers_have_no_page(
    app: Litestar, sign_in: SignIn, database: Database, visitor: httpx.AsyncClient
) -> None:
    jan, new = await sign_in(), await newcomer(app, database)
    assert (await visitor.get(f"/people/{jan.person}")).status_code == 200
    await database.ask("UPDATE person SET left_at = now() WHERE id = $1", jan.person)
    assert (await visitor.get(f"/people/{jan.person}")).status_code == 404
    assert (await visitor.get(f"/people/{new.person}")).status_code == 404


async def test_answering_twice_at_once_welcomes_once(app: Litestar, database: Database) -> None:
    kim = await newcomer(app, database)
    found = TOKEN.search((await kim.client.get("/welcome")).text)
    assert found
    form = {"csrf": found[1], "over_13": "yes", "under_18": "no", "name": "Kim Lee", "language": "en", "rules": "yes"}
    answers = await asyncio.gather(*(kim.client.post("/welcome", data=form) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await database.ask("SELECT FROM posting WHERE author = $1", kim.person)) == 1
