"""Every route of the app: who may open it, what strangers never see, and what bad input gets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from council import Council, settled
from ground import START_SECONDS, Database, Site, client_of, free_port, on_server, serve, until_ready
from litestar.handlers import HTTPRouteHandler
from posting import field_in, token_in

from shapedby.kernel import MODERATORS, OFFICERS, STAFF, Role
from shapedby.web import guards

if TYPE_CHECKING:
    from conftest import NewDatabase
    from litestar import Litestar

WHO = ("visitor", "resident", "author", "moderator", "officer", "administrator")
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
ALLOWED: dict[Any, frozenset[Role]] = {
    guards.anyone: frozenset(Role),
    guards.signed_in: frozenset(Role) - {Role.VISITOR},
    guards.staff: STAFF,
    guards.moderators: MODERATORS,
    guards.officers: OFFICERS,
    guards.administrators: ADMINISTRATORS,
    guards.in_demo: frozenset(),
}
"""Who may use a route with this guard; these tests are not in demo mode."""

# Every GET route with what there is of its kind; the author's own texts are theirs alone.
OWN = {
    "/ideas/{number:int}/edit": ("/ideas/{draft}/edit", 200),
    "/ideas/{number:int}/preview": ("/ideas/{draft}/preview", 200),
    "/ideas/{number:int}/sent": ("/ideas/{held}/sent", 200),
    "/ideas/{number:int}/take-back": ("/ideas/{held}/take-back", 200),
    "/comments/{number:int}/withdraw": ("/comments/{comment}/withdraw", 200),
}
OPEN = {
    "/": ("/", 200),
    "/about/accessibility/problem": ("/about/accessibility/problem", 200),
    "/about/{name:str}": ("/about/rules", 200),
    "/account": ("/account", 200),
    "/challenges": ("/challenges", 200),
    "/challenges/{slug:str}": ("/challenges/{open}", 200),
    "/challenges/{slug:str}/ideas/new": ("/challenges/{open}/ideas/new", 200),
    "/comments/{number:int}": ("/comments/{reply}", 200),
    "/desk": ("/desk", 200),
    "/desk/areas": ("/desk/areas", 200),
    "/desk/challenges": ("/desk/challenges", 200),
    "/desk/challenges/new": ("/desk/challenges/new", 200),
    "/desk/challenges/{number:int}": ("/desk/challenges/{draft_id}", 200),
    "/desk/challenges/{number:int}/close": ("/desk/challenges/{open_id}/close", 200),
    "/desk/challenges/{number:int}/extend": ("/desk/challenges/{open_id}/extend", 200),
    "/desk/challenges/{number:int}/finish": ("/desk/challenges/{deciding_id}/finish", 200),
    "/desk/challenges/{number:int}/preview": ("/desk/challenges/{draft_id}/preview", 200),
    "/desk/ideas": ("/desk/ideas", 200),
    "/desk/ideas/{number:int}": ("/desk/ideas/{reviewed}", 200),
    "/desk/ideas/{number:int}/{word:str}": ("/desk/ideas/{reviewed}/shortlisted", 200),
    "/desk/pages": ("/desk/pages", 200),
    "/desk/pages/{name:str}": ("/desk/pages/contact", 200),
    "/desk/pages/{name:str}/{language:str}/{version:int}": ("/desk/pages/contact/en/0", 200),
    "/desk/projects": ("/desk/projects", 200),
    "/desk/projects/new": ("/desk/projects/new?idea={chosen}", 200),
    "/desk/projects/{slug:str}": ("/desk/projects/{active_project}", 200),
    "/desk/projects/{slug:str}/{what:str}": ("/desk/projects/{active_project}/gate", 200),
    "/desk/topics": ("/desk/topics", 200),
    "/dev/mail": ("/dev/mail", 200),
    "/dev/mail/{number:int}": ("/dev/mail/{mail}", 200),
    "/dev/mail/{number:int}/html": ("/dev/mail/{mail}/html", 200),
    "/health/live": ("/health/live", 200),
    "/health/ready": ("/health/ready", 200),
    "/ideas/{number:int}": ("/ideas/{idea}", 301),
    "/ideas/{number:int}/{slug:str}": ("/ideas/{idea}/a-walking-bus", 200),
    "/ideas/{number:int}/support": ("/ideas/{idea}/support", 200),
    "/moderation": ("/moderation", 200),
    "/moderation/decided": ("/moderation/decided", 200),
    "/moderation/{number:int}": ("/moderation/{case}", 200),
    "/people/{number:int}": ("/people/{p_author}", 200),
    "/projects": ("/projects", 200),
    "/projects/{slug:str}": ("/projects/{active_project}", 200),
    "/report/{posting:int}": ("/report/{idea_posting}", 200),
    "/report/{posting:int}/{reference:str}": ("/report/{idea_posting}/{reference}", 200),
    "/results": ("/results", 200),
    "/sign-in": ("/sign-in", 200),
    "/sign-in/link/{link:str}": ("/sign-in/link/{link}", 200),
    "/sign-in/sent": ("/sign-in/sent", 303),
    "/welcome": ("/welcome", 303),
    "/welcome/too-young": ("/welcome/too-young", 200),
}
EXAMPLES = OPEN | OWN
KEPT = "My words, which nobody may lose."
Clients = dict[str, httpx.AsyncClient]


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.fixture(scope="module")
async def clients(app: Litestar, database: Database, council: Council) -> AsyncIterator[Clients]:
    """Give each kind of person an HTTP client."""
    made = {who: client_of(app) for who in (*WHO, "newcomer")}
    for who, client in made.items():
        if who != "visitor":
            client.cookies.set("sign-in", await database.new_sign_in(council.people[who]))
    yield made
    for client in made.values():
        await client.aclose()


def handlers(app: Litestar, method: str) -> dict[str, HTTPRouteHandler]:
    """List the handlers of a method by the path as the code writes it."""
    found: dict[str, HTTPRouteHandler] = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and method in handler.http_methods:
                found[next(iter(handler.paths))] = handler
    return found


def role_of(who: str) -> Role:
    return Role.RESIDENT if who == "author" else Role(who)


async def test_every_get_route_has_an_example_here(app: Litestar) -> None:
    assert set(handlers(app, "GET")) == set(EXAMPLES), "write an example of each route into tests/test_routes.py"


@pytest.mark.parametrize("path", EXAMPLES)
async def test_a_route_opens_for_its_roles_and_for_nobody_else(
    app: Litestar, clients: Clients, council: Council, path: str
) -> None:
    guard = next(one for one in handlers(app, "GET")[path].guards or () if one in ALLOWED)
    example, opened = EXAMPLES[path]
    for who in WHO:
        answer = await clients[who].get(council.at(example))
        expected = opened
        if role_of(who) not in ALLOWED[guard]:
            expected = 303 if who == "visitor" and guard is not guards.in_demo else 404
        elif path in OWN and who != "author":
            expected = 404
        assert answer.status_code == expected, f"{who} got {answer.status_code} for {council.at(example)}"
        if who == "visitor" and expected == 303 and guard is not guards.anyone:
            assert answer.headers["location"].startswith("/sign-in?next=/")


HIDDEN = {
    "/ideas/{draft}": {"author": 303},
    "/ideas/{draft}/a-walking-bus": {"author": 303},
    "/ideas/{draft}/edit": {"author": 200},
    "/ideas/{draft}/preview": {"author": 200},
    "/ideas/{draft}/support": {},
    "/desk/ideas/{draft}": {},
    "/ideas/{held}/support": {},
    "/report/{held_posting}": {},
    "/comments/{held_comment}": {"author": 200, "moderator": 200, "administrator": 200},
    "/comments/{refused_comment}": {"author": 200, "moderator": 200, "administrator": 200},
    "/comments/{removed_comment}": {"author": 200, "moderator": 200, "administrator": 200},
    "/challenges/{draft_slug}": {},
    "/people/{p_young}": {},
    **{
        f"/ideas/{{{publicity}}}/a-walking-bus": {
            "author": 200,
            "moderator": 200,
            "officer": 200,
            "administrator": 200,
        }
        for publicity in ("held", "refused", "withdrawn", "hidden")
    },
}
"""What is not public, and who may see it all the same; to everybody else it does not exist."""


@pytest.mark.parametrize("address", HIDDEN)
async def test_what_is_not_public_does_not_exist_for_others(
    clients: Clients, council: Council, database: Database, address: str
) -> None:
    draft = await database.ask("SELECT slug FROM challenge WHERE id = $1", council.numbers["draft_id"])
    asked = council.at(address.replace("{draft_slug}", draft[0][0]))
    answers = {who: await clients[who].get(asked) for who in WHO}
    assert answers["visitor"].status_code == 404 or answers["visitor"].headers["location"].startswith("/sign-in?next=")
    got = {who: answer.status_code for who, answer in answers.items() if who != "visitor"}
    assert got == {who: HIDDEN[address].get(who, 404) for who in WHO[1:]}
    for answer in answers.values():
        if answer.status_code == 404:
            assert "Eleven cars" not in answer.text
            assert "essay" not in answer.text


async def test_a_form_without_its_token_changes_nothing_and_keeps_the_words(
    app: Litestar, clients: Clients, council: Council, database: Database
) -> None:
    before = await everything(database)
    paths = list(handlers(app, "POST"))
    assert len(paths) > 30
    for path in paths:
        address = council.at(_any_address(path))
        for who in ("visitor", "administrator"):
            for sent in ({}, {"csrf": "x"}, {"csrf": "é" * 44}):
                answer = await clients[who].post(address, data={"comment": KEPT, **sent})
                assert answer.status_code == 403, f"{who} got {answer.status_code} for {address}"
                assert KEPT in answer.text
    assert await everything(database) == before


async def test_a_token_of_another_browser_is_no_token(clients: Clients, council: Council) -> None:
    page = council.at("/ideas/{idea}/a-walking-bus")
    token = token_in((await clients["resident"].get(page)).text)
    answer = await clients["author"].post(council.at("/ideas/{idea}/comments"), data={"csrf": token, "comment": KEPT})
    assert answer.status_code == 403


def _any_address(path: str) -> str:
    known = {"slug": "{open}", "number": "{idea}", "posting": "{idea_posting}", "what": "gate", "word": "note"}
    known |= {"name": "contact", "language": "en", "version": "0", "link": "{link}"}
    if path.startswith("/desk/projects/"):
        known["slug"] = "{active_project}"
    parts = [part.strip("{}").split(":")[0] if part.startswith("{") else None for part in path.split("/")]
    return "/".join(known[name] if name else part for name, part in zip(parts, path.split("/"), strict=True))


async def everything(database: Database) -> list[tuple[str, int]]:
    """Count the rows of every table that a form could write to."""
    names = await database.ask(
        "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'migration' ORDER BY 1"
    )
    return [(name[0], (await database.ask(f'SELECT count(*) FROM "{name[0]}"'))[0][0]) for name in names]


BODIES: dict[str, tuple[Callable[[str], dict[str, Any]], set[int]]] = {
    "nothing": (lambda token: {"data": {"csrf": token}}, {422}),
    "control characters": (lambda token: {"data": {"csrf": token, "comment": "a\0b\x1b[2J"}}, {400}),
    "too long a text": (lambda token: {"data": {"csrf": token, "comment": "word " * 2_500}}, {422}),
    "a text beyond any form": (lambda token: {"data": {"csrf": token, "comment": "x" * 300_000}}, {413}),
    "many fields": (lambda token: {"content": f"csrf={token}&" + "a=&" * 60_000, "headers": FORM}, {400}),
    "100,000 parts": (lambda token: {"content": f"csrf={token}&" + "a=1&" * 100_000, "headers": FORM}, {413}),
    "100,000 files": (lambda token: {"content": _multipart(100_000), "headers": PARTS}, {413}),
    "many parts": (lambda token: {"content": _multipart(4_000), "headers": PARTS}, {400, 403}),
    "a file": (lambda token: {"data": {"csrf": token}, "files": {"comment": ("a.txt", b"words")}}, {400, 422}),
    "no form": (lambda token: {"content": b"\xff\xfe\x00", "headers": {"content-type": "application/json"}}, {400, 403}),
    "half a part": (lambda token: {"content": b"--x\r\nContent-Disp", "headers": PARTS}, {400, 403}),
    "no boundary": (lambda token: {"content": b"a", "headers": {"content-type": "multipart/form-data"}}, {400, 403}),
    "bad letters": (lambda token: {"content": f"csrf={token}&comment=%FF%FE%00", "headers": FORM}, {400, 422}),
}
FORM = {"content-type": "application/x-www-form-urlencoded"}
PARTS = {"content-type": "multipart/form-data; boundary=x"}


def _multipart(parts: int) -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * parts + b"--x--\r\n"


@pytest.mark.parametrize("body", BODIES)
async def test_a_body_that_no_form_of_ours_sends_gets_4xx_at_once(clients: Clients, council: Council, body: str) -> None:
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
LISTS = ("/challenges/{open}", "/desk/ideas", "/results", "/moderation/decided", "/ideas/{idea}/a-walking-bus", "/projects")


@pytest.mark.parametrize("address", LISTS)
async def test_an_unknown_sort_filter_or_page_gets_the_default(clients: Clients, council: Council, address: str) -> None:
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
            client.cookies.set("sign-in", await database.new_sign_in(await database.new_person()))
            assert (await client.get("/account")).status_code == 200
            await on_server(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            await on_server(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            await answers_that_it_is_gone(client)
            await on_server(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
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
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get(page.text.split('rel="stylesheet" href="')[1].split('"')[0])).status_code == 200
