"""What a first visit costs, where it asks for anything, and how pages hold at 400 percent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from council import Council, settled

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser, CDPSession, Page

pytestmark = pytest.mark.browser

MOST_BYTES = 60 * 1024
COUNTED = {"Document", "Stylesheet", "Script"}
FIRST_VISITS = {
    "home": "/",
    "challenge": "/challenges/{open}",
    "idea": "/ideas/{idea}/a-walking-bus",
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST_TARGET = """() => [...document.querySelectorAll("main button, main .button")]
  .filter((one) => one.checkVisibility() && !one.matches(".unseen"))
  .map((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height))
  .reduce((least, size) => Math.min(least, size), Infinity)"""


@pytest.fixture(scope="module")
async def council(site: Site) -> Council:
    return await settled(site.database)


async def weighed(page: Page, url: str) -> tuple[int, list[str]]:
    """Open an address with an empty cache; give the bytes on the wire, headers included, and what was asked for."""
    session: CDPSession = await page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    asked: list[str] = []
    weights: dict[str, int] = {}

    def begun(event: Any) -> None:
        kinds[event["requestId"]] = event.get("type", "")
        asked.append(event["request"]["url"])

    def ended(event: Any) -> None:
        weights[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", begun)
    session.on("Network.loadingFinished", ended)
    await session.send("Network.enable")
    await page.goto(url, wait_until="networkidle")
    await session.detach()
    return sum(weight for number, weight in weights.items() if kinds[number] in COUNTED), asked


@pytest.mark.parametrize("name", FIRST_VISITS)
async def test_a_first_visit_weighs_little_and_asks_nobody_else(
    site: Site, browser: Browser, council: Council, name: str
) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    bytes_sent, asked = await weighed(page, site.url + council.at(FIRST_VISITS[name]))
    await context.close()
    assert 5_000 < bytes_sent <= MOST_BYTES, f"{name} weighs {bytes_sent} bytes"
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    assert said == []


@pytest.mark.parametrize("name", FIRST_VISITS)
async def test_a_page_forbids_everything_that_is_not_its_own(
    site: Site, browser: Browser, council: Council, name: str
) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    answered = await page.goto(site.url + council.at(FIRST_VISITS[name]))
    assert answered
    policy = answered.headers["content-security-policy"]
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    await page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    await page.wait_for_timeout(100)
    ran = await page.evaluate("window.ran")
    await context.close()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert ran is None


@pytest.mark.parametrize("name", FIRST_VISITS)
async def test_a_page_fits_a_narrow_window_and_a_thumb_in_large_type_and_forced_colours(
    site: Site, browser: Browser, council: Council, name: str
) -> None:
    context = await browser.new_context(viewport={"width": 320, "height": 568}, forced_colors="active", has_touch=True)
    page = await context.new_page()
    await page.goto(site.url + council.at(FIRST_VISITS[name]))
    assert await page.evaluate(SIDEWAYS) <= 0, "scrolls sideways at 320 pixels, which is 400 percent of 1280"
    assert await page.evaluate(SMALLEST_TARGET) >= 24
    await page.set_viewport_size({"width": 1280, "height": 720})
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert await page.evaluate(SIDEWAYS) <= 0, "scrolls sideways with type of twice the size"
    await context.close()


async def test_a_thousand_bytes_less_are_sent_to_who_comes_again(
    site: Site, browser: Browser, council: Council
) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    first, _ = await weighed(page, site.url)
    second, _ = await weighed(page, site.url + council.at("/challenges/{open}"))
    await context.close()
    assert second < first - 1000
