from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg
import pytest
from axe_playwright_python.async_playwright import Axe
from opening import opened
from playwright.async_api import expect
from posting import new_case, new_posting

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ground import Database, Site
    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.browser

ACTS = 'SELECT act FROM moderation_decision WHERE "case" = $1 ORDER BY id'
SAME = "Wonderful roof tiles for half the price at roof-tiles-now.example, ring Bob today dear neighbours"


async def waiting(database: Database, source: str) -> int:
    return await new_case(database, await new_posting(database, await database.new_person(), source=source))


async def acts(site: Site, case: int) -> list[str]:
    return [row["act"] for row in await site.database.ask(ACTS, case)]


async def at(page: Page, address: str) -> None:
    """Open a page and wait until its keys work."""
    await page.goto(address)
    await expect(page.locator("html.keys-on")).to_be_attached()


async def undo_and_remove_words(page: Page, case: int) -> None:
    await at(page, f"/moderation/{case}")
    await page.keyboard.press("u")
    await page.keyboard.press("Tab")
    await page.keyboard.type("It is shorter to remove the name.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Undone. The case waits again.")).to_be_visible()
    await expect(page.locator("html.keys-on")).to_be_attached()
    await page.keyboard.press("x")
    await page.get_by_label("Which words?").focus()
    await page.keyboard.type("bob lemon's")
    await page.keyboard.press("Tab")
    await page.keyboard.type("a name")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("The words are gone everywhere")).to_be_visible()
    await expect(page.locator(".case-text")).to_contain_text("█[removed: a name]█")


async def hand_to_kit(page: Page) -> None:
    await expect(page.locator("html.keys-on")).to_be_attached()
    await page.keyboard.press("h")
    await page.get_by_label("Who should decide it?").focus()
    await page.keyboard.type("Kit Keyboard")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Handed over.")).to_be_visible()


async def test_everything_at_the_desk_is_done_with_keys_alone(site: Site, browser: Browser) -> None:
    case = await waiting(site.database, "The pond is Bob Lemon's fault, says everybody on our street.")
    colleague = await site.database.new_person(Role.MODERATOR, name="Kit Keyboard")
    async with opened(browser, site, role=Role.MODERATOR) as page:
        await at(page, f"/moderation/{case}")
        await page.keyboard.press("a")
        await expect(page.get_by_role("alert")).to_contain_text("what its author should change")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("Your words to the author")).to_be_focused()
        await page.keyboard.type("Please leave the name out.")
        await page.get_by_role("button", name="Ask for a change").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("has been asked for a change")).to_be_visible()
        await undo_and_remove_words(page, case)
        await hand_to_kit(page)
    assert await acts(site, case) == ["ask", "undo", "redact"]
    holder = await site.database.ask("SELECT assigned_to FROM moderation_case WHERE id = $1", case)
    assert holder[0][0] == colleague


async def test_similar_cases_are_decided_together_without_script(site: Site, browser: Browser) -> None:
    cases = [await waiting(site.database, SAME + tail) for tail in ("", " and smile", " please")]
    async with opened(browser, site, role=Role.MODERATOR, java_script_enabled=False, width=360) as page:
        await page.goto(f"/moderation/{cases[0]}/alike")
        await page.locator(f"input[name=case][value='{cases[2]}']").uncheck()
        await page.get_by_label("Refuse them").check()
        await page.get_by_label("Which rule do they break?").select_option("no_selling")
        await page.get_by_role("button", name="Decide them all").click()
        await expect(page.get_by_text("2 cases are decided.")).to_be_visible()
    assert [await acts(site, case) for case in cases] == [["refuse"], ["refuse"], []]


@asynccontextmanager
async def busy(database: Database, case: int) -> AsyncGenerator[None]:
    """Let the server's decision about a case wait, as on a slow day."""
    connection = await asyncpg.connect(database.server.url(database=database.name))
    sql = "SELECT 1 FROM posting WHERE id = (SELECT posting FROM moderation_case WHERE id = $1) FOR UPDATE"
    try:
        async with connection.transaction():
            await connection.execute(sql, case)
            yield
    finally:
        await connection.close()


async def test_the_next_case_is_there_before_the_server_has_answered(site: Site, browser: Browser) -> None:
    first, second, third = [await waiting(site.database, f"Case of the {name} bench by the pond") for name in "ABC"]
    colleague = await site.database.new_person(Role.MODERATOR)
    async with opened(browser, site, role=Role.MODERATOR) as page:
        await at(page, f"/moderation/{first}?q=bench+by+the+pond")
        await page.evaluate("window.stays = true")
        ready = page.locator("form[data-ready]")
        await ready.wait_for(state="attached")
        async with busy(site.database, first):
            await page.keyboard.press("p")
            await expect(page.locator(".case-text")).to_contain_text("the B bench")
            assert await acts(site, first) == [], "nobody has waited for this"
        await expect(page.get_by_text("Published. Its author has been told.")).to_be_visible()
        assert await acts(site, first) == ["publish"]
        await ready.wait_for(state="attached")
        decided = "UPDATE moderation_case SET state = 'decided', decided_at = now(), decided_by = $2 WHERE id = $1"
        await site.database.ask(decided, second, colleague)
        await page.keyboard.press("p")
        await expect(page.get_by_role("alert")).to_contain_text("A colleague has decided this case before you")
        await expect(page.locator(".case-text")).to_contain_text("the B bench")
        assert await page.evaluate("window.stays"), "no page was loaded"
    assert await acts(site, second) == await acts(site, third) == []


@pytest.mark.parametrize("width", [360, 1280])
async def test_axe_finds_nothing_on_the_desks_new_pages(width: int, site: Site, browser: Browser) -> None:
    case = await waiting(site.database, SAME)
    await waiting(site.database, SAME + " now")
    async with opened(browser, site, role=Role.MODERATOR, width=width) as page:
        for end in ("", "/alike", "/hand-over", "/redact", "?kind=comment"):
            await page.goto(f"/moderation/{case}{end}")
            found = await Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), end
