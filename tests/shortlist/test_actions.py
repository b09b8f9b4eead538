"""Assessments, decisions and their mails on a real database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from published import LANGUAGES, new_challenge, new_idea, officer

from shapedby.challenges import actions as challenge_actions
from shapedby.challenges.queries import criteria
from shapedby.ideas import queries as idea_queries
from shapedby.ideas.rules import Stage
from shapedby.ideas.rules import Why as IdeaWhy
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.notices.actions import deliver
from shapedby.shortlist import actions, queries
from shapedby.shortlist.queries import Filters
from shapedby.shortlist.rules import Due, ResponseKind, Sort, Why

if TYPE_CHECKING:
    from conftest import Asked
    from ground import Database

REASON = {"en": "It reaches **four villages**.", "es": "Llega a **cuatro pueblos**."}


async def an_idea(asked: Asked, supporters: int = 2, **columns: Any) -> int:
    author = await asked.database.new_person()
    people = [await asked.database.new_person() for _ in range(supporters)]
    return await new_idea(asked.database, asked.challenge, author, supporters=tuple(people), **columns)


async def stage_of(idea: int) -> Stage:
    found = await idea_queries.any_idea(idea)
    assert found
    return found.stage


async def mails_about(database: Database, idea: int) -> list[asyncpg.Record]:
    await deliver()
    return await database.ask(
        "SELECT address, subject, text, language FROM outgoing_mail WHERE text LIKE $1 ORDER BY id",
        f"%/ideas/{idea}/%",
    )


async def test_an_idea_goes_to_the_shortlist_with_its_reasons_and_everybody_is_told(asked: Asked) -> None:
    author = await asked.database.new_person(name="Tegan", language="es")
    people = [await asked.database.new_person() for _ in range(3)]
    idea = await new_idea(asked.database, asked.challenge, author, supporters=(*people, author))
    ada = officer(asked.officer)
    await actions.take_under_review(ada, idea, {"en": "We look.", "es": "Miramos."}, languages=LANGUAGES)
    await actions.shortlist(ada, idea, REASON, languages=LANGUAGES)

    assert await stage_of(idea) is Stage.SHORTLISTED
    said = await queries.responses(idea)
    assert [one.kind for one in said] == [ResponseKind.UNDER_REVIEW, ResponseKind.SHORTLISTED]
    assert said[1].reason_html["en"] == "<p>It reaches <strong>four villages</strong>.</p>"
    steps = await idea_queries.steps(idea)
    assert [step.kind for step in steps] == ["under_review", "shortlisted"]
    assert steps[1].note["es"] == REASON["es"]
    acts = await asked.database.ask(
        "SELECT verb, reason FROM act WHERE kind = 'idea' AND number = $1 ORDER BY id", idea
    )
    assert [(act["verb"], act["reason"]) for act in acts] == [("under_review", ""), ("shortlisted", "")]

    mails = await mails_about(asked.database, idea)
    assert len(mails) == 2 * 4
    mine = [mail for mail in mails if mail["language"] == "es"]
    assert len(mine) == 2
    assert "cuatro pueblos" in mine[1]["text"]
    english = [mail for mail in mails if mail["language"] == "en"]
    assert "four villages" in english[-1]["text"]


async def test_without_a_reason_in_every_language_nothing_happens(asked: Asked) -> None:
    idea = await an_idea(asked)
    ada = officer(asked.officer)
    for reason in ({}, {"en": "Only English"}, {"en": "Words", "es": "   "}):
        with pytest.raises(Refused) as refused:
            await actions.decline(ada, idea, reason, languages=LANGUAGES)
        assert refused.value.why is Why.REASON_MISSING
    assert await stage_of(idea) is Stage.OPEN
    assert await queries.responses(idea) == []
    assert await mails_about(asked.database, idea) == []


async def test_the_database_itself_refuses_an_empty_reason_and_a_changed_one(asked: Asked) -> None:
    idea = await an_idea(asked)
    insert = "INSERT INTO response (idea, by, kind, reason, reason_html) VALUES ($1, $2, 'shortlisted', '{}', '{}')"
    with pytest.raises(asyncpg.CheckViolationError):
        await asked.database.ask(insert, idea, asked.officer)
    await actions.respond(officer(asked.officer), idea, REASON, languages=LANGUAGES)
    for sql in ("UPDATE response SET kind = 'note' WHERE idea = $1", "DELETE FROM response WHERE idea = $1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asked.database.ask(sql, idea)


async def test_of_two_officers_at_once_one_decides_and_the_other_is_told(asked: Asked) -> None:
    idea = await an_idea(asked)
    ada, ben = officer(asked.officer), officer(await asked.database.new_person(Role.OFFICER))
    await actions.take_under_review(ada, idea, REASON, languages=LANGUAGES)
    queued = len(await mails_about(asked.database, idea))
    outcome = await asyncio.gather(
        actions.shortlist(ada, idea, REASON, languages=LANGUAGES, seen=Stage.UNDER_REVIEW),
        actions.decline(ben, idea, REASON, languages=LANGUAGES, seen=Stage.UNDER_REVIEW),
        return_exceptions=True,
    )
    refused = [one for one in outcome if isinstance(one, Refused)]
    assert [one.why for one in refused] == [IdeaWhy.COLLEAGUE_WAS_FASTER]
    assert len(await queries.responses(idea)) == 2
    assert len(await mails_about(asked.database, idea)) == queued + 3
    assert await stage_of(idea) in {Stage.SHORTLISTED, Stage.NOT_TAKEN_FORWARD}


async def test_too_few_supports_keep_an_idea_from_the_shortlist_but_not_from_an_answer(asked: Asked) -> None:
    idea = await an_idea(asked, supporters=1)
    ada = officer(asked.officer)
    await actions.take_under_review(ada, idea, REASON, languages=LANGUAGES)
    with pytest.raises(Refused) as refused:
        await actions.shortlist(ada, idea, REASON, languages=LANGUAGES)
    assert refused.value.why is Why.TOO_FEW_SUPPORTS
    assert refused.value.facts == {"needed": 2}
    await actions.decline(ada, idea, REASON, languages=LANGUAGES)
    assert await stage_of(idea) is Stage.NOT_TAKEN_FORWARD


async def test_a_note_changes_no_stage_and_leaves_no_step(asked: Asked) -> None:
    idea = await an_idea(asked)
    await actions.respond(officer(asked.officer), idea, REASON, languages=LANGUAGES)
    assert await stage_of(idea) is Stage.OPEN
    assert [one.kind for one in await queries.responses(idea)] == [ResponseKind.NOTE]
    assert len(await mails_about(asked.database, idea)) == 3


async def test_each_officer_has_one_assessment_that_they_can_change(asked: Asked) -> None:
    idea = await an_idea(asked)
    ada, ben = officer(asked.officer), officer(await asked.database.new_person(Role.OFFICER, name="Ben"))
    reach, cost = [one.id for one in await criteria(asked.challenge)]
    await actions.take_under_review(ada, idea, REASON, languages=LANGUAGES)
    await asyncio.gather(*(actions.assess(ada, idea, {reach: 0, cost: 0}) for _ in range(4)))
    await actions.assess(ada, idea, {reach: 5, cost: 0}, "Far, but dear")
    await actions.assess(ben, idea, {reach: 5, cost: 5})
    found = await queries.assessments(idea)
    assert sorted((one.officer, one.points, one.score, one.note) for one in found) == [
        (ada.person, {reach: 5, cost: 0}, 3.0, "Far, but dear"),
        (ben.person, {reach: 5, cost: 5}, 5.0, ""),
    ]
    today = datetime.now(UTC).date()
    listed = await queries.listed(Filters("asked"), Sort.SCORE, today=today, soon=today)
    assert (listed.rows[0].number, listed.rows[0].score, listed.rows[0].officers) == (idea, 4.0, 2)


async def test_points_wait_for_the_review_and_end_with_the_decision(asked: Asked) -> None:
    idea = await an_idea(asked)
    ada = officer(asked.officer)
    points = {one.id: 3 for one in await criteria(asked.challenge)}
    with pytest.raises(Refused) as early:
        await actions.assess(ada, idea, points)
    await actions.decline(ada, idea, REASON, languages=LANGUAGES)
    with pytest.raises(Refused) as late:
        await actions.assess(ada, idea, points)
    assert (early.value.why, late.value.why) == (Why.NOT_UNDER_REVIEW, Why.ALREADY_DECIDED)


async def test_points_for_a_criterion_of_another_challenge_are_refused(asked: Asked) -> None:
    idea = await an_idea(asked)
    ada = officer(asked.officer)
    await actions.take_under_review(ada, idea, REASON, languages=LANGUAGES)
    other = await criteria(await new_challenge(asked.officer, "others-criteria"))
    with pytest.raises(Refused) as refused:
        await actions.assess(ada, idea, {one.id: 3 for one in other})
    assert refused.value.why is Why.POINTS_MISSING


async def test_residents_and_moderators_decide_nothing(asked: Asked) -> None:
    idea = await an_idea(asked)
    for role in (Role.RESIDENT, Role.MODERATOR):
        actor = Actor(person=await asked.database.new_person(role), role=role)
        for act in (actions.take_under_review, actions.shortlist, actions.decline, actions.respond):
            with pytest.raises(Refused) as refused:
                await act(actor, idea, REASON, languages=LANGUAGES)
            assert refused.value.why is Why.NOT_YOUR_ROLE
        with pytest.raises(Refused):
            await actions.assess(actor, idea, {})


async def test_an_idea_that_is_hidden_or_does_not_exist_is_not_decided(asked: Asked) -> None:
    ada = officer(asked.officer)
    hidden = await an_idea(asked, publicity="hidden")
    with pytest.raises(Refused) as refused:
        await actions.decline(ada, hidden, REASON, languages=LANGUAGES)
    assert refused.value.why is Why.NOT_PUBLIC
    with pytest.raises(Missing):
        await actions.decline(ada, 999_999, REASON, languages=LANGUAGES)


async def test_a_challenge_is_finished_when_each_idea_has_its_answer(asked: Asked) -> None:
    ada = officer(asked.officer)
    challenge = await new_challenge(asked.officer, "to-finish")
    idea = await new_idea(asked.database, challenge, await asked.database.new_person())
    await challenge_actions.close(ada, challenge)
    with pytest.raises(Refused) as refused:
        await actions.finish(ada, challenge)
    assert (refused.value.why, refused.value.facts) == (Why.IDEAS_WAIT, {"count": 1})
    await actions.decline(ada, idea, REASON, languages=LANGUAGES)
    await actions.finish(ada, challenge)


async def test_the_desk_counts_and_lists_what_is_due(asked: Asked) -> None:
    today = datetime.now(UTC).date()
    soon = today + timedelta(days=7)
    challenge = await new_challenge(asked.officer, "due")
    before = await queries.tasks(today, soon)
    people = [await asked.database.new_person() for _ in range(3)]

    async def idea(**columns: Any) -> int:
        return await new_idea(asked.database, challenge, people[0], **columns)

    late = await idea(answer_by=today - timedelta(days=1))
    near = await idea(answer_by=today + timedelta(days=3), stage="under_review")
    ready = await idea(answer_by=today + timedelta(days=30), supporters=(people[1], people[2]))
    done = await idea(answer_by=today - timedelta(days=9), stage="not_taken_forward")
    held = await idea(answer_by=today - timedelta(days=9), publicity="held")
    after = await queries.tasks(today, soon)
    assert (after.overdue - before.overdue, after.soon - before.soon) == (1, 1)
    assert (after.ready - before.ready, after.under_review - before.under_review) == (1, 1)

    async def numbers(**filters: Any) -> list[int]:
        found = await queries.listed(Filters("due", **filters), Sort.DUE, today=today, soon=soon)
        return [one.number for one in found.rows]

    assert await numbers() == [late, near, ready, done]
    assert held not in await numbers()
    assert await numbers(due=Due.OVERDUE) == [late]
    assert await numbers(due=Due.SOON) == [near]
    assert await numbers(ready=True) == [ready]
    assert await numbers(stage=Stage.NOT_TAKEN_FORWARD) == [done]


async def test_the_table_sorts_in_four_ways_and_goes_on_over_pages(asked: Asked) -> None:
    ada, today = officer(asked.officer), datetime.now(UTC).date()
    challenge = await new_challenge(asked.officer, "sorted")
    author = await asked.database.new_person()
    points = [one.id for one in await criteria(challenge)]

    async def idea(days: int, supports: int, score: int | None) -> int:
        number = await new_idea(
            asked.database,
            challenge,
            author,
            stage="under_review",
            answer_by=today + timedelta(days=days),
            supports=supports,
        )
        if score is not None:
            await actions.assess(ada, number, dict.fromkeys(points, score))
        return number

    first, second, third = await idea(3, 1, 5), await idea(2, 9, None), await idea(1, 5, 2)
    for sort, order in (
        (Sort.DUE, [third, second, first]),
        (Sort.SCORE, [first, third, second]),
        (Sort.SUPPORTED, [second, third, first]),
        (Sort.NEWEST, [third, second, first]),
    ):
        found = await queries.listed(Filters("sorted"), sort, today=today, soon=today)
        assert [one.number for one in found.rows] == order, sort
        assert {one.number: one.score for one in found.rows} == {first: 5.0, second: None, third: 2.0}
    for _ in range(50):
        await idea(30, 0, None)
    behind = await queries.listed(Filters("sorted"), Sort.DUE, today=today, soon=today, page=99)
    assert (behind.page, behind.pages, behind.total, len(behind.rows)) == (2, 2, 53, 3)
