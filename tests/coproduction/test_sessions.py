"""Places at a session, the queue for them, the door, the record and the calendar, through the pages."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import icalendar
import pytest
from answering import send_form
from ground import Database, SignedIn

from shapedby.coproduction.actions.sessions import remind
from shapedby.coproduction.queries.places import forget_needs
from shapedby.kernel import Role

sys.path.insert(0, str(Path(__file__).parent))
from building import Building, both, new_building

SignIn = Callable[..., Awaitable[SignedIn]]
SEE_OTHER, CONFLICT, UNPROCESSABLE, NOT_FOUND = 303, 409, 422, 404
LOCAL = "%Y-%m-%dT%H:%M"


@pytest.fixture
async def building(database: Database, sign_in: SignIn) -> Building:
    return await new_building(database, await sign_in(Role.OFFICER, name="Ada"))


def times(days: float) -> dict[str, str]:
    starts = datetime.now(UTC) + timedelta(days=days)
    return {"starts": starts.strftime(LOCAL), "ends": (starts + timedelta(hours=2)).strftime(LOCAL)}


async def announced(building: Building, database: Database, days: float = 9, **more: str) -> int:
    """Announce a session through the desk; gives its number."""
    fields = {"kind": "workshop", **both("title", "Two evenings"), **both("place", "Harbour Hall"), **times(days)}
    answer = await building.write("session", **fields, **both("who", "Everybody"), **more)
    assert answer.status_code == SEE_OTHER, answer.text
    return (await database.ask("SELECT max(id) AS id FROM project_session"))[0]["id"]


async def began(database: Database, session: int, hours: float = 1) -> None:
    """Let a session have begun some hours ago."""
    await database.ask(
        "UPDATE project_session SET starts_at = now() - make_interval(hours => $2),"
        " ends_at = now() - make_interval(hours => $2) + interval '2 hours' WHERE id = $1",
        session,
        int(hours),
    )


async def take(person: SignedIn, session: int, need: str = "") -> httpx.Response:
    return await send_form(person.client, f"/sessions/{session}/join", f"/sessions/{session}/join", need=need)


async def places(database: Database, session: int) -> dict[str, int]:
    rows = await database.ask(
        "SELECT state, count(*)::int AS number FROM session_place WHERE session = $1 GROUP BY state", session
    )
    return {row["state"]: row["number"] for row in rows}


async def test_a_place_given_back_goes_to_whoever_waits_longest_who_is_told(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    session = await announced(building, database, takes_places="yes", capacity="1")
    first, second, third = [await sign_in(name=name) for name in ("Elowen", "Kit", "Wenna")]
    went = [(await take(person, session)).headers["location"] for person in (first, second, third)]
    assert [where.partition("done=")[2] for where in went] == ["place-going", "place-waiting", "place-waiting"]
    page = (await second.client.get(f"/sessions/{session}")).text
    assert "You are waiting for a place" in page
    await send_form(first.client, f"/sessions/{session}", f"/sessions/{session}/leave")
    assert "You have a place" in (await second.client.get(f"/sessions/{session}")).text
    assert "You are waiting" in (await third.client.get(f"/sessions/{session}")).text
    mails = await database.ask("SELECT text FROM outgoing_mail WHERE kind = 'session' ORDER BY id")
    assert "A place has become free, and it is yours" in mails[-1]["text"]


async def test_many_who_ask_at_once_never_get_more_places_than_there_are(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    session = await announced(building, database, takes_places="yes", capacity="3")
    people = [await sign_in(name=f"Resident {letter}") for letter in "abcdefgh"]
    await asyncio.gather(*(take(person, session) for person in people for _ in range(2)))
    assert await places(database, session) == {"going": 3, "waiting": 5}


async def test_more_places_let_people_in_and_another_time_is_told(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    session = await announced(building, database, takes_places="yes", capacity="1")
    people = [await sign_in(name=name) for name in ("Elowen", "Kit")]
    for person in people:
        await take(person, session)
    page = f"{building.desk}/session-change?thing={session}"
    html = (await building.officer.client.get(page)).text
    assert 'value="Two evenings"' in html
    fields = {"kind": "workshop", **both("title", "Two evenings"), **both("place", "The Loft"), **times(10)}
    more = {"takes_places": "yes", "capacity": "5", "thing": str(session)}
    changed = await building.write("session-change", **fields, **both("who", "Everybody"), **more)
    assert changed.status_code == SEE_OTHER
    assert await places(database, session) == {"going": 2}
    told = await database.ask("SELECT id FROM outgoing_mail WHERE subject LIKE 'Another time or place%'")
    assert len(told) == len(people)


async def test_a_cancelled_session_says_why_and_takes_nobody(
    building: Building, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    session = await announced(building, database, takes_places="yes")
    person = await sign_in(name="Elowen")
    await take(person, session)
    answer = await building.write("session-cancel", thing=str(session), **both("why", "The hall has no heating"))
    assert answer.status_code == SEE_OTHER
    assert "The hall has no heating" in (await visitor.get(f"/sessions/{session}")).text
    assert (await take(await sign_in(name="Kit"), session)).status_code == CONFLICT
    told = await database.ask("SELECT text FROM outgoing_mail WHERE kind = 'session' ORDER BY id DESC LIMIT 1")
    assert "The hall has no heating" in told[0]["text"]


async def test_under_18s_take_a_place_only_where_somebody_looks_after_them(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    young = await sign_in(name="Heron", young=True)
    alone = await announced(building, database, takes_places="yes")
    assert (await take(young, alone)).status_code == CONFLICT
    looked_after = await announced(building, database, takes_places="yes", worker="Bettany Rowe")
    assert (await take(young, looked_after)).status_code == SEE_OTHER


async def test_what_somebody_needs_is_private_and_forgotten_after_thirty_days(
    building: Building, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    session = await announced(building, database, takes_places="yes")
    await take(await sign_in(name="Elowen"), session, need="a seat near the door")
    assert "a seat near the door" in (await building.officer.client.get(f"/desk/sessions/{session}")).text
    assert "a seat near the door" not in (await building.officer.client.get(f"/desk/sessions/{session}/sheet")).text
    assert "a seat near the door" not in (await visitor.get(f"/sessions/{session}")).text
    await began(database, session, 24 * 29)
    assert await forget_needs() == 0
    await began(database, session, 24 * 31)
    assert await forget_needs() == 1


async def test_the_code_at_the_door_notes_who_came_and_three_answers_stay_anonymous(
    building: Building, database: Database, sign_in: SignIn
) -> None:
    session = await announced(building, database)
    await began(database, session)
    code = (await database.ask("SELECT code FROM project_session WHERE id = $1", session))[0]["code"]
    person = await sign_in(name="Elowen")
    wrong = await send_form(person.client, f"/sessions/{session}/here", f"/sessions/{session}/here", code="0")
    assert wrong.status_code == UNPROCESSABLE
    here = await send_form(
        person.client, f"/sessions/{session}/here", f"/sessions/{session}/here", code=f"{code[:3]} {code[3:]}"
    )
    assert here.status_code == SEE_OTHER
    page = f"/sessions/{session}/say"
    answers = {"useful": "5", "heard": "4", "again": "5"}
    assert (await send_form(person.client, page, page, useful="9")).status_code == UNPROCESSABLE
    said = await asyncio.gather(*(send_form(person.client, f"/sessions/{session}", page, **answers) for _ in range(4)))
    assert [answer.status_code for answer in said].count(SEE_OTHER) == 1
    kept = await database.ask("SELECT * FROM session_opinion WHERE session = $1", session)
    assert [set(row.keys()) for row in kept] == [{"id", "session", "useful", "heard", "again"}]


async def test_too_few_people_or_an_unclear_record_make_a_second_visit_due(
    building: Building, database: Database, visitor: httpx.AsyncClient
) -> None:
    session = await announced(building, database, target="10")
    await began(database, session, 5)
    record = {"thing": str(session), "came": "6", "group_young": "2", "group_older": "5"}
    assert (await building.write("record", **record, **both("agreed", "Fridays"))).status_code == SEE_OTHER
    html = (await visitor.get(f"/sessions/{session}")).text
    assert "fewer than 5" in html
    assert "We will come a second time" in html
    assert "A second visit is due" in (await building.officer.client.get(building.desk)).text
    second = await announced(building, database, after=str(session))
    assert "A second visit is due" not in (await building.officer.client.get(building.desk)).text
    assert "Second visit" in (await visitor.get(f"/sessions/{second}")).text


async def test_somebody_without_a_sign_in_is_written_down_and_noted_as_here(
    building: Building, database: Database
) -> None:
    session = await announced(building, database, takes_places="yes", capacity="4")
    page, client = f"/desk/sessions/{session}", building.officer.client
    assert (await send_form(client, page, page, do="write-down", name="")).status_code == UNPROCESSABLE
    await send_form(client, page, page, do="write-down", name="Mrs Trewin", need="a lift")
    assert "Mrs Trewin" in (await client.get(page)).text
    place = (await database.ask("SELECT id FROM session_place WHERE session = $1", session))[0]["id"]
    assert (await send_form(client, page, page, do="came", place=str(place))).status_code == CONFLICT
    await began(database, session)
    await send_form(client, page, page, do="came", place=str(place))
    assert (await database.ask("SELECT came_at FROM session_place WHERE id = $1", place))[0]["came_at"]


async def test_those_with_a_place_are_reminded_once(building: Building, database: Database, sign_in: SignIn) -> None:
    session = await announced(building, database, days=1.5, takes_places="yes", capacity="1")
    for name in ("Elowen", "Kit"):
        await take(await sign_in(name=name), session)
    await announced(building, database, days=3)
    assert [await remind(), await remind()] == [1, 0]


async def test_calendars_read_the_sessions_of_a_project(
    building: Building, visitor: httpx.AsyncClient, database: Database
) -> None:
    held = await announced(building, database)
    off = await announced(building, database)
    await building.write("session-cancel", thing=str(off), **both("why", "No heating"))
    answer = await visitor.get(f"/projects/{building.slug}/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = {
        str(event["uid"]).split("@")[0]: event for event in icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    }
    assert str(events[f"session-{held}"]["status"]) == "CONFIRMED"
    assert str(events[f"session-{off}"]["status"]) == "CANCELLED"
    assert str(events[f"session-{held}"]["location"]) == "Harbour Hall"
    one = icalendar.Calendar.from_ical((await visitor.get(f"/sessions/{held}/calendar.ics")).text)
    assert len(one.walk("VEVENT")) == 1


async def test_a_link_is_seen_only_by_those_with_a_place(
    building: Building, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    bad = await building.write("session", link="javascript:alert(1)", **times(3))
    assert "beginning with https://" in bad.text
    session = await announced(building, database, takes_places="yes", link="https://meet.example.org/room")
    assert "meet.example.org" not in (await visitor.get(f"/sessions/{session}")).text
    person = await sign_in(name="Elowen")
    assert "meet.example.org" not in (await person.client.get(f"/sessions/{session}")).text
    await take(person, session)
    assert "meet.example.org" in (await person.client.get(f"/sessions/{session}")).text
