from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, new_idea, new_question, send_form
from posting import field_in

from shapedby.assisted.rules import Why, idea_number, why_not_reach
from shapedby.ideas import queries
from shapedby.kernel import Role
from shapedby.people.rules import Reach, is_slip_code, slip_code, slip_person, slip_reference

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

pytestmark = pytest.mark.usefixtures("app")

POSTAL = "2 Chapel Row\nPorthmellin"


@pytest.mark.parametrize(
    ("reach", "phone", "postal", "why"),
    [
        (Reach.NONE, "", "", None),
        (Reach.PHONE, "", "", Why.NO_PHONE),
        (Reach.PHONE, "01726 555555", "", None),
        (Reach.POST, "", "", Why.NO_POSTAL),
        (Reach.POST, "", POSTAL, None),
    ],
)
def test_a_way_to_reach_somebody_needs_what_it_uses(reach: Reach, phone: str, postal: str, why: Why | None) -> None:
    assert why_not_reach(reach, phone, postal) is why


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" #12 ", 12),
        ("https://ideas.example.org/ideas/12/a-bench", 12),
        ("twelve", 0),
        ("", 0),
        ("1" * 12, 0),
    ],
)
def test_an_idea_is_named_by_number_or_address(typed: str, number: int) -> None:
    assert idea_number(typed) == number


def test_a_slip_is_read_however_it_is_written() -> None:
    code = slip_code("secret", 12, "nonce")
    assert re.fullmatch(r"[B-Z2-9]{4}-[B-Z2-9]{4}", code)
    assert is_slip_code(f" {code.lower().replace('-', ' ')} ", code)
    assert not is_slip_code(code[:-1], code)
    assert code != slip_code("secret", 12, "another nonce")
    assert [slip_person(typed) for typed in ("R-12", "r 12", "12", "", "R-", "é")] == [12, 12, 12, 0, 0, 0]
    assert slip_reference(12) == "R-12"


async def added(officer: SignedIn, **changes: str) -> str:
    fields = {"name": "Mr Hosking", "reach": "post", "postal": POSTAL, "language": "en", **changes}
    answer = await send_form(officer.client, "/desk/assisted/new", **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


async def idea_for(officer: SignedIn, person: str, question: Any, **changes: str) -> None:
    page = f"{person}/ideas/{question.slug}"
    form = (await officer.client.get(page)).text
    words = {**WORDS, "topic": str(question.topics["streets"]), "key": field_in(form, "key"), **changes}
    for _ in range(2):
        answer = await send_form(officer.client, page, **words)
        assert answer.status_code == 303, answer.text


async def test_an_idea_written_down_is_theirs_once_marked_and_audited(
    database: Database, sign_in: Callable[..., Awaitable[SignedIn]], visitor: httpx.AsyncClient
) -> None:
    officer, question = await sign_in(Role.OFFICER), await new_question(database)
    person = await added(officer)
    await idea_for(officer, person, question)
    number = int(person.rpartition("/")[2])
    rows = await database.ask(
        "SELECT i.id, p.recorded_by, p.publicity FROM idea i JOIN posting p ON p.id = i.posting WHERE i.author = $1",
        number,
    )
    assert [(row["recorded_by"], row["publicity"]) for row in rows] == [(officer.person, "public")]
    page = (await visitor.get(f"/ideas/{rows[0]['id']}/a-walking-bus-with-a-drivers-timetable")).text
    assert "Mr Hosking" in page
    assert "written down by the council for a resident" in page
    acts = await database.ask("SELECT verb FROM act WHERE person = $1 ORDER BY id", officer.person)
    assert [row[0] for row in acts] == ["add-assisted", "record-idea", "record-idea"]


async def test_a_support_and_a_comment_written_down_count_once(
    database: Database, sign_in: Callable[..., Awaitable[SignedIn]], visitor: httpx.AsyncClient
) -> None:
    officer = await sign_in(Role.MODERATOR)
    idea = await new_idea(database, await new_question(database))
    person = await added(officer)
    for _ in range(2):
        answer = await send_form(officer.client, person, f"{person}/support", supported=f"#{idea}", act="give")
        assert answer.status_code == 303, answer.text
    found = await queries.idea(idea)
    assert found
    assert found.supports == 1
    answer = await send_form(officer.client, person, f"{person}/comment", idea=str(idea), comment="A bench there too.")
    assert answer.status_code == 303, answer.text
    page = (await visitor.get(found.address)).text
    assert "A bench there too." in page
    await send_form(officer.client, person, f"{person}/support", supported=str(idea), act="back")
    found = await queries.idea(idea)
    assert found
    assert found.supports == 0
    wrong = await send_form(officer.client, person, f"{person}/support", supported="nothing", act="give")
    assert wrong.status_code == 422
    assert "Write the number of a public idea" in wrong.text


async def test_a_slip_opens_their_account_for_a_short_time(
    database: Database, sign_in: Callable[..., Awaitable[SignedIn]], visitor: httpx.AsyncClient
) -> None:
    officer, question = await sign_in(Role.OFFICER), await new_question(database)
    person = await added(officer)
    await idea_for(officer, person, question)
    slip = (await officer.client.get(f"{person}/slip")).text
    reference, code = re.findall(r'class="code">([^<]+)<', slip)
    wrong = await send_form(visitor, "/slip", reference=reference, code="BCDF-2345")
    assert wrong.status_code == 422
    right = await send_form(visitor, "/slip", reference=reference, code=code.lower())
    assert (right.status_code, right.headers["location"]) == (303, "/account")
    account = await visitor.get("/account")
    assert account.status_code == 200
    assert WORDS["title"].replace("'", "&#39;") in account.text
    assert "None" not in account.text
    await send_form(officer.client, f"{person}/slip")
    assert (await visitor.get("/account")).status_code == 303
    ended = await send_form(visitor, "/slip", reference=reference, code=code)
    assert ended.status_code == 422


async def test_a_code_cannot_be_guessed(
    sign_in: Callable[..., Awaitable[SignedIn]], visitor: httpx.AsyncClient
) -> None:
    person = await added(await sign_in(Role.OFFICER))
    reference = f"R-{person.rpartition('/')[2]}"
    answers = [await send_form(visitor, "/slip", reference=reference, code=f"BCDF-23{n:02}") for n in range(12)]
    assert "This was tried too often" in answers[-1].text


async def test_every_decision_that_would_be_a_mail_is_a_letter(
    database: Database, sign_in: Callable[..., Awaitable[SignedIn]]
) -> None:
    from shapedby.ideas.rules import Stage
    from shapedby.kernel import Actor
    from shapedby.shortlist.actions import take_under_review

    officer, question = await sign_in(Role.OFFICER), await new_question(database)
    person = await added(officer)
    await idea_for(officer, person, question)
    number = (await database.ask("SELECT id FROM idea WHERE author = $1", int(person.rpartition("/")[2])))[0][0]
    words = {"en": "We read it now.", "es": "Lo leemos ahora."}
    actor = Actor(officer.person, Role.OFFICER)
    await take_under_review(actor, number, words, languages=("en", "es"), seen=Stage.OPEN)
    listed = (await officer.client.get("/desk/letters")).text
    letter = re.findall(r'href="(/desk/letters/\d+)"', listed)[-1]
    shown = (await officer.client.get(letter)).text
    assert "Chapel Row" in shown
    assert "We read it now." in shown
    assert (await send_form(officer.client, letter, act="posted")).status_code == 303
    rows = await database.ask("SELECT posted_by FROM outgoing_letter WHERE posted_at IS NOT NULL")
    assert [row[0] for row in rows] == [officer.person]
    await send_form(officer.client, letter, act="not-posted")
    assert not await database.ask("SELECT FROM outgoing_letter WHERE posted_at IS NOT NULL")


async def test_residents_find_no_desk_and_everybody_finds_the_form(
    database: Database, sign_in: Callable[..., Awaitable[SignedIn]], visitor: httpx.AsyncClient
) -> None:
    resident, question = await sign_in(), await new_question(database)
    assert (await resident.client.get("/desk/assisted")).status_code == 404
    form = await visitor.get(f"{question.address}/form")
    assert form.status_code == 200
    assert "Keep this part" in form.text
    assert 'name="csrf"' not in form.text
