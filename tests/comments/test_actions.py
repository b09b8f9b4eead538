from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from answering import new_idea, new_question

from shapedby.comments import queries
from shapedby.comments.actions import withdraw, write
from shapedby.comments.rules import PAGE, Why
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.people.rules import Why as PeopleWhy
from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from ground import Database

pytestmark = pytest.mark.usefixtures("app")  # it opens the database and starts the classifier

ADVERT = (
    "Congratulations to the team. Hot escort girls in your city, book now https://vip-escorts.example cheap rates "
    "24/7 call girls outcall service https://vip-escorts.example/book"
)


async def somebody(database: Database, **about: Any) -> Actor:
    return Actor(person=await database.new_person(), role=Role.RESIDENT, name="Jago", **about)


async def said(actor: Actor, idea: int, source: str = "Good.", answers: int | None = None) -> tuple[int, Publicity]:
    return await write(actor, idea, answers, source, language="en")


async def count_of(database: Database, idea: int) -> int:
    return (await database.ask("SELECT comments FROM idea WHERE id = $1", idea))[0][0]


async def test_a_comment_is_cleaned_screened_and_counted(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago = await somebody(database)
    number, publicity = await said(jago, idea, "The crossing is *the* problem <script>x</script>")
    assert publicity is Publicity.PUBLIC
    found = await queries.comment(number)
    assert found
    assert "<em>the</em>" in found.html
    assert "<script" not in found.html
    assert await count_of(database, idea) == 1
    held, publicity = await said(jago, idea, ADVERT)
    assert publicity is Publicity.QUARANTINED  # a new account, too
    assert await queries.comment(held) is None
    assert (await queries.thread(idea)).total == 1
    assert await count_of(database, idea) == 1


async def test_replies_are_one_level_deep(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago = await somebody(database)
    top, _ = await said(jago, idea, "First")
    reply, _ = await said(jago, idea, "Second", top)
    deeper, _ = await said(jago, idea, "Third", reply)
    (talk,) = (await queries.thread(idea)).talks
    assert talk.comment.id == top
    assert [one.id for one in talk.replies] == [reply, deeper]
    assert await count_of(database, idea) == 3


async def test_the_same_words_sent_many_times_at_once_are_one_comment(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago = await somebody(database)
    answers = await asyncio.gather(*(said(jago, idea, "Twice as nice") for _ in range(8)))
    assert len(set(answers)) == 1
    assert await count_of(database, idea) == 1


async def test_many_people_at_once_are_all_counted(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    people = [await somebody(database) for _ in range(8)]
    await asyncio.gather(*(said(one, idea) for one in people))
    assert await count_of(database, idea) == 8


async def test_a_comment_that_is_gone_keeps_its_place_while_it_has_replies(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago, ada = await somebody(database), await somebody(database)
    top, _ = await said(jago, idea, "Something rude")
    reply, _ = await said(ada, idea, "An answer", top)
    alone, _ = await said(jago, idea, "Alone")
    for number in (top, alone):
        found = await queries.any_comment(number)
        assert found
        await screening.change(found.posting, Publicity.HIDDEN, by=ada.person, reason="rude")
    (talk,) = (await queries.thread(idea)).talks
    assert (talk.comment.id, talk.comment.is_public, talk.comment.html) == (top, False, "")
    assert [one.id for one in talk.replies] == [reply]
    assert await count_of(database, idea) == 1
    with pytest.raises(Refused) as refused:
        await said(ada, idea, "Late", top)
    assert refused.value.why is Why.COMMENT_GONE


async def test_taking_a_comment_back(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago, ada = await somebody(database), await somebody(database)
    number, _ = await said(jago, idea)
    with pytest.raises(Missing):
        await withdraw(ada, number)
    assert await withdraw(jago, number) == idea
    assert await withdraw(jago, number) == idea
    assert await queries.comment(number) is None
    assert await count_of(database, idea) == 0


async def test_a_check_that_was_late_publishes_and_the_author_is_told(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago = await somebody(database, young=True)
    number, _ = await said(jago, idea, "The crossing is the problem.")
    held = await queries.any_comment(number)
    assert held
    await screening.change(held.posting, Publicity.PUBLIC, by=None)
    assert await count_of(database, idea) == 1
    sql = "SELECT m.text FROM outgoing_mail m JOIN person p ON p.email = m.address WHERE p.id = $1"
    (mail,) = await database.ask(sql, jago.person)
    assert f"/comments/{number}" in mail["text"]


async def test_who_may_not_speak_here_reads_why(database: Database) -> None:
    question = await new_question(database)
    idea, held = await new_idea(database, question), await new_idea(database, question, publicity="held")
    decided = await new_idea(database, await new_question(database, opens="-9 days", closes="-1 day", decided=True))
    jago = await somebody(database)
    with pytest.raises(Missing):
        await said(jago, held)
    for actor, where, why in (
        (await somebody(database, welcomed=False), idea, PeopleWhy.WELCOME_FIRST),
        (jago, decided, Why.DECIDED),
    ):
        with pytest.raises(Refused) as refused:
            await said(actor, where)
        assert refused.value.why is why
    young, publicity = await said(await somebody(database, young=True), idea)
    assert publicity is Publicity.HELD
    assert young


async def test_a_long_discussion_has_pages_and_every_comment_knows_its_own(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    author = await database.new_person()
    made = await database.ask(
        """WITH posted AS (
            INSERT INTO posting (kind, author, publicity, source, html, written_at)
            SELECT 'comment', $2, 'public', n::text, n::text, now() FROM generate_series(1, $3::int) n RETURNING id)
        INSERT INTO comment (idea, posting, author, sent_at)
        SELECT $1, id, $2, now() + row_number() OVER (ORDER BY id) * interval '1 second' FROM posted
        RETURNING id, sent_at""",
        idea,
        author,
        PAGE + 5,
    )
    last = max(made, key=lambda row: row["sent_at"])["id"]
    first = await queries.thread(idea)
    assert (len(first.talks), first.total, first.pages) == (PAGE, PAGE + 5, 2)
    assert len((await queries.thread(idea, 99)).talks) == 5
    found = await queries.comment(last)
    assert found
    assert await queries.page_of(found) == 2
