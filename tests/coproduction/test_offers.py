"""A need, an offer, their match and the thanks, through the pages."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from answering import send_form
from ground import Database, SignedIn

from shapedby.kernel import Role

sys.path.insert(0, str(Path(__file__).parent))
from building import Building, both, new_building

SignIn = Callable[..., Awaitable[SignedIn]]
SEE_OTHER, CONFLICT, UNPROCESSABLE, NOT_FOUND = 303, 409, 422, 404


@pytest.fixture
async def building(database: Database, sign_in: SignIn) -> Building:
    return await new_building(database, await sign_in(Role.OFFICER, name="Ada"))


async def offered(person: SignedIn, slug: str = "", words: str = "A van on Fridays", need: str = "") -> httpx.Response:
    page = f"/offer?project={slug}"
    return await send_form(person.client, page, "/offer", project=slug, kind="equipment", words=words, need=need)


async def test_a_need_meets_an_offer_and_the_project_says_thank_you(
    building: Building, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    asked = await building.write("need", kind="equipment", **both("what", "A van on Fridays"))
    assert asked.status_code == SEE_OTHER
    need = (await database.ask("SELECT max(id) AS id FROM project_need"))[0]["id"]
    assert "A van on Fridays" in (await visitor.get(f"/projects/{building.slug}")).text
    person = await sign_in(name="Wenna")
    assert (await offered(person, building.slug, need=str(need))).status_code == SEE_OTHER
    number = (await database.ask("SELECT max(id) AS id FROM offer"))[0]["id"]
    page, client = f"/desk/offers/{number}", building.officer.client
    assert "answers the need" in (await client.get(page)).text
    answer = both("answer", "Please come on the third")
    silent = await send_form(client, page, page, do="matched", project=building.slug)
    assert silent.status_code == UNPROCESSABLE
    matched = await send_form(client, page, page, do="matched", project=building.slug, **answer)
    assert matched.status_code == SEE_OTHER
    again = await send_form(client, page, page, do="matched", project=building.slug, **answer)
    assert again.status_code == CONFLICT
    mail = await database.ask("SELECT text FROM outgoing_mail WHERE kind = 'offer' AND text LIKE '%on the third%'")
    assert len(mail) == 1
    assert (await send_form(client, page, page, do="given", on_day="2026-03-03")).status_code == UNPROCESSABLE
    given = {"on_day": "2026-03-03", "hours": "2.5", "what": "A van"}
    assert (await send_form(client, page, page, do="given", **given)).status_code == SEE_OTHER
    await building.write("met", thing=str(need))
    public = (await visitor.get(f"/projects/{building.slug}")).text
    assert "1 person has given something." in public
    assert "Together 2.5 hours." in public
    assert "Found. Thank you." in public
    assert "Please come on the third" in (await person.client.get("/offers")).text


async def test_what_somebody_offers_is_read_by_officers_only(
    building: Building, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    person = await sign_in(name="Wenna")
    await offered(person, building.slug, words="Ring me on 07700 900123")
    number = (await database.ask("SELECT max(id) AS id FROM offer"))[0]["id"]
    assert "07700" not in (await visitor.get(f"/projects/{building.slug}")).text
    other = await sign_in(name="Kit")
    assert (await other.client.get(f"/desk/offers/{number}")).status_code == NOT_FOUND
    taken = await send_form(other.client, "/offer", f"/offers/{number}/withdraw")
    assert taken.status_code == NOT_FOUND


async def test_the_same_offer_sent_many_times_is_one(building: Building, database: Database, sign_in: SignIn) -> None:
    person = await sign_in(name="Wenna")
    await asyncio.gather(*(offered(person, building.slug) for _ in range(6)))
    project = "SELECT o.id FROM offer o JOIN project p ON p.id = o.project WHERE p.slug = $1"
    assert len(await database.ask(project, building.slug)) == 1


async def test_an_offer_to_any_project_can_be_declined_taken_up_later_and_taken_back(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    person = await sign_in(name="Wenna")
    await offered(person)
    number = (await database.ask("SELECT max(id) AS id FROM offer"))[0]["id"]
    page, client = f"/desk/offers/{number}", building.officer.client
    assert "Any project" in (await client.get("/desk/offers?state=open")).text
    await send_form(client, page, page, do="declined", **both("answer", "Not this winter"))
    assert "Not this winter" in (await person.client.get("/offers")).text
    late = {"do": "matched", "project": building.slug, **both("answer", "Now we do")}
    assert (await send_form(client, page, page, **late)).status_code == SEE_OTHER
    back = await send_form(person.client, "/offers", f"/offers/{number}/withdraw")
    assert back.status_code == SEE_OTHER
    assert "Taken back" in (await person.client.get("/offers")).text


async def test_under_18s_make_no_offer_and_nobody_offers_to_a_finished_project(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    young = await sign_in(name="Heron", young=True)
    assert "under 18" in (await young.client.get(f"/offer?project={building.slug}")).text
    await database.ask("UPDATE project SET state = 'closed', closed_at = now() WHERE slug = $1", building.slug)
    person = await sign_in(name="Wenna")
    refused = await send_form(
        person.client, "/account", "/offer", project=building.slug, kind="time", words="An hour a week"
    )
    assert refused.status_code == CONFLICT
