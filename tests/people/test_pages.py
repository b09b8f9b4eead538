"""Signing in and out, as people do it."""

from __future__ import annotations

import httpx
import pytest
from entering import ask, code_to, link_to, press, sign_ins, token_in, type_code
from ground import Database, client_of
from litestar import Litestar

from shapedby.kernel import Role


async def test_the_mailed_link_signs_in_on_any_device(app: Litestar, database: Database) -> None:
    async with client_of(app) as desk, client_of(app) as phone:
        answer = await ask(desk, "ann@example.org", next="/challenges")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/sent")
        entered = await press(phone, await link_to(database, "ann@example.org"))
        assert entered.status_code == 303
        assert entered.headers["location"] == "/welcome?next=/challenges"
        assert phone.cookies["sign-in"]
        assert "sign-in" not in desk.cookies


@pytest.mark.parametrize("shape", ["{}", "{0[0]}{0[1]}{0[2]}-{0[4]}{0[5]}{0[6]}", "Code: {}.", " {} "])
async def test_the_code_signs_in_however_it_is_pasted(app: Litestar, database: Database, shape: str) -> None:
    email = f"eve{abs(hash(shape))}@example.org"
    async with client_of(app) as client:
        await ask(client, email)
        answer = await type_code(client, shape.format(await code_to(database, email)))
        assert answer.status_code == 303
        assert client.cookies["sign-in"]


async def test_something_that_is_not_six_digits_costs_no_try(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "ida@example.org")
        for typed in ("", "12345", "1234567", "abcdef"):
            answer = await type_code(client, typed)
            assert answer.status_code == 422
            assert "six digits" in answer.text
        assert (await database.ask("SELECT tries FROM sign_in_mail WHERE email = 'ida@example.org'"))[0][0] == 0


async def test_an_older_mail_works_until_one_of_them_is_used(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "jan@example.org")
        older_link = await link_to(database, "jan@example.org")
        older_code = await code_to(database, "jan@example.org")
        await ask(client, "jan@example.org", again="yes")
        newer_link = await link_to(database, "jan@example.org")
        assert newer_link != older_link
        assert (await type_code(client, older_code)).status_code == 303
        assert (await client.get(older_link)).status_code == 410
        assert (await client.get(newer_link)).status_code == 410


async def test_links_last_thirty_minutes_for_residents_and_ten_for_staff(app: Litestar, database: Database) -> None:
    await database.new_person(Role.MODERATOR, email="mod@example.org")
    async with client_of(app) as client:
        await ask(client, "mod@example.org")
        await ask(client, "res@example.org")
    sql = "SELECT extract(epoch FROM ends_at - asked_at)::int FROM sign_in_mail WHERE email = $1"
    assert (await database.ask(sql, "mod@example.org"))[0][0] == 600
    assert (await database.ask(sql, "res@example.org"))[0][0] == 1800


async def test_a_new_sign_in_ends_the_one_this_browser_had(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        for _ in range(2):
            await ask(client, "ned@example.org")
            assert (await press(client, await link_to(database, "ned@example.org"))).status_code == 303
    assert await sign_ins(database, "ned@example.org") == 1


async def test_suspended_people_can_sign_in_and_people_who_left_cannot(app: Litestar, database: Database) -> None:
    await database.ask("SELECT 1")
    number = await database.new_person(email="oli@example.org")
    await database.ask("UPDATE person SET suspended_until = now() + interval '1 day' WHERE id = $1", number)
    async with client_of(app) as client:
        await ask(client, "oli@example.org")
        assert (await press(client, await link_to(database, "oli@example.org"))).headers["location"] == "/"
        assert "Sign out" in (await client.get("/sign-in")).text
        await database.ask("UPDATE person SET left_at = now() WHERE id = $1", number)
        assert "Sign out" not in (await client.get("/sign-in")).text


async def test_signing_out_ends_the_sign_in_on_the_server_too(app: Litestar, database: Database) -> None:
    await database.new_person(email="pat@example.org")
    async with client_of(app) as client:
        await ask(client, "pat@example.org")
        await press(client, await link_to(database, "pat@example.org"))
        kept = client.cookies["sign-in"]
        answer = await client.post("/sign-out", data={"csrf": token_in(await client.get("/sign-in"))})
        assert answer.headers["location"] == "/?done=signed-out"
        assert "sign-in" not in client.cookies
        client.cookies.set("sign-in", kept)
        assert "Sign out" not in (await client.get("/sign-in")).text


async def test_the_mail_speaks_the_language_of_the_page(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await client.get("/sign-in?lang=es")
        await ask(client, "rosa@example.org")
    rows = await database.ask("SELECT language, subject FROM outgoing_mail WHERE address = 'rosa@example.org'")
    assert rows[0]["language"] == "es"


async def test_the_demo_s_mail_is_not_there_outside_the_demo(visitor: httpx.AsyncClient) -> None:
    for address in ("/dev/mail", "/dev/mail/1", "/dev/mail/1/html"):
        assert (await visitor.get(address)).status_code == 404
