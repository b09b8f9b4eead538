from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ground import client_of
from posting import field_in, new_case, new_posting, token_in

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn
    from litestar import Litestar

    SignIn = Callable[..., Awaitable[SignedIn]]

WORDS = "I cannot go on like this at home."


async def report(client: httpx.AsyncClient, posting: int, **fields: str) -> httpx.Response:
    form = (await client.get(f"/report/{posting}")).text
    return await client.post(f"/report/{posting}", data={"csrf": token_in(form), "reason": "danger", **fields})


async def guarded_of(database: Database, posting: int) -> int:
    return (await database.ask("SELECT id FROM safeguarding_case WHERE posting = $1 ORDER BY id DESC", posting))[0][0]


async def do(client: httpx.AsyncClient, case: int, act: str, reason: str = "Called the family.", **fields: str) -> int:
    token = token_in((await client.get(f"/safeguarding/{case}")).text)
    given = {"csrf": token, "act": act, "reason": reason, **fields}
    return (await client.post(f"/safeguarding/{case}", data=given)).status_code


async def publicity_of(database: Database, posting: int) -> str:
    return (await database.ask("SELECT publicity FROM posting WHERE id = $1", posting))[0][0]


async def test_complaint_danger_waits_in_the_same_list_as_spam(
    app: Litestar, database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    duty = await sign_in(Role.OFFICER, safeguarding=True, email="duty@example.org", language="en")
    boss, moderator = await sign_in(Role.ADMINISTRATOR), await sign_in(Role.MODERATOR)
    posting = await new_posting(database, await database.new_person(), "public", source=WORDS)
    async with client_of(app) as other:
        await report(other, posting, reason="insult", note="A rude one.")
    ordinary = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1", posting))[0][0]
    answer = await report(visitor, posting, email="ann@example.org", note="She said more to me.")
    assert "116 123" in (await visitor.get(answer.headers["location"])).text
    case = await guarded_of(database, posting)
    page = await duty.client.get(f"/safeguarding/{case}")
    for part in (WORDS, "She said more to me.", "A rude one.", "116 123"):
        assert part in page.text, part
    assert f"/safeguarding/{case}" in (await duty.client.get("/safeguarding")).text
    for client in (boss.client, moderator.client):
        assert (await client.get(f"/safeguarding/{case}")).status_code == 404
        assert (await client.get("/safeguarding")).status_code == 404
        assert (await client.get(f"/moderation/{ordinary}")).status_code == 404
        for address in ("/moderation", "/moderation/decided", "/about/moderation/log"):
            assert WORDS not in (await client.get(address)).text
    mails = await database.ask("SELECT subject, text, kind FROM outgoing_mail WHERE address = 'duty@example.org'")
    assert len(mails) == 1
    assert f"/safeguarding/{case}" in mails[0]["text"]
    assert WORDS not in mails[0]["text"]


async def test_the_duty_without_being_staff_opens_nothing(database: Database, sign_in: SignIn) -> None:
    resident = await sign_in(Role.RESIDENT, safeguarding=True)
    assert (await resident.client.get("/safeguarding")).status_code == 404


async def test_a_moderator_passes_a_case_on_and_it_leaves_the_desk(database: Database, sign_in: SignIn) -> None:
    duty, moderator = await sign_in(Role.MODERATOR, safeguarding=True), await sign_in(Role.MODERATOR)
    posting = await new_posting(database, await database.new_person(), source=WORDS)
    case = await new_case(database, posting, "rule")
    page = (await moderator.client.get(f"/moderation/{case}/danger")).text
    assert "116 123" in page
    given = {"csrf": token_in(page), "note": "She names a road."}
    answer = await moderator.client.post(f"/moderation/{case}/danger", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/moderation?done=passed-on")
    assert (await moderator.client.get(f"/moderation/{case}")).status_code == 404
    guarded = await guarded_of(database, posting)
    assert "She names a road." in (await duty.client.get(f"/safeguarding/{guarded}")).text
    assert await do(duty.client, guarded, "close") == 409
    assert await do(duty.client, guarded, "publish", words="Thank you for writing.") == 303
    assert await publicity_of(database, posting) == "public"
    assert await do(duty.client, guarded, "close") == 303
    assert await do(duty.client, guarded, "note") == 409
    rows = await database.ask('SELECT act, by FROM safeguarding_decision WHERE "case" = $1 ORDER BY id', guarded)
    assert [tuple(row) for row in rows] == [("publish", duty.person), ("close", duty.person)]
    assert await database.ask("SELECT 1 FROM moderation_decision WHERE posting = $1", posting) == []


async def test_what_is_not_about_danger_goes_back_with_its_reports(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    duty, moderator = await sign_in(Role.OFFICER, safeguarding=True), await sign_in(Role.MODERATOR)
    posting = await new_posting(database, await database.new_person(), "public", source="What a stupid idea.")
    await report(visitor, posting)
    guarded = await guarded_of(database, posting)
    assert await do(duty.client, guarded, "give_back", "Only an insult.") == 303
    case = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1 AND state = 'open'", posting))[0][0]
    page = (await moderator.client.get(f"/moderation/{case}")).text
    assert "What a stupid idea." in page
    assert "Somebody may be in danger" in page


async def test_words_sent_again_meanwhile_open_no_ordinary_case(database: Database, visitor: httpx.AsyncClient) -> None:
    from shapedby.screening import actions as screening
    from shapedby.screening.rules import Publicity, RaisedBy

    posting = await new_posting(database, await database.new_person(), "public", source=WORDS)
    await report(visitor, posting)
    await report(visitor, posting, reason="spam")
    assert await database.ask("SELECT 1 FROM moderation_case WHERE posting = $1", posting) == []
    await screening.open_case(posting, RaisedBy.CLASSIFIER)
    await screening.change(posting, Publicity.HELD, by=None)
    assert await database.ask("SELECT 1 FROM moderation_case WHERE posting = $1 AND state = 'open'", posting) == []


async def test_the_reporter_hears_that_somebody_looked_in_their_language(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    duty = await sign_in(Role.OFFICER, safeguarding=True)
    posting = await new_posting(database, await database.new_person(), "public", source=WORDS)
    await visitor.get("/?lang=es")
    await report(visitor, posting, email="eva@example.org")
    assert await do(duty.client, await guarded_of(database, posting), "close") == 303
    mails = await database.ask("SELECT language FROM outgoing_mail WHERE address = 'eva@example.org'")
    assert [mail["language"] for mail in mails] == ["es"]


async def test_nothing_of_a_safeguarding_case_can_be_changed_afterwards(database: Database) -> None:
    for sql in ("UPDATE safeguarding_decision SET reason = ''", "DELETE FROM safeguarding_decision"):
        with pytest.raises(Exception, match="permission denied"):
            await database.ask(sql)


async def test_administrators_give_roles_and_the_duty(database: Database, sign_in: SignIn) -> None:
    boss = await sign_in(Role.ADMINISTRATOR)
    person = await database.new_person(name="Olive Duty", email="olive@example.org")
    assert "olive@example.org" in (await boss.client.get("/desk/people?q=olive")).text
    page = (await boss.client.get(f"/desk/people/{person}")).text
    given = {"csrf": token_in(page), "role": "resident", "safeguarding": "yes"}
    assert (await boss.client.post(f"/desk/people/{person}", data=given)).status_code == 422
    assert (await boss.client.post(f"/desk/people/{person}", data={**given, "role": "officer"})).status_code == 303
    row = (await database.ask("SELECT role, safeguarding FROM person WHERE id = $1", person))[0]
    assert tuple(row) == ("officer", True)
    acts = await database.ask("SELECT verb, reason FROM act WHERE number = $1 ORDER BY id", person)
    assert [tuple(act) for act in acts] == [("role", "resident to officer"), ("safeguarding", "given")]
    answer = await boss.client.post(f"/desk/people/{boss.person}", data={**given, "role": "officer"})
    assert answer.status_code == 422
    assert field_in(answer.text, "csrf")
    assert (await (await sign_in(Role.MODERATOR)).client.get("/desk/people")).status_code == 404
