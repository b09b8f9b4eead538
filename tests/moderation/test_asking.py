"""A change that a moderator asks for, and words that are removed, from the moderator to the content and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from answering import WORDS, new_question
from answering import new_idea as sent_idea
from posting import field_in, new_case, token_in
from published import new_idea

from shapedby.comments.actions import write
from shapedby.kernel import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]


async def post(client: httpx.AsyncClient, address: str, page: str, **fields: Any) -> httpx.Response:
    shown = (await client.get(page)).text
    seen = {"seen": field_in(shown, "seen")} if 'name="seen"' in shown else {}
    return await client.post(address, data={"csrf": token_in(shown), **seen, **fields})


async def test_an_author_changes_a_comment_as_asked_and_the_same_case_waits_again(
    database: Database, sign_in: SignIn
) -> None:
    idea = await new_idea(database, (await new_question(database)).id, await database.new_person())
    author, moderator = await sign_in(name="Jago"), await sign_in(Role.MODERATOR)
    jago = Actor(author.person, Role.RESIDENT, "Jago")
    number, _ = await write(jago, idea, None, "The crossing is stupid.", language="en")
    posting = (await database.ask("SELECT posting FROM comment WHERE id = $1", number))[0][0]
    case = await new_case(database, posting, "report")
    here = f"/moderation/{case}"
    assert (await post(moderator.client, here, here, act="ask")).status_code == 422
    assert (await post(moderator.client, here, here, act="ask", words="Say why, kindly.")).status_code == 303
    told = await database.ask(
        "SELECT text FROM outgoing_mail WHERE address = (SELECT email FROM person WHERE id = $1)", author.person
    )
    assert "Say why, kindly." in told[0]["text"]
    assert f"/comments/{number}" in told[0]["text"]
    shown = (await author.client.get(f"/comments/{number}")).text
    assert "Say why, kindly." in shown
    assert f"/comments/{number}/change" in shown
    change = f"/comments/{number}/change"
    assert (await post(author.client, change, change, comment="")).status_code == 422
    answer = await post(author.client, change, change, comment="The crossing is dangerous at night.")
    assert answer.status_code == 303
    row = (await database.ask("SELECT state, publicity FROM moderation_case c JOIN posting p ON p.id = c.posting "
                              "WHERE c.id = $1", case))[0]  # fmt: skip
    assert tuple(row) == ("open", "held")
    again = (await moderator.client.get(here)).text
    for part in (
        "was asked to change it",
        "The crossing is stupid.",
        "The crossing is dangerous at night.",
        "1 earlier",
    ):
        assert part in again, part
    await post(moderator.client, here, here, act="publish")
    assert "dangerous at night" in (await author.client.get(f"/comments/{number}")).text


async def asked_to_change(database: Database, moderator: SignedIn, posting: int, words: str) -> int:
    """Report a text, and ask its author to change it; gives the case."""
    case = await new_case(database, posting, "report")
    answer = await post(moderator.client, f"/moderation/{case}", f"/moderation/{case}", act="ask", words=words)
    assert answer.status_code == 303
    return case


async def standing(database: Database, case: int) -> tuple[str, str]:
    """Give what became of a case and of its text."""
    sql = "SELECT state, publicity FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE c.id = $1"
    row = (await database.ask(sql, case))[0]
    return row[0], row[1]


@pytest.mark.parametrize(("field", "page"), [("name", "/account/name"), ("about_me", "/account/about-me")])
async def test_the_account_page_repeats_what_to_change_about_a_name_and_words_about_oneself(
    field: str, page: str, database: Database, sign_in: SignIn
) -> None:
    author, moderator = await sign_in(name="Jago"), await sign_in(Role.MODERATOR)
    first, second = ("Rude Dave", "Dave Angove") if field == "name" else ("I am rude.", "I like bats.")
    await post(author.client, page, "/account", **{field: first})
    sql = f"SELECT {field}_posting FROM profile WHERE person = $1"
    posting = (await database.ask(sql, author.person))[0][0]
    await database.ask("UPDATE posting SET publicity = 'public' WHERE id = $1", posting)
    case = await asked_to_change(database, moderator, posting, "Please be kind to yourself.")
    shown = (await author.client.get("/account")).text
    assert "Please be kind to yourself." in shown
    assert "Rude Dave" not in (await author.client.get(f"/people/{author.person}")).text
    answer = await post(author.client, page, "/account", **{field: second})
    assert answer.headers["location"].endswith("-waits")
    assert await standing(database, case) == ("open", "held")
    assert "Please be kind to yourself." not in (await author.client.get("/account")).text
    await post(moderator.client, f"/moderation/{case}", f"/moderation/{case}", act="publish")
    assert second in (await author.client.get(f"/people/{author.person}")).text


@pytest.mark.parametrize("stage", ["open", "under_review"])
async def test_an_idea_that_is_asked_about_goes_back_to_its_case_after_the_challenge_has_closed(
    stage: str, database: Database, sign_in: SignIn
) -> None:
    author, moderator = await sign_in(name="Jago"), await sign_in(Role.MODERATOR)
    question = await new_question(database, opens="-9 days", closes="-1 day")
    idea = await sent_idea(database, question, author.person, stage=stage, supports=3)
    posting = (await database.ask("SELECT posting FROM idea WHERE id = $1", idea))[0][0]
    here, edit = f"/ideas/{idea}/a-walking-bus", f"/ideas/{idea}/edit"
    words = {**WORDS, "topic": str(question.topics["streets"]), "title": "A walking bus without a name"}
    assert (await post(author.client, edit, "/account", **words)).status_code == 409
    case = await asked_to_change(database, moderator, posting, "Leave the name of the driver out.")
    shown = (await author.client.get(here)).text
    assert "Leave the name of the driver out." in shown
    assert f'href="{edit}"' in shown
    assert (await post(author.client, edit, edit, **words)).status_code == 303
    assert await standing(database, case) == ("open", "held")
    again = await post(author.client, edit, "/account", **{**words, "problem": "And once more."})
    assert again.status_code == 409, "it waits for the moderator now"
    await post(moderator.client, f"/moderation/{case}", f"/moderation/{case}", act="publish")
    found = await database.ask("SELECT stage, title, supports FROM idea WHERE id = $1", idea)
    assert tuple(found[0]) == (stage, "A walking bus without a name", 3)


async def test_words_removed_from_an_idea_are_gone_from_its_pages_search_and_comments(
    database: Database, sign_in: SignIn
) -> None:
    secret = "Zebedee Quirk"
    challenge, person = (await new_question(database)).id, await database.new_person()
    body: dict[str, Any] = {
        "problem": f"It was **{secret}** who did it.",
        "proposal": f"Stop {secret}",
        "beneficiaries": "All of us",
    }
    idea = await new_idea(
        database,
        challenge,
        person,
        title=f"No more {secret}",
        slug="no-more-zebedee-quirk",
        excerpt=f"Stop {secret}",
        **body,
        problem_html=f"<p>It was <strong>{secret}</strong> who did it.</p>",
        proposal_html=f"<p>Stop {secret}</p>",
        beneficiaries_html="<p>All of us</p>",
    )
    posting = (await database.ask("SELECT posting FROM idea WHERE id = $1", idea))[0][0]
    jago = Actor(await database.new_person(), Role.RESIDENT, "Jago")
    await write(jago, idea, None, "I agree with this.", language="en")
    case = await new_case(database, posting, "report")
    moderator = await sign_in(Role.MODERATOR)
    page = f"/moderation/{case}/redact"
    assert (await post(moderator.client, page, page, passage=secret, reason="a name")).status_code == 303
    for table in ("idea", "posting", "comment", "posting_version", "outgoing_mail"):
        sql = f"SELECT t::text FROM {table} t WHERE t::text ILIKE '%zebedee%' OR t::text ILIKE '%quirk%'"
        assert not await database.ask(sql), table
    shown = (await moderator.client.get(f"/ideas/{idea}", follow_redirects=True)).text
    assert shown.count("█[removed: a name]█") >= 3
    row = (await database.ask("SELECT slug, search::text FROM idea WHERE id = $1", idea))[0]
    assert "zebedee" not in row["slug"] + row["search"]
