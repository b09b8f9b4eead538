"""The promise to answer: counted for everybody, moved only in public, and officers reminded before its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ground import Database, SignedIn
from posting import token_in
from published import both, new_challenge, new_idea, officer

from shapedby import db
from shapedby.ideas.queries import steps, today
from shapedby.ideas.rules import Stage, StepKind, promised_day
from shapedby.kernel import Role
from shapedby.notices.actions import About, deliver, follow
from shapedby.shortlist import actions
from shapedby.shortlist.actions.promises import remind
from shapedby.shortlist.queries import promises
from shapedby.shortlist.rules import Why, open_days, reminder, share, why_not_move_promise, why_not_this_day

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    SignIn = Callable[..., Awaitable[SignedIn]]

DAY = date(2030, 12, 20)
CHRISTMAS = frozenset(date(2030, 12, day) for day in range(24, 32))
ZONE = "Europe/London"


def test_closures_count_for_no_promise() -> None:
    assert promised_day(DAY, 4, CHRISTMAS) == date(2031, 1, 1)
    assert open_days(DAY, date(2031, 1, 1), CHRISTMAS) == 4
    assert open_days(DAY, DAY, ()) == 0
    assert open_days(DAY, DAY - timedelta(days=2), ()) == -2


@pytest.mark.parametrize(
    ("left", "days"), [(20, None), (14, 14), (9, 14), (4, 14), (3, 3), (1, 3), (0, 3), (-1, None), (-40, None)]
)
def test_a_reminder_comes_fourteen_and_three_days_before_and_never_after(left: int, days: int | None) -> None:
    assert reminder(left) == days


def test_a_broken_promise_cannot_be_moved() -> None:
    def why(stage: Stage = Stage.OPEN, by: date | None = DAY, role: Role = Role.OFFICER) -> Why | None:
        return why_not_move_promise(replace(officer(1), role=role), stage, by, today=DAY)

    assert why() is None
    assert why(by=DAY - timedelta(days=1)) is Why.PROMISE_BROKEN
    assert why(by=None) is Why.NOTHING_PROMISED
    assert why(Stage.SHORTLISTED) is Why.ALREADY_DECIDED
    assert why(role=Role.MODERATOR) is Why.NOT_YOUR_ROLE


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (DAY, Why.DAY_IS_PAST),
        (DAY + timedelta(days=2), Why.SAME_DAY),
        (date(2030, 12, 25), Why.DAY_IS_CLOSED),
        (DAY + timedelta(days=63), Why.DAY_IS_FAR),
        (DAY + timedelta(days=20), None),
    ],
)
def test_a_promise_moves_to_an_open_day_that_is_not_far(to: date, why: Why | None) -> None:
    assert why_not_this_day(DAY + timedelta(days=2), to, today=DAY, closures=CHRISTMAS) is why


def test_no_share_is_shown_where_nothing_has_come_due() -> None:
    assert share(0, 0) is None
    assert share(3, 4) == 0.75


async def an_idea(database: Database, challenge: int, answer_by: date, **columns: Any) -> int:
    author = await database.new_person()
    return await new_idea(database, challenge, author, answer_by=answer_by, **columns)


async def test_everybody_sees_what_was_kept_what_is_due_and_what_is_late(
    sign_in: SignIn, visitor: httpx.AsyncClient, database: Database
) -> None:
    ada, day = await sign_in(Role.OFFICER), await today(ZONE)
    challenge = await new_challenge(ada.person, "kept-or-not", supports_needed=0)
    soon, past = day + timedelta(days=9), day - timedelta(days=3)
    kept, late = await an_idea(database, challenge, soon), await an_idea(database, challenge, past)
    for number in (kept, late):
        await actions.decline(officer(ada.person), number, both("It costs too much."), languages=("en", "es"))
    await an_idea(database, challenge, soon)
    broken = await an_idea(database, challenge, past, title="A slower bus")
    await an_idea(database, challenge, past, publicity="hidden")
    (one,) = [one for one in await promises.standings(day, ZONE) if one.slug == "kept-or-not"]
    assert (one.kept, one.late, one.due, one.overdue) == (1, 1, 1, 1)
    assert one.share == pytest.approx(1 / 3)
    assert one.median == 0
    page = await visitor.get("/promises")
    assert page.status_code == 200
    assert f'href="/ideas/{broken}/a-timetable"' in page.text
    assert "3 days late" in page.text
    assert "set-cookie" not in page.headers
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]


async def test_officers_see_their_own_first_and_can_see_all(sign_in: SignIn, database: Database) -> None:
    ada, bo, day = await sign_in(Role.OFFICER), await sign_in(Role.OFFICER), await today(ZONE)
    mine, others = await new_challenge(ada.person, "of-ada"), await new_challenge(bo.person, "of-bo")
    await an_idea(database, mine, day + timedelta(days=2), title="The idea of Ada's question")
    await an_idea(database, mine, day - timedelta(days=2), title="The late idea")
    await an_idea(database, others, day + timedelta(days=2), title="The idea of Bo's question")
    page = (await ada.client.get("/desk/promises")).text
    assert page.index("The late idea") < page.index("The idea of Ada")
    assert "The idea of Bo" not in page
    assert "The idea of Bo" in (await ada.client.get("/desk/promises?whose=all")).text


async def test_a_promise_moves_in_public_and_its_people_are_told(
    sign_in: SignIn, visitor: httpx.AsyncClient, database: Database
) -> None:
    ada, fan, day = await sign_in(Role.OFFICER), await sign_in(email="fan@example.org"), await today(ZONE)
    challenge = await new_challenge(ada.person, "moved")
    idea = await an_idea(database, challenge, day + timedelta(days=5))
    await follow(fan.person, About.IDEA, idea)
    address, to = f"/desk/ideas/{idea}/promise", day + timedelta(days=12)
    page = (await ada.client.get(address)).text
    form = {"csrf": token_in(page), "seen": str(day + timedelta(days=5)), "to": str(to)}
    refused = await ada.client.post(address, data=form)
    assert refused.status_code == 422, "no promise moves without a reason"
    words = {"note_en": "Our engineer is ill.", "note_es": "Falta la ingeniera."}
    past = await ada.client.post(address, data={**form, **words, "to": str(day)})
    assert (past.status_code, "Choose a day after today." in past.text) == (409, True)
    done = await ada.client.post(address, data={**form, **words})
    assert done.headers["location"] == "/desk/promises?done=promise-moved"
    again = await ada.client.post(address, data={**form, **words, "to": str(to + timedelta(days=1))})
    assert again.status_code == 409
    assert "A colleague was faster" in again.text
    step = (await steps(idea))[-1]
    assert step.kind is StepKind.PROMISE_MOVED
    assert "Our engineer is ill." in step.note["en"]
    public = (await visitor.get(f"/ideas/{idea}/a-timetable")).text
    assert "Our engineer is ill." in public
    assert "The answer comes on another day" in public
    await deliver()
    mails = await database.ask("SELECT subject, text FROM outgoing_mail WHERE address = 'fan@example.org' ORDER BY id")
    assert "comes on another day" in mails[0]["subject"]
    assert "Our engineer is ill." in mails[0]["text"]


async def test_a_closure_that_is_added_later_moves_no_promise_and_is_shown_to_officers(
    sign_in: SignIn, database: Database
) -> None:
    ada, day = await sign_in(Role.OFFICER), await today(ZONE)
    challenge = await new_challenge(ada.person, "closed-later", answer_days=10)
    idea = await an_idea(database, challenge, day + timedelta(days=10), title="An idea before Christmas")
    (one,) = [one for one in await promises.waiting_until(day + timedelta(days=99), ZONE) if one.number == idea]
    assert promised_day(one.sent_on, one.answer_days, {day + timedelta(days=4)}) > one.answer_by
    assert one.answer_by == day + timedelta(days=10)


async def test_officers_are_reminded_twice_before_the_day_each_once_and_in_one_mail(
    app: object, database: Database
) -> None:
    await db.run("DELETE FROM outgoing_mail")
    day, settings = date(2035, 5, 1), database.settings
    ada = await database.new_person(Role.OFFICER, email="ada.reminded@example.org")
    gone = await database.new_person(Role.OFFICER, email="gone@example.org")
    challenge, orphan = await new_challenge(ada, "reminded"), await new_challenge(gone, "orphan")
    await db.run("UPDATE person SET left_at = now(), email = NULL WHERE id = $1", gone)
    await an_idea(database, challenge, day + timedelta(days=14), title="A first one")
    await an_idea(database, challenge, day + timedelta(days=10), title="A second one")
    await an_idea(database, orphan, day + timedelta(days=40), title="One whose officer left")

    async def told() -> list[str]:
        sql = "SELECT text FROM outgoing_mail WHERE address = 'ada.reminded@example.org' ORDER BY id"
        return [row["text"] for row in await database.ask(sql)]

    for _ in range(2):
        await remind(settings, day)
    (mail,) = await told()
    assert "A first one" in mail
    assert "A second one" in mail
    await remind(settings, day + timedelta(days=5))
    assert len(await told()) == 1
    for _ in range(2):
        await remind(settings, day + timedelta(days=7))
    assert len(await told()) == 2
    assert "A first one" not in (await told())[1]
    await remind(settings, day + timedelta(days=12))
    assert len(await told()) == 3
    await remind(settings, day + timedelta(days=20))
    assert len(await told()) == 3, "after the day there is no reminder"
    await remind(settings, day + timedelta(days=30))
    assert "One whose officer left" in (await told())[3], "somebody is always reminded"
