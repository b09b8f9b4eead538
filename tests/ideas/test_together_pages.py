from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from answering import WORDS, new_idea, new_question, send_form

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

pytestmark = pytest.mark.usefixtures("app")


async def test_a_supporter_reads_that_it_changed_and_what(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database)
    author, friend = await sign_in(), await sign_in()
    number = await new_idea(database, question, author.person)
    address = f"/ideas/{number}/a-walking-bus"
    await send_form(friend.client, address, f"/ideas/{number}/support")
    words = {**WORDS, "topic": str(question.topics["streets"]), "beneficiaries": "Every child of the school."}
    assert (await send_form(author.client, f"/ideas/{number}/edit", **words)).status_code == 303
    page = (await friend.client.get(f"/ideas/{number}", follow_redirects=True)).text
    assert "This idea has changed since you supported it" in page
    versions = (await visitor.get(f"/ideas/{number}/versions")).text
    assert '<del><span class="unseen">[taken out: </span>The children' in versions
    assert '<ins><span class="unseen">[new: </span>Every child' in versions
    account = (await friend.client.get("/account")).text
    assert "It has changed since" in account


async def test_two_people_write_together_from_invitation_to_leaving(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    author, friend = await sign_in(name="Ann"), await sign_in(name="Ben")
    number = await new_idea(database, await new_question(database), author.person)
    page = f"/ideas/{number}/authors"
    assert (await friend.client.get(page)).status_code == 404
    wrong = await send_form(author.client, page, act="mail", email="not an address")
    assert wrong.status_code == 422
    assert (await send_form(author.client, page, act="link")).status_code == 303
    link = re.findall(r"/together/[0-9a-f-]+", (await author.client.get(page)).text)[0]
    assert "/sign-in?next=/together/" in (await visitor.get(link)).text
    assert (await visitor.get(link + "0")).status_code == 404
    assert (await send_form(friend.client, link, act="accept")).status_code == 303
    shown = (await visitor.get(f"/ideas/{number}/a-walking-bus")).text
    assert re.search(r"Ann\s+and\s+Ben", shown)
    assert (await friend.client.get(f"/ideas/{number}/edit")).status_code == 200
    assert (await friend.client.get(f"/ideas/{number}/take-back")).status_code == 409
    assert (await visitor.get(link)).status_code == 410
    assert (await send_form(friend.client, page, f"{page}/leave")).status_code == 303
    assert (await friend.client.get(page)).status_code == 404


async def test_two_ideas_become_one_through_the_pages(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database)
    officer, ann, ben = await sign_in(Role.OFFICER), await sign_in(name="Ann"), await sign_in(name="Ben")
    source = await new_idea(database, question, ann.person, title="A walking bus")
    target = await new_idea(database, question, ben.person, title="A bus on foot", slug="a-bus-on-foot")
    found = (await officer.client.get(f"/ideas/{source}/merge?q=foot")).text
    assert f"/ideas/{source}/merge?with={target}" in found
    page = f"/ideas/{source}/merge?with={target}"
    wrong = await send_form(officer.client, page, f"/ideas/{source}/merge", **{"with": str(target)})
    assert wrong.status_code == 422
    fields = {"with": str(target), "stays": str(target), "because": "same"}
    proposed = await send_form(officer.client, page, f"/ideas/{source}/merge", **fields)
    merge = proposed.headers["location"].partition("?")[0]
    assert (await (await sign_in()).client.get(merge)).status_code == 404
    assert "See the proposal" in (await ann.client.get(f"/ideas/{source}/a-walking-bus")).text
    for author in (ann, ben):
        assert (await send_form(author.client, merge, act="agree")).status_code == 303
    gone = await visitor.get(f"/ideas/{source}/a-walking-bus")
    assert gone.status_code == 200
    assert "Merged into" in gone.text
    assert "Both ask for the same thing." in gone.text
    stays = (await visitor.get(f"/ideas/{target}/a-bus-on-foot")).text
    assert "Joined with this idea" in stays
    assert re.search(r"Ben\s+and\s+Ann", stays)


async def test_a_nameless_author_is_named_nowhere_but_to_staff(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database, anonymous_allowed=True)
    author, officer = await sign_in(name="Zelah Nance"), await sign_in(Role.OFFICER)
    number = await new_idea(database, question, author.person, anonymous=True)
    await database.ask(
        "INSERT INTO idea_step (idea, at, kind, by) VALUES ($1, now(), 'sent', $2)", number, author.person
    )
    for address in (f"/ideas/{number}/a-walking-bus", question.address, "/", "/results"):
        assert "Zelah Nance" not in (await visitor.get(address, follow_redirects=True)).text, address
    assert "A resident" in (await visitor.get(f"/ideas/{number}/a-walking-bus")).text
    assert "Zelah Nance" in (await officer.client.get(f"/ideas/{number}/a-walking-bus")).text


async def test_a_class_is_named_with_the_adult_who_sent_it(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database)
    teacher, pupil = await sign_in(name="Ms Rowe"), await sign_in(name="Heron 412", young=True)
    words = {**WORDS, "topic": str(question.topics["streets"]), "group": "Year 5 of Trewen School", "then": "check"}
    form = f"{question.address}/ideas/new"
    preview = (await send_form(teacher.client, form, **words)).headers["location"]
    assert "Year 5 of Trewen School, sent by Ms Rowe" in (await teacher.client.get(preview)).text
    number = preview.split("/")[2]
    await send_form(teacher.client, preview, f"/ideas/{number}/send")
    page = (await visitor.get(f"/ideas/{number}", follow_redirects=True)).text
    assert "Year 5 of Trewen School, sent by Ms Rowe" in page
    assert "Name of the group" not in (await pupil.client.get(form)).text
    begun = (await send_form(pupil.client, form, **words)).headers["location"].split("/")[2]
    refused = await send_form(pupil.client, f"/ideas/{begun}/preview", f"/ideas/{begun}/send")
    assert refused.status_code == 409
