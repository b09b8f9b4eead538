"""Every page template in a real browser: axe, headings, languages, the policy for scripts, and 320 pixels."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from council import Council, settled
from ground import Database, free_port
from jinja2 import Template
from litestar import Response, get
from litestar.params import FromPath
from looks import LOOKS, Look, page_templates

from shapedby.db import DatabaseGone
from shapedby.web.guards import anyone
from shapedby.web.language import translations
from shapedby.web.page import page as answer
from shapedby.web.site import Ask

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from conftest import NewDatabase
    from litestar import Litestar
    from playwright.async_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
STRUCTURE = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title.trim().length > 0,
  lang: document.documentElement.lang,
  inline: document.querySelectorAll("[style], style, script:not([src]), [onclick], [onload], [onerror]").length,
  twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at),
})"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_WIDE = f"""() => {SIDEWAYS} <= 0 ? [] : [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table-wrap"))
  .map((one) => one.outerHTML.slice(0, 120))"""
FAULTS = {"went_wrong": RuntimeError, "database_gone": DatabaseGone}


@dataclass
class Place:
    """The site with the whole council in it, which templates it has rendered, and a browser for each person."""

    url: str
    council: Council
    database: Database
    browser: Browser
    rendered: list[str]
    contexts: dict[tuple[Any, ...], BrowserContext] = field(default_factory=dict[tuple[Any, ...], Any])

    async def page_of(self, who: str, **options: Any) -> Page:
        """Give a page of somebody's browser."""
        key = (who, *sorted(options.items()))
        if key not in self.contexts:
            options["viewport"] = {"width": options.pop("width", 1280), "height": 900}
            self.contexts[key] = await self.browser.new_context(base_url=self.url, **options)
            if who:
                token = await self.database.new_sign_in(self.council.people[who])
                await self.contexts[key].add_cookies([{"name": "sign-in", "value": token, "url": self.url}])
        return await self.contexts[key].new_page()


@get("/only-in-tests/{name:str}", guards=[anyone])
async def alone(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """Show a page that only a fault shows, or that nothing shows yet."""
    if name in FAULTS:
        raise FAULTS[name]
    return answer(request, f"web/{name}.html")


@pytest.fixture(scope="module")
async def database(new_database: NewDatabase) -> Database:
    return await new_database(PORT=str(free_port()), SHAPEDBY_DEMO="yes")


@pytest.fixture(scope="module")
async def place(app: Litestar, database: Database, browser: Browser) -> AsyncIterator[Place]:
    """Serve the app of this process, whose templates tell when they are rendered."""
    rendered: list[str] = []

    class Telling(Template):
        def render(self, *args: Any, **kwargs: Any) -> str:
            rendered.append(self.name or "")
            return super().render(*args, **kwargs)

    for environment in app.state["site"].pages.values():
        environment.template_class = Telling
    app.register(alone)
    settings = database.settings
    config = uvicorn.Config(app, host=settings.host, port=settings.port, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
        await asyncio.sleep(0.05)
    made = Place(settings.url, await settled(database), database, browser, rendered)
    yield made
    for context in made.contexts.values():
        await context.close()
    server.should_exit = True
    with suppress(asyncio.CancelledError):
        await serving


def test_every_page_template_is_looked_at() -> None:
    looked_at = {look.template for look in LOOKS}
    assert page_templates() - looked_at == set(), "write a Look for each new page into tests/looks.py"
    assert looked_at - page_templates() == set()


async def shown(place: Place, look: Look, lang: str = "en", **options: Any) -> Page:
    """Open a page and do what its look says; says what its console and its network had to say."""
    page = await place.page_of(look.who, **options)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith((place.url, "data:")) else None)
    address = place.council.at(look.address)
    await page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    if look.spoil:
        await page.evaluate(look.spoil)
    if look.press:
        place.rendered.clear()
        named = translations(lang).gettext(look.press)
        async with page.expect_navigation():
            await page.locator("main").get_by_role("button", name=named, exact=True).first.click()
    assert look.template in place.rendered, f"{address} showed {place.rendered}"
    place.rendered.clear()
    wrong = [text for text in said if "the server responded with a status of" not in text]
    assert wrong == []
    return page


def each() -> Iterator[Any]:
    """Give every look; the quick run takes the first of each template, ``make test-full`` all of them."""
    seen: set[str] = set()
    for number, look in enumerate(LOOKS):
        marks = [pytest.mark.slow] if look.template in seen else []
        seen.add(look.template)
        yield pytest.param(look, id=f"{number}-{look.name}", marks=marks)


@pytest.mark.parametrize("look", list(each()))
async def test_nothing_on_a_page_bars_anybody(place: Place, look: Look) -> None:
    page = await shown(place, look)
    try:
        structure = await page.evaluate(STRUCTURE)
        assert structure == {"headings": 1, "title": True, "lang": "en", "inline": 0, "twice": []}
        found = await Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        await page.set_viewport_size({"width": 320, "height": 640})
        assert await page.evaluate(TOO_WIDE) == [], "scrolls sideways at 320 pixels"
    finally:
        await page.close()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("look", LOOKS, ids=[f"{number}-{look.name}" for number, look in enumerate(LOOKS)])
async def test_nothing_bars_anybody_in_any_colour_width_or_language(
    place: Place, look: Look, colour: str, width: int, lang: str
) -> None:
    page = await shown(place, look, lang, color_scheme=colour, width=width)
    try:
        found = await Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert await page.evaluate(SIDEWAYS) <= 0
        assert await page.evaluate("document.documentElement.lang") == lang
    finally:
        await page.close()
