from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, Question, new_idea, new_question

from shapedby.ideas import queries
from shapedby.ideas.actions import Calendar, change, support, withdraw
from shapedby.ideas.actions.versions import take_version_back
from shapedby.ideas.queries.versions import changed_since, public_versions, supported, waiting_version
from shapedby.ideas.rules import StepKind, Written
from shapedby.ideas.rules.versions import Change, difference, is_changed
from shapedby.kernel import Actor, Missing, Role
from shapedby.screening import actions as screening
from shapedby.screening.actions.redacting import redact_everywhere
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Cut, Kind, Publicity

if TYPE_CHECKING:
    from ground import Database

pytestmark = pytest.mark.usefixtures("app")

LONDON = Calendar("Europe/London")
PHONE = "Ring me on 07700 900123 about it."


async def somebody(database: Database, **columns: Any) -> Actor:
    young = bool(columns.get("young"))
    return Actor(person=await database.new_person(**columns), role=Role.RESIDENT, name="Tegan", young=young)


def typed(question: Question, **changes: Any) -> Written:
    words: dict[str, Any] = dict(WORDS)
    return replace(Written(**words), topic=question.topics["streets"], **changes)


async def supported_idea(database: Database) -> tuple[Question, Actor, Actor, int]:
    question = await new_question(database)
    author, friend = await somebody(database), await somebody(database)
    number = await new_idea(database, question, author.person)
    await support(friend, number)
    return question, author, friend, number


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("A bench", "A bench", [(Change.SAME, "A bench")]),
        ("", "A bench", [(Change.ADDED, "A bench")]),
        ("A bench", "", [(Change.REMOVED, "A bench")]),
        (
            "A red bench here",
            "A green bench here",
            [
                (Change.SAME, "A "),
                (Change.REMOVED, "red "),
                (Change.ADDED, "green "),
                (Change.SAME, "bench here"),
            ],
        ),
        ("One line\n\nAnother", "One line Another", [(Change.SAME, "One line Another")]),
    ],
)
def test_a_difference_is_in_whole_words(before: str, after: str, said: list[tuple[Change, str]]) -> None:
    assert [(piece.change, piece.text) for piece in difference(before, after)] == said


def test_a_difference_of_long_texts_that_repeat_themselves_costs_no_more() -> None:
    assert is_changed(difference("a " * 5_000, "a " * 4_999 + "b"))


async def test_an_idea_without_supporters_changes_freely(database: Database) -> None:
    question = await new_question(database)
    author = await somebody(database)
    number = await new_idea(database, question, author.person)
    assert await change(author, number, typed(question, title="Another title"), LONDON) is Publicity.PUBLIC
    assert await public_versions(number) == []


async def test_a_supported_idea_changes_as_a_version_and_its_supporters_see_that(database: Database) -> None:
    question, author, friend, number = await supported_idea(database)
    assert await changed_since(number, friend.person) is None
    assert await change(author, number, typed(question, title="Two walking buses"), LONDON) is Publicity.PUBLIC
    found = await queries.idea(number)
    assert found
    assert (found.title, found.slug, found.supports) == ("Two walking buses", "two-walking-buses", 1)
    assert [(one.number, one.title) for one in await public_versions(number)] == [
        (2, "Two walking buses"),
        (1, WORDS["title"]),
    ]
    assert await changed_since(number, friend.person)
    assert [(one.number, one.changed) for one in await supported(friend.person)] == [(number, True)]
    kept = await posting_of(found.posting)
    assert kept
    assert kept.source.startswith("Two walking buses")
    assert [step.kind for step in await queries.steps(number)][-1] is StepKind.CHANGED
    late = await somebody(database)
    await support(late, number)
    assert await changed_since(number, late.person) is None


async def test_while_a_version_waits_the_old_words_stay_public(database: Database) -> None:
    question, author, _, number = await supported_idea(database)
    new = typed(question, title="Two walking buses", problem=PHONE)
    assert await change(author, number, new, LONDON, contacts_kept=True) is Publicity.HELD
    found, waiting = await queries.idea(number), await waiting_version(number)
    assert found
    assert waiting
    assert waiting.posting
    assert found.title == WORDS["title"]
    moderator = await database.new_person(Role.MODERATOR)
    await screening.change(waiting.posting, Publicity.PUBLIC, by=moderator, reason="fine")
    found = await queries.idea(number)
    assert found
    assert found.title == "Two walking buses"
    await screening.change(waiting.posting, Publicity.HELD, by=moderator, reason="undone")
    found = await queries.idea(number)
    assert found
    assert found.title == WORDS["title"], "a version that is no longer public gives way to the one before"


async def test_a_version_that_waits_can_be_written_anew_and_taken_back(database: Database) -> None:
    question, author, friend, number = await supported_idea(database)
    for title in ("Two walking buses", "Three walking buses"):
        await change(author, number, typed(question, title=title, problem=PHONE), LONDON, contacts_kept=True)
    waiting = await waiting_version(number)
    assert waiting
    assert waiting.title == "Three walking buses"
    assert waiting.posting
    with pytest.raises(Missing):
        await take_version_back(friend, number)
    await take_version_back(author, number)
    await take_version_back(author, number)
    assert await waiting_version(number) is None
    kept = await posting_of(waiting.posting)
    assert kept
    assert kept.publicity is Publicity.WITHDRAWN


async def test_taking_the_idea_back_takes_the_waiting_version_too(database: Database) -> None:
    question, author, _, number = await supported_idea(database)
    await change(author, number, typed(question, problem=PHONE), LONDON, contacts_kept=True)
    await withdraw(author, number)
    assert await waiting_version(number) is None


async def test_the_same_words_again_are_no_version(database: Database) -> None:
    question, author, _, number = await supported_idea(database)
    now = await queries.written(number)
    assert await change(author, number, replace(now, topic=question.topics["streets"]), LONDON) is Publicity.PUBLIC
    assert await public_versions(number) == []


async def test_redacted_words_are_gone_from_every_version(database: Database) -> None:
    question, author, _, number = await supported_idea(database)
    await change(author, number, typed(question, problem="Old Mr Pascoe shouts here."), LONDON)
    await change(author, number, typed(question, problem="Somebody shouts here."), LONDON)
    await change(author, number, typed(question, problem=f"Mr Pascoe shouts. {PHONE}"), LONDON, contacts_kept=True)
    found, waiting = await queries.idea(number), await waiting_version(number)
    assert found
    assert waiting
    assert waiting.posting
    await redact_everywhere(Kind.IDEA, found.posting, Cut("Mr Pascoe", "█████"))
    rows = await database.ask("SELECT problem || problem_html AS words FROM idea_version WHERE idea = $1", number)
    rows += await database.ask("SELECT source || html AS words FROM posting WHERE id = $1", waiting.posting)
    assert len(rows) == 5
    assert not [row for row in rows if "Pascoe" in row[0]]
    await redact_everywhere(Kind.VERSION, waiting.posting, Cut("shouts", "█████"))
    rows = await database.ask("SELECT problem || problem_html AS words FROM idea_version WHERE idea = $1", number)
    rows += await database.ask("SELECT problem || problem_html FROM idea WHERE id = $1", number)
    rows += await database.ask("SELECT source || html FROM posting WHERE id = $1", found.posting)
    assert not [row for row in rows if "shouts" in row[0]]
