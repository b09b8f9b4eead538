"""People who walk through the pages with a browser of their own, signed in by the mail that they read."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.async_api import TimeoutError  # noqa: A004 - Playwright's own

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ground import Site
    from playwright.async_api import Browser, Page

PATIENCE = 60
CODE = re.compile(r"^(\d{3}) (\d{3})$", re.MULTILINE)


@dataclass(frozen=True)
class Walker:
    """One person: their browser's page, and the address that their mail goes to."""

    page: Page
    email: str = ""

    async def opens(self, address: str) -> None:
        """Open an address of the site, or follow one from a mail."""
        await self.page.goto(address)

    async def follows(self, link: str, *, exact: bool = False) -> None:
        """Follow a link of the page's main part."""
        await self.page.locator("main").get_by_role("link", name=link, exact=exact).first.click()

    async def presses(self, button: str) -> None:
        """Press a button of the page's main part."""
        await self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()

    async def types(self, **fields: str) -> None:
        """Fill in fields by their names."""
        for name, text in fields.items():
            await self.page.locator(f"#{name}").fill(text)

    async def types_both(self, **fields: str) -> None:
        """Fill in what the council writes in both of its languages."""
        for name, text in fields.items():
            await self.types(**{f"{name}_en": text, f"{name}_es": f"{text} (es)"})

    async def chooses(self, question: str, answer: str) -> None:
        """Choose one of the answers to a question."""
        group = self.page.get_by_role("group", name=question)
        await group.get_by_label(answer, exact=True).check()

    async def sees(self, *texts: str) -> None:
        """Wait until the page's main part says each text."""
        for text in texts:
            try:
                await self.page.locator("main").get_by_text(text).first.wait_for()
            except TimeoutError as error:
                message = f"{self.page.url} does not say {text!r}:\n{await self.reads()}"
                raise AssertionError(message) from error

    async def reads(self) -> str:
        """Give the text of the page's main part."""
        return await self.page.locator("main").inner_text()

    async def newest_mail(self, saying: str = "", holding: str = "") -> str:
        """Read the newest mail that this person has, once there is one with this in its subject and in its text."""
        page = await self.page.context.new_page()
        text = "no such mail"
        for _ in range(PATIENCE):
            await page.goto("/dev/mail")
            mails = page.locator("li", has_text=self.email)
            link = (mails.filter(has_text=saying) if saying else mails).first.get_by_role("link")
            if await link.count():
                await link.click()
                text = await page.locator(".answer").inner_text()
                if holding in text:
                    break
            await asyncio.sleep(0.5)
        await page.close()
        assert holding in text, text
        return text

    async def signs_in(self, *, back: str = "/account") -> None:
        """Sign in with the code from the mail."""
        await self.opens(f"/sign-in?next={back}")
        await self.types(email=self.email)
        await self.presses("Send me a mail")
        code = CODE.search(await self.newest_mail())
        assert code
        await self.types(code=code[0])
        await self.presses("Sign in")

    async def is_welcomed(self, name: str) -> None:
        """Answer the first questions."""
        await self.chooses("Are you 13 or over?", "Yes")
        await self.chooses("Are you under 18?", "No")
        await self.types(name=name)
        await self.page.get_by_label("I agree to the community rules").check()
        await self.presses("Start")


@asynccontextmanager
async def walking(browser: Browser, site: Site, email: str = "", **options: Any) -> AsyncGenerator[Walker]:
    """Give somebody a browser of their own."""
    context = await browser.new_context(base_url=site.url, **options)
    context.set_default_timeout(20_000)
    try:
        yield Walker(await context.new_page(), email)
    finally:
        await context.close()
