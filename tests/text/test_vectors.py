"""The public collections of attacks: nothing outside the list, nothing executes in a browser."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

from shapedby.text import Format
from shapedby.text.cleaning import clean_any_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADDRESS = "https://page.invalid/"
HOOKS = """
window.__pwned = [];
for (const name of ['alert', 'prompt', 'confirm', 'print', 'open']) {
  window[name] = (...what) => { window.__pwned.push(name + ': ' + what); };
}
document.write = (...what) => { window.__pwned.push('write: ' + what); };
window.onerror = (what) => { window.__pwned.push('error: ' + what); };
"""
TOUCH_EVERYTHING = """
() => {
  document.addEventListener('click', (event) => event.preventDefault(), true);
  for (const element of document.body.querySelectorAll('*')) {
    for (const name of ['mouseover', 'focus', 'click', 'error', 'load', 'toggle', 'animationend']) {
      element.dispatchEvent(new Event(name, { bubbles: name !== 'error', cancelable: true }));
    }
  }
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium: set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_init_script(HOOKS)
    yield page
    page.close()


def what_happens(page: Page, html: str) -> list[str]:
    """Open `html` as a page, touch everything on it, and return what ran, spoke or was fetched."""
    happened: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            happened.append(f"fetched {route.request.url}")
            route.abort()

    def dismiss(dialog: Dialog) -> None:
        happened.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.evaluate(TOUCH_EVERYTHING)
    page.wait_for_timeout(300)
    return happened + page.evaluate("window.__pwned")


@pytest.mark.parametrize("form", list(Format))
def test_no_vector_leaves_the_published_list_and_none_changes_when_cleaned_again(
    form: Format, vectors: list[str], wrong_in: Callable[[str], list[str]]
) -> None:
    for vector in vectors:
        shown = clean_any_length(vector, format=form)
        assert wrong_in(shown) == [], vector
        assert clean_any_length(shown, format=Format.HTML) == shown, vector


@pytest.mark.browser
def test_the_browser_would_notice_a_script(page: Page) -> None:
    happened = what_happens(page, "<img src=x onerror=alert(1)><b onclick=prompt(2)>x</b>")
    assert {"fetched https://page.invalid/x", "alert: 1", "prompt: 2"} <= set(happened)


@pytest.mark.browser
def test_no_vector_executes_in_a_browser(page: Page, vectors: list[str]) -> None:
    shown = [clean_any_length(vector, format=form) for vector in vectors for form in Format]
    html = "<!doctype html><meta charset=utf-8><body>" + "\n".join(f"<div>{one}</div>" for one in shown)
    assert len(shown) > 800
    assert what_happens(page, html) == []
