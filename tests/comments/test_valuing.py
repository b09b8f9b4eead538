"""Changing one's comment, finding one useful, putting one at the top, and how often one may write."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from answering import new_idea, new_question, send_form
from ground import Database, SignedIn

from shapedby.comments import queries
from shapedby.comments.actions import find_useful, find_useful_no_more, pin, rewrite, unpin, write
from shapedby.comments.rules import (
    EDIT_FOR,
    MOST_A_DAY,
    MOST_AN_HOUR,
    MOST_PINNED,
    SHOWN_REPLIES,
    Order,
    Why,
    why_not_change,
    why_not_find_useful,
    why_not_pin,
    why_not_so_many,
)
from shapedby.kernel import VISITOR, Actor, Missing, Refused, Role
from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from litestar import Litestar

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[..., Awaitable[SignedIn]]

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ANN, BEA = Actor(1, Role.RESIDENT), Actor(2, Role.RESIDENT)
OFFICER, MODERATOR = Actor(3, Role.OFFICER), Actor(4, Role.MODERATOR)
SHOWN, HIDDEN = Publicity.PUBLIC, Publicity.HIDDEN


@pytest.mark.parametrize(
    ("actor", "publicity", "age", "why"),
    [
        (ANN, Publicity.PUBLIC, timedelta(0), None),
        (ANN, Publicity.HELD, timedelta(minutes=14, seconds=59), None),
        (ANN, Publicity.PUBLIC, EDIT_FOR, Why.NOT_ASKED),
        (ANN, Publicity.HIDDEN, timedelta(0), Why.COMMENT_GONE),
        (ANN, Publicity.WITHDRAWN, timedelta(0), Why.COMMENT_GONE),
        (BEA, Publicity.PUBLIC, timedelta(0), Why.NOT_YOURS),
        (MODERATOR, Publicity.PUBLIC, timedelta(0), Why.NOT_YOURS),
        (VISITOR, Publicity.PUBLIC, timedelta(0), Why.NOT_YOURS),
    ],
)
def test_one_s_own_comment_can_be_changed_for_fifteen_minutes(
    actor: Actor, publicity: Publicity, age: timedelta, why: Why | None
) -> None:
    assert why_not_change(actor, author=1, publicity=publicity, at=NOW - age, now=NOW) is why


@pytest.mark.parametrize(
    ("actor", "hour", "day", "why"),
    [
        (ANN, MOST_AN_HOUR - 1, MOST_A_DAY - 1, None),
        (ANN, MOST_AN_HOUR, MOST_AN_HOUR, Why.SLOW_DOWN),
        (ANN, 0, MOST_A_DAY, Why.SLOW_DOWN),
        (OFFICER, MOST_AN_HOUR, MOST_A_DAY, None),
    ],
)
def test_many_comments_of_one_person_have_a_pause(actor: Actor, hour: int, day: int, why: Why | None) -> None:
    assert why_not_so_many(actor, hour=hour, day=day) is why


@pytest.mark.parametrize(
    ("actor", "publicity", "why"),
    [
        (BEA, SHOWN, None),
        (VISITOR, SHOWN, None),  # asked to sign in
        (ANN, SHOWN, Why.OWN_COMMENT),
        (BEA, HIDDEN, Why.COMMENT_GONE),
    ],
)
def test_who_can_find_a_comment_useful(actor: Actor, publicity: Publicity, why: Why | None) -> None:
    assert why_not_find_useful(actor, author=1, publicity=publicity) is why


@pytest.mark.parametrize(
    ("actor", "publicity", "pinned", "why"),
    [
        (OFFICER, SHOWN, 0, None),
        (OFFICER, SHOWN, MOST_PINNED, Why.ENOUGH_PINNED),
        (OFFICER, HIDDEN, 0, Why.COMMENT_GONE),
        (MODERATOR, SHOWN, 0, Why.NOT_YOUR_ROLE),
        (ANN, SHOWN, 0, Why.NOT_YOUR_ROLE),
        (VISITOR, SHOWN, 0, Why.NOT_YOUR_ROLE),
    ],
)
def test_who_can_put_a_comment_at_the_top(actor: Actor, publicity: Publicity, pinned: int, why: Why | None) -> None:
    assert why_not_pin(actor, publicity=publicity, pinned=pinned) is why


async def somebody(database: Database, role: Role = Role.RESIDENT) -> Actor:
    return Actor(person=await database.new_person(role), role=role, name="Jago")


async def said(actor: Actor, idea: int, source: str = "Good.", answers: int | None = None) -> int:
    number, publicity = await write(actor, idea, answers, source, language="en")
    if publicity is Publicity.HELD and not actor.young:  # the check was late
        await publish(number)
    return number


async def publish(number: int) -> None:
    found = await queries.any_comment(number)
    assert found
    await screening.change(found.posting, Publicity.PUBLIC, by=None)


async def changed(actor: Actor, number: int, source: str) -> None:
    if await rewrite(actor, number, source) is Publicity.HELD:
        await publish(number)


async def test_what_a_changed_comment_said_before_stays_to_be_seen(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    idea = await new_idea(database, await new_question(database))
    jago = await somebody(database)
    number = await said(jago, idea, "The crossing is too far away.")
    assert (await visitor.get(f"/comments/{number}/before")).status_code == 404
    assert await rewrite(jago, number, "The crossing is too far away.") is Publicity.PUBLIC
    assert await queries.versions(number) == []
    await changed(jago, number, "The crossing is 200 metres away.")
    (version,) = await queries.versions(number)
    assert "too far" in version.html
    shown = await visitor.get(f"/comments/{number}")
    assert "200 metres" in shown.text
    assert f"/comments/{number}/before" in shown.text
    before = await visitor.get(f"/comments/{number}/before")
    assert "too far" in before.text
    assert "200 metres" in before.text


async def test_words_that_were_never_public_are_no_version_and_hiding_hides_all(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    idea = await new_idea(database, await new_question(database))
    young = Actor(person=await database.new_person(young=True), role=Role.RESIDENT, young=True)
    number = await said(young, idea, "My school is the blue one.")
    assert await rewrite(young, number, "My school is near.") is Publicity.HELD
    found = await queries.any_comment(number)
    assert found
    await screening.change(found.posting, Publicity.PUBLIC, by=None)
    assert await queries.versions(number) == []
    assert await rewrite(young, number, "My school is quite near.") is Publicity.HELD  # a person reads it again
    assert (await visitor.get(f"/comments/{number}/before")).status_code == 404
    await screening.change(found.posting, Publicity.PUBLIC, by=None)
    assert [str(one.html).strip() for one in await queries.versions(number)] == ["<p>My school is near.</p>"]
    await screening.change(found.posting, Publicity.HIDDEN, by=None)
    assert await queries.versions(number) == []


async def test_a_changed_comment_is_screened_again_and_not_after_its_time(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago, ada = await somebody(database), await somebody(database)
    number = await said(jago, idea, "A fair point.")
    with pytest.raises(Missing):
        await rewrite(ada, number, "Mine now")
    advert = "Hot escort girls in your city, book now https://vip-escorts.example cheap rates 24/7 outcall service"
    assert await rewrite(jago, number, advert) in {Publicity.HELD, Publicity.QUARANTINED}
    assert await queries.comment(number) is None
    other = await said(jago, idea, "Another point.")
    await database.ask("UPDATE comment SET sent_at = now() - interval '15 minutes' WHERE id = $1", other)
    with pytest.raises(Refused) as refused:
        await rewrite(jago, other, "Late")
    assert refused.value.why is Why.NOT_ASKED


async def test_useful_counts_each_person_once_and_can_be_taken_back(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    jago, people = await somebody(database), [await somebody(database) for _ in range(3)]
    first, second = await said(jago, idea, "First"), await said(jago, idea, "Second")
    await asyncio.gather(*(find_useful(one, second) for one in people for _ in range(3)))
    with pytest.raises(Refused) as refused:
        await find_useful(jago, second)
    assert refused.value.why is Why.OWN_COMMENT
    by_time = (await queries.thread(idea)).every
    assert [(one.id, one.useful) for one in by_time] == [(first, 0), (second, 3)]
    assert [one.id for one in (await queries.thread(idea, order=Order.USEFUL)).every] == [second, first]
    await find_useful_no_more(people[0], second)
    await find_useful_no_more(people[0], second)
    assert await queries.found_useful(people[0].person, [second]) == frozenset()
    assert [one.useful for one in (await queries.thread(idea)).every] == [0, 2]


async def test_the_council_puts_few_comments_at_the_top_and_takes_them_down(database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    olive, jago = await somebody(database, Role.OFFICER), await somebody(database)
    numbers = [await said(jago, idea, f"Point {number}") for number in range(MOST_PINNED + 1)]
    outcomes = await asyncio.gather(*(pin(olive, number) for number in numbers), return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    pinned = await queries.pinned(idea)
    assert len(pinned) == MOST_PINNED
    await pin(olive, pinned[0].id)
    await unpin(olive, pinned[0].id)
    with pytest.raises(Missing):
        await unpin(jago, pinned[1].id)
    assert [one.id for one in await queries.pinned(idea)] == [one.id for one in pinned[1:]]
    acts = await database.ask("SELECT verb FROM act WHERE person = $1 ORDER BY id", olive.person)
    assert [act["verb"] for act in acts] == ["pin"] * MOST_PINNED + ["unpin"]


async def test_many_replies_fold_and_a_link_opens_all_of_them(database: Database, visitor: httpx.AsyncClient) -> None:
    idea = await new_idea(database, await new_question(database))
    people = [await somebody(database) for _ in range(2)]
    top = await said(people[0], idea, "First")
    replies = [await said(people[n % 2], idea, f"Reply {n}", top) for n in range(SHOWN_REPLIES + 2)]
    (talk,) = (await queries.thread(idea)).talks
    assert ([one.id for one in talk.replies], talk.more) == (replies[:SHOWN_REPLIES], 2)
    assert "See 2 more replies" in (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text
    whole = (await visitor.get(f"/comments/{replies[-1]}")).text
    assert all(f'id="comment-{number}"' in whole for number in replies)


async def test_somebody_who_writes_too_fast_keeps_their_words(sign_in: SignIn, database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    ann = await sign_in()
    await database.ask(
        """WITH posted AS (INSERT INTO posting (kind, author, publicity, written_at)
            SELECT 'comment', $2, 'public', now() FROM generate_series(1, $3::int) RETURNING id)
        INSERT INTO comment (idea, posting, author, sent_at) SELECT $1, id, $2, now() FROM posted""",
        idea,
        ann.person,
        MOST_AN_HOUR,
    )
    page = f"/ideas/{idea}/a-walking-bus"
    answer = await send_form(ann.client, page, f"/ideas/{idea}/comments", comment="One more thought")
    assert answer.status_code == 422
    assert "take a break" in answer.text
    assert "One more thought" in answer.text


async def test_buttons_lead_back_and_visitors_are_asked_to_sign_in(
    app: Litestar, sign_in: SignIn, database: Database, visitor: httpx.AsyncClient
) -> None:
    idea = await new_idea(database, await new_question(database))
    number = await said(await somebody(database), idea, "A thought")
    page = f"/ideas/{idea}/a-walking-bus"
    shown = (await visitor.get(page)).text
    assert f'href="/comments/{number}/useful"' in shown
    assert "<form" not in shown
    asked = await visitor.get(f"/comments/{number}/useful")
    assert "/sign-in?next=/comments/" in asked.text
    ann, olive = await sign_in(), await sign_in(Role.OFFICER)
    answer = await send_form(ann.client, page, f"/comments/{number}/useful", back=f"{page}?order=useful")
    assert answer.headers["location"] == f"{page}?order=useful&done=comment-useful#comment-{number}"
    assert 'aria-pressed="true"' in (await ann.client.get(page)).text
    answer = await send_form(ann.client, page, f"/comments/{number}/not-useful", back="https://evil.example/")
    assert answer.headers["location"] == f"/comments/{number}?done=comment-not-useful#comment-{number}"
    assert (await send_form(ann.client, page, f"/comments/{number}/pin")).status_code == 404
    await send_form(olive.client, page, f"/comments/{number}/pin", back=page)
    assert "Put at the top by the council" in (await visitor.get(page)).text
