"""The whole loop through the real pages: from a question and a draft to an outcome, with the people who live it."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect
from town import Town, settle

if TYPE_CHECKING:
    from ground import Site
    from playwright.async_api import Browser

pytestmark = pytest.mark.browser

QUESTION = "What would make the last bus home worth waiting for?"
SPAM = (
    "Great idea! Independent escorts in London, elite companions available tonight, visit "
    "http://vip-escorts-london24.example and book now"
)
LIFE = [
    "First draft",
    "Sent",
    "Published",
    "Under review",
    "Shortlisted",
    "Became a project",
    "Next phase",
    "Next phase",
    "Next phase",
    "Outcome",
]


@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, id="with JavaScript"),
        pytest.param(False, id="on a phone without JavaScript", marks=pytest.mark.slow),
    ],
)
async def test_an_idea_goes_from_draft_to_outcome(site: Site, browser: Browser, *, scripts: bool) -> None:
    async with AsyncExitStack() as stack:
        town = await settle(stack, browser, site, scripts=scripts)
        await the_council_asks(town)
        idea = await a_resident_answers(town)
        await an_advertisement_is_set_aside_and_refused(town, idea)
        await others_support_and_talk(town, idea)
        await the_council_shortlists(town, idea)
        await the_project_is_built(town, idea)
        await everybody_sees_the_whole_story(town, idea)


async def the_council_asks(town: Town) -> None:
    who, today = town.officer, date.today()  # noqa: DTZ011 - the day that an officer would type
    await who.signs_in(back="/desk/topics")
    await who.types_both(name=f"Buses {town.mark}")
    await who.presses("Add it")
    await who.sees("The topic is in the list.")
    await who.opens("/desk/challenges/new")
    await who.types_both(question=QUESTION, summary="Six routes, one winter.", why_asked="The last bus is often late.")
    await who.types(slug=f"last-bus-{town.mark}")
    await who.types_both(who_decides="Three residents, two drivers and one officer.", what_chosen_gets="£4,000.")
    for row, (name, weight) in enumerate((("Reach", "60"), ("Cost", "30")), start=1):
        await who.types_both(**{f"criterion_{row}_name": name, f"criterion_{row}_meaning": f"How much {name}"})
        await who.types(**{f"criterion_{row}_weight": weight})
    await who.types(opens_on=str(today - timedelta(days=1)), closes_on=str(today + timedelta(days=40)))
    await who.types(supports_needed="1", answer_days="28")
    await who.page.get_by_label(f"Buses {town.mark}", exact=True).check()
    await who.presses("Save and see it as residents will")
    await who.sees("Change the weights so that together they make 100.")
    await who.follows("Go on writing")
    await who.types(criterion_2_weight="40")
    await who.presses("Save and see it as residents will")
    await who.follows("Español")
    await who.sees(f"{QUESTION} (es)")
    await who.page.go_back()
    await who.opens("/desk/challenges?lang=en")
    await who.follows(QUESTION)
    await who.follows("Preview and publish")
    await who.presses("Publish this challenge")
    await who.sees("The challenge is public.")
    await town.visitor.opens(town.challenge)
    await town.visitor.sees("Nobody has answered yet", "60")


async def a_resident_answers(town: Town) -> str:
    who = town.author
    await who.opens(town.challenge)
    await who.follows("Share an idea", exact=True)
    await who.follows("Sign in and share an idea")
    await who.types(email=who.email)
    await who.presses("Send me a mail")
    code = re.search(r"^\d{3} \d{3}$", await who.newest_mail(), re.MULTILINE)
    assert code
    await who.types(code=code[0])
    await who.presses("Sign in")
    await who.is_welcomed(f"Elowen {town.mark}")
    await who.types(title=town.title, problem="Nobody at the stop knows when the last bus comes.")
    await who.presses("Save draft")
    await who.sees("Your draft is saved. Only you can see it.")
    await town.visitor.opens(who.page.url.split("?")[0].replace("/edit", "/x"))
    await town.visitor.sees("We cannot find that page")
    await who.types(proposal="Let the phone say it.\n\n- at each stop\n- in two languages\n\nRing me on 07700 900123.")
    await who.page.locator("#topic").select_option(label=f"Buses {town.mark}")
    await who.types(beneficiaries="People who see badly, and everybody in the dark.")
    await who.presses("Check it before you send it")
    await who.sees("Should everybody see this?", "07700 900123")
    await who.follows("Change it", exact=True)
    await who.types(proposal="Let the phone say it.\n\n- at each stop\n- in two languages")
    await who.presses("Check it before you send it")
    await who.presses("Send my idea")
    await who.sees("Thank you. Your idea is public")
    return who.page.url.removesuffix("/sent")


async def an_advertisement_is_set_aside_and_refused(town: Town, idea: str) -> None:
    seller, moderator = town.seller, town.moderator
    await seller.signs_in(back="/account")
    await seller.is_welcomed(f"Sandy {town.mark}")
    await seller.opens(idea)
    await seller.types(comment=SPAM)
    await seller.presses("Send the comment")
    await seller.sees("We have set this comment aside")
    await town.visitor.opens(idea)
    assert "escorts" not in await town.visitor.reads()
    await moderator.signs_in(back="/moderation")
    await moderator.opens("/moderation?apart=yes")
    await moderator.page.get_by_role("navigation", name="Cases").get_by_role("link", name=town.title).click()
    await moderator.sees("vip-escorts-london24.example", "It looks like spam")
    await moderator.page.get_by_label("1 No selling").check()
    await moderator.types(words="Advertising has no place here.")
    await moderator.page.get_by_role("button", name="Refuse").click()
    await moderator.sees("Refused. Its author has been told")
    await seller.newest_mail("", "Advertising has no place here.")


async def others_support_and_talk(town: Town, idea: str) -> None:
    friend, author = town.friend, town.author
    await friend.opens(idea)
    await friend.follows("Support this idea")
    await friend.follows("Sign in and support it")
    back = friend.page.url.split("next=")[1]
    await friend.signs_in(back=back)
    await friend.is_welcomed(f"Jago {town.mark}")
    await friend.presses("Support this idea")
    await friend.sees("Thank you. You support this idea.")
    await friend.types(comment="My mother would use this every evening.")
    await friend.presses("Send the comment")
    await friend.sees("Thank you. Your comment is published.")
    await author.opens(idea)
    await author.follows("Reply")
    await author.types(comment="Then let us try it at her stop first.")
    await author.presses("Send the comment")
    await author.sees("Thank you. Your comment is published.")
    await town.visitor.opens(idea)
    await town.visitor.sees("My mother would use this", "Then let us try it", "2 comments")
    await town.visitor.follows("Link")
    await expect(town.visitor.page).to_have_url(re.compile("/comments/"))
    await town.visitor.sees("My mother would use this", town.title)


async def the_council_shortlists(town: Town, idea: str) -> None:
    who = town.officer
    await who.opens(f"/desk/ideas?challenge=last-bus-{town.mark}")
    await who.follows(town.title)
    await who.follows("Take it under review")
    await who.presses("Take it under review")
    await who.sees("The idea is under review.")
    for number, question in enumerate(("Reach", "Cost")):
        await who.page.get_by_role("group", name=question).get_by_label(str(4 + number), exact=True).check()
    await who.presses("Keep my points")
    await who.sees("We have kept your points.")
    await who.follows("Put it on the shortlist")
    await who.types(reason_en="It reaches people whom a paper timetable does not.")
    await who.presses("Put it on the shortlist")
    await who.sees("There is something to put right", "Español: write")
    await who.types(reason_es="Llega a quien no lee un horario en papel.")
    await who.presses("Put it on the shortlist")
    await who.sees("The idea is on the shortlist.")
    for person in (town.author, town.friend):
        await person.newest_mail(town.title, "whom a paper timetable does not")
    await town.visitor.opens(f"{idea}?lang=es")
    await town.visitor.sees("Llega a quien no lee un horario en papel.")
    await town.visitor.opens(f"{idea}?lang=en")


async def the_project_is_built(town: Town, idea: str) -> None:
    who = town.officer
    await who.follows("Start the project")
    await who.types_both(title=town.project, summary="The stop tells you when the bus comes.")
    await who.presses("Start the project")
    await who.sees("The project has started.")
    await town.friend.newest_mail("It is being built", town.project)
    desk = who.page.url.split("?")[0]
    await decide(town, desk, "Not yet, it goes on working in this phase", "The training is still missing.")
    await who.sees("Sent back, with your reason.")
    for _ in range(3):
        await show_everything(town)
        await decide(town, desk, "Yes, it goes on", "Everything is ready.")
        await who.sees("The project is in its next phase.")
    await meet_and_measure(town, desk)
    await show_everything(town)
    await who.opens(f"{desk}/close")
    await who.chooses("What became of it?", "It is running")
    await who.types_both(words="Twelve stops speak now. It cost £3,800.")
    await who.presses("Finish the project")
    await who.sees("The project is finished.")
    await town.author.newest_mail("What became of it", "Twelve stops speak now")


async def decide(town: Town, desk: str, answer: str, reason: str) -> None:
    await town.officer.opens(f"{desk}/gate")
    await town.officer.chooses("Your decision", answer)
    await town.officer.types_both(reason=reason)
    await town.officer.presses("Publish the decision")


async def show_everything(town: Town) -> None:
    """Show each thing that the present phase still lacks."""
    page = town.officer.page
    now = page.locator("section[id^=phase-]", has=page.locator(".pill", has_text="Now"))
    lacking = now.get_by_role("link", name="Show it")
    while await lacking.count():
        await lacking.first.click()
        await town.officer.types_both(shown="It stands in the project's folder.")
        await town.officer.presses("Save")
        await town.officer.sees("Recorded as ready.")


async def meet_and_measure(town: Town, desk: str) -> None:
    who, yesterday = town.officer, date.today() - timedelta(days=1)  # noqa: DTZ011 - the day that an officer would type
    await who.follows("Announce a session")
    await who.chooses("What kind of session is it?", "Workshop")
    await who.types_both(title="Listening at the stop", place="Harbour Hall, ramp at the back", who="Everybody")
    await who.types(starts=f"{yesterday}T18:30", ends=f"{yesterday}T20:00")
    await who.presses("Announce the session")
    await who.follows("Write the record")
    await who.types(came="14")
    await who.types_both(agreed="Each stop speaks when somebody presses the button.")
    await who.presses("Publish the record")
    await who.follows("Follow a figure")
    await who.types_both(name="People at the last bus", measured_by="Drivers count on Fridays")
    await who.types(before="31", before_on=str(yesterday - timedelta(days=90)), target="60")
    await who.presses("Follow this figure")
    await who.follows("Record a reading")
    await who.types(on_day=str(yesterday), value="74")
    await who.presses("Record the reading")
    await who.sees("The reading is recorded.")
    assert who.page.url.startswith(desk)


async def everybody_sees_the_whole_story(town: Town, idea: str) -> None:
    who = town.visitor
    await who.opens(idea)
    await who.page.get_by_text("The whole story with all dates").click()
    steps = who.page.locator("ol.story > li")
    for number, name in enumerate(LIFE):
        await expect(steps.nth(number)).to_contain_text(name)
        await expect(steps.nth(number).locator("time")).not_to_be_empty()
    await who.sees("Twelve stops speak now. It cost £3,800.", "31", "74", "whom a paper timetable does not")
    await who.follows(town.project)
    await who.sees("14 people came", "Each stop speaks when", "Twelve stops speak now", "sent back once")
    for address in ("/", "/results", "/projects"):
        await who.opens(address)
        await who.sees(town.project, "74")
    assert "escorts" not in await who.reads()
