from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from posting import field_in, new_case, new_posting, token_in

from shapedby.kernel import Actor, Refused, Role
from shapedby.moderation.actions.appeals import decide_appeal
from shapedby.moderation.rules import Why
from shapedby.moderation.rules.appeals import Standing, WhyNoAppeal, why_not_appeal, why_not_decide_appeal
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]


async def publicity_of(database: Database, posting: int) -> str:
    return (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0]


async def refused(database: Database, first: SignedIn, author: int, *, act: str = "refuse") -> int:
    """Let a moderator refuse (or hide) a text over the desk's page; gives the posting."""
    posting = await new_posting(database, author, "held" if act == "refuse" else "public")
    case = await new_case(database, posting, "classifier" if act == "refuse" else "report")
    page = (await first.client.get(f"/moderation/{case}")).text
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": act, "rule": "no_selling"}
    answer = await first.client.post(f"/moderation/{case}", data={**given, "words": "Please leave the shop out."})
    assert answer.status_code == 303, answer.text
    return posting


async def appeal(client: httpx.AsyncClient, posting: int, words: str = "I sell <b>nothing</b>.") -> httpx.Response:
    page = (await client.get(f"/appeal/{posting}")).text
    token = token_in(page) if 'name="csrf"' in page else ""
    return await client.post(f"/appeal/{posting}", data={"csrf": token, "words": words})


async def case_of(database: Database, posting: int) -> int:
    sql = 'SELECT "case" FROM appeal WHERE posting = $1 ORDER BY id DESC LIMIT 1'
    return (await database.ask(sql, posting))[0][0]


async def decide(client: httpx.AsyncClient, case: int, act: str, words: str = "") -> httpx.Response:
    page = (await client.get(f"/moderation/appeals/{case}")).text
    token = token_in(page)
    return await client.post(f"/moderation/appeals/{case}", data={"csrf": token, "act": act, "words": words})


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(Publicity.REFUSED, 5, appealed=False, on_appeal=False), None),
        (Standing(Publicity.HIDDEN, 5, appealed=False, on_appeal=False), None),
        (Standing(Publicity.QUARANTINED, 0, appealed=False, on_appeal=False), None),
        (Standing(Publicity.HIDDEN, 0, appealed=False, on_appeal=False), WhyNoAppeal.NOTHING_TO_APPEAL),
        (Standing(Publicity.HELD, 5, appealed=False, on_appeal=False), WhyNoAppeal.NOTHING_TO_APPEAL),
        (Standing(Publicity.PUBLIC, 5, appealed=False, on_appeal=False), WhyNoAppeal.NOTHING_TO_APPEAL),
        (Standing(Publicity.REFUSED, 5, appealed=True, on_appeal=False), WhyNoAppeal.APPEALED_BEFORE),
        (Standing(Publicity.REFUSED, 5, appealed=False, on_appeal=True), WhyNoAppeal.DECIDED_ON_APPEAL),
    ],
)
def test_each_decision_can_be_appealed_once(standing: Standing, why: WhyNoAppeal | None) -> None:
    assert why_not_appeal(standing) is why


@pytest.mark.parametrize(
    ("role", "person", "others", "why"),
    [
        (Role.MODERATOR, 2, 1, None),
        (Role.ADMINISTRATOR, 2, 1, None),
        (Role.MODERATOR, 1, 1, WhyNoAppeal.YOU_DECIDED_FIRST),
        (Role.ADMINISTRATOR, 1, 1, WhyNoAppeal.YOU_DECIDED_FIRST),
        (Role.MODERATOR, 1, 0, WhyNoAppeal.YOU_DECIDED_FIRST),
        (Role.ADMINISTRATOR, 1, 0, None),
    ],
)
def test_another_than_the_first_decides_an_appeal(
    role: Role, person: int, others: int, why: WhyNoAppeal | None
) -> None:
    assert why_not_decide_appeal(Actor(person, role), first_by=1, others=others) is why


async def test_complaint_authors_are_not_told_why(database: Database, sign_in: SignIn) -> None:
    author, first = await sign_in(name="Ada Lamb"), await sign_in(Role.MODERATOR)
    posting = await refused(database, first, author.person)
    page = (await author.client.get(f"/appeal/{posting}")).text
    for part in ("Rule 1: No selling", "Please leave the shop out.", "order now"):
        assert part in page, part
    mail = await database.ask(
        "SELECT text FROM outgoing_mail WHERE address = (SELECT email FROM person WHERE id = $1)", author.person
    )
    assert f"/appeal/{posting}" in mail[0]["text"]


async def test_a_second_moderator_decides_and_everybody_hears_of_it(database: Database, sign_in: SignIn) -> None:
    author = await sign_in(language="en")
    first, second = await sign_in(Role.MODERATOR, name="Rhea First"), await sign_in(Role.MODERATOR, name="Kit Second")
    posting = await refused(database, first, author.person)
    assert (await appeal(author.client, posting)).status_code == 303
    case = await case_of(database, posting)
    assert (await second.client.get(f"/moderation/{case}")).headers["location"] == f"/moderation/appeals/{case}"
    page = (await second.client.get(f"/moderation/appeals/{case}")).text
    for part in ("Rhea First decided this", "No selling", "Please leave the shop out.", "order now"):
        assert part in page, part
    assert "<b>nothing</b>" not in page
    own = (await first.client.get(f"/moderation/appeals/{case}")).text
    assert "The first decision was yours" in own
    assert 'name="act"' not in own
    answer = await decide(second.client, case, "publish")
    assert (answer.status_code, answer.headers["location"]) == (303, "/moderation?done=appeal-overturned")
    assert await publicity_of(database, posting) == "public"
    assert "We were wrong" in (await author.client.get(f"/appeal/{posting}")).text
    mails = await database.ask(
        "SELECT address, subject FROM outgoing_mail WHERE subject LIKE '%wrong%' OR subject LIKE '%appeal%' "
        "ORDER BY id DESC LIMIT 2"
    )
    wanted = await database.ask("SELECT email FROM person WHERE id = ANY($1::bigint[])", [author.person, first.person])
    assert {mail["address"] for mail in mails} == {row["email"] for row in wanted}


async def test_the_first_moderator_cannot_decide_the_appeal_by_a_form_of_their_own(
    database: Database, sign_in: SignIn
) -> None:
    author, first = await sign_in(), await sign_in(Role.MODERATOR)
    await sign_in(Role.MODERATOR)
    posting = await refused(database, first, author.person, act="hide")
    await appeal(author.client, posting)
    case = await case_of(database, posting)
    answer = await decide(first.client, case, "publish")
    assert answer.status_code == 409
    assert "The first decision was yours" in answer.text
    ordinary = await first.client.post(
        f"/moderation/{case}", data={"csrf": token_in(answer.text), "seen": "x", "act": "publish"}
    )
    assert ordinary.status_code in {303, 409}
    assert await publicity_of(database, posting) == "hidden"


async def test_an_appeal_is_made_once_and_a_decision_on_it_is_the_last(database: Database, sign_in: SignIn) -> None:
    author, first, second = await sign_in(), await sign_in(Role.MODERATOR), await sign_in(Role.MODERATOR)
    posting = await refused(database, first, author.person)
    token = token_in((await author.client.get(f"/appeal/{posting}")).text)
    assert (await appeal(author.client, posting, " ")).status_code == 422
    for status in (303, 409):
        answer = await author.client.post(f"/appeal/{posting}", data={"csrf": token, "words": "Really not."})
        assert answer.status_code == status
    case = await case_of(database, posting)
    assert (await decide(second.client, case, "uphold")).status_code == 422
    assert (await decide(second.client, case, "uphold", "It links to a shop.")).status_code == 303
    page = (await author.client.get(f"/appeal/{posting}")).text
    assert "The first decision stands" in page
    assert "It links to a shop." in page
    answer = await author.client.post(f"/appeal/{posting}", data={"csrf": token, "words": "Again."})
    assert answer.status_code == 409
    assert await publicity_of(database, posting) == "refused"
    rows = await database.ask("SELECT act, rule FROM moderation_decision WHERE posting = $1 ORDER BY id", posting)
    assert [tuple(row) for row in rows] == [("refuse", "no_selling"), ("uphold", "no_selling")]


async def test_nobody_else_knows_of_the_page(database: Database, sign_in: SignIn, visitor: httpx.AsyncClient) -> None:
    author, first = await sign_in(), await sign_in(Role.MODERATOR)
    posting = await refused(database, first, author.person)
    assert (await visitor.get(f"/appeal/{posting}")).headers["location"].startswith("/sign-in")
    assert (await (await sign_in()).client.get(f"/appeal/{posting}")).status_code == 404
    assert (await first.client.get(f"/appeal/{posting}")).status_code == 404
    public = await new_posting(database, author.person, "public")
    assert (await author.client.get(f"/appeal/{public}")).status_code == 404


async def test_an_appeal_stops_the_deletion_of_what_is_in_quarantine(database: Database, sign_in: SignIn) -> None:
    from shapedby.screening.actions import forget_quarantined

    author, second = await sign_in(), await sign_in(Role.MODERATOR)
    old = [
        await new_posting(database, author.person, "quarantined", quarantined_at=at)
        for at in [(await database.ask("SELECT now() - interval '31 days'"))[0][0]] * 2
    ]
    assert (await appeal(author.client, old[0])).status_code == 303
    await forget_quarantined()
    assert [await publicity_of(database, posting) for posting in old] == ["quarantined", "deleted"]
    await decide(second.client, await case_of(database, old[0]), "publish")
    assert await publicity_of(database, old[0]) == "public"


async def test_two_second_moderators_at_once_make_one_decision(database: Database, sign_in: SignIn) -> None:
    author, first = await sign_in(), await sign_in(Role.MODERATOR)
    posting = await refused(database, first, author.person)
    await appeal(author.client, posting)
    case = await case_of(database, posting)
    people = [Actor(await database.new_person(Role.MODERATOR), Role.MODERATOR) for _ in range(6)]
    done = await asyncio.gather(
        *(decide_appeal(who, case, overturns=at % 2 == 0, words="So.") for at, who in enumerate(people)),
        return_exceptions=True,
    )
    assert done.count(None) == 1
    slower = [answer for answer in done if answer is not None]
    assert all(isinstance(one, Refused) and one.why in {Why.COLLEAGUE_WAS_FASTER, Why.NOT_THIS_ACT} for one in slower)
    assert len(await database.ask('SELECT 1 FROM moderation_decision WHERE "case" = $1', case)) == 1
