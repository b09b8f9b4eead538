"""The resident's rights in a browser: to appeal to a second moderator, to report danger, and to be restored."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from answering import new_idea, new_question
from playwright.async_api import expect
from posting import new_case, new_posting

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ground import Site
    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.browser


@asynccontextmanager
async def opened(browser: Browser, site: Site, person: int = 0, **options: Any) -> AsyncGenerator[Page]:
    """Open a page of a browser of its own, signed in as a person, or not."""
    context = await browser.new_context(base_url=site.url, **options)
    if person:
        token = await site.database.new_sign_in(person)
        await context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    yield await context.new_page()
    await context.close()


async def test_an_author_appeals_and_a_second_moderator_decides(site: Site, browser: Browser) -> None:
    database = site.database
    author, first = await database.new_person(), await database.new_person(Role.MODERATOR, name="Rhea First")
    second = await database.new_person(Role.MODERATOR)
    posting = await new_posting(database, author, "public", source="The gate is a mess, and nobody cares.")
    case = await new_case(database, posting, "report")
    async with opened(browser, site, first) as page:
        await page.goto(f"/moderation/{case}")
        await page.get_by_label("2 Be kind").check()
        await page.get_by_role("button", name="Hide it").click()
        await expect(page.get_by_text("Hidden. Its author has been told")).to_be_visible()
    async with opened(browser, site, author, java_script_enabled=False) as page:
        await page.goto(f"/appeal/{posting}")
        await expect(page.get_by_text("Rule 2: Be kind")).to_be_visible()
        await page.get_by_label("Why do you think we are wrong?").fill("I speak about a gate, not about a person.")
        await page.get_by_role("button", name="Send my appeal").click()
        await expect(page.get_by_role("heading", name="Your appeal waits for a moderator")).to_be_visible()
    number = (await database.ask('SELECT "case" FROM appeal WHERE posting = $1', posting))[0][0]
    async with opened(browser, site, first) as page:
        await page.goto(f"/moderation/{number}")
        await expect(page.get_by_text("The first decision was yours")).to_be_visible()
    async with opened(browser, site, second) as page:
        await page.goto(f"/moderation/{number}")
        await expect(page.get_by_text("Rhea First decided this")).to_be_visible()
        await expect(page.get_by_text("I speak about a gate")).to_be_visible()
        await page.get_by_role("button", name="Publish it").click()
        await expect(page.get_by_text("Its author and the first moderator have been told")).to_be_visible()
    async with opened(browser, site, author) as page:
        await page.goto(f"/appeal/{posting}")
        await expect(page.get_by_role("heading", name="We were wrong, and it is public now")).to_be_visible()


async def test_a_moderator_suspends_somebody_and_restores_everything(site: Site, browser: Browser) -> None:
    database = site.database
    author, person = await database.new_person(), await database.new_person(name="Sam Sock")
    idea = await new_idea(database, await new_question(database), author)
    await database.ask(
        "INSERT INTO support (idea, person, since, changed_at) VALUES ($1, $2, now(), now())", idea, person
    )
    await database.ask("UPDATE idea SET supports = 1 WHERE id = $1", idea)
    written = await new_posting(database, person, "public", source="Buy my essays.")
    state = "SELECT i.supports, p.publicity FROM idea i, posting p WHERE i.id = $1 AND p.id = $2"
    moderator = await database.new_person(Role.MODERATOR)
    async with opened(browser, site, moderator, java_script_enabled=False) as page:
        await page.goto("/moderation/people?q=Sam")
        await page.goto(f"/moderation/people/{person}")
        await page.get_by_label("1 No selling").check()
        await page.get_by_label("Your words to them").fill("You sell essays.")
        await page.get_by_label("30 days").check()
        await page.get_by_label("Hide everything they wrote as well").check()
        await page.get_by_role("button", name="Suspend").click()
        await expect(page.get_by_role("heading", name="Suspended until")).to_be_visible()
        assert tuple((await database.ask(state, idea, written))[0]) == (0, "hidden")
        async with opened(browser, site, person) as theirs:
            await theirs.goto("/account")
            await expect(theirs.get_by_text("You cannot write or support until")).to_be_visible()
        await page.get_by_label("Why do you end it?").fill("We talked.")
        await page.get_by_role("button", name="End the suspension").click()
        await expect(page.get_by_text("Everything is as it was before")).to_be_visible()
    assert tuple((await database.ask(state, idea, written))[0]) == (1, "public")


async def test_danger_is_reported_signed_out_without_a_script(site: Site, browser: Browser) -> None:
    database = site.database
    duty = await database.new_person(Role.OFFICER, safeguarding=True)
    posting = await new_posting(database, await database.new_person(), "public", source="I cannot go on at home.")
    async with opened(browser, site, java_script_enabled=False, viewport={"width": 360, "height": 800}) as page:
        await page.goto(f"/report/{posting}")
        await page.get_by_label("Somebody may be in danger", exact=True).check()
        await page.get_by_role("button", name="Send the report").click()
        await expect(page.get_by_role("heading", name="Thank you. We have your report")).to_be_visible()
        await expect(page.get_by_role("link", name="116 123")).to_be_visible()
    async with opened(browser, site, duty) as page:
        await page.goto("/safeguarding")
        await page.locator("main .tasks").get_by_role("link").first.click()
        await page.get_by_label("What did you do, and why?").fill("Called the family.")
        await page.get_by_role("button", name="Write it down").click()
        await expect(page.get_by_text("Called the family.")).to_be_visible()
