from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from opening import opened
from playwright.async_api import expect
from posting import new_case, new_posting

from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Database, Site
    from playwright.async_api import Browser

pytestmark = pytest.mark.browser

DECISION = 'SELECT act, rule, reason FROM moderation_decision WHERE "case" = $1'


async def waiting_case(database: Database) -> int:
    return await new_case(database, await new_posting(database, await database.new_person()))


async def test_a_moderator_decides_with_keys_alone(site: Site, browser: Browser) -> None:
    first, second = await waiting_case(site.database), await waiting_case(site.database)
    async with opened(browser, site, role=Role.MODERATOR) as page:
        await page.goto(f"/moderation/{first}")
        await expect(page.get_by_role("button", name="Publish")).to_be_visible()
        await expect(page.locator("html.keys-on")).to_be_attached()
        await page.keyboard.press("2")
        await page.keyboard.press("r")
        await expect(page.get_by_text("Refused. Its author has been told")).to_be_visible()
        await page.goto(f"/moderation/{second}")
        await expect(page.locator("html.keys-on")).to_be_attached()
        await page.keyboard.press("p")
        await expect(page.get_by_text("Published. Its author has been told.")).to_be_visible()
    assert [tuple(row)[:2] for row in await site.database.ask(DECISION, first)] == [("refuse", "be_kind")]
    assert [tuple(row)[:2] for row in await site.database.ask(DECISION, second)] == [("publish", "")]


async def test_keys_are_silent_while_typing_and_can_be_switched_off(site: Site, browser: Browser) -> None:
    case = await waiting_case(site.database)
    async with opened(browser, site, role=Role.MODERATOR) as page:
        await page.goto(f"/moderation/{case}")
        await expect(page.locator("html.keys-on")).to_be_attached()
        await page.get_by_label("Your words to the author").fill("")
        await page.get_by_label("Your words to the author").press_sequentially("pr")
        await page.get_by_role("heading", level=1).click()
        await page.keyboard.press("?")
        await page.get_by_label("Use keys").uncheck()
        await page.keyboard.press("p")
        await expect(page).to_have_url(f"{site.url}/moderation/{case}")
        await expect(page.get_by_role("button", name="Publish")).to_be_visible()
    assert await site.database.ask(DECISION, case) == []


async def test_reporting_and_hiding_need_no_script(site: Site, browser: Browser) -> None:
    database = site.database
    posting = await new_posting(database, await database.new_person(), "public", source="You are all idiots.")
    async with opened(browser, site, java_script_enabled=False, width=360) as page:
        await page.goto(f"/report/{posting}")
        await page.get_by_role("button", name="Send the report").click()
        await expect(page.get_by_role("alert")).to_contain_text("Choose one of the answers")
        await page.get_by_label("It is insulting or hateful").check()
        await page.get_by_label("What should we know?").fill("He says so about everybody.")
        await page.get_by_role("button", name="Send the report").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your report")
    case = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1", posting))[0][0]
    async with opened(browser, site, role=Role.MODERATOR, java_script_enabled=False, width=360) as page:
        await page.goto(f"/moderation/{case}")
        await expect(page.get_by_text("He says so about everybody.")).to_be_visible()
        await expect(page.get_by_role("navigation", name="Cases")).to_be_hidden()
        await expect(page.get_by_label("2 Be kind")).to_be_checked()
        await page.get_by_role("button", name="Hide it").click()
        await expect(page.get_by_text("Hidden. Its author has been told")).to_be_visible()
    assert [tuple(row)[:2] for row in await database.ask(DECISION, case)] == [("hide", "be_kind")]


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "light"),
        pytest.param(1280, "light", marks=pytest.mark.slow),
        pytest.param(360, "dark", marks=pytest.mark.slow),
        (1280, "dark"),
    ],
)
@pytest.mark.parametrize("address", ["/moderation", "/moderation/{case}", "/moderation/decided", "/report/{posting}"])
async def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    address: str, width: int, scheme: Literal["light", "dark"], site: Site, browser: Browser
) -> None:
    database = site.database
    posting = await new_posting(database, await database.new_person(), "public")
    case = await waiting_case(database)
    async with opened(browser, site, role=Role.MODERATOR, width=width, color_scheme=scheme) as page:
        await page.goto(address.format(case=case, posting=posting))
        found = await Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
