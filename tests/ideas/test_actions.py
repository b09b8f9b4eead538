from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, Question, new_idea, new_question

from shapedby.challenges.queries import challenge
from shapedby.ideas import queries
from shapedby.ideas.actions import Calendar, change, change_stage, save_draft, send, start_draft, withdraw
from shapedby.ideas.rules import Stage, StepKind, Why, Written
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from ground import Database

pytestmark = pytest.mark.usefixtures("app")  # it opens the database and starts the classifier

LONDON = Calendar("Europe/London")


async def somebody(database: Database, **about: Any) -> Actor:
    return Actor(person=await database.new_person(), role=Role.RESIDENT, name="Tegan", **about)


def typed(question: Question, **changes: Any) -> Written:
    words: dict[str, Any] = dict(WORDS)
    return replace(Written(**words), topic=question.topics["streets"], **changes)


async def draft(actor: Actor, question: Question, **changes: Any) -> int:
    found = await challenge(question.slug)
    assert found
    return await start_draft(actor, found, typed(question, **changes))


async def kinds(idea: int) -> list[StepKind]:
    return [step.kind for step in await queries.steps(idea)]


async def test_the_promised_day_skips_closures_and_stays_when_it_is_changed(database: Database) -> None:
    question = await new_question(database, answer_days=2)
    tegan = await somebody(database)
    number = await draft(tegan, question)
    today: date = await queries.today("Europe/London")
    closed = Calendar("Europe/London", {today + timedelta(days=1)})
    assert await send(tegan, number, closed) is Publicity.PUBLIC
    found = await queries.idea(number)
    assert found
    assert found.answer_by == today + timedelta(days=3)
    await change(tegan, number, typed(question, title="Another title"), LONDON)
    again = await queries.idea(number)
    assert again
    assert (again.title, again.answer_by) == ("Another title", found.answer_by)
    assert await kinds(number) == [StepKind.DRAFTED, StepKind.SENT, StepKind.PUBLISHED, StepKind.CHANGED]


async def test_an_unfinished_idea_is_not_sent(database: Database) -> None:
    question = await new_question(database)
    tegan = await somebody(database)
    number = await draft(tegan, question, beneficiaries=" ")
    with pytest.raises(Refused) as refused:
        await send(tegan, number, LONDON)
    assert refused.value.why is Why.NOT_FINISHED


async def test_a_public_idea_that_turns_into_an_advert_is_set_aside(database: Database) -> None:
    question = await new_question(database)
    tegan = await somebody(database)
    number = await draft(tegan, question)
    await send(tegan, number, LONDON)
    advert = "Hot escort girls, book now https://vip-escorts.example cheap rates 24/7 call girls outcall service"
    changed = typed(question, problem=advert, proposal=advert)
    assert await change(tegan, number, changed, LONDON) is Publicity.QUARANTINED
    assert await queries.idea(number) is None
    assert (await kinds(number))[-1] is StepKind.HIDDEN


async def test_what_is_saved_too_late_changes_nothing(database: Database) -> None:
    question = await new_question(database)
    tegan = await somebody(database)
    number = await draft(tegan, question)
    await send(tegan, number, LONDON)
    assert await save_draft(tegan, number, typed(question, title="Sneaky")) is False
    found = await queries.idea(number)
    assert found
    assert found.title == WORDS["title"]
    with pytest.raises(Missing):
        await save_draft(await somebody(database), number, typed(question))


async def test_somebody_who_is_suspended_sends_nothing(database: Database) -> None:
    question = await new_question(database)
    tegan = await somebody(database)
    number = await draft(tegan, question)
    paused = replace(tegan, suspended_until=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(Refused):
        await send(paused, number, LONDON)


async def test_every_change_of_publicity_is_a_dated_step(database: Database) -> None:
    moderator = await database.new_person(Role.MODERATOR, name="Mo")
    number = await new_idea(database, await new_question(database))
    found = await queries.idea(number)
    assert found
    await screening.change(found.posting, Publicity.HIDDEN, by=moderator, reason="rude")
    await screening.change(found.posting, Publicity.PUBLIC, by=moderator, reason="not rude")
    await screening.withdraw(found.posting, found.author)
    assert await kinds(number) == [StepKind.HIDDEN, StepKind.PUBLISHED, StepKind.WITHDRAWN]
    assert (await queries.steps(number))[0].by_name == "Mo"


async def test_taking_back_twice_is_as_once(database: Database) -> None:
    question = await new_question(database)
    tegan = await somebody(database)
    number = await draft(tegan, question)
    await send(tegan, number, LONDON)
    await asyncio.gather(*(withdraw(tegan, number, {"en": "Solved"}) for _ in range(3)))
    assert (await kinds(number)).count(StepKind.WITHDRAWN) == 1
    with pytest.raises(Missing):
        await withdraw(await somebody(database), number)


async def test_of_two_officers_at_once_one_changes_the_stage(database: Database) -> None:
    number = await new_idea(database, await new_question(database))
    officers = [await database.new_person(Role.OFFICER) for _ in range(2)]
    results = await asyncio.gather(
        change_stage(number, Stage.OPEN, Stage.UNDER_REVIEW, by=officers[0], note={"en": "We look at it"}),
        change_stage(number, Stage.OPEN, Stage.NOT_TAKEN_FORWARD, by=officers[1]),
        return_exceptions=True,
    )
    (refused,) = [result for result in results if isinstance(result, Refused)]
    assert refused.why is Why.COLLEAGUE_WAS_FASTER
    assert len(await queries.steps(number)) == 1


async def test_a_check_that_was_late_publishes_and_the_author_is_told_once(database: Database) -> None:
    author = await database.new_person()
    number = await new_idea(database, await new_question(database), author, "held")
    found = await queries.any_idea(number)
    assert found
    await screening.change(found.posting, Publicity.PUBLIC, by=None)
    assert (await kinds(number)) == [StepKind.PUBLISHED]
    sql = "SELECT m.text, m.html FROM outgoing_mail m JOIN person p ON p.email = m.address WHERE p.id = $1"
    (mail,) = await database.ask(sql, author)
    for part in (mail["text"], mail["html"]):
        assert found.address in part


async def test_own_ideas_are_listed_without_deleted_drafts(database: Database) -> None:
    question = await new_question(database)
    tegan = await somebody(database)
    kept, gone = await draft(tegan, question), await draft(tegan, question)
    await withdraw(tegan, gone)
    (own,) = await queries.own(tegan.person)
    assert (own.number, own.publicity, own.address) == (kept, Publicity.DRAFT, f"/ideas/{kept}/edit")
