"""Bad input and bad days: what no form of ours sends, addresses that nothing has, and a database that goes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from council import Council, settled
from everybody import Clients, clients_of, handlers
from ground import START_SECONDS, Database, Site, free_port, on_server, serve, until_ready
from posting import field_in, token_in

if TYPE_CHECKING:
    from conftest import NewDatabase
    from litestar import Litestar

FORM = {"content-type": "application/x-www-form-urlencoded"}
PARTS = {"content-type": "multipart/form-data; boundary=x"}


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.fixture(scope="module")
async def clients(app: Litestar, database: Database, council: Council) -> AsyncIterator[Clients]:
    async with clients_of(app, database, council) as made:
        yield made


BODIES: dict[str, tuple[Callable[[str], dict[str, Any]], set[int]]] = {
    "nothing": (lambda token: {"data": {"csrf": token}}, {422}),
    "control characters": (lambda token: {"data": {"csrf": token, "comment": "a\0b\x1b[2J"}}, {400}),
    "too long a text": (lambda token: {"data": {"csrf": token, "comment": "word " * 2_500}}, {422}),
    "a text beyond any form": (lambda token: {"data": {"csrf": token, "comment": "x" * 300_000}}, {413}),
    "many fields": (lambda token: {"content": f"csrf={token}&" + "a=&" * 60_000, "headers": FORM}, {400}),
    "100,000 parts": (lambda token: {"content": f"csrf={token}&" + "a=1&" * 100_000, "headers": FORM}, {413}),
    "100,000 files": (lambda _token: {"content": _multipart(100_000), "headers": PARTS}, {413}),
    "many parts": (lambda _token: {"content": _multipart(4_000), "headers": PARTS}, {400, 403}),
    "a file": (lambda token: {"data": {"csrf": token}, "files": {"comment": ("a.txt", b"words")}}, {400, 422}),
    "no form": (
        lambda _token: {"content": b"\xff\xfe\x00", "headers": {"content-type": "application/json"}},
        {400, 403},
    ),
    "half a part": (lambda _token: {"content": b"--x\r\nContent-Disp", "headers": PARTS}, {400, 403}),
    "no boundary": (lambda _token: {"content": b"a", "headers": {"content-type": "multipart/form-data"}}, {400, 403}),
    "bad letters": (lambda token: {"content": f"csrf={token}&comment=%FF%FE%00", "headers": FORM}, {400, 422}),
}


def _multipart(parts: int) -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * parts + b"--x--\r\n"


@pytest.mark.parametrize("body", BODIES)
async def test_a_body_that_no_form_of_ours_sends_gets_4xx_at_once(
    clients: Clients, council: Council, body: str
) -> None:
    client = clients["resident"]
    token = token_in((await client.get(council.at("/ideas/{idea}/a-walking-bus"))).text)
    make, expected = BODIES[body]
    sent = make(token)
    began = time.monotonic()
    answer = await client.post(council.at("/ideas/{idea}/comments"), **sent)
    assert answer.status_code in expected, answer.text
    assert "<h1" in answer.text
    assert time.monotonic() - began < 3


async def test_twenty_megabytes_are_turned_away_at_once_and_fill_no_memory(site: Site) -> None:
    async def flood() -> AsyncIterator[bytes]:
        for _ in range(320):
            yield b"x" * 65_536

    async with httpx.AsyncClient(base_url=site.url, headers=FORM) as client:
        await client.post("/sign-in", content=b"x" * 1_000)
        before, began = _resident_kilobytes(site), time.monotonic()
        for content in (b"x" * 20_000_000, flood()):
            try:
                assert (await client.post("/sign-in", content=content)).status_code == 413
            except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
                continue  # it has answered and hung up before we had sent everything
        assert time.monotonic() - began < 5
        assert _resident_kilobytes(site) - before < 10_000
        assert (await client.get("/health/live")).status_code == 200


def _resident_kilobytes(site: Site) -> int:
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


ODD = (
    "sort=price;DROP TABLE idea",
    "sort='%20OR%201=1--",
    "area=nowhere&topic=nothing&stage=sold",
    "page=-1",
    "page=99999999999999999999",
    "page=%D9%A1",
    "seed=99999999999999999999&q=%00%27%22%3Cscript%3E",
    "q=%FF%FE&q=twice&sort=&due=never&ready=perhaps&challenge=%00",
    "done=nothing&done=%00",
    "lang=xx&lang=%00",
    "reply=99999999999999999999",
)
LISTS = (
    "/challenges/{open}",
    "/desk/ideas",
    "/results",
    "/moderation/decided",
    "/ideas/{idea}/a-walking-bus",
    "/projects",
)


@pytest.mark.parametrize("address", LISTS)
async def test_an_unknown_sort_filter_or_page_gets_the_default(
    clients: Clients, council: Council, address: str
) -> None:
    for query in ODD:
        answer = await clients["administrator"].get(f"{council.at(address)}?{query}")
        assert answer.status_code == 200, f"{query}: {answer.status_code}"
        assert "<script>" not in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "99999999999", "9" * 40, "%00", "1%27", "x"])
async def test_a_number_that_nothing_has_is_not_found(clients: Clients, app: Litestar, number: str) -> None:
    for path in handlers(app, "GET"):
        if "{number:int}" in path or "{posting:int}" in path:
            address = path.replace("{number:int}", number).replace("{posting:int}", number)
            address = address.replace("{slug:str}", "x").replace("{word:str}", "note").replace("{reference:str}", "x")
            answer = await clients["administrator"].get(address)
            assert answer.status_code in {400, 404}, f"{address}: {answer.status_code}"


async def test_a_name_that_nothing_has_is_not_found(clients: Clients, app: Litestar) -> None:
    for path in handlers(app, "GET"):
        if "{slug:str}" in path and "number" not in path:
            for name in ("nowhere", "%00", "%27", "x" * 5_000, "%FF"):
                address = path.replace("{slug:str}", name).replace("{what:str}", "gate")
                answer = await clients["administrator"].get(address)
                assert answer.status_code in {400, 404}, f"{address[:80]}: {answer.status_code}"


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "http:evil.example",
    "/\n//evil.example",
    "evil.example",
    "",
)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_no_way_back_leads_to_another_site(clients: Clients, elsewhere: str) -> None:
    html = (await clients["visitor"].get("/sign-in", params={"next": elsewhere})).text
    back = field_in(html, "next")
    welcomed = await clients["author"].get("/welcome", params={"next": elsewhere})
    for address in (back, welcomed.headers["location"]):
        assert httpx.URL("http://ours.example").join(address).host == "ours.example"
        assert "evil" not in address or address.startswith("/%09/")


async def test_a_way_back_of_our_own_is_kept(clients: Clients) -> None:
    html = (await clients["visitor"].get("/sign-in", params={"next": "/ideas/1/x?reply=2#comment-form"})).text
    assert field_in(html, "next") == "/ideas/1/x?reply=2#comment-form"


async def test_a_database_that_goes_is_said_within_a_second_and_comes_back(new_database: NewDatabase) -> None:
    database = await new_database(PORT=str(free_port()))
    name, server, process = database.name, database.server, serve(database.settings)
    try:
        await until_ready(database.settings.url, process)
        async with httpx.AsyncClient(base_url=database.settings.url) as client:
            signed_in = {"sign-in": await database.new_sign_in(await database.new_person())}
            client.cookies.update(signed_in)
            assert (await client.get("/account")).status_code == 200
            await on_server(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            await on_server(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            await answers_that_it_is_gone(client)
            await on_server(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            client.cookies.update(signed_in)
            until = time.monotonic() + 10
            while (await client.get("/account")).status_code != 200:
                assert time.monotonic() < until
                await asyncio.sleep(0.1)
            assert (await client.get("/health/ready")).status_code == 200
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


async def answers_that_it_is_gone(client: httpx.AsyncClient) -> None:
    for address in ("/", "/account", "/challenges", "/health/ready"):
        began = time.monotonic()
        answer = await client.get(address)
        assert (answer.status_code, time.monotonic() - began < 1) == (503, True), address
    page = await client.get("/")
    assert "We will be back soon" in page.text
    assert page.headers["retry-after"]
    assert (await client.post("/sign-in", data={"csrf": "x"})).status_code in {403, 503}
    client.cookies.clear()
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get(page.text.split('rel="stylesheet" href="')[1].split('"')[0])).status_code == 200
