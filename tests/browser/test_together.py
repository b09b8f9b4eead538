"""Writing together, changing what others support, joining ideas, and taking part on paper, as people do it."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, new_idea, new_question
from town import PHONE
from walking import Walker, walking

from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser

pytestmark = pytest.mark.browser


async def somebody(
    stack: AsyncExitStack, browser: Browser, site: Site, role: Role = Role.RESIDENT, *, scripts: bool, **columns: Any
) -> tuple[Walker, int]:
    """Give somebody a browser that is signed in; who has scripts off is on a phone too."""
    options: dict[str, Any] = {} if scripts else {"java_script_enabled": False, "viewport": PHONE}
    person = await site.database.new_person(role, **columns)
    walker = await stack.enter_async_context(walking(browser, site, **options))
    token = await site.database.new_sign_in(person)
    await walker.page.context.add_cookies([{"name": "sign-in", "value": token, "url": site.url}])
    return walker, person


@pytest.mark.parametrize("scripts", [True, False])
async def test_two_people_write_an_idea_and_a_supporter_sees_the_change(
    browser: Browser, site: Site, *, scripts: bool
) -> None:
    question = await new_question(site.database)
    async with AsyncExitStack() as stack:
        ann, author = await somebody(stack, browser, site, scripts=scripts, name="Ann Rowe")
        ben, _ = await somebody(stack, browser, site, scripts=scripts, name="Ben Lanyon")
        fan, _ = await somebody(stack, browser, site, scripts=scripts)
        number = await new_idea(site.database, question, author)
        await fan.opens(f"/ideas/{number}/support")
        await fan.presses("Support this idea")
        await ann.opens(f"/ideas/{number}/authors")
        await ann.presses("Give me a link instead")
        link = await ann.page.locator("main .address a").first.inner_text()
        await ben.opens(link)
        await ben.presses("Accept")
        await ben.sees("You write this idea together now.", "Ben Lanyon")
        await ben.opens(f"/ideas/{number}/edit")
        await ben.types(beneficiaries="Every child of the school.")
        await ben.presses("Send the changes")
        await ben.sees("Your change is public.", "Ann Rowe and Ben Lanyon")
        await fan.opens(f"/ideas/{number}/a-walking-bus-with-a-drivers-timetable")
        await fan.sees("This idea has changed since you supported it")
        await fan.follows("See what changed")
        assert await fan.page.locator("main ins").count()
        assert "[new:" in await fan.page.locator("main ins").first.inner_text()
        await fan.opens("/account")
        await fan.sees("It has changed since you supported it.")


@pytest.mark.parametrize("scripts", [True, False])
async def test_two_ideas_become_one_when_both_authors_agree(browser: Browser, site: Site, *, scripts: bool) -> None:
    question = await new_question(site.database)
    async with AsyncExitStack() as stack:
        ann, first = await somebody(stack, browser, site, scripts=scripts, name="Ann Rowe")
        ben, second = await somebody(stack, browser, site, scripts=scripts, name="Ben Lanyon")
        source = await new_idea(site.database, question, first, title="A walking bus")
        await new_idea(site.database, question, second, title="A bus on foot", slug="a-bus-on-foot")
        await ann.opens(f"/ideas/{source}/a-walking-bus")
        await ann.follows("Join it with another idea")
        await ann.page.locator("#filter-q").fill("foot")
        await ann.presses("Search")
        await ann.follows("A bus on foot")
        await ann.presses("Propose it")
        await ann.sees("There is something to put right")
        await ann.page.get_by_label("A bus on foot").check()
        await ann.page.get_by_label("Both ask for the same thing.").check()
        await ann.presses("Propose it")
        await ann.sees("We have asked the authors.")
        await ben.opens(ann.page.url.partition("?")[0])
        await ben.presses("I agree")
        await ben.sees("The two ideas are one now.")
        await ann.opens(f"/ideas/{source}")
        await ann.sees("Merged into:")
        await ann.follows("A bus on foot")
        await ann.sees("Ben Lanyon and Ann Rowe", "Joined with this idea:")


@pytest.mark.parametrize("scripts", [True, False])
async def test_somebody_without_mail_is_written_down_and_comes_back_with_a_slip(
    browser: Browser, site: Site, *, scripts: bool
) -> None:
    question = await new_question(site.database)
    async with AsyncExitStack() as stack:
        officer, _ = await somebody(stack, browser, site, Role.OFFICER, scripts=scripts)
        resident = await stack.enter_async_context(walking(browser, site))
        await officer.opens("/desk/assisted/new")
        await officer.page.get_by_label("We send letters").check()
        await officer.types(name="Mr Hosking")
        await officer.presses("Save")
        await officer.sees("Write the postal address, or choose another way to reach them")
        await officer.types(postal="2 Chapel Row\nPorthmellin")
        await officer.presses("Save")
        person = officer.page.url.partition("?")[0]
        await officer.opens(f"{person}/ideas/{question.slug}")
        await officer.types(**{name: WORDS[name] for name in ("title", "problem", "proposal", "beneficiaries")})
        await officer.page.locator("#topic").select_option(index=1)
        await officer.presses("Send it for them")
        await officer.sees("Written down and sent.", WORDS["title"])
        reference, code = await officer.page.locator(".slip .code").all_inner_texts()
        assert re.fullmatch(r"R-\d+", reference)
        await resident.opens("/slip")
        await resident.types(reference=reference, code="BCDF2345")
        await resident.presses("Go on")
        await resident.sees("do not belong together")
        await resident.types(code=code.lower().replace("-", " "))
        await resident.presses("Go on")
        await resident.sees("My ideas", WORDS["title"])
