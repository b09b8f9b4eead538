"""Writing an idea: what is like it is shown beside the title, pictures are added, and nothing typed is ever lost."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, let_be_found, new_idea, new_question
from drawn import a_photograph
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ground import Site
    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en-GB"}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
TITLE = "A bench beside the river"


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


@SCRIPTS
async def test_somebody_supports_an_idea_like_theirs_and_their_draft_is_kept(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question = await new_question(site.database)
    idea = await new_idea(site.database, question, title="Benches by the river")
    await let_be_found(site.database, idea, question, "Benches by the river")
    person = await site.database.new_person()
    async with phone(browser, site, person, scripts=scripts) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_label("Give it a title").press_sequentially(TITLE)
        await page.get_by_label("What is the problem?").fill("Nowhere to sit")
        if not scripts:
            await page.get_by_role("button", name="Check it before you send it").click()
            await expect(page.get_by_role("heading", level=1)).to_have_text("Is it one of these?")
        await expect(page.get_by_role("link", name="Benches by the river")).to_be_visible()
        await page.get_by_role("button", name="Support this one instead").click()
        await expect(page.get_by_text("Thank you. You support this idea. Your own draft is kept")).to_be_visible()
        rows = await site.database.ask("SELECT title, problem FROM idea WHERE author = $1", person)
        assert [tuple(row) for row in rows] == [(TITLE, "Nowhere to sit")]
        assert len(await site.database.ask("SELECT FROM support WHERE idea = $1 AND person = $2", idea, person)) == 1


@SCRIPTS
async def test_a_picture_is_added_from_the_draft_on_a_phone(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question = await new_question(site.database)
    async with phone(browser, site, await site.database.new_person(), scripts=scripts) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_label("Give it a title").fill(TITLE)
        await page.get_by_role("button", name="Add pictures").click()
        file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photograph()}
        await page.get_by_label("The picture").set_input_files([file])  # pyright: ignore[reportArgumentType]
        await page.get_by_role("button", name="Add this picture").click()
        await expect(page.locator(".error-summary")).to_contain_text("Say what the picture shows")
        await page.get_by_label("The picture").set_input_files([file])  # pyright: ignore[reportArgumentType]
        await page.get_by_label("What does it show?").fill("The bank where a bench would stand")
        await page.get_by_role("button", name="Add this picture").click()
        picture = page.get_by_role("img", name="The bank where a bench would stand")
        await expect(picture).to_be_visible()
        assert (not scripts) or await picture.evaluate("one => one.complete && one.naturalWidth > 0")
        await page.get_by_role("link", name="Go on writing").click()
        await expect(page.get_by_label("Give it a title")).to_have_value(TITLE)


@SCRIPTS
async def test_a_visitor_writes_first_and_finds_the_words_again_after_signing_in(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question = await new_question(site.database)
    async with phone(browser, site, scripts=scripts) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_role("link", name="Write first, sign in afterwards").click()
        await page.get_by_label("Give it a title").fill(TITLE)
        await page.get_by_label("What should happen?").fill(WORDS["proposal"])
        await page.get_by_role("button", name="Go on and sign in").click()
        await expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
        token = await site.database.new_sign_in(await site.database.new_person())
        await page.context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
        await page.goto(f"{question.address}/ideas/new")
        await expect(page.get_by_label("Give it a title")).to_have_value(TITLE)
        await expect(page.get_by_label("What should happen?")).to_have_value(WORDS["proposal"])


@SCRIPTS
async def test_a_sign_in_that_ends_while_somebody_writes_loses_nothing(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question, person = await new_question(site.database), await site.database.new_person()
    async with phone(browser, site, person, scripts=scripts) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_label("Give it a title").fill(TITLE)
        await page.get_by_role("button", name="Save draft").click()
        await page.get_by_label("What is the problem?").fill("Nowhere to sit")
        await site.database.ask("DELETE FROM sign_in WHERE person = $1", person)
        await page.get_by_role("button", name="Save draft").click()
        await page.get_by_role("button", name="Keep my words and sign in").click()
        await expect(page).to_have_url(re.compile(r"/sign-in\?next=/ideas/\d+/edit"))
        token = await site.database.new_sign_in(person)
        await page.context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
        await page.goto(page.url.split("next=")[1].split("&")[0].split("?")[0])
        await expect(page.get_by_label("What is the problem?")).to_have_value("Nowhere to sit")
        await page.get_by_role("button", name="Save draft").click()
        rows = await site.database.ask("SELECT title, problem FROM idea WHERE author = $1", person)
        assert [tuple(row) for row in rows] == [(TITLE, "Nowhere to sit")]


async def test_a_lost_connection_loses_nothing_and_a_reload_finds_the_draft(browser: Browser, site: Site) -> None:
    question, person = await new_question(site.database), await site.database.new_person()
    async with phone(browser, site, person) as page:
        await page.goto(f"{question.address}/ideas/new")
        await page.get_by_label("Give it a title").fill(TITLE)
        await expect(page.locator("[data-saved-status]")).to_contain_text("Saved", timeout=15_000)
        await expect(page).to_have_url(re.compile(r"/ideas/\d+/edit$"))
        await page.context.set_offline(True)
        await page.get_by_label("What is the problem?").fill("Nowhere to sit")
        await expect(page.locator("[data-saved-status]")).to_contain_text("kept on this device", timeout=15_000)
        await page.evaluate("sessionStorage.clear()")
        await page.context.set_offline(False)
        await page.reload()
        await expect(page.get_by_label("Give it a title")).to_have_value(TITLE)
        await expect(page.get_by_label("What is the problem?")).to_have_value("Nowhere to sit")
        await expect(page.locator("form[data-saved]")).to_have_count(1, timeout=15_000)
        assert await page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length") == 0
