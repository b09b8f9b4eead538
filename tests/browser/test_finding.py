"""Searching, filtering and going on to the next page on a phone, with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from answering import new_idea, new_question
from playwright.async_api import expect
from walking import walking

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en-GB"}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_an_idea_is_searched_for_filtered_and_shared(
    scripts: bool,  # noqa: FBT001 - a case of the test
    browser: Browser,
    site: Site,
) -> None:
    question = await new_question(site.database, question={"en": f"What of lamps, {scripts}?", "es": "¿Y eso?"})
    word = "lanternfish" if scripts else "candlefish"
    for number in range(23):
        await new_idea(site.database, question, title=f"Number {number} of a {word} festival", excerpt="Lights.")
    await new_idea(site.database, question, title=f"A {word} museum", stage="shortlisted")
    async with walking(browser, site, java_script_enabled=scripts, **PHONE) as visitor:
        page = visitor.page
        await visitor.opens("/ideas")
        await page.get_by_role("searchbox").press_sequentially(f"{word[:-3]}")
        if not scripts:
            await visitor.presses("Search")
        await expect(page.locator("#found [role=status]")).to_contain_text("24 ideas found")
        await expect(page.locator("#found mark").first).to_have_text(word)
        await expect(page).to_have_url(re.compile(rf"[?&]q={word[:-3]}"))
        await visitor.follows("Next")
        await expect(page.locator(".card-title")).to_have_count(4)
        await page.get_by_text("Choose what to see").click()
        await page.get_by_label("Show", exact=True).select_option(label="Has an answer")
        await visitor.presses("Show these")
        await expect(page.locator(".card-title")).to_have_text([f"A {word} museum"])
        shared = page.url
    async with walking(browser, site, java_script_enabled=scripts, **PHONE) as friend:
        await friend.opens(shared)
        await expect(friend.page.locator(".card-title")).to_have_text([f"A {word} museum"])
        await friend.opens("/ideas?q=zzyzx-nothing")
        await friend.sees("No idea fits")
        await friend.follows("Show all ideas")
        assert await friend.page.locator(".card-title").count() > 0


async def test_a_list_stands_in_a_page_of_another_site(browser: Browser, site: Site) -> None:
    question = await new_question(site.database)
    await new_idea(site.database, question, title="Framed benches")
    async with walking(browser, site, **PHONE) as visitor:
        await visitor.opens(f"/embed/challenges/{question.slug}")
        await visitor.sees("Framed benches")
        assert await visitor.page.locator("script").count() == 0
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await visitor.page.evaluate(sideways) == 0
