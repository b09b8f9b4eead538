"""The people of one walk through the whole loop, each with a browser of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from walking import Walker, walking

from shapedby.kernel import Role

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

    from ground import Site
    from playwright.async_api import Browser

PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Town:
    """Who takes part, and what this walk of theirs is told apart by."""

    mark: str
    author: Walker
    friend: Walker
    seller: Walker
    moderator: Walker
    officer: Walker
    visitor: Walker

    @property
    def challenge(self) -> str:
        return f"/challenges/last-bus-{self.mark}"

    @property
    def title(self) -> str:
        return f"A timetable that a phone can read aloud {self.mark}"

    @property
    def project(self) -> str:
        return f"Spoken timetables {self.mark}"


async def settle(stack: AsyncExitStack, browser: Browser, site: Site, *, scripts: bool) -> Town:
    """Give everybody a browser of their own; who has one with scripts off is on a phone too."""
    mark = secrets.token_hex(3)
    options: dict[str, Any] = {} if scripts else {"java_script_enabled": False, "viewport": PHONE}

    async def somebody(name: str, role: Role | None = None) -> Walker:
        email = f"{name}-{mark}@example.org"
        if role:
            await site.database.new_person(role, name=f"{name.title()} {mark}", email=email)
        return await stack.enter_async_context(walking(browser, site, email, **options))

    return Town(
        mark,
        await somebody("elowen"),
        await somebody("jago"),
        await somebody("seller"),
        await somebody("morwenna", Role.MODERATOR),
        await somebody("petroc", Role.OFFICER),
        await stack.enter_async_context(walking(browser, site, **options)),
    )
