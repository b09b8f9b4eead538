"""Writing an idea and supporting one on a phone, with and without JavaScript."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, new_idea, new_question
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from answering import Question
    from ground import Site
    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en-GB"}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@asynccontextmanager
async def phone(browser: Browser, site: Site, person: int = 0, *, scripts: bool = True) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=site.url, java_script_enabled=scripts, **PHONE)
    if person:
        token = await site.database.new_sign_in(person)
        await context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def fill(page: Page, question: Question) -> None:
    await page.get_by_label("Give it a title").fill(WORDS["title"])
    await page.get_by_label("What is the problem?").fill(WORDS["problem"])
    await page.get_by_label("What should happen?").fill(WORDS["proposal"])
    await page.get_by_label("Who would this help?").fill(WORDS["beneficiaries"])
    await page.get_by_label("What is it about?").select_option(str(question.topics["streets"]))


@SCRIPTS
async def test_an_idea_from_the_list_of_questions_to_the_confirmation(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question = await new_question(site.database, question={"en": f"How about {scripts}?", "es": "¿Y eso?"})
    person = await site.database.new_person(name="Tegan")
    async with phone(browser, site, person, scripts=scripts) as page:
        await page.goto("/challenges")
        await page.get_by_role("link", name=f"How about {scripts}?").click()
        await page.locator(".thumb-bar").get_by_role("link", name="Share an idea").click()
        await fill(page, question)
        await page.get_by_role("button", name="Check it before you send it").click()
        await expect(page.get_by_role("heading", name="Check your idea")).to_be_visible()
        await expect(page.locator(".preview .prose li")).to_have_text(["start in June", "count the cars"])
        assert (not scripts) or await page.evaluate(SIDEWAYS) == 0
        await page.get_by_role("link", name="Change it").click()
        await page.get_by_label("Give it a title").fill("A walking bus for Fore Street")
        await page.get_by_role("button", name="Save draft").click()
        await expect(page.get_by_role("status").filter(has_text="Your draft is saved")).to_be_visible()
        await page.get_by_role("button", name="Check it before you send it").click()
        await page.get_by_role("button", name="Send my idea").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(
            re.compile(r"Thank you\. Your idea is (public|waiting for a check)")
        )
        await expect(page.get_by_text("We have promised you an answer by")).to_be_visible()


async def test_words_are_kept_while_they_are_written(browser: Browser, site: Site) -> None:
    question = await new_question(site.database)
    person = await site.database.new_person()
    async with phone(browser, site, person) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_label("Give it a title").fill("Benches by the river")
        await expect(page.locator("[data-saved-status]")).to_contain_text("Saved", timeout=15_000)
        await page.get_by_label("What is the problem?").fill("Nowhere to sit")
        await expect(page.locator("form[data-saved]")).to_have_count(1, timeout=15_000)
        rows = await site.database.ask("SELECT title, problem FROM idea WHERE author = $1", person)
        assert [tuple(row) for row in rows] == [("Benches by the river", "Nowhere to sit")]
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_role("link", name="Benches by the river").click()
        await expect(page.get_by_label("What is the problem?")).to_have_value("Nowhere to sit")


@SCRIPTS
async def test_what_is_missing_leads_to_its_field(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question = await new_question(site.database)
    async with phone(browser, site, await site.database.new_person(), scripts=scripts) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_label("Give it a title").fill("Only a title")
        await page.get_by_role("button", name="Check it before you send it").click()
        await page.get_by_role("link", name="Tell us what should happen").click()
        await expect(page).to_have_url(re.compile(r"/edit#proposal$"))
        await expect(page.get_by_label("Give it a title")).to_have_value("Only a title")


async def test_a_phone_number_is_asked_about_before_it_is_public(browser: Browser, site: Site) -> None:
    question = await new_question(site.database)
    async with phone(browser, site, await site.database.new_person()) as page:
        await page.goto(f"{question.address}/ideas/new")
        await fill(page, question)
        await page.get_by_label("Who would this help?").fill("Call me on 01326 555 012")
        await page.get_by_role("button", name="Check it before you send it").click()
        await expect(page.get_by_text("Should everybody see this?")).to_be_visible()
        await page.get_by_role("button", name="Send my idea").click()
        await expect(page.locator(".error-summary")).to_be_focused()
        await page.get_by_label("I want everybody to see this").check()
        await page.get_by_role("button", name="Send my idea").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your idea is waiting for a check")


@SCRIPTS
async def test_supporting_and_taking_it_back(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    idea = await new_idea(site.database, await new_question(site.database))
    async with phone(browser, site, scripts=scripts) as visitor:
        await visitor.goto(f"/ideas/{idea}/support")
        await expect(visitor.get_by_role("link", name="Sign in and support it")).to_be_visible()
    async with phone(browser, site, await site.database.new_person(), scripts=scripts) as page:
        await page.goto(f"/ideas/{idea}/support")
        await page.get_by_role("button", name="Support this idea").click()
        await expect(page.get_by_text("Thank you. You support this idea.")).to_be_visible()
        await page.goto(f"/ideas/{idea}/support")
        await page.get_by_role("button", name="Take my support back").click()
        await expect(page.get_by_text("You have taken your support back.")).to_be_visible()


async def test_the_list_is_searched_and_shuffled_on_a_phone(browser: Browser, site: Site) -> None:
    question = await new_question(site.database)
    for number in range(25):
        await new_idea(site.database, question, title=f"Idea about {'trees' if number % 5 == 0 else 'buses'} {number}")
    async with phone(browser, site, scripts=False) as page:
        await page.goto(question.address)
        first = await page.locator(".card-title a").all_text_contents()
        await page.get_by_role("link", name="Next").click()
        second = await page.locator(".card-title a").all_text_contents()
        ideas = [title for title in (*first, *second) if title.startswith("Idea about")]
        assert len(ideas) == len(set(ideas)) == 25
        await page.get_by_label("Search the ideas").fill("tree")
        await page.get_by_role("button", name="Search").click()
        await expect(page.get_by_role("status")).to_contain_text("5 ideas found")
        await page.get_by_label("Search the ideas").fill("unicorns")
        await page.get_by_role("button", name="Search").click()
        await page.get_by_role("link", name="Show all ideas").click()
        await expect(page.get_by_role("heading", name="25 ideas")).to_be_visible()
