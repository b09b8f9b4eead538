from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from answering import new_idea, new_question
from posting import new_case, new_posting, token_in

from shapedby.ideas.actions import support
from shapedby.kernel import Actor, Refused, Role
from shapedby.moderation.actions.suspending import end_suspension, end_suspensions, suspend
from shapedby.moderation.rules import Rule
from shapedby.moderation.rules.suspending import Suspending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

HIDING = Suspending(Rule.NO_SELLING, "You sell essays.", None, hides=True)
COUNTS = (
    "SELECT supports, (SELECT count(*) FROM support s WHERE s.idea = i.id AND s.state = 'counted') "
    "FROM idea i WHERE i.id = $1"
)


async def moderator(database: Database) -> Actor:
    return Actor(await database.new_person(Role.MODERATOR), Role.MODERATOR, "Rhea")


async def supports(database: Database, idea: int) -> tuple[int, int]:
    return tuple((await database.ask(COUNTS, idea))[0])


async def everything_of(database: Database, person: int) -> list[tuple[object, ...]]:
    """Give all that a suspension may touch, to compare before and after."""
    postings = await database.ask("SELECT id, publicity FROM posting WHERE author = $1 ORDER BY id", person)
    cases = await database.ask(
        "SELECT c.id, c.state FROM moderation_case c JOIN posting p ON p.id = c.posting "
        "WHERE p.author = $1 AND c.raised_by <> 'suspension' ORDER BY c.id",
        person,
    )
    given = await database.ask("SELECT id, state, set_aside_for FROM support WHERE person = $1 ORDER BY id", person)
    return [tuple(row) for rows in (postings, cases, given) for row in rows]


async def test_complaint_blocked_peoples_votes_still_count(app: object, database: Database) -> None:
    question = await new_question(database)
    author, person = await database.new_person(), await database.new_person()
    ideas = [await new_idea(database, question, author) for _ in range(3)]
    for idea in ideas:
        await support(Actor(person, Role.RESIDENT), idea)
        await support(Actor(await database.new_person(), Role.RESIDENT), idea)
    who = await moderator(database)
    await suspend(who, person, Suspending(Rule.BE_YOURSELF, "Ten accounts.", None, hides=False))
    assert [await supports(database, idea) for idea in ideas] == [(1, 1)] * 3
    await end_suspension(who, person, "It was a mistake.")
    assert [await supports(database, idea) for idea in ideas] == [(2, 2)] * 3


async def test_complaint_undoing_a_block_restores_everything_and_nothing_else(app: object, database: Database) -> None:
    question = await new_question(database)
    author, person = await database.new_person(), await database.new_person(email="sue@example.org", language="en")
    await new_posting(database, person, "public")
    reported = await new_posting(database, person, "public")
    case = await new_case(database, reported, "report")
    for publicity in ("held", "refused", "hidden", "withdrawn"):
        await new_posting(database, person, publicity)
    counted, aside = [await new_idea(database, question, author) for _ in range(2)]
    own = await new_idea(database, question, person)
    for idea in (counted, aside):
        await support(Actor(person, Role.RESIDENT), idea)
    await database.ask("UPDATE support SET state = 'set_aside' WHERE person = $1 AND idea = $2", person, aside)
    before = await everything_of(database, person)
    who = await moderator(database)
    await suspend(who, person, HIDING)
    now = await database.ask("SELECT publicity, count(*) FROM posting WHERE author = $1 GROUP BY 1", person)
    assert dict(map(tuple, now)) == {"hidden": 4, "held": 1, "refused": 1, "withdrawn": 1}
    assert (await database.ask("SELECT state FROM moderation_case WHERE id = $1", case))[0][0] == "decided"
    sql = (
        "SELECT count(*) FROM moderation_decision d JOIN posting p ON p.id = d.posting "
        "WHERE p.author = $1 AND act = 'hide'"
    )
    assert (await database.ask(sql, person))[0][0] == 3
    await end_suspension(who, person, "We talked.")
    assert await everything_of(database, person) == before
    assert (await database.ask("SELECT stage FROM idea WHERE id = $1", own))[0][0] == "open"
    mails = await database.ask("SELECT subject, text FROM outgoing_mail WHERE address = 'sue@example.org' ORDER BY id")
    assert [mail["subject"] for mail in mails] == ["You cannot write here for now", "You can take part again"]
    assert "You sell essays." in mails[0]["text"]


async def test_what_was_decided_or_taken_back_meanwhile_stays_so(app: object, database: Database) -> None:
    from shapedby.screening import actions as screening
    from shapedby.screening.rules import Publicity

    person, who = await database.new_person(), await moderator(database)
    back, decided, hidden = [await new_posting(database, person, "public") for _ in range(3)]
    await suspend(who, person, HIDING)
    await screening.withdraw(back, person)
    case = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1", decided))[0][0]
    await database.ask(
        'INSERT INTO moderation_decision ("case", posting, "by", act, rule, was, at) '
        "VALUES ($1, $2, $3, 'hide', 'be_kind', 'hidden', now())",
        case,
        decided,
        who.person,
    )
    await end_suspension(who, person, "Over.")
    rows = await database.ask("SELECT publicity FROM posting WHERE author = $1 ORDER BY id", person)
    assert [row[0] for row in rows] == [Publicity.WITHDRAWN, Publicity.HIDDEN, Publicity.PUBLIC]
    assert hidden


async def test_a_suspension_ends_by_itself_when_its_time_is_over(app: object, database: Database) -> None:
    person, who = await database.new_person(), await moderator(database)
    posting = await new_posting(database, person, "public")
    await suspend(who, person, HIDING)
    assert await end_suspensions() == 0
    await database.ask("UPDATE suspension SET until = now() - interval '1 second' WHERE person = $1", person)
    assert await end_suspensions() == 1
    assert (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0] == "public"
    assert (await database.ask("SELECT suspended_until FROM person WHERE id = $1", person))[0][0] is None
    await suspend(who, person, HIDING)


async def test_supports_sent_while_somebody_is_being_suspended_never_count(app: object, database: Database) -> None:
    question = await new_question(database)
    author, person = await database.new_person(), await database.new_person()
    ideas = [await new_idea(database, question, author) for _ in range(12)]
    who = await moderator(database)
    given = Suspending(Rule.BE_YOURSELF, "Ten accounts.", None, hides=False)
    clicks = [support(Actor(person, Role.RESIDENT), idea) for idea in ideas]
    await asyncio.gather(*clicks[:6], suspend(who, person, given), *clicks[6:])
    assert [await supports(database, idea) for idea in ideas] == [(0, 0)] * 12


async def test_two_moderators_at_once_make_one_suspension(app: object, database: Database) -> None:
    person = await database.new_person()
    people = [await moderator(database) for _ in range(5)]
    done = await asyncio.gather(*(suspend(who, person, HIDING) for who in people), return_exceptions=True)
    assert sum(isinstance(answer, int) for answer in done) == 1
    assert sum(isinstance(answer, Refused) for answer in done) == 4


async def test_a_suspended_person_reads_but_cannot_write_support_or_hide_it(
    database: Database, sign_in: SignIn
) -> None:
    question = await new_question(database)
    idea = await new_idea(database, question, await database.new_person())
    person, who = await sign_in(name="Sam Sock"), await sign_in(Role.MODERATOR)
    page = (await who.client.get(f"/moderation/people/{person.person}")).text
    given = {"csrf": token_in(page), "rule": "be_yourself", "reason": "Ten accounts.", "lasts": "7"}
    answer = await who.client.post(f"/moderation/people/{person.person}/suspend", data=given)
    assert (answer.status_code, answer.headers["location"].endswith("done=suspended")) == (303, True)
    home = (await person.client.get("/")).text
    assert "You cannot write or support until" in home
    answer = await person.client.post(f"/ideas/{idea}/support", data={"csrf": token_in(home)})
    assert answer.status_code == 409
    answer = await person.client.post(
        f"/ideas/{idea}/comments", data={"csrf": token_in(home), "comment": "Hello there"}
    )
    assert answer.status_code == 409
    assert await supports(database, idea) == (0, 0)
    record = (await who.client.get(f"/moderation/people/{person.person}")).text
    assert "Suspended until" in record
    assert "Ten accounts." in record
    assert "Sam Sock" in (await who.client.get("/moderation/people")).text


async def test_a_support_that_is_set_aside_can_be_taken_back_and_stays_so(database: Database, sign_in: SignIn) -> None:
    question = await new_question(database)
    kept, taken, other = [await new_idea(database, question) for _ in range(3)]
    person, who = await sign_in(), await moderator(database)
    for idea in (kept, taken, other):
        await support(Actor(person.person, Role.RESIDENT), idea)
    # Set aside for another reason than a suspension: taking it back would be a way to give it again.
    await database.ask("UPDATE support SET state = 'set_aside', set_aside_for = 'invalid' WHERE idea = $1", other)
    await database.ask("UPDATE idea SET supports = 0 WHERE id = $1", other)
    await suspend(who, person.person, Suspending(Rule.BE_KIND, "Rude.", None, hides=False))
    page = (await person.client.get(f"/ideas/{taken}/support")).text
    assert "does not count while you are suspended" in page
    for idea in (taken, taken, other):
        answer = await person.client.post(f"/ideas/{idea}/withdraw", data={"csrf": token_in(page)})
        assert answer.status_code == 303
    assert [await supports(database, idea) for idea in (kept, taken, other)] == [(0, 0)] * 3
    again = await person.client.post(f"/ideas/{taken}/support", data={"csrf": token_in(page)})
    assert again.status_code == 409
    await end_suspension(who, person.person, "We talked.")
    assert [await supports(database, idea) for idea in (kept, taken, other)] == [(1, 1), (0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"rule": ""}, "rule"),
        ({"reason": " "}, "reason"),
        ({"lasts": "forever"}, "lasts"),
        ({"lasts": "day", "until": "2020-01-01"}, "until"),
        ({"lasts": "day", "until": "soon"}, "until"),
    ],
)
async def test_a_suspension_needs_a_rule_a_reason_and_a_time(
    fields: dict[str, str], wrong: str, database: Database, sign_in: SignIn
) -> None:
    person, who = await database.new_person(), await sign_in(Role.MODERATOR)
    page = (await who.client.get(f"/moderation/people/{person}")).text
    given = {"csrf": token_in(page), "rule": "be_kind", "reason": "Rude.", "lasts": "7", **fields}
    answer = await who.client.post(f"/moderation/people/{person}/suspend", data=given)
    assert answer.status_code == 422
    assert f'href="#{wrong}"' in answer.text
    assert await database.ask("SELECT 1 FROM suspension WHERE person = $1", person) == []


async def test_nobody_suspends_themselves_and_only_administrators_suspend_staff(
    database: Database, sign_in: SignIn
) -> None:
    who, boss = await sign_in(Role.MODERATOR), await sign_in(Role.ADMINISTRATOR)
    colleague = await database.new_person(Role.OFFICER)
    for client, person, status in ((who, who.person, 409), (who, colleague, 409), (boss, colleague, 303)):
        token = token_in((await client.client.get("/moderation/people?q=x")).text)
        given = {"csrf": token, "rule": "be_kind", "reason": "Rude.", "lasts": "ended"}
        answer = await client.client.post(f"/moderation/people/{person}/suspend", data=given)
        assert answer.status_code == status


async def test_people_are_found_by_name_and_number(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    who = (await sign_in(Role.MODERATOR)).client
    person = await database.new_person(name="Morwenna 100% Odd_Name")
    for words in ("wenna", "100%", "Odd_N", f"#{person}", str(person)):
        assert "Morwenna" in (await who.get("/moderation/people", params={"q": words})).text, words
    assert "Morwenna" not in (await who.get("/moderation/people", params={"q": "Odd%N"})).text
    assert (await visitor.get("/moderation/people")).status_code == 303
    assert (await (await sign_in(Role.OFFICER)).client.get(f"/moderation/people/{person}")).status_code == 404
