"""An officer fills in the contact page, with and without JavaScript, and everybody reads it."""

from __future__ import annotations

import pytest
from ground import Site
from playwright.async_api import Browser, expect

from shapedby.kernel import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_an_officer_previews_saves_and_takes_back_a_page(browser: Browser, site: Site, *, scripts: bool) -> None:
    officer = await site.database.new_person(Role.OFFICER, name="Ada Penrose")
    context = await browser.new_context(base_url=site.url, java_script_enabled=scripts, locale="en-GB")
    token = await site.database.new_sign_in(officer)
    await context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    page = await context.new_page()
    await page.goto("/desk/pages")
    await page.get_by_role("table").get_by_role("link", name="Terms").click()
    text = page.get_by_label("English")
    await text.fill("## A new beginning\n\nCall [number to call].")
    await page.get_by_role("button", name="Preview").click()
    await expect(page.get_by_role("heading", name="A new beginning")).to_be_visible()
    await expect(text).to_have_value("## A new beginning\n\nCall [number to call].")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Everybody sees the new text now")).to_be_visible()
    await page.get_by_role("link", name="See it as residents do").click()
    await expect(page.locator("mark")).to_have_text("[number to call]")
    await page.get_by_role("link", name="Change this page").click()
    await page.get_by_role("link", name="As it came").first.click()
    await page.get_by_role("button", name="Use this text again").click()
    await expect(page.get_by_text("Everybody sees the new text now")).to_be_visible()
    await page.goto("/about/terms")
    await expect(page.get_by_role("heading", name="Taking part")).to_be_visible()
    await context.close()
