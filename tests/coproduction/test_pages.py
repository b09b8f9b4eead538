"""A project from its first day to its outcome, through the pages of the desk, on a real database."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from answering import send_form
from ground import Database, SignedIn

from shapedby.kernel import Role
from shapedby.notices.actions import deliver

sys.path.insert(0, str(Path(__file__).parent))
from building import Building, both, new_building, shortlisted

SignIn = Callable[..., Awaitable[SignedIn]]
SEE_OTHER, CONFLICT, UNPROCESSABLE, NOT_FOUND = 303, 409, 422, 404
PAST = {"starts": "2026-03-03T18:30", "ends": "2026-03-03T20:30"}


@pytest.fixture
async def building(database: Database, sign_in: SignIn) -> Building:
    """Give a project that has just started."""
    return await new_building(database, await sign_in(Role.OFFICER, name="Ada"))


async def _show_everything(database: Database, building: Building) -> None:
    missing = await database.ask(
        "SELECT e.id FROM gate_evidence e JOIN project p ON p.id = e.project AND p.phase = e.phase"
        " WHERE p.slug = $1 AND e.shown_at IS NULL",
        building.slug,
    )
    for row in missing:
        answer = await building.write("evidence", thing=str(row["id"]), **both("shown", "The paper in the library"))
        assert answer.status_code == SEE_OTHER


async def test_a_project_begins_with_its_author_and_its_host_on_the_team(
    building: Building, visitor: httpx.AsyncClient, database: Database
) -> None:
    html = (await visitor.get(f"/projects/{building.slug}")).text
    assert "Elowen" in html
    assert "Ada" in html
    assert "A host and a core team are named" in html
    stage = await database.ask("SELECT stage FROM idea WHERE id = $1", building.idea)
    assert stage[0][0] == "project"
    await deliver()
    mails = await database.ask("SELECT subject FROM outgoing_mail WHERE kind = 'my_ideas'")
    assert any("being built" in mail["subject"] for mail in mails)


async def test_only_a_shortlisted_idea_becomes_a_project_and_only_once(
    database: Database, sign_in: SignIn, building: Building
) -> None:
    client = building.officer.client
    again = await client.get(f"/desk/projects/new?idea={building.idea}")
    assert again.status_code == CONFLICT
    _, idea, _ = await shortlisted(database)
    page = f"/desk/projects/new?idea={idea}"
    fields = {"idea": str(idea), **both("title", f"Twice {idea}"), **both("summary", "At once.")}
    answers = await asyncio.gather(*(send_form(client, page, "/desk/projects/new", **fields) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers).count(SEE_OTHER) == 1
    assert len(await database.ask("SELECT id FROM project WHERE idea = $1", idea)) == 1


async def test_a_gate_opens_only_when_everything_is_shown_and_a_reason_is_given(
    building: Building, database: Database
) -> None:
    early = await building.write("gate", answer="pass", **both("reason", "Let us go on"))
    assert early.status_code == CONFLICT
    await _show_everything(database, building)
    silent = await building.write("gate", answer="pass", reason_en="Only English", reason_es="")
    assert silent.status_code == UNPROCESSABLE
    assert "Only English" in silent.text
    passed = await building.write("gate", answer="pass", **both("reason", "All is there"))
    assert passed.status_code == SEE_OTHER
    html = (await building.officer.client.get(f"/projects/{building.slug}")).text
    assert re.search(r"Passed \d+ \w+", html)
    assert "All is there" in html


async def test_a_gate_sends_back_with_a_reason_that_everybody_can_read(
    building: Building, visitor: httpx.AsyncClient
) -> None:
    await building.write("gate", answer="back", **both("reason", "Nobody from the quay was asked"))
    html = (await visitor.get(f"/projects/{building.slug}")).text
    assert "Sent back" in html
    assert "Nobody from the quay was asked" in html


async def test_two_officers_who_open_a_gate_at_once_move_the_project_one_phase(
    building: Building, database: Database
) -> None:
    await _show_everything(database, building)
    answers = await asyncio.gather(
        *(building.write("gate", answer="pass", **both("reason", "All is there")) for _ in range(4))
    )
    assert sum(answer.status_code == SEE_OTHER for answer in answers) == 1
    rows = await database.ask("SELECT phase FROM project WHERE slug = $1", building.slug)
    assert rows[0]["phase"] == "co_define"
    decided = await database.ask(
        "SELECT d.id FROM gate_decision d JOIN project p ON p.id = d.project WHERE p.slug = $1 AND passed",
        building.slug,
    )
    assert len(decided) == 1


async def test_a_project_is_carried_through_four_phases_to_an_outcome_with_figures(
    building: Building, database: Database, visitor: httpx.AsyncClient
) -> None:
    session = {"kind": "workshop", **both("title", "Two evenings"), **both("place", "Harbour Hall"), **PAST}
    assert (await building.write("session", **session, **both("who", "Everybody"))).status_code == SEE_OTHER
    number = (await database.ask("SELECT max(id) AS id FROM project_session"))[0]["id"]
    record = await building.write("record", thing=str(number), came="38", **both("agreed", "Fridays first"))
    assert record.status_code == SEE_OTHER
    for _ in range(3):
        await _show_everything(database, building)
        await building.write("gate", answer="pass", **both("reason", "All is there"))
    await _show_everything(database, building)
    early = await building.write("close", outcome="running", **both("words", "It runs"))
    assert early.status_code == CONFLICT
    figure = {"before": "47", "before_on": "2026-01-01", "target": "15", **both("measured_by", "Drivers, weekly")}
    await building.write("indicator", **both("name", "Wait after 23:00"), **both("unit", "minutes"), **figure)
    number = (await database.ask("SELECT max(id) AS id FROM indicator"))[0]["id"]
    read = await building.write(
        "reading", indicator=str(number), on_day="2026-06-01", value="18", comment_en="", comment_es=""
    )
    assert read.status_code == SEE_OTHER
    closed = await building.write("close", outcome="running", **both("words", "It runs every **Friday**."))
    assert closed.status_code == SEE_OTHER
    html = (await visitor.get(f"/projects/{building.slug}")).text
    for expected in ("38 people came", "Fridays first", "47 before", "18 now", "<strong>Friday</strong>", "Running"):
        assert expected in html
    after = await building.write("news", **both("words", "One more thing"))
    assert after.status_code == CONFLICT
    idea = (await visitor.get(f"/ideas/{building.idea}/a-walking-bus")).text
    assert "It runs every" in idea


async def test_news_decisions_and_members_stand_on_the_public_page(
    building: Building, visitor: httpx.AsyncClient
) -> None:
    await building.write("news", **both("words", "Road safety walked both routes with us."))
    say = {"decided_on": "2026-05-02", "residents": "5", "staff": "3", "partners": "2"}
    await building.write("decision", **both("what", "Start with Fridays only"), **say)
    member = {
        "name": "Quay Cabs",
        "side": "partner",
        "part": "stakeholder",
        "organisation": "Quay Cabs",
        "since": "2026-05-01",
    }
    await building.write("member", **member)
    html = (await visitor.get(f"/projects/{building.slug}?lang=es")).text
    assert "Road safety walked both routes with us. (es)" in html
    assert "Start with Fridays only (es)" in html
    assert "Quay Cabs" in html


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("evidence", {"thing": "1", "shown_en": "", "shown_es": ""}),
        ("session", {"kind": "party", "starts": "soon"}),
        ("member", {"name": "", "side": "martian", "since": "yesterday"}),
        ("decision", {"decided_on": "", "residents": "-1"}),
        ("indicator", {"before": "many", "before_on": "2026-13-01"}),
        ("indicator", {"before": "NaN"}),
        ("indicator", {"before": "1e99"}),
        ("reading", {"indicator": "x", "value": "Infinity"}),
        ("close", {"outcome": "triumph"}),
        ("news", {"words_en": "x" * 4001, "words_es": "y"}),
    ],
)
async def test_a_wrong_form_is_shown_again_with_what_was_typed(
    building: Building, what: str, fields: dict[str, str]
) -> None:
    answer = await building.write(what, **fields)
    assert answer.status_code == UNPROCESSABLE
    assert "There is something to put right" in answer.text
    assert all(
        value in answer.text
        for value in fields.values()
        if value.isalnum() and what not in {"member", "close", "session"}
    )


@pytest.mark.parametrize("role", [None, Role.RESIDENT, Role.MODERATOR])
async def test_the_desk_of_a_project_does_not_exist_for_others(
    building: Building, sign_in: SignIn, visitor: httpx.AsyncClient, role: Role | None
) -> None:
    client = (await sign_in(role)).client if role else visitor
    for address in ("/desk/projects", building.desk, f"{building.desk}/news"):
        answer = await client.get(address)
        assert answer.status_code == (NOT_FOUND if role else SEE_OTHER)


async def test_unknown_projects_and_forms_are_not_found(building: Building, visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/projects/no-such-thing")).status_code == NOT_FOUND
    for what in ("nothing", "missing", "left"):
        assert (await building.officer.client.get(f"{building.desk}/{what}")).status_code == NOT_FOUND
