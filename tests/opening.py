"""A page of a browser of its own, for tests in a real browser."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from ground import Site
    from playwright.async_api import Browser, Page

    from shapedby.kernel import Role


@asynccontextmanager
async def opened(
    browser: Browser, site: Site, *, role: Role | None = None, width: int = 1280, **options: Any
) -> AsyncGenerator[Page]:
    """Open a page of a browser of its own, signed in as a new person of a role, or not."""
    context = await browser.new_context(base_url=site.url, viewport={"width": width, "height": 900}, **options)
    if role is not None:
        token = await site.database.new_sign_in(await site.database.new_person(role))
        await context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    yield await context.new_page()
    await context.close()
