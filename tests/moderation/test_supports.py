"""Ballot stuffing from end to end: supports that look like one person's, and what moderators do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answering import new_idea, new_question, send_form
from ground import Database

from shapedby.ideas.actions import holding
from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

REASON = {"reason_en": "They came from one person.", "reason_es": "Vinieron de una persona."}


async def stuffed(database: Database, number: int = 20, domain: str = "mailinator.com", origin: bytes = b"one") -> int:
    """Write supports as a machine would have given them; gives the idea."""
    idea = await new_idea(database, await new_question(database))
    for place in range(number):
        person = await database.new_person(email=f"p{idea}-{place}@{domain}")
        await database.ask(
            "INSERT INTO support (idea, person, origin, since, changed_at) VALUES ($1, $2, $3, now(), now())",
            idea, person, origin,
        )  # fmt: skip
    await database.ask("UPDATE idea SET supports = $2 WHERE id = $1", idea, number)
    return idea


async def count(database: Database, idea: int) -> int:
    return (await database.ask("SELECT supports FROM idea WHERE id = $1", idea))[0][0]


async def hold_of(database: Database, idea: int) -> int:
    return (await database.ask("SELECT id FROM support_hold WHERE idea = $1", idea))[0][0]


async def agrees() -> bool:
    return (await holding.recount())[1] == []


async def test_a_robots_supports_wait_and_come_back_or_not_as_a_moderator_decides(
    app: object, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    idea = await stuffed(database)
    assert await holding.look_for_stuffing() == 20
    assert (await count(database, idea), await agrees()) == (0, True)
    assert await holding.look_for_stuffing() == 0, "held once"
    moderator = await sign_in(Role.MODERATOR)
    address = f"/moderation/supports/{await hold_of(database, idea)}"
    assert "A walking bus" in (await moderator.client.get("/moderation/supports")).text
    assert "services that give an address for ten minutes" in (await moderator.client.get(address)).text
    assert (await send_form(moderator.client, address, address, to="set_aside")).status_code == 422, (
        "a reason is needed"
    )
    assert (await send_form(moderator.client, address, address, to="set_aside", **REASON)).status_code == 303
    assert (await count(database, idea), await agrees()) == (0, True)
    public = (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text
    assert "We set 20 supports aside" in public
    assert REASON["reason_en"] in public
    assert "mailinator" not in public
    assert "ten minutes" not in public
    assert (
        await send_form(moderator.client, address, address, seen="set_aside", to="released", **REASON)
    ).status_code == 303
    assert (await count(database, idea), await agrees()) == (20, True)
    assert "20 supports that we had set aside count again" in (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text
    assert await holding.look_for_stuffing() == 0, "what was looked at is not held again"


async def test_released_ones_count_and_nothing_is_published(
    app: object, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    idea = await stuffed(database)
    await holding.look_for_stuffing()
    moderator = await sign_in(Role.MODERATOR)
    address = f"/moderation/supports/{await hold_of(database, idea)}"
    await send_form(moderator.client, address, address, to="released", **REASON)
    assert (await count(database, idea), await agrees()) == (20, True)
    assert REASON["reason_en"] not in (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text


async def test_two_moderators_the_second_is_told(app: object, database: Database, sign_in: SignIn) -> None:
    idea = await stuffed(database)
    await holding.look_for_stuffing()
    first, second = await sign_in(Role.MODERATOR), await sign_in(Role.MODERATOR)
    address = f"/moderation/supports/{await hold_of(database, idea)}"
    await send_form(first.client, address, address, seen="waiting", to="released", **REASON)
    late = await send_form(second.client, address, address, seen="waiting", to="set_aside", **REASON)
    assert late.status_code == 409
    assert await count(database, idea) == 20


async def test_a_shared_network_of_people_with_addresses_of_their_own_is_left_alone(
    app: object, database: Database
) -> None:
    people = await stuffed(database, domain="example.org", origin=b"library")
    await database.ask("UPDATE person SET joined_at = now() - interval '30 days'")
    assert await holding.look_for_stuffing() == 0
    assert await count(database, people) == 20


async def test_the_person_is_told_that_it_waits_and_not_why(app: object, database: Database, sign_in: SignIn) -> None:
    idea = await stuffed(database, number=8)
    person = await sign_in(email="robot@mailinator.com")
    await send_form(person.client, f"/ideas/{idea}/support")
    await database.ask("UPDATE support SET origin = 'one', changed_at = now() WHERE idea = $1", idea)
    await holding.look_for_stuffing()
    shown = (await person.client.get(f"/ideas/{idea}/receipt")).text
    assert "Your support is waiting for a check" in shown
    assert "+1: your support began to count" in shown
    assert "−1: your support stopped counting" in shown
    for word in ("network", "mail comes from", "one_origin", "new_accounts"):
        assert word not in shown


async def test_where_supports_came_from_is_forgotten(app: object, database: Database) -> None:
    idea = await stuffed(database, number=3)
    await database.ask("UPDATE support SET changed_at = now() - interval '8 days' WHERE idea = $1", idea)
    assert await holding.forget_origins() >= 3
    kept = await database.ask("SELECT count(*) FROM support WHERE idea = $1 AND origin IS NOT NULL", idea)
    assert kept[0][0] == 0
