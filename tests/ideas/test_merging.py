from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from answering import Question, new_idea, new_question

from shapedby import db
from shapedby.ideas import queries
from shapedby.ideas.actions import set_aside_supports, support, withdraw_support
from shapedby.ideas.actions.merging import Notes, consent, decline, propose
from shapedby.ideas.queries.beside import beside
from shapedby.ideas.queries.together import writers
from shapedby.ideas.rules import Stage, StepKind
from shapedby.ideas.rules import Why as IdeaWhy
from shapedby.ideas.rules.together import MergeBecause, MergeState, Side, Why, why_not_propose_merge
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from ground import Database

pytestmark = pytest.mark.usefixtures("app")

NOTES = Notes({"en": "Joined with idea 2."}, {"en": "Idea 1 was joined with this one."})
SAME = MergeBecause.SAME


def side(number: int, author: int, **changes: Any) -> Side:
    given: dict[str, Any] = {
        "challenge": 1,
        "publicity": Publicity.PUBLIC,
        "stage": Stage.OPEN,
        "authors": (author,),
        **changes,
    }
    return Side(number, author=author, **given)


OFFICER = Actor(9, Role.OFFICER)
ANN, BEN, CEM = (Actor(number, Role.RESIDENT) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("actor", "source", "target", "why"),
    [
        (ANN, side(1, 1), side(2, 2), None),
        (BEN, side(1, 1), side(2, 2), None),
        (OFFICER, side(1, 1), side(2, 2), None),
        (CEM, side(1, 1), side(2, 2), Why.NOT_AN_AUTHOR),
        (CEM, side(1, 1, authors=(1, 3)), side(2, 2), None),
        (Actor(8, Role.MODERATOR), side(1, 1), side(2, 2), Why.NOT_AN_AUTHOR),
        (ANN, side(1, 1), side(1, 1), Why.SAME_IDEA),
        (ANN, side(1, 1), side(2, 2, challenge=2), Why.OTHER_QUESTION),
        (ANN, side(1, 1, publicity=Publicity.HIDDEN), side(2, 2), Why.NOT_PUBLIC),
        (ANN, side(1, 1, stage=Stage.UNDER_REVIEW), side(2, 2), None),
        (ANN, side(1, 1), side(2, 2, stage=Stage.SHORTLISTED), Why.BEING_DECIDED),
        (ANN, side(1, 1, stage=Stage.MERGED), side(2, 2), Why.BEING_DECIDED),
        (ANN, side(1, 1), side(2, 2, reachable=False), Why.NOBODY_TO_ASK),
        (OFFICER, side(1, 1), side(2, 2, reachable=False), None),
    ],
)
def test_who_can_propose_to_join_which_ideas(actor: Actor, source: Side, target: Side, why: Why | None) -> None:
    assert why_not_propose_merge(actor, source, target) is why


async def somebody(database: Database, role: Role = Role.RESIDENT) -> Actor:
    return Actor(person=await database.new_person(role), role=role, name="Tegan")


async def pair(database: Database) -> tuple[Question, Actor, Actor, int, int]:
    question = await new_question(database)
    ann, ben = await somebody(database), await somebody(database)
    return (
        question,
        ann,
        ben,
        await new_idea(database, question, ann.person, title="A walking bus"),
        await new_idea(database, question, ben.person, title="A bus on foot", slug="a-bus-on-foot"),
    )


async def counted(idea: int) -> tuple[int, set[int]]:
    found = await queries.any_idea(idea)
    assert found
    people = set(await db.values("SELECT person FROM support WHERE idea = $1 AND state = 'counted'", idea))
    assert found.supports == len(people), "the count is the number of counted rows"
    return found.supports, people


async def test_supporters_of_either_count_once_on_the_idea_that_stays(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    both, only_one, changed_mind, fan_of_ann = [await somebody(database) for _ in range(4)]
    for person, idea in (
        (both, source),
        (both, target),
        (only_one, source),
        (changed_mind, target),
        (changed_mind, source),
        (fan_of_ann, source),
        (ben, source),
        (ann, target),
    ):
        await support(person, idea)
    await withdraw_support(changed_mind, target)
    async with db.transaction():
        await set_aside_supports(fan_of_ann.person)
    made = await propose(ann, source, target, SAME, NOTES)
    assert made.state is MergeState.PROPOSED
    done = await consent(ben, made.id, NOTES)
    assert done.state is MergeState.DONE
    assert await counted(source) == (0, set())
    assert await counted(target) == (3, {both.person, only_one.person, changed_mind.person})
    state = await queries.my_support(target, fan_of_ann.person)
    assert state
    assert state.value == "set_aside", "joining ideas undoes no decision about a support"


async def test_both_pages_stay_and_say_what_happened(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    await consent(ben, (await propose(ann, source, target, SAME, NOTES)).id, NOTES)
    gone, stays = await queries.idea(source), await queries.idea(target)
    assert gone
    assert stays
    assert (gone.stage, stays.stage) == (Stage.MERGED, Stage.OPEN)
    assert (await queries.steps(source))[-1].kind is (await queries.steps(target))[-1].kind is StepKind.MERGED
    seen = await beside(gone, ann)
    assert seen.went_into
    assert seen.went_into.number == target
    assert [one.number for one in (await beside(stays, ann)).joined] == [source]
    assert [one.person for one in await writers(target)] == [ann.person]
    with pytest.raises(Refused) as refused:
        await support(await somebody(database), source)
    assert refused.value.why is IdeaWhy.MERGED
    with pytest.raises(Refused) as refused:
        await support(ann, target)
    assert refused.value.why is IdeaWhy.OWN_IDEA


async def test_an_officer_needs_the_authors_of_both(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    officer = await somebody(database, Role.OFFICER)
    made = await propose(officer, source, target, SAME, NOTES)
    with pytest.raises(Refused) as refused:
        await propose(ann, source, target, SAME, NOTES)
    assert refused.value.why is Why.PROPOSED_ALREADY
    with pytest.raises(Missing):
        await consent(officer, made.id, NOTES)
    assert (await consent(ann, made.id, NOTES)).state is MergeState.PROPOSED
    assert (await consent(ann, made.id, NOTES)).state is MergeState.PROPOSED
    assert (await consent(ben, made.id, NOTES)).state is MergeState.DONE
    assert (await consent(ben, made.id, NOTES)).state is MergeState.DONE


async def test_a_proposal_that_is_declined_or_old_changes_nothing(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    made = await propose(ann, source, target, SAME, NOTES)
    assert (await decline(ben, made.id)).state is MergeState.DECLINED
    with pytest.raises(Refused) as refused:
        await consent(ben, made.id, NOTES)
    assert refused.value.why is Why.PROPOSAL_ENDED
    again = await propose(ann, source, target, SAME, NOTES)
    await database.ask("UPDATE idea_merge SET ends_at = now() WHERE id = $1", again.id)
    with pytest.raises(Refused):
        await consent(ben, again.id, NOTES)
    third = await propose(ben, source, target, SAME, NOTES)
    assert (await decline(ben, third.id)).state is MergeState.WITHDRAWN
    with pytest.raises(Missing):
        await decline(await somebody(database), third.id)


async def test_an_author_who_is_gone_is_not_waited_for(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    await database.ask("UPDATE person SET left_at = now(), email = NULL WHERE id = $1", ben.person)
    with pytest.raises(Refused):
        await propose(ann, source, target, SAME, NOTES)
    officer = await somebody(database, Role.OFFICER)
    made = await propose(officer, source, target, SAME, NOTES)
    assert (await consent(ann, made.id, NOTES)).state is MergeState.DONE


async def test_supports_in_the_moment_of_joining_are_never_lost_nor_counted_twice(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    people = [await somebody(database) for _ in range(12)]
    made = await propose(ann, source, target, SAME, NOTES)

    async def try_to_support(person: Actor, idea: int) -> None:
        with suppress(Refused):  # whoever came too late for the idea that went
            await support(person, idea)

    await asyncio.gather(
        *(try_to_support(person, idea) for person in people for idea in (source, target)),
        consent(ben, made.id, NOTES),
    )
    assert await counted(source) == (0, set())
    assert await counted(target) == (12, {person.person for person in people})


async def test_everybody_of_both_is_told_once_with_the_reason(database: Database) -> None:
    _, ann, ben, source, target = await pair(database)
    both, of_target = await somebody(database), await somebody(database)
    for person, idea in ((both, source), (both, target), (of_target, target)):
        await support(person, idea)
    made = await propose(ann, source, target, SAME, NOTES)
    await consent(ben, made.id, NOTES)
    told = await database.ask(
        "SELECT d.person, n.template, n.context->>'because' FROM notice_delivery d JOIN notice n ON n.id = d.notice "
        "WHERE n.once LIKE $1 ORDER BY d.person",
        f"merged-{made.id}-%",
    )
    assert [tuple(row) for row in told] == [
        (ann.person, "ideas/merged_source", "same"),
        (both.person, "ideas/merged_source", "same"),
        (of_target.person, "ideas/merged_target", "same"),
    ]
