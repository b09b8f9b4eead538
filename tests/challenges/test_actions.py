"""Challenges on a real database: prepared, saved, published, extended, closed, finished."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from published import LANGUAGES, a_brief, both, new_challenge, officer

from shapedby import db
from shapedby.challenges import actions, queries, rules
from shapedby.challenges.rules import Stage, Why
from shapedby.kernel import Actor, Missing, Refused, Role

if TYPE_CHECKING:
    from ground import Database


async def an_officer(pool: Database) -> Actor:
    return officer(await pool.new_person(Role.OFFICER))


async def test_a_draft_is_known_to_officers_only(pool: Database) -> None:
    ada = await an_officer(pool)
    number = await actions.prepare(ada, a_brief("a-draft", question={"en": "Which?"}))
    assert await queries.challenge("a-draft") is None
    found = await queries.any_challenge("a-draft")
    assert found
    assert (found.id, found.stage) == (number, Stage.DRAFT)
    assert number not in [one.id for one in await queries.listed()]


async def test_what_was_written_is_read_back(pool: Database) -> None:
    ada = await an_officer(pool)
    area = await actions.add_area(ada, both("Harbour"))
    topic = await actions.add_topic(ada, both("Getting around"))
    brief = a_brief("read-back", areas=(area, 999_999), topics=(topic,))
    number = await actions.prepare(ada, brief)
    found = await queries.challenge_by_id(number)
    assert found
    assert await queries.brief_of(found) == replace(brief, areas=(area,))
    assert [place.name["en"] for place in await queries.areas(number)] == ["Harbour"]


async def test_a_challenge_that_names_no_area_offers_them_all(pool: Database) -> None:
    ada = await an_officer(pool)
    await actions.add_area(ada, both("Moor"))
    number = await actions.prepare(ada, a_brief("everywhere"))
    assert await queries.chosen_areas(number) == []
    assert await queries.areas(number) == await queries.all_areas()


async def test_an_address_is_made_from_the_question_and_numbered_when_taken(pool: Database) -> None:
    ada = await an_officer(pool)
    brief = a_brief("", question=both("Which street?"))
    numbers = [await actions.prepare(ada, brief), await actions.prepare(ada, brief)]
    found = [await queries.challenge_by_id(number) for number in numbers]
    assert [one.slug for one in found if one] == ["which-street", "which-street-2"]


async def test_an_address_belongs_to_one_challenge(pool: Database) -> None:
    ada = await an_officer(pool)
    await actions.prepare(ada, a_brief("only-one"))
    other = await actions.prepare(ada, a_brief("another-one"))
    with pytest.raises(Refused) as again:
        await actions.prepare(ada, a_brief("only-one"))
    with pytest.raises(Refused) as moved:
        await actions.save(ada, other, a_brief("only-one"), languages=LANGUAGES)
    assert again.value.why == moved.value.why == Why.SLUG_TAKEN


async def test_publishing_opens_it_to_everybody_and_is_in_the_record(pool: Database) -> None:
    ada = await an_officer(pool)
    number = await new_challenge(ada.person, "published")
    found = await queries.challenge("published")
    assert found
    assert found.stage is Stage.OPEN
    assert found.days_left == 30
    assert number in [one.id for one in await queries.open_challenges()]
    acts = await pool.ask("SELECT verb FROM act WHERE kind = 'challenge' AND number = $1 ORDER BY id", number)
    assert [act["verb"] for act in acts] == ["prepare", "publish"]


async def test_a_draft_with_a_gap_stays_a_draft(pool: Database) -> None:
    ada = await an_officer(pool)
    number = await actions.prepare(ada, a_brief("with-gap", summary={"en": "Only English"}))
    with pytest.raises(Refused) as refused:
        await actions.publish(ada, number, languages=LANGUAGES)
    assert refused.value.why is Why.TEXT_MISSING
    assert await queries.challenge("with-gap") is None


async def test_the_words_of_a_public_challenge_can_be_mended_and_nothing_else(pool: Database) -> None:
    ada = await an_officer(pool)
    number = await new_challenge(ada.person, "mended")
    found = await queries.challenge_by_id(number)
    assert found
    before, scored = await queries.brief_of(found), await queries.criteria(number)
    reworded = tuple(replace(one, name=both("Better word")) for one in before.criteria)
    await actions.save(ada, number, replace(before, criteria=reworded), languages=LANGUAGES)
    after = await queries.criteria(number)
    assert [(one.id, one.weight) for one in after] == [(one.id, one.weight) for one in scored]
    assert {one.name["en"] for one in after} == {"Better word"}
    with pytest.raises(Refused) as refused:
        await actions.save(ada, number, replace(before, supports_needed=99), languages=LANGUAGES)
    assert refused.value.why is Why.FIXED_WHEN_PUBLISHED


async def test_the_slower_of_two_writers_is_told_and_loses_nothing_of_the_others(pool: Database) -> None:
    ada, ben = await an_officer(pool), await an_officer(pool)
    brief = a_brief("two-writers")
    number = await actions.prepare(ada, brief)
    seen = rules.fingerprint(brief)
    both_at_once = await asyncio.gather(
        actions.save(ada, number, replace(brief, summary=both("Ada's")), languages=LANGUAGES, seen=seen),
        actions.save(ben, number, replace(brief, summary=both("Ben's")), languages=LANGUAGES, seen=seen),
        return_exceptions=True,
    )
    refused = [one for one in both_at_once if isinstance(one, Refused)]
    assert [one.why for one in refused] == [Why.COLLEAGUE_WAS_FASTER]


async def test_two_who_publish_at_once_publish_once(pool: Database) -> None:
    ada, ben = await an_officer(pool), await an_officer(pool)
    number = await actions.prepare(ada, a_brief("at-once"))
    both_at_once = await asyncio.gather(
        actions.publish(ada, number, languages=LANGUAGES),
        actions.publish(ben, number, languages=LANGUAGES),
        return_exceptions=True,
    )
    assert [one.why for one in both_at_once if isinstance(one, Refused)] == [Why.ALREADY_PUBLISHED]
    acts = await pool.ask("SELECT FROM act WHERE verb = 'publish' AND number = $1", number)
    assert len(acts) == 1


async def test_it_is_closed_extended_closed_again_and_finished(pool: Database) -> None:
    ada = await an_officer(pool)
    number = await new_challenge(ada.person, "its-life")
    await actions.close(ada, number)
    assert await stage_of(number) is Stage.DECIDING
    later = datetime.now(UTC) + timedelta(days=5)
    await actions.extend(ada, number, later, "The post was late")
    assert await stage_of(number) is Stage.OPEN
    with pytest.raises(Refused) as refused:
        await actions.finish(ada, number)
    assert refused.value.why is Why.NOT_BEING_DECIDED
    await actions.close(ada, number)
    await actions.finish(ada, number)
    assert await stage_of(number) is Stage.DECIDED
    reasons = await pool.ask("SELECT reason FROM act WHERE verb = 'extend' AND number = $1", number)
    assert reasons[0]["reason"] == "The post was late"


async def stage_of(number: int) -> Stage:
    found = await queries.challenge_by_id(number)
    assert found
    return found.stage


async def test_a_resident_can_do_none_of_it(pool: Database) -> None:
    ada = await an_officer(pool)
    number = await new_challenge(ada.person, "not-yours")
    resident = Actor(person=await pool.new_person(), role=Role.RESIDENT)
    for act in (
        actions.prepare(resident, a_brief("by-a-resident")),
        actions.save(resident, number, a_brief("not-yours"), languages=LANGUAGES),
        actions.publish(resident, number, languages=LANGUAGES),
        actions.close(resident, number),
        actions.finish(resident, number),
        actions.extend(resident, number, datetime.now(UTC), "because"),
        actions.add_area(resident, both("Mine")),
    ):
        with pytest.raises(Refused) as refused:
            await act
        assert refused.value.why is Why.NOT_YOUR_ROLE


async def test_a_challenge_that_does_not_exist_is_missing(pool: Database) -> None:
    with pytest.raises(Missing):
        await actions.close(await an_officer(pool), 999_999)


async def test_the_same_area_is_not_added_twice(pool: Database) -> None:
    ada = await an_officer(pool)
    await actions.add_topic(ada, both("Water"))
    with pytest.raises(Refused) as refused:
        await actions.add_topic(ada, both("Water"))
    assert refused.value.why is Why.SLUG_TAKEN
    assert await db.value("SELECT count(*) FROM topic WHERE slug = 'water'") == 1
