"""The public collections of attacks, written where people write: nothing runs on any kind of page, mail or feed."""

from __future__ import annotations

import secrets
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from attacking import attacks, wrong_in
from council import Council, settled
from filling import publish_everything
from ground import Database, client_of

from shapedby.challenges import queries as challenges
from shapedby.comments.actions import write
from shapedby.coproduction.actions.work import add_update
from shapedby.coproduction.queries.project import project
from shapedby.ideas import actions as ideas
from shapedby.ideas.actions.writing import Calendar
from shapedby.ideas.rules import Written
from shapedby.kernel import Actor, Refused, Role
from shapedby.mail.actions import queue
from shapedby.moderation.rules import PUBLISHED
from shapedby.story.actions import save_statement
from shapedby.story.rules import About
from shapedby.text import Format
from shapedby.text.cleaning import clean_any_length

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator, Sequence

    import httpx
    from conftest import NewDatabase
    from litestar import Litestar
    from playwright.async_api import Browser, Page, Route

pytestmark = pytest.mark.browser

SAMPLE = 60
# These two pass bleach alone: what is after its colon looks like a port.
PASS_BLEACH = "javascript:123"
A_DAY_S_COMMENTS, A_PAGE_S_COMMENTS, TOGETHER = 15, 50, 12
LONGEST = 2_000
WORDS = "Eleven cars wait at the school gate on most mornings, and nobody can cross the road there."
ATOM = "{http://www.w3.org/2005/Atom}"
HOOKS = """
window.__ran = [];
for (const name of ['alert', 'prompt', 'confirm', 'print', 'open']) {
  window[name] = (...what) => { window.__ran.push(name + ': ' + what); };
}
"""
TOUCH = """() => {
  document.addEventListener('click', (event) => event.preventDefault(), true);
  for (const element of document.querySelectorAll('.prose, .prose *, blockquote, blockquote *, h1, h1 *')) {
    for (const name of ['mouseover', 'focus', 'click', 'error', 'load', 'toggle', 'animationend']) {
      element.dispatchEvent(new Event(name, { bubbles: name !== 'error', cancelable: true }));
    }
  }
}"""
FOUND = """() => ({
  ran: window.__ran,
  handlers: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((a) => /^on/i.test(a.name)))
    .map((one) => one.outerHTML.slice(0, 200)),
  addresses: [...document.querySelectorAll('[href], [src], [action], [formaction]')]
    .map((one) => one.getAttribute('href') || one.getAttribute('src') || one.getAttribute('action') || '')
    .filter((one) => /^\\s*(javascript|data|vbscript)\\s*:/i.test(one)),
  elements: [...document.querySelectorAll('iframe, object, embed, base, math, marquee, isindex, frame, applet, video')]
    .map((one) => one.outerHTML.slice(0, 200)),
  scripts: [...document.querySelectorAll('script')].map((one) => one.getAttribute('src') || 'inline')
    .filter((one) => !one.startsWith('/static/')),
})"""
NOTHING: dict[str, list[str]] = {"ran": [], "handlers": [], "addresses": [], "elements": [], "scripts": []}


@pytest.fixture(scope="module")
async def database(new_database: NewDatabase) -> Database:
    """Give a database in demo mode: there mails can be read as pages."""
    return await new_database(SHAPEDBY_DEMO="yes")


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.fixture
async def visitor(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


@asynccontextmanager
async def opened(browser: Browser, client: httpx.AsyncClient) -> AsyncGenerator[tuple[Page, list[str]]]:
    """Open a page that obeys no policy for scripts: whatever could run does. The list is what it asked others for."""
    context = await browser.new_context(base_url=str(client.base_url), bypass_csp=True)
    asked: list[str] = []

    async def answer(route: Route) -> None:
        address, kind = route.request.url, route.request.resource_type
        path = address.removeprefix(str(client.base_url).rstrip("/"))
        if not path.startswith("/") or (kind != "document" and not path.startswith("/static/")):
            asked.append(f"{kind} {address}")
            await route.abort()
            return
        found = await client.get(path)
        await route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    await context.route("**/*", answer)
    await context.add_init_script(HOOKS)
    page = await context.new_page()
    yield page, asked
    await context.close()


async def look(page: Page, asked: list[str], address: str) -> None:
    """Open a page and touch everything that people wrote there: nothing runs, and nothing is fetched."""
    answer = await page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    await page.evaluate(TOUCH)
    await page.wait_for_timeout(30)
    found: dict[str, Any] = await page.evaluate(FOUND)
    assert found == NOTHING, address
    assert asked == [], address


def chosen(sample: int) -> list[str]:
    """Take that many attacks from all over the collections, with those that pass bleach alone."""
    every = [one.replace("\x00", "").encode("utf-8", "ignore").decode()[:LONGEST] for one in attacks()]
    spread = every[:: max(1, len(every) // sample)] if sample else every
    return sorted(set(spread) | {one for one in every if PASS_BLEACH in one}, key=lambda one: PASS_BLEACH in one)


def batches(vectors: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(vectors), size):
        yield list(vectors[start : start + size])


async def somebody(database: Database, role: Role = Role.RESIDENT) -> Actor:
    name = f"Somebody {secrets.token_hex(3)}"
    return Actor(await database.new_person(role, name=name), role, name)


async def comments(database: Database, council: Council, vectors: list[str]) -> list[str]:
    """Write a comment of each; gives the pages of the discussion."""
    idea = council.numbers["idea"]
    for some in batches(vectors, A_DAY_S_COMMENTS):
        actor = await somebody(database)
        for vector in some:
            await write(actor, idea, None, vector or "x", language="en")
    await publish_everything()
    pages = (len(vectors) + A_PAGE_S_COMMENTS) // A_PAGE_S_COMMENTS + 1
    return [f"/ideas/{idea}/a-walking-bus?order=time&page={page}" for page in range(1, pages + 1)]


async def written_ideas(database: Database, council: Council, vectors: list[str]) -> list[str]:
    """Write ideas, with an attack in each field; gives their pages, and the lists that show them."""
    challenge = await challenges.challenge(council.slugs["open"])
    assert challenge is not None
    calendar, addresses = Calendar("Europe/London"), list[str]()
    topic = (await challenges.topics(challenge.id))[0].id
    for some in batches(vectors, 3):
        one, two, three = [f"{vector}\n\n{WORDS}" for vector in (*some, "x", "x")[:3]]
        typed = Written(f"{some[0].strip()[:60]} gate", one, two, three, topic=topic)
        actor = await somebody(database)
        number = await ideas.start_draft(actor, challenge, typed)
        try:
            await ideas.send(actor, number, calendar)
        except Refused as refused:
            pytest.fail(f"{refused.why}: {typed}")
        addresses.append(f"/ideas/{number}/")
    await publish_everything()
    rows = await database.ask("SELECT id, slug FROM idea WHERE sent_at IS NOT NULL")
    slugs = {f"/ideas/{row['id']}/": row["slug"] for row in rows}
    return [address + slugs[address] for address in addresses] + ["/ideas?sort=newest", "/ideas?sort=newest&page=2"]


async def news(database: Database, council: Council, vectors: list[str]) -> list[str]:
    """Publish news of a project in the council's voice; gives its page in both languages."""
    actor = Actor(council.people["officer"], Role.OFFICER, "The officer")
    found = await project(council.slugs["active_project"])
    assert found is not None
    for one, two in batches(vectors + vectors[: len(vectors) % 2], 2):
        await add_update(actor, found, {"en": one or "x", "es": two or "x"})
    address = f"/projects/{council.slugs['active_project']}"
    return [address, f"{address}?lang=es"]


async def statements(database: Database, council: Council, vectors: list[str]) -> AsyncIterator[str]:
    """Write a statutory page again and again; gives its page after each."""
    actor = Actor(council.people["officer"], Role.OFFICER, "The officer")
    for number, some in enumerate(batches(vectors, TOGETHER)):
        await save_statement(actor, About.TERMS, "en", f"{number}\n\n" + "\n\n".join(some))
        yield "/about/terms"


async def mails(database: Database, vectors: list[str]) -> list[str]:
    """Write to somebody about each, as its author and in the moderator's words; gives the mails' own pages."""
    for some in batches(vectors, TOGETHER):
        for mail, text in (("moderation/refused", "\n\n".join(some)), ("moderation/asked", some[0])):
            given = {"kind": "idea", "about": some[-1][:100], "posting": 1, "address": "/ideas/1", "text": text}
            context = {**given, "rule": PUBLISHED[0], "words": text, "until": None}
            await queue(address="v@example.org", language="en", kind="decision", template=mail, context=context)
    rows = await database.ask("SELECT id FROM outgoing_mail WHERE address = 'v@example.org' ORDER BY id")
    return [address for row in rows for address in (f"/dev/mail/{row['id']}", f"/dev/mail/{row['id']}/html")]


async def fed(client: httpx.AsyncClient) -> str:
    """Give what a reader of feeds shows: the content of every entry, as HTML."""
    answer = await client.get("/ideas/feed")
    feed = ET.fromstring(answer.text)
    contents = [one.text or "" for one in feed.iter(f"{ATOM}content")]
    assert len(contents) >= 15
    assert [one for one in map(wrong_in, contents) if one] == []
    return "<!doctype html><meta charset=utf-8>" + "".join(f"<div class=prose>{one}</div>" for one in contents)


async def stored(database: Database, after: int) -> list[str]:
    """Give every HTML text that was made from what people wrote, from one posting on."""
    posted = await database.ask("SELECT html FROM posting WHERE kind = 'comment' AND html <> '' AND id > $1", after)
    told = await database.ask("SELECT words_html->>'en' AS html, words_html->>'es' AS other FROM project_update")
    fields = await database.ask(
        "SELECT problem_html, proposal_html, beneficiaries_html FROM idea WHERE posting > $1", after
    )
    return [text for row in (*posted, *told, *fields) for text in row if text]


async def everywhere(
    database: Database,
    council: Council,
    browser: Browser,
    client: httpx.AsyncClient,
    vectors: list[str],
    *,
    of_ideas: int,
) -> None:
    """Write the attacks everywhere, open every kind of page, and clean again what is stored.

    Ideas get the last ``of_ideas`` of them: each three have a page of their own.
    """
    before = (await database.ask("SELECT max(id) FROM posting"))[0][0]
    async with opened(browser, client) as (page, asked):
        for address in [
            *await comments(database, council, vectors),
            *await written_ideas(database, council, vectors[-of_ideas:]),
            *await news(database, council, vectors),
            *await mails(database, vectors),
        ]:
            await look(page, asked, address)
        async for address in statements(database, council, vectors):
            await look(page, asked, address)
        await page.goto("/health/live")
        await page.set_content(await fed(client))
        await page.evaluate(TOUCH)
        assert await page.evaluate(FOUND) == NOTHING
        assert asked == []
    texts = await stored(database, before)
    assert len(texts) > len(vectors)
    for text in texts:
        assert wrong_in(text) == []
        assert clean_any_length(text, format=Format.HTML) == text


async def test_the_page_would_notice_what_runs(browser: Browser, visitor: httpx.AsyncClient) -> None:
    async with opened(browser, visitor) as (page, asked):
        await page.goto("/health/live")
        await page.set_content("<div class=prose><img src=/x onerror=alert(1)><a href='javascript:a()'>x</a></div>")
        await page.wait_for_function("window.__ran.length > 0")
        found = await page.evaluate(FOUND)
    assert found["ran"] == ["alert: 1"]
    assert len(found["handlers"]) == len(found["addresses"]) == 1
    assert len(asked) == 1


async def test_some_attacks_do_nothing_on_any_kind_of_page(
    database: Database, council: Council, browser: Browser, visitor: httpx.AsyncClient
) -> None:
    await everywhere(database, council, browser, visitor, chosen(SAMPLE), of_ideas=24)


@pytest.mark.slow
async def test_no_attack_does_anything_on_any_kind_of_page(
    database: Database, council: Council, browser: Browser, visitor: httpx.AsyncClient
) -> None:
    await everywhere(database, council, browser, visitor, chosen(0), of_ideas=1_000)
