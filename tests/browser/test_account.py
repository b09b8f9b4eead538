"""A discussion that people shape, data that people take away, and leaving: in a browser, with and without scripts."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answering import new_idea, new_question
from posting import new_posting

from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser, Page

IDEA = "/ideas/{}/a-walking-bus"


async def opened(browser: Browser, site: Site, person: int, *, scripts: bool = True, width: int = 360) -> Page:
    context = await browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": 780}, locale="en-GB", accept_downloads=True
    )
    token = await site.database.new_sign_in(person)
    await context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    return await context.new_page()


async def a_comment(site: Site, idea: int) -> int:
    author = await site.database.new_person(name="Jago")
    posting = await new_posting(site.database, author, "public", source="Count the cars first.")
    sql = "INSERT INTO comment (idea, posting, author, sent_at) VALUES ($1, $2, $3, now()) RETURNING id"
    return (await site.database.ask(sql, idea, posting, author))[0][0]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_a_comment_is_found_useful_pinned_and_read_in_another_order(
    browser: Browser, site: Site, *, scripts: bool
) -> None:
    idea = await new_idea(site.database, await new_question(site.database))
    first, second = await a_comment(site, idea), await a_comment(site, idea)
    ann = await opened(browser, site, await site.database.new_person(), scripts=scripts)
    await ann.goto(site.url + IDEA.format(idea))
    await ann.locator(f"#comment-{second}").get_by_role("button", name="Useful").click()
    await ann.locator(f"#comment-{second}").get_by_role("button", name="Useful · 1").wait_for()
    await ann.get_by_role("link", name="Most useful first").click()
    shown = await ann.locator(".comment").evaluate_all("all => all.map(one => one.id)")
    assert shown == [f"comment-{second}", f"comment-{first}"]
    olive = await opened(browser, site, await site.database.new_person(Role.OFFICER), scripts=scripts)
    await olive.goto(site.url + IDEA.format(idea))
    await olive.locator(f"#comment-{first}").get_by_role("button", name="Put it at the top").click()
    await olive.get_by_role("heading", name="Put at the top by the council").wait_for()
    await ann.context.close()
    await olive.context.close()


async def test_a_person_takes_their_data_away_and_leaves_without_scripts(browser: Browser, site: Site) -> None:
    person = await site.database.new_person(name="Ann Bee")
    idea = await new_idea(site.database, await new_question(site.database), person, title="Ann's idea")
    page = await opened(browser, site, person, scripts=False)
    await page.goto(f"{site.url}/account")
    await page.get_by_role("link", name="Take everything about me away").click()
    await page.get_by_role("button", name="Put my file together").click()
    await page.get_by_text("We are putting your file together.", exact=True).wait_for()
    # The worker comes by every half minute; here it comes at once.
    await site.database.ask(
        "UPDATE data_export SET file = $2, ready_at = now(), ends_at = now() + interval '7 days' WHERE person = $1",
        person,
        packed(),
    )
    await page.goto(f"{site.url}/account/data")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Take my file").click()
    path = await (await coming.value).path()
    with zipfile.ZipFile(Path(path)) as archive:
        assert json.loads(archive.read("data.json")) == {}
    await page.goto(f"{site.url}/account/leave")
    await page.get_by_label("Keep them under “A former resident”").check()
    await page.get_by_label("Take them back").check()
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("button", name="Leave for good").click()
    await page.get_by_role("heading", name="There is something to put right").wait_for()
    await page.get_by_label("I want to leave.").check()
    await page.get_by_role("button", name="Leave for good").click()
    await page.get_by_role("heading", name="You have left").wait_for()
    await page.goto(site.url + IDEA.format(idea))
    assert "A former resident" in await page.inner_text("main")
    assert "Ann Bee" not in await page.content()
    await page.context.close()


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data.json", "{}")
    return file.getvalue()
