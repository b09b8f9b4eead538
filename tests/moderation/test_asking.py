"""A change that a moderator asks for, and words that are removed, from the moderator to the content and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answering import new_question
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
    assert (await author.client.get(f"/comments/{number}/change")).status_code == 409
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
