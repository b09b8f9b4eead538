from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from posting import SPAM, field_in, new_case, new_posting, token_in

from shapedby.kernel import Role
from shapedby.moderation.actions import send_digests

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

ACTS = 'SELECT act FROM moderation_decision WHERE "case" = $1 ORDER BY id'
PLAIN: dict[str, Any] = {"held": ["young_author"], "weighed": [], "threshold": None}


async def post(client: httpx.AsyncClient, address: str, page: str = "", **fields: Any) -> httpx.Response:
    """Send a form with the token and the version that the page before it carried."""
    shown = (await client.get(page or address)).text
    seen = {"seen": field_in(shown, "seen")} if 'name="seen"' in shown else {}
    return await client.post(address, data={"csrf": token_in(shown), **seen, **fields})


async def state_of(database: Database, case: int) -> tuple[str, str]:
    sql = "SELECT c.state, p.publicity FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE c.id = $1"
    return tuple((await database.ask(sql, case))[0])


async def waiting(database: Database, publicity: str = "held", **columns: Any) -> int:
    author = columns.pop("author", None) or await database.new_person()
    posting = await new_posting(database, author, publicity, **columns)
    return await new_case(database, posting)


async def acts(database: Database, case: int) -> list[str]:
    return [row["act"] for row in await database.ask(ACTS, case)]


async def test_quarantine_hides_a_text_and_keeps_its_case_on_a_list_of_its_own(
    database: Database, sign_in: SignIn
) -> None:
    moderator = (await sign_in(Role.MODERATOR)).client
    case = await waiting(database)
    assert (await post(moderator, f"/moderation/{case}", act="quarantine")).status_code == 303
    assert await state_of(database, case) == ("open", "quarantined")
    assert f'href="/moderation/{case}"' not in (await moderator.get("/moderation")).text
    assert f'href="/moderation/{case}?apart=yes"' in (await moderator.get("/moderation?apart=yes")).text
    assert (await post(moderator, f"/moderation/{case}", act="refuse", rule="no_selling")).status_code == 303
    assert await state_of(database, case) == ("decided", "refused")
    assert await acts(database, case) == ["quarantine", "refuse"]


async def test_whoever_decides_on_a_page_from_before_a_quarantine_is_the_slower_one(
    database: Database, sign_in: SignIn
) -> None:
    rhea, kit = (await sign_in(Role.MODERATOR)).client, (await sign_in(Role.MODERATOR)).client
    case = await waiting(database)
    old = (await kit.get(f"/moderation/{case}")).text
    await post(rhea, f"/moderation/{case}", act="quarantine")
    given = {"csrf": token_in(old), "seen": field_in(old, "seen"), "act": "publish"}
    answer = await kit.post(f"/moderation/{case}", data=given)
    assert answer.status_code == 409
    assert "A colleague has decided this case before you" in answer.text
    assert await state_of(database, case) == ("open", "quarantined")


async def test_a_decision_is_undone_by_another_decision_and_the_case_waits_again(
    database: Database, sign_in: SignIn
) -> None:
    moderator = (await sign_in(Role.MODERATOR)).client
    case = await waiting(database)
    await post(moderator, f"/moderation/{case}", act="refuse", rule="be_kind")
    answer = await post(moderator, f"/moderation/{case}/undo", f"/moderation/{case}", undo_reason="")
    assert answer.status_code == 422
    answer = await post(moderator, f"/moderation/{case}/undo", f"/moderation/{case}", undo_reason="I misread it.")
    assert answer.status_code == 303
    assert await state_of(database, case) == ("open", "held")
    await post(moderator, f"/moderation/{case}", act="publish")
    assert await state_of(database, case) == ("decided", "public")
    assert await acts(database, case) == ["refuse", "undo", "publish"]
    assert f"/moderation/{case}#undo" in (await moderator.get("/moderation/decided")).text


async def test_an_undone_hiding_shows_the_text_again_and_twice_is_refused(database: Database, sign_in: SignIn) -> None:
    moderator = (await sign_in(Role.MODERATOR)).client
    case = await waiting(database, "public")
    await post(moderator, f"/moderation/{case}", act="hide", rule="be_kind")
    page = (await moderator.get(f"/moderation/{case}")).text
    given = {"csrf": token_in(page), "seen": field_in(page, "seen"), "undo_reason": "It was kind."}
    first = await moderator.post(f"/moderation/{case}/undo", data=given)
    second = await moderator.post(f"/moderation/{case}/undo", data=given)
    assert (first.status_code, second.status_code) == (303, 409)
    assert await state_of(database, case) == ("open", "public")


async def test_notes_stay_with_the_case_and_a_handed_case_is_in_one_queue_only(
    database: Database, sign_in: SignIn
) -> None:
    rhea, kit = await sign_in(Role.MODERATOR, name="Rhea Ask"), await sign_in(Role.MODERATOR, name="Kit Get")
    case = await waiting(database)
    page = f"/moderation/{case}/hand-over"
    assert (await post(rhea.client, page, to="987654", seen_with="0")).status_code == 422
    answer = await post(rhea.client, page, to=str(kit.person), seen_with="0", words="You know this street.")
    assert answer.status_code == 303
    slower = await post(rhea.client, page, to=str(rhea.person), seen_with="0")
    assert slower.status_code == 409
    assert f'href="/moderation/{case}"' not in (await rhea.client.get("/moderation?q=&whose=ours")).text
    assert f"/moderation/{case}?whose=mine" in (await kit.client.get("/moderation?whose=mine")).text
    await post(rhea.client, f"/moderation/{case}/notes", f"/moderation/{case}", note="I know the author.")
    shown = (await kit.client.get(f"/moderation/{case}")).text
    for part in ("You know this street.", "handed to Kit Get", "I know the author.", "With Kit Get"):
        assert part in shown, part
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.ask("UPDATE case_note SET text = ''")


async def test_filters_and_words_choose_cases_and_the_next_one_is_of_the_same_choice(
    database: Database, sign_in: SignIn
) -> None:
    author = await database.new_person(name="Zelda Rarely")
    mine = [
        await new_case(
            database, await new_posting(database, author, kind=kind, source=f"100% {kind} xyzzy"), raised, age
        )
        for kind, raised, age in (
            ("idea", "rule", "9 days"),
            ("comment", "report", "2 days"),
            ("idea", "report", "1 hour"),
        )
    ]
    moderator = (await sign_in(Role.MODERATOR)).client

    async def listed(query: str) -> list[int]:
        found = re.findall(r'<li><a href="/moderation/(\d+)', (await moderator.get(f"/moderation?{query}")).text)
        return [int(number) for number in found]

    assert await listed("q=xyzzy") == mine
    assert await listed("q=Zelda+Rarely&kind=idea") == [mine[0], mine[2]]
    assert await listed("q=xyzzy&reason=report") == mine[1:]
    assert await listed("q=xyzzy&age=week") == mine[:1]
    assert await listed("q=xyzzy&age=days") == mine[1:2]
    assert await listed("q=100%25") == mine
    assert await listed("q=1%25y") == []
    address = f"/moderation/{mine[0]}?kind=idea&q=xyzzy"
    answer = await post(moderator, address, act="publish")
    assert answer.headers["location"].startswith(f"/moderation/{mine[2]}?kind=idea&q=xyzzy")


async def test_similar_cases_are_decided_together_and_what_a_colleague_decided_is_passed_over(
    database: Database, sign_in: SignIn
) -> None:
    words = "Buy wonderful cheap garden gnomes today at gnomes-for-all.example and smile, dear neighbours"
    cases = [await waiting(database, source=words + tail) for tail in ("", " now", " again", " please")]
    other = await waiting(database, source="The bridge over the canal needs a handrail for people with sticks.")
    rhea, kit = (await sign_in(Role.MODERATOR)).client, (await sign_in(Role.MODERATOR)).client
    page = (await rhea.get(f"/moderation/{cases[0]}/alike")).text
    found = [int(number) for number in re.findall(r'name="case"[^>]*value="(\d+)"', page)]
    assert found[0] == cases[0]
    assert sorted(found) == cases
    assert other not in found
    await post(kit, f"/moderation/{cases[2]}", act="publish")
    given = {
        "csrf": token_in(page),
        "case": [str(case) for case in found],
        **{f"seen_{case}": field_in(page, f"seen_{case}") for case in found},
        "act": "refuse",
    }
    assert (await rhea.post(f"/moderation/{cases[0]}/alike", data=given)).status_code == 422
    answer = await rhea.post(f"/moderation/{cases[0]}/alike", data={**given, "rule": "no_selling"})
    assert answer.headers["location"] == "/moderation/together?decided=3&passed=1"
    said = (await rhea.get(answer.headers["location"])).text
    assert "3 cases are decided." in said
    assert "1 case was passed over" in said
    assert [await state_of(database, case) for case in cases] == [
        ("decided", "refused"), ("decided", "refused"), ("decided", "public"), ("decided", "refused"),
    ]  # fmt: skip
    assert [await acts(database, case) for case in cases] == [["refuse"], ["refuse"], ["publish"], ["refuse"]]


async def test_a_redacted_passage_is_nowhere_any_more(database: Database, sign_in: SignIn) -> None:
    secret = "Call Anna Brown on 01632 960 123"
    author = await database.new_person(language="en")
    posting = await new_posting(database, author, source=f"A nice bench. {secret}. Thank you.", reasons=PLAIN)
    case = await new_case(database, posting)
    await database.ask(
        "INSERT INTO posting_version (posting, source, html, until) VALUES ($1, $2, $2, now())",
        posting,
        f"Old: {secret}",
    )
    report = 'INSERT INTO report (reference, posting, "case", reason, note, at) VALUES '
    sql = report + "('REDACT', $1, $2, 'spam', $3, now())"
    await database.ask(sql, posting, case, f"It says {secret.lower()}")
    moderator = await sign_in(Role.MODERATOR)
    await post(moderator.client, f"/moderation/{case}", act="ask", words="Please say less.")
    page = f"/moderation/{case}/redact"
    assert (await post(moderator.client, page, passage="not in it", reason="a number")).status_code == 409
    assert (await post(moderator.client, page, passage=secret, reason=f"says {secret}")).status_code == 409
    answer = await post(moderator.client, page, passage=secret.replace(" on ", "\n on "), reason="a phone [number](x)")
    assert answer.status_code == 303
    tables = ("posting", "posting_version", "report", "outgoing_mail", "moderation_decision", "act", "case_note")
    for table in tables:
        rows = await database.ask(f"SELECT t::text AS row FROM {table} t WHERE t::text ILIKE '%01632%'")
        assert not rows, (table, rows)
    source, html = (await database.ask("SELECT source, html FROM posting WHERE id = $1", posting))[0]
    assert source == "A nice bench. █[removed: a phone numberx]█. Thank you."
    assert "█[removed: a phone numberx]█" in html
    assert await acts(database, case) == ["ask", "redact"]
    audit = await database.ask("SELECT reason FROM act WHERE verb = 'redact' AND person = $1", moderator.person)
    assert [row["reason"] for row in audit] == ["a phone numberx"]


async def test_moderators_get_one_digest_a_day_unless_they_switched_it_off(
    app: object, database: Database, sign_in: SignIn
) -> None:
    assert app is not None
    wants, quiet = await sign_in(Role.MODERATOR), await sign_in(Role.MODERATOR)
    case = await waiting(database)
    await database.ask("UPDATE moderation_case SET opened_at = now() - interval '40 days' WHERE id = $1", case)
    assert (await post(quiet.client, "/moderation/mails")).status_code == 303
    mails = "SELECT text FROM outgoing_mail WHERE kind = 'desk' AND address = (SELECT email FROM person WHERE id = $1)"
    # Somewhere it is after seven in the morning; the day there is the day of the mail.
    for zone in ("Etc/GMT+12", "UTC", "Etc/GMT-12"):
        await send_digests(zone)
        await send_digests(zone)
    sent = await database.ask(mails, wants.person)
    days = {len(sent)}
    assert days <= {1, 2}
    assert f"/moderation/{case}\n" in sent[0]["text"] + "\n"
    assert await database.ask(mails, quiet.person) == []


async def test_a_report_of_something_illegal_reaches_moderators_at_once(
    visitor: httpx.AsyncClient, database: Database, sign_in: SignIn
) -> None:
    moderator = await sign_in(Role.MODERATOR)
    posting = await new_posting(database, await database.new_person(), "public", source=SPAM)
    page = (await visitor.get(f"/report/{posting}")).text
    await visitor.post(f"/report/{posting}", data={"csrf": token_in(page), "reason": "illegal"})
    case = (await database.ask("SELECT id FROM moderation_case WHERE posting = $1", posting))[0][0]
    sql = "SELECT text FROM outgoing_mail WHERE address = (SELECT email FROM person WHERE id = $1)"
    texts = [row["text"] for row in await database.ask(sql, moderator.person)]
    assert len([text for text in texts if f"/moderation/{case}\n" in text]) == 1
