from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ground import client_of
from posting import new_posting, token_in

from shapedby.kernel import Role
from shapedby.moderation.pages.reporting import MANY_REPORTS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn
    from litestar import Litestar

    SignIn = Callable[..., Awaitable[SignedIn]]

REPORTS = 'SELECT reason, note, note_html, email, person, "case" FROM report WHERE posting = $1 ORDER BY id'


async def report(client: httpx.AsyncClient, posting: int, **fields: str) -> httpx.Response:
    form = (await client.get(f"/report/{posting}")).text
    return await client.post(f"/report/{posting}", data={"csrf": token_in(form), "reason": "spam", **fields})


async def new_public(database: Database) -> int:
    return await new_posting(database, await database.new_person(), "public", source="Come to my shop.")


async def test_a_visitor_reports_without_a_script_and_is_told_what_happens_next(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    posting = await new_public(database)
    form = await visitor.get(f"/report/{posting}")
    assert "Come to my shop." in form.text
    assert "noindex" in form.text
    given = {"csrf": token_in(form.text), "reason": "insult", "note": "He <b>shouts</b>", "email": "Ann@Example.org"}
    answer = await visitor.post(f"/report/{posting}", data=given)
    assert answer.status_code == 303
    thanks = await visitor.get(answer.headers["location"])
    reference = answer.headers["location"].rpartition("/")[2]
    assert thanks.status_code == 200
    assert reference in thanks.text
    assert "Reports alone hide nothing" in thanks.text
    row = (await database.ask(REPORTS, posting))[0]
    assert (row["reason"], row["email"], row["person"]) == ("insult", "ann@example.org", None)
    assert "&lt;b&gt;" in row["note_html"]
    assert (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0] == "public"


@pytest.mark.parametrize("publicity", ["draft", "held", "refused", "hidden", "withdrawn"])
async def test_only_what_is_public_can_be_reported(
    publicity: str, database: Database, visitor: httpx.AsyncClient
) -> None:
    posting = await new_posting(database, await database.new_person(), publicity)
    assert (await visitor.get(f"/report/{posting}")).status_code == 404
    form = await visitor.get(f"/report/{await new_public(database)}")
    given = {"csrf": token_in(form.text), "reason": "spam"}
    assert (await visitor.post(f"/report/{posting}", data=given)).status_code == 404
    assert await database.ask(REPORTS, posting) == []


async def test_a_number_that_nothing_has_is_not_found(visitor: httpx.AsyncClient) -> None:
    for address in ("/report/999999", "/report/99999999999999999999", "/report/1/NOSUCH"):
        assert (await visitor.get(address)).status_code == 404, address


async def test_a_person_counts_once_and_once_more_when_there_is_danger(database: Database, sign_in: SignIn) -> None:
    posting = await new_public(database)
    client = (await sign_in(Role.RESIDENT)).client
    for reason in ("spam", "spam", "insult", "danger", "danger"):
        assert (await report(client, posting, reason=reason)).status_code == 303
    rows = await database.ask('SELECT "case", guarded FROM report WHERE posting = $1 ORDER BY id', posting)
    # The first went to the ordinary desk, until the word of danger took it along to the safeguarding people.
    assert [row["guarded"] is not None for row in rows] == [True, False, False, True, False]
    assert {row["case"] for row in rows} == {None}
    assert len({row["guarded"] for row in rows if row["guarded"]}) == 1


async def test_each_browser_counts_once_and_nothing_is_hidden(app: Litestar, database: Database) -> None:
    posting = await new_public(database)
    for _ in range(3):
        async with client_of(app) as browser:
            await report(browser, posting)
            await report(browser, posting)
    assert sum(row["case"] is not None for row in await database.ask(REPORTS, posting)) == 3
    assert (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0] == "public"
    assert len(await database.ask("SELECT 1 FROM moderation_case WHERE posting = $1", posting)) == 1


async def test_danger_shows_whom_to_call(database: Database, visitor: httpx.AsyncClient) -> None:
    answer = await report(visitor, await new_public(database), reason="danger")
    assert "116 123" in (await visitor.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "nonsense"}, "reason"),
        ({"email": "no address"}, "email"),
        ({"note": "x" * 2001}, "note"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_the_words_stay(
    fields: dict[str, str], wrong: str, database: Database, visitor: httpx.AsyncClient
) -> None:
    answer = await report(visitor, await new_public(database), **{"note": "my note", **fields})
    assert answer.status_code == 422
    assert f'href="#{wrong}"' in answer.text
    assert fields.get("note", "my note") in answer.text


async def test_reports_are_limited_by_browser_not_by_network(app: Litestar, database: Database) -> None:
    postings = [await new_public(database) for _ in range(MANY_REPORTS.times + 1)]
    async with client_of(app) as busy, client_of(app) as neighbour:
        answers = [await report(busy, posting, note="keep this") for posting in postings]
        assert [answer.status_code for answer in answers[:-1]] == [303] * MANY_REPORTS.times
        assert answers[-1].status_code == 429
        assert "keep this" in answers[-1].text
        assert (await report(neighbour, postings[-1])).status_code == 303


async def test_who_left_an_address_hears_what_was_decided(app: Litestar, database: Database, sign_in: SignIn) -> None:
    from posting import field_in

    posting = await new_public(database)
    async with client_of(app) as browser:
        await report(browser, posting, email="ann@example.org")
    case = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1", posting))[0][0]
    moderator = (await sign_in(Role.MODERATOR)).client
    page = (await moderator.get(f"/moderation/{case}")).text
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": "hide", "rule": "no_selling"}
    await moderator.post(f"/moderation/{case}", data=given)
    mails = await database.ask("SELECT subject, text FROM outgoing_mail WHERE address = 'ann@example.org'")
    assert len(mails) == 1
    assert mails[0]["subject"].startswith("What we decided about your report ")
    assert "No selling" in mails[0]["text"]


async def test_complaint_five_hundred_sock_puppets_remove_a_text(app: Litestar, database: Database) -> None:
    from shapedby.kernel import VISITOR
    from shapedby.moderation.actions import report as send_report
    from shapedby.moderation.rules import Reason, Reported

    posting = await new_public(database)
    for number in range(500):
        await send_report(VISITOR, f"browser-{number}", posting, Reported(Reason.ILLEGAL, "", ""))
    assert (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0] == "public"
    cases = await database.ask("SELECT id, state FROM moderation_case WHERE posting = $1", posting)
    assert [row["state"] for row in cases] == ["open"]
    assert (await database.ask('SELECT count(*) FROM report WHERE "case" = $1', cases[0]["id"]))[0][0] == 500


async def test_six_plain_reasons_and_three_that_go_further_are_offered(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    form = (await visitor.get(f"/report/{await new_public(database)}")).text
    assert form.count('type="radio"') == 9
    for part in ("I think it is illegal", "It shows my personal details", "Somebody may be in danger"):
        assert part in form


async def test_the_outcome_comes_in_the_language_of_the_report(
    app: Litestar, database: Database, sign_in: SignIn
) -> None:
    from posting import field_in

    posting = await new_public(database)
    async with client_of(app) as browser:
        await browser.get("/?lang=es")
        await report(browser, posting, email="eva@example.org")
    case = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1", posting))[0][0]
    moderator = (await sign_in(Role.MODERATOR)).client
    page = (await moderator.get(f"/moderation/{case}")).text
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "act": "keep"}
    await moderator.post(f"/moderation/{case}", data=given)
    mails = await database.ask("SELECT language FROM outgoing_mail WHERE address = 'eva@example.org'")
    assert [mail["language"] for mail in mails] == ["es"]
