"""Signing in as those do it who want to get in as somebody else, or to keep others out."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest
from entering import CODE, LINK, ask, code_to, link_to, mail_to, press, sign_ins, token_in, type_code
from ground import Database, client_of
from litestar import Litestar


async def test_opening_the_link_uses_nothing_up(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "bea@example.org")
        link = await link_to(database, "bea@example.org")
        for _ in range(3):
            assert (await client.get(link)).status_code == 200
            assert (await client.head(link)).status_code == 200
        assert await sign_ins(database, "bea@example.org") == 0
        assert (await press(client, link)).status_code == 303


async def test_a_link_works_once(app: Litestar, database: Database) -> None:
    async with client_of(app) as first, client_of(app) as second:
        await ask(first, "cem@example.org")
        link = await link_to(database, "cem@example.org")
        token = token_in(await second.get(link))
        assert (await press(first, link)).status_code == 303
        assert (await second.post(link, data={"csrf": token})).status_code == 410
        assert (await second.get(link)).status_code == 410
        assert "sign-in" not in second.cookies


async def test_fifty_uses_at_once_make_one_sign_in(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "dee@example.org")
        link = await link_to(database, "dee@example.org")
        token = token_in(await client.get(link))
        answers = await asyncio.gather(*(client.post(link, data={"csrf": token}) for _ in range(50)))
    # Ten connections serve fifty: whoever waits for one too long is told to come back.
    codes = [answer.status_code for answer in answers]
    assert codes.count(303) == 1
    assert set(codes) <= {303, 410, 503}
    assert await sign_ins(database, "dee@example.org") == 1


async def test_two_mails_used_at_once_make_one_sign_in(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "dan@example.org")
        first = await link_to(database, "dan@example.org")
        await ask(client, "dan@example.org")
        second = await link_to(database, "dan@example.org")
        token = token_in(await client.get(first))
        answers = await asyncio.gather(*(client.post(link, data={"csrf": token}) for link in (first, second) * 4))
    assert [answer.status_code for answer in answers].count(303) == 1
    assert await sign_ins(database, "dan@example.org") == 1


async def test_the_code_works_only_in_the_browser_that_asked(app: Litestar, database: Database) -> None:
    async with client_of(app) as asker, client_of(app) as other:
        await ask(asker, "fay@example.org")
        code = await code_to(database, "fay@example.org")
        await ask(other, "someone-else@example.org")
        assert (await type_code(other, code)).status_code == 422
        assert "sign-in" not in other.cookies
        stranger = token_in(await other.get("/sign-in"))
        other.cookies.delete("sign-in-browser")
        answer = await other.post("/sign-in/code", data={"csrf": stranger, "code": code})
        assert answer.headers["location"] == "/sign-in"


async def test_a_code_has_five_tries(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "gus@example.org")
        code = await code_to(database, "gus@example.org")
        wrong = "000 000" if code != "000 000" else "111 111"
        for _ in range(5):
            answer = await type_code(client, wrong)
            assert answer.status_code == 422
        assert (await type_code(client, code)).status_code == 422
        assert (await press(client, await link_to(database, "gus@example.org"))).status_code == 303


async def test_tries_at_the_same_time_count_too(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "hal@example.org")
        token = token_in(await client.get("/sign-in/sent"))
        guesses = [{"csrf": token, "code": f"{number:06}"} for number in range(12)]
        await asyncio.gather(*(client.post("/sign-in/code", data=guess) for guess in guesses))
        tries = await database.ask("SELECT tries FROM sign_in_mail WHERE email = 'hal@example.org'")
        assert tries[0][0] == 5


async def test_an_ended_link_and_code_are_refused(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        await ask(client, "kim@example.org")
        link = await link_to(database, "kim@example.org")
        token = token_in(await client.get(link))
        await database.ask("UPDATE sign_in_mail SET ends_at = now() WHERE email = 'kim@example.org'")
        answer = await client.post(link, data={"csrf": token})
        assert answer.status_code == 410
        assert "Ask for a new" in answer.text
        assert (await client.get("/sign-in/sent")).headers["location"] == "/sign-in"


async def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_mail(
    app: Litestar, database: Database
) -> None:
    await database.new_person(email="known@example.org")
    answers: list[tuple[int, str, str]] = []
    for email in ("known@example.org", "unknown@example.org"):
        async with client_of(app) as client:
            answer = await ask(client, email)
            page = await client.get("/sign-in/sent")
            varying = re.compile(r'value="[^"]*"|\d\d:\d\d')
            plain = varying.sub("", page.text.replace(email, "ADDRESS"))
            answers.append((answer.status_code, answer.headers["location"], plain))
        mail = LINK.sub("", CODE.sub("", await mail_to(database, email)))
        answers[-1] = (*answers[-1][:2], answers[-1][2] + mail)
    assert answers[0] == answers[1]
    rows = await database.ask("SELECT count(*) FROM person WHERE email = 'unknown@example.org'")
    assert rows[0][0] == 0, "somebody who only asked is nobody yet"


async def test_the_address_is_throttled_and_the_network_is_not(app: Litestar) -> None:
    async with client_of(app) as client:
        for _ in range(5):
            assert (await ask(client, "lou@example.org")).status_code == 303
        answer = await ask(client, "LOU@example.org ")
        assert answer.status_code == 422
        assert "wait 15 minutes" in answer.text
        for number in range(30):
            assert (await ask(client, f"guest{number}@example.org")).status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "victim@example.org\r\nBcc: all@example.org",
        "victim@example.org\nSubject: hello",
        "victim@example.org%0aBcc:x@example.org",
        "two@example.org, three@example.org",
        "Ann <ann@example.org>",
        "аnn@example.org",
        "ann@example",
        "@example.org",
        "ann@-@example.org",
        "a" * 65 + "@example.org",
        "",
    ],
)
async def test_what_is_not_one_address_is_refused_and_nothing_is_mailed(
    app: Litestar, database: Database, address: str
) -> None:
    before = (await database.ask("SELECT count(*) FROM outgoing_mail"))[0][0]
    async with client_of(app) as client:
        answer = await ask(client, address)
    assert answer.status_code in {400, 422}
    assert (await database.ask("SELECT count(*) FROM outgoing_mail"))[0][0] == before


@pytest.mark.parametrize(
    ("wish", "lands"),
    [
        ("/ideas/12/a-bench", "/ideas/12/a-bench"),
        ("/challenges?sort=newest&page=2", "/challenges?sort=newest&page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/%0d%0aSet-Cookie:x=1", "/%0d%0aSet-Cookie:x=1"),
        ("/sign-out", "/"),
        ("/sign-in?next=/sign-in", "/"),
        ("///evil.example", "/"),
        ("http:/evil.example", "/"),
        ("/" + "x" * 600, "/"),
        ("", "/"),
    ],
)
async def test_signing_in_leads_back_to_pages_of_this_site_only(
    app: Litestar, database: Database, wish: str, lands: str
) -> None:
    email = f"back{abs(hash(wish))}@example.org"
    await database.new_person(email=email)
    async with client_of(app) as client:
        answer = await ask(client, email, next=wish)
        if answer.status_code == 400:  # a control character: refused before anybody looks at it
            return
        entered = await press(client, await link_to(database, email))
    assert entered.status_code == 303
    assert entered.headers["location"] == lands


async def test_a_sign_in_that_we_did_not_mint_is_nobody(app: Litestar, database: Database) -> None:
    async with client_of(app) as client:
        for planted in ("chosen-by-somebody", "x" * 43, "", "é" * 43):
            client.cookies.clear()
            headers = [(b"cookie", f"sign-in={planted}".encode())]
            assert (await client.get("/sign-in", headers=headers)).status_code == 200
        await ask(client, "mia@example.org")
        client.cookies.set("sign-in", "x" * 43)
        await press(client, await link_to(database, "mia@example.org"))
        kept = [cookie.value for cookie in client.cookies.jar if cookie.name == "sign-in"]
        assert any(value and value != "x" * 43 for value in kept)


async def test_forms_without_our_token_are_refused_and_the_text_is_kept(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/sign-in", data={"email": "quin@example.org"})
    assert answer.status_code == 403
    assert "quin@example.org" in answer.text
