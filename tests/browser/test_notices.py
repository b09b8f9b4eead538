"""Being answered, in a real browser: following, choosing, stopping a mail from inside it, and the promises."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from answering import new_idea, new_question
from walking import CODE, Walker, walking

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser

LATE = datetime.now(UTC).date() - timedelta(days=3)
STOP = re.compile(r"https?://\S+/stop/\S+")


@pytest.fixture(scope="module")
async def idea(site: Site) -> int:
    """Write an open question and an idea of it; give the idea's number."""
    author = await site.database.new_person()
    return await new_idea(
        site.database, await new_question(site.database), author, title="A bell for the ferry", answer_by=LATE
    )


@pytest.mark.browser
@pytest.mark.parametrize(("who", "options"), [("with", {}), ("without", {"java_script_enabled": False})])
async def test_somebody_follows_an_idea_hears_of_it_and_stops_that(
    site: Site, browser: Browser, idea: int, who: str, options: dict[str, Any]
) -> None:
    async with walking(browser, site, f"follower-{who}@example.org", **options) as ann:
        await ann.opens(f"/ideas/{idea}")
        await ann.follows("Follow this idea")
        await ann.follows("Sign in and follow")
        await _signs_in_here(ann)
        await ann.is_welcomed(f"Ann {who}")
        await ann.sees("We write to you when we answer this idea")
        await ann.presses("Follow this idea")
        await ann.page.get_by_text("You follow this. We write to you").wait_for()
        await ann.opens("/account/notices")
        await ann.page.locator("#how_news").select_option("weekly")
        await ann.presses("Save")
        await ann.page.get_by_text("We have saved what you want to hear").wait_for()
        assert await ann.page.locator("#how_news").input_value() == "weekly"
        await _an_officer_answers(site, idea, who)
        mail = await _mail_about(ann, "We are looking at")
        found = STOP.search(mail)
        assert found
    async with walking(browser, site, **options) as nobody:
        await nobody.opens(found[0])
        await nobody.presses("Stop these mails")
        await nobody.sees("We send you no more mails about:", "Ideas I follow")
        await nobody.presses("Send them again")
        await nobody.sees("We send you mails again about:")


async def _signs_in_here(walker: Walker) -> None:
    """Go on from the sign-in page to which a link led."""
    await walker.types(email=walker.email)
    await walker.presses("Send me a mail")
    code = CODE.search(await walker.newest_mail())
    assert code
    await walker.types(code=code[0])
    await walker.presses("Sign in")


async def _an_officer_answers(site: Site, idea: int, who: str) -> None:
    """Note an answer as the officer's action does; the site's own worker mails it."""
    words = {"kind": "under_review", "reason": {"en": f"We look, {who}.", "es": "Miramos."}}
    sql = """
        WITH made AS (
          INSERT INTO notice (topic, template, context, at)
          SELECT id, 'shortlist/answer', $2, now() FROM notice_topic WHERE about = 'idea' AND number = $1 RETURNING id
        )
        INSERT INTO notice_delivery (notice, person, kind, due_at)
        SELECT made.id, f.person, 'followed', now()
        FROM made, follow f JOIN notice_topic t ON t.id = f.topic WHERE t.about = 'idea' AND t.number = $1
    """
    await site.database.ask(sql, idea, words)


async def _mail_about(walker: Walker, subject: str) -> str:
    """Wait for the worker, and read what it mailed."""
    for _ in range(40):
        page = await walker.page.context.new_page()
        await page.goto("/dev/mail")
        mine = page.locator("li", has_text=walker.email).filter(has_text=subject)
        count = await mine.count()
        await page.close()
        if count:
            return await walker.newest_mail(subject)
        await walker.page.wait_for_timeout(250)
    message = f"nobody mailed {walker.email} about {subject!r}"
    raise AssertionError(message)


@pytest.mark.browser
async def test_everybody_can_look_at_the_promises_on_a_small_phone(site: Site, browser: Browser, idea: int) -> None:
    async with walking(browser, site, viewport={"width": 320, "height": 640}, java_script_enabled=False) as visitor:
        await visitor.opens("/promises")
        await visitor.sees(
            "What we promised", "A bell for the ferry", "3 days late", "Question by question", "How we count"
        )
        # Without its own scripts the page can still be measured from outside.
        box = await visitor.page.locator("body").bounding_box()
        assert box
        assert box["width"] <= 320
