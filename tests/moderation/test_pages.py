from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from posting import field_in, new_case, new_posting, token_in

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

DECISIONS = 'SELECT act, rule, reason, "by" FROM moderation_decision WHERE "case" = $1'


async def decide(client: httpx.AsyncClient, case: int, **fields: str) -> httpx.Response:
    shown = (await client.get(f"/moderation/{case}")).text
    given = {"csrf": token_in(shown), "seen": field_in(shown, "seen"), **fields}
    return await client.post(f"/moderation/{case}", data=given)


@pytest.mark.parametrize("address", ["/moderation", "/moderation/1", "/moderation/decided"])
async def test_the_desk_exists_for_moderators_only(address: str, visitor: httpx.AsyncClient, sign_in: SignIn) -> None:
    assert (await visitor.get(address)).headers["location"].startswith("/sign-in")
    for role in (Role.RESIDENT, Role.OFFICER):
        assert (await (await sign_in(role)).client.get(address)).status_code == 404


async def test_a_case_shows_the_text_its_reasons_and_its_author(database: Database, sign_in: SignIn) -> None:
    author = await database.new_person(name="Vera Quill")
    await new_posting(database, author, "public", source="I like this.", reasons=[])
    case = await new_case(database, await new_posting(database, author))
    moderator = await sign_in(Role.MODERATOR)
    answer = await moderator.client.get(f"/moderation/{case}")
    assert answer.status_code == 200
    for part in (
        "Comment on “A repair bench in the library”",
        "<mark>order now</mark>",
        "<mark>best-essay-help24.example</mark>",
        "97%",
        "where its links lead",
        "Vera Quill",
        "1 public, 1 waiting, 0 refused, 0 hidden",
        "Never reported.",
        'href="/comments/1"',
    ):
        assert part in answer.text, part


async def test_the_oldest_comes_first_but_danger_before_everything(database: Database, sign_in: SignIn) -> None:
    author = await database.new_person()
    young, old, danger = [await new_posting(database, author, "public") for _ in range(3)]
    cases = [
        await new_case(database, young, "report", "5 hours"),
        await new_case(database, old, "report", "9 hours"),
        await new_case(database, danger, "report", "1 minute"),
    ]
    sql = "INSERT INTO report (reference, posting, \"case\", reason, at) VALUES ('DANGER', $1, $2, 'danger', now())"
    await database.ask(sql, danger, cases[2])
    page = (await (await sign_in(Role.MODERATOR)).client.get("/moderation")).text
    order = [int(found) for found in re.findall(r'<li><a href="/moderation/(\d+)"', page)]
    assert [number for number in order if number in cases] == [cases[2], cases[1], cases[0]]
    assert "Somebody may be in danger" in page
    assert "999" in page


async def test_publishing_is_one_click_and_the_next_case_opens(database: Database, sign_in: SignIn) -> None:
    author = await database.new_person()
    first, second = [await new_posting(database, author) for _ in range(2)]
    here = await new_case(database, first, waited="3 days")
    following = await new_case(database, second, waited="2 days")
    moderator = await sign_in(Role.MODERATOR)
    answer = await decide(moderator.client, here, act="publish")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/moderation/{following}?done=case-publish")
    assert (await database.ask("SELECT publicity FROM posting WHERE id = $1", first))[0][0] == "public"
    assert [tuple(row) for row in await database.ask(DECISIONS, here)] == [("publish", "", "", moderator.person)]
    audit = await database.ask("SELECT verb, kind, reason FROM act WHERE person = $1", moderator.person)
    assert [tuple(row) for row in audit] == [("publish", "posting", "")]


async def test_a_refusal_names_the_rule_to_its_author(database: Database, sign_in: SignIn) -> None:
    author = await database.new_person(language="en")
    posting = await new_posting(database, author)
    case = await new_case(database, posting)
    moderator = await sign_in(Role.MODERATOR)
    answer = await decide(moderator.client, case, act="refuse", rule="no_selling", words="Please leave the shop out.")
    assert answer.status_code == 303
    mails = await database.ask(
        "SELECT subject, text, html FROM outgoing_mail WHERE address = (SELECT email FROM person WHERE id = $1)", author
    )
    assert len(mails) == 1
    assert mails[0]["subject"] == "We have not published what you wrote"
    for body in (mails[0]["text"], mails[0]["html"]):
        for part in ("Rule 1: No selling", "Please leave the shop out.", "order now", "/about/rules"):
            assert part in body
    closed = (await moderator.client.get(f"/moderation/{case}")).text
    assert "This case is closed" in closed
    assert 'name="act"' not in closed


async def test_a_refusal_without_a_rule_is_impossible(database: Database, sign_in: SignIn) -> None:
    posting = await new_posting(database, await database.new_person(), reasons=[])
    case = await new_case(database, posting)
    answer = await decide((await sign_in(Role.MODERATOR)).client, case, act="refuse", words="Because.")
    assert answer.status_code == 422
    assert 'href="#rule"' in answer.text
    assert "Because." in answer.text
    assert await database.ask(DECISIONS, case) == []


async def test_the_slower_moderator_is_told_who_decided_what(database: Database, sign_in: SignIn) -> None:
    posting = await new_posting(database, await database.new_person())
    case = await new_case(database, posting)
    rhea, kit = await sign_in(Role.MODERATOR, name="Rhea Quick"), await sign_in(Role.MODERATOR, name="Kit Late")
    page = (await kit.client.get(f"/moderation/{case}")).text
    await decide(rhea.client, case, act="publish")
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": "refuse", "rule": "be_kind"}
    answer = await kit.client.post(f"/moderation/{case}", data=given)
    assert answer.status_code == 409
    assert "A colleague has decided this case before you" in answer.text
    assert "Rhea Quick decided this" in answer.text
    assert [row["act"] for row in await database.ask(DECISIONS, case)] == ["publish"]


async def test_nobody_decides_on_words_they_have_not_seen(database: Database, sign_in: SignIn) -> None:
    posting = await new_posting(database, await database.new_person())
    case = await new_case(database, posting)
    moderator = (await sign_in(Role.MODERATOR)).client
    page = (await moderator.get(f"/moderation/{case}")).text
    await database.ask("UPDATE posting SET source = 'Something else entirely' WHERE id = $1", posting)
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": "publish"}
    answer = await moderator.post(f"/moderation/{case}", data=given)
    assert answer.status_code == 409
    assert "has changed the text since you opened it" in answer.text
    assert (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0] == "held"


async def test_reported_content_is_kept_or_hidden(database: Database, sign_in: SignIn) -> None:
    author = await database.new_person()
    kept, hidden = [await new_posting(database, author, "public") for _ in range(2)]
    moderator = (await sign_in(Role.MODERATOR)).client
    await decide(moderator, await new_case(database, kept, "report"), act="keep")
    await decide(moderator, await new_case(database, hidden, "report"), act="hide", rule="be_kind")
    rows = await database.ask("SELECT publicity FROM posting WHERE id = ANY($1::bigint[]) ORDER BY id", [kept, hidden])
    assert [row["publicity"] for row in rows] == ["public", "hidden"]
    page = (await moderator.get("/moderation/decided")).text
    assert "Rule 2: Be kind" in page
    assert "It breaks no rule" in page


async def test_moderators_do_not_decide_about_their_own_words(database: Database, sign_in: SignIn) -> None:
    moderator = await sign_in(Role.MODERATOR)
    case = await new_case(database, await new_posting(database, moderator.person))
    answer = await decide(moderator.client, case, act="publish")
    assert answer.status_code == 409
    assert "You wrote this yourself" in answer.text
