"""Signing in, the first questions and one's own page in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.async_playwright import Axe

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}


async def nothing_bars(page: Page) -> None:
    """Check a page with axe."""
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


async def ask(page: Page, site: Site, email: str, back: str = "") -> None:
    """Ask for a mail."""
    await page.goto(f"{site.url}/sign-in{back}")
    await page.get_by_label("Your e-mail address").fill(email)
    await page.get_by_role("button", name="Send me a mail").click()
    await page.wait_for_url(re.compile("/sign-in/sent"))


async def mail_to(page: Page, site: Site, email: str) -> str:
    """Read the newest mail to an address at the demo's post office, and give its text."""
    await page.goto(f"{site.url}/dev/mail")
    await page.locator("li", has_text=email).first.get_by_role("link").click()
    return await page.locator(".answer").inner_text()


async def answer_questions(page: Page, name: str, *, under_18: bool = False) -> None:
    """Answer the first questions."""
    await page.get_by_role("group", name="Are you 13 or over?").get_by_label("Yes").check()
    young = page.get_by_role("group", name="Are you under 18?")
    await young.get_by_label("Yes" if under_18 else "No", exact=True).check()
    await page.get_by_label("The name to show").fill(name)
    await page.get_by_label("I agree to the community rules").check()
    await page.get_by_role("button", name="Start").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_signing_in_by_link_leads_through_the_questions_and_back(
    site: Site, browser: Browser, *, scripts: bool
) -> None:
    email = f"link-{secrets.token_hex(4)}@example.org"
    desk = await browser.new_context(java_script_enabled=scripts)
    phone = await browser.new_context(java_script_enabled=scripts, viewport=PHONE)
    page = await desk.new_page()
    await ask(page, site, email, "?next=/account")
    mail = await mail_to(await desk.new_page(), site, email)
    link = re.search(r"http\S+/sign-in/link/\S+", mail)
    assert link
    other = await phone.new_page()
    await other.goto(link[0])
    await other.reload()
    await other.locator("main").get_by_role("button", name="Sign in").click()
    await other.wait_for_url(re.compile("/welcome"))
    await answer_questions(other, "Ann Bee")
    await other.wait_for_url(re.compile("/account"))
    await other.get_by_role("heading", name="My ideas and account").wait_for()
    await desk.close()
    await phone.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_signing_in_by_code_and_out_again(site: Site, browser: Browser, *, scripts: bool) -> None:
    email = f"code-{secrets.token_hex(4)}@example.org"
    context = await browser.new_context(java_script_enabled=scripts, viewport=PHONE)
    page = await context.new_page()
    await ask(page, site, email)
    mail = await mail_to(await context.new_page(), site, email)
    code = re.search(r"^\d{3} \d{3}$", mail, re.MULTILINE)
    assert code
    field = page.get_by_label("The six digits")
    assert await field.get_attribute("autocomplete") == "one-time-code"
    await field.fill("000 000" if code[0] != "000 000" else "111 111")
    await page.locator("main").get_by_role("button", name="Sign in").click()
    await page.get_by_role("alert").wait_for()
    await page.get_by_label("The six digits").fill(code[0])
    await page.locator("main").get_by_role("button", name="Sign in").click()
    await page.wait_for_url(re.compile("/welcome"))
    await answer_questions(page, "Heron 412", under_18=True)
    await page.goto(f"{site.url}/account")
    assert "Heron 412” is waiting for a check" in await page.locator("main").inner_text()
    await page.locator("summary", has_text="Menu").click()
    await page.get_by_role("button", name="Sign out", exact=True).last.click()
    await page.wait_for_url(re.compile("done=signed-out"))
    await context.close()


async def test_a_pasted_sentence_leaves_its_digits(site: Site, browser: Browser) -> None:
    page = await browser.new_page()
    await ask(page, site, f"paste-{secrets.token_hex(4)}@example.org")
    field = page.get_by_label("The six digits")
    await field.focus()
    await field.evaluate(
        """(field) => {
          const carried = new DataTransfer();
          carried.setData("text", "Your code: 123 456.");
          field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
        }"""
    )
    assert await field.input_value() == "123456"
    await page.close()


async def test_nothing_on_these_pages_bars_anybody(site: Site, browser: Browser) -> None:
    email = f"axe-{secrets.token_hex(4)}@example.org"
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{site.url}/sign-in")
    await nothing_bars(page)
    await page.get_by_role("button", name="Send me a mail").click()
    await page.get_by_role("alert").wait_for()
    await nothing_bars(page)
    await ask(page, site, email)
    await nothing_bars(page)
    mail = await mail_to(page, site, email)
    await nothing_bars(page)
    await page.goto(f"{site.url}/dev/mail")
    await nothing_bars(page)
    link = re.search(r"http\S+/sign-in/link/\S+", mail)
    assert link
    await page.goto(link[0])
    await nothing_bars(page)
    await page.locator("main").get_by_role("button", name="Sign in").click()
    await page.wait_for_url(re.compile("/welcome"))
    await nothing_bars(page)
    await page.get_by_role("button", name="Start").click()
    await page.get_by_role("alert").wait_for()
    await nothing_bars(page)
    await answer_questions(page, "Ann Bee")
    for address in ("/account", "/welcome/too-young", "/sign-in/link/ended"):
        await page.goto(f"{site.url}{address}")
        await nothing_bars(page)
    await page.goto(f"{site.url}/account")
    await page.get_by_role("link", name="See what others see").click()
    await nothing_bars(page)
    await context.close()


async def test_a_mail_reads_well_as_html(site: Site, browser: Browser) -> None:
    email = f"html-{secrets.token_hex(4)}@example.org"
    context = await browser.new_context()
    page = await context.new_page()
    await ask(page, site, email)
    await mail_to(page, site, email)
    await page.get_by_role("link", name="See it as a mail program shows it").click()
    await nothing_bars(page)
    colour = await page.get_by_role("link", name="Sign in to").evaluate(
        "link => getComputedStyle(link).backgroundColor"
    )
    assert colour == "rgb(11, 90, 87)"
    await context.close()
