"""An officer's whole job in a real browser: a question from its first word to a shortlisted answer."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect
from published import new_idea

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ground import Site
    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.browser

TEXTS = {
    "question": ("Where should the next {} stand?", "¿Dónde debería estar el próximo {}?"),
    "summary": ("Ten of them, before summer.", "Diez, antes del verano."),
    "why_asked": ("People tell us they have nowhere to rest.", "La gente no tiene dónde descansar."),
    "who_decides": ("Three residents and two officers.", "Tres vecinos y dos técnicos."),
    "what_chosen_gets": ("A bench, and £500 for plants.", "Un banco y 500 libras para plantas."),
    "criterion_1_name": ("Reach", "Alcance"),
    "criterion_1_meaning": ("How many people gain", "A cuánta gente ayuda"),
}
WEIGHT = "Weight of criterion 1, in percent"


@asynccontextmanager
async def at_the_desk(browser: Browser, site: Site, name: str, **options: Any) -> AsyncGenerator[Page]:
    """Open a page of a browser of its own, signed in as a new officer."""
    options = {"viewport": {"width": 1280, "height": 900}, **options}
    context = await browser.new_context(base_url=site.url, **options)
    token = await site.database.new_sign_in(await site.database.new_person(Role.OFFICER, name=name))
    await context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    yield await context.new_page()
    await context.close()


async def nothing_bars(page: Page) -> None:
    """Check that axe finds nothing, and that nothing sticks out of a narrow window."""
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


async def write_challenge(page: Page, thing: str) -> None:
    """Fill in a challenge that can be published."""
    await page.goto("/desk")
    await page.get_by_role("link", name="Write a challenge").first.click()
    for name, texts in TEXTS.items():
        for code, text in zip(("en", "es"), texts, strict=True):
            await page.locator(f"#{name}_{code}").fill(text.format(thing))
    await page.get_by_label(WEIGHT).fill("100")
    await page.get_by_label("First day for ideas").fill(datetime.now(UTC).date().isoformat())
    last = datetime.now(UTC).date() + timedelta(days=20)
    await page.get_by_label("Last day for ideas").fill(last.isoformat())
    await page.get_by_label("Supports an idea needs").fill("1")


async def publish_challenge(page: Page, thing: str) -> int:
    """Write, preview and publish a challenge; give its number."""
    await write_challenge(page, thing)
    await page.get_by_role("button", name="Save and see it as residents will").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Where should the next {thing} stand?")
    await expect(page.get_by_text("This is what residents will see.")).to_be_visible()
    await expect(page.get_by_text("A bench, and £500 for plants.")).to_be_visible()
    await page.get_by_role("button", name="Publish this challenge").click()
    await expect(page.get_by_text("The challenge is public.")).to_be_visible()
    found = re.search(r"/desk/challenges/(\d+)", page.url)
    assert found
    return int(found[1])


async def mails_about(site: Site, idea: int, people: list[int]) -> str:
    """Give the text of every mail about an idea to these people, once nobody waits for one."""
    waiting = "SELECT FROM notice_delivery WHERE told_at IS NULL AND person = ANY($1)"
    for _ in range(50):
        if not await site.database.ask(waiting, people):
            break
        await asyncio.sleep(0.2)
    mails = await site.database.ask(
        "SELECT text FROM outgoing_mail m JOIN person p ON p.email = m.address WHERE p.id = ANY($1::bigint[])", people
    )
    return "\n".join(mail["text"] for mail in mails if f"/ideas/{idea}/" in mail["text"])


@pytest.mark.parametrize(("thing", "options"), [("bench", {}), ("seat", {"java_script_enabled": False})])
async def test_an_officer_does_their_whole_job(
    site: Site, browser: Browser, thing: str, options: dict[str, bool]
) -> None:
    database = site.database
    async with at_the_desk(browser, site, "Ada", **options) as page:
        challenge = await publish_challenge(page, thing)
        author, friend = await database.new_person(name="Tegan"), await database.new_person(language="es")
        idea = await new_idea(
            database, challenge, author, title=f"A {thing} at the quay", supporters=(friend,), stage="open"
        )

        await page.goto("/desk/ideas?sort=newest")
        await page.get_by_role("link", name=f"A {thing} at the quay").click()
        await page.get_by_role("link", name="Take it under review").first.click()
        await page.locator("#reason_en").fill("We will look at it on Friday.")
        await page.locator("#reason_es").fill("La miraremos el viernes.")
        await expect(page.get_by_text("2 people get it.")).to_be_visible()
        await page.get_by_role("button", name="Take it under review").click()
        await expect(page.get_by_text("The idea is under review.")).to_be_visible()

        await page.get_by_role("group", name="Reach").get_by_label("4", exact=True).check()
        await page.get_by_label("Your note for colleagues").fill("Close to the ferry.")
        await page.get_by_role("button", name="Keep my points").click()
        await expect(page.get_by_text("We have kept your points.")).to_be_visible()
        await expect(page.get_by_role("row", name="Ada (you)")).to_contain_text("4.0")

        await page.get_by_role("link", name="Put it on the shortlist").click()
        await page.get_by_role("button", name="Put it on the shortlist").click()
        await expect(page.get_by_role("alert")).to_contain_text("Español: write what we say")
        await page.locator("#reason_en").fill("It is where people wait longest.")
        await page.locator("#reason_es").fill("Es donde más se espera.")
        await page.get_by_role("button", name="Put it on the shortlist").click()
        await expect(page.get_by_text("The idea is on the shortlist.")).to_be_visible()
        await expect(page.get_by_role("link", name="Start the project")).to_be_visible()

    told = await mails_about(site, idea, [author, friend])
    for words in ("on Friday", "el viernes", "where people wait longest", "Es donde más se espera"):
        assert told.count(words) == 1


async def test_a_draft_keeps_its_words_and_gains_a_criterion(site: Site, browser: Browser) -> None:
    async with at_the_desk(browser, site, "Ada", java_script_enabled=False) as page:
        await write_challenge(page, "lamp")
        await page.get_by_label(WEIGHT).fill("most of it")
        await page.get_by_role("button", name="Save", exact=True).last.click()
        await expect(page.get_by_role("alert")).to_contain_text("Write this as a number")
        await expect(page.get_by_label(WEIGHT)).to_have_value("most of it")
        await expect(page.locator("#why_asked_es")).to_have_value("La gente no tiene dónde descansar.")
        await page.get_by_label(WEIGHT).fill("60")
        await page.get_by_role("button", name="Save and add another criterion").click()
        await expect(page.locator("#criterion_4_name_en")).to_be_visible()
        await page.get_by_role("link", name="Preview and publish").click()
        await expect(page.get_by_text("1 thing is missing")).to_be_visible()
        await expect(page.get_by_role("button", name="Publish this challenge")).to_have_count(0)


async def test_a_challenge_is_closed_only_after_a_question(site: Site, browser: Browser) -> None:
    async with at_the_desk(browser, site, "Ada") as page:
        await publish_challenge(page, "fountain")
        await page.get_by_role("link", name="Close it now").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Close this challenge now?")
        await page.get_by_role("link", name="Leave it open").click()
        await page.get_by_role("link", name="Close it now").click()
        await page.get_by_role("button", name="Close it now").click()
        await expect(page.get_by_text("takes no more ideas")).to_be_visible()
        await page.get_by_role("link", name="Finish it").click()
        await page.get_by_role("button", name="Finish it").click()
        await expect(page.get_by_text("The challenge is finished.")).to_be_visible()


@pytest.mark.slow  # each of these pages is among the looks of test_axe, too
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
async def test_axe_finds_nothing_at_the_desk(site: Site, browser: Browser, width: int, scheme: str) -> None:
    view = {"width": width, "height": 800}
    async with at_the_desk(browser, site, "Ada", viewport=view, color_scheme=scheme) as page:
        challenge = await publish_challenge(page, f"sign-{width}")
        people = [await site.database.new_person() for _ in range(2)]
        idea = await new_idea(site.database, challenge, people[0], supporters=(people[1],), stage="under_review")
        at = f"/desk/challenges/{challenge}"
        for address in (
            *("/desk", "/desk/challenges", "/desk/challenges/new", "/desk/areas", "/desk/topics", "/desk/ideas"),
            *(at, f"{at}/preview", f"{at}/close", f"{at}/extend", f"{at}/finish"),
            *(f"/desk/ideas/{idea}", f"/desk/ideas/{idea}/shortlisted", f"/desk/ideas/{idea}/note"),
        ):
            await page.goto(address)
            await nothing_bars(page)
        await page.goto(f"/desk/ideas/{idea}/shortlisted")
        await page.get_by_role("button", name="Put it on the shortlist").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        await nothing_bars(page)
