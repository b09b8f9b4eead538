"""What search engines may list, and what is left of a comment that was removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from answering import new_idea, new_question
from posting import new_case, new_posting
from rows import put

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

NOINDEX = '<meta name="robots" content="noindex">'
NOW = datetime.now(UTC)


async def test_what_people_write_whom_we_do_not_know_yet_is_not_listed(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    question = await new_question(database)
    new, known = await database.new_person(), await database.new_person()
    await new_posting(database, known, "public", public_at=NOW - timedelta(days=8))
    await new_posting(database, new, "public", public_at=NOW - timedelta(days=6))
    officer = await database.new_person(Role.OFFICER)
    for author, listed in ((new, False), (known, True), (officer, True)):
        idea = await new_idea(database, question, author)
        page = (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text
        assert (NOINDEX not in page) is listed


async def test_a_single_comment_is_not_listed_and_names_its_idea(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    officer = await database.new_person(Role.OFFICER)
    idea = await new_idea(database, await new_question(database), officer)
    posting = await new_posting(database, officer, "public")
    comment = await put(database, "comment", idea=idea, posting=posting, author=officer, sent_at=NOW)
    page = (await visitor.get(f"/comments/{comment}")).text
    assert NOINDEX in page
    assert f'/ideas/{idea}/a-walking-bus">' in page.split('rel="canonical"')[1][:100]


async def test_complaint_hiding_a_comment_silently_drops_its_replies(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    author, moderator = await database.new_person(), await database.new_person(Role.MODERATOR)
    idea = await new_idea(database, await new_question(database), author)
    hidden = await new_posting(database, author, "hidden", source="You are all idiots.")
    columns = {"idea": idea, "author": author, "sent_at": NOW}
    top = await put(database, "comment", posting=hidden, **columns)
    reply = await new_posting(database, author, "public", source="I would rather talk about the gate.")
    await put(database, "comment", posting=reply, answers=top, **columns)
    case = await new_case(database, hidden, "report")
    decision = {"case": case, "posting": hidden, "by": moderator, "act": "hide", "rule": "be_kind"}
    await put(database, "moderation_decision", **decision, at=NOW)
    page = (await visitor.get(f"/ideas/{idea}/a-walking-bus")).text
    assert "This comment was removed, because it broke a rule: Be kind." in page
    assert "I would rather talk about the gate." in page
    assert "idiots" not in page


async def test_its_author_finds_the_way_to_an_appeal_everywhere(database: Database, sign_in: SignIn) -> None:
    author = await sign_in()
    idea = await new_idea(database, await new_question(database), author.person, "hidden")
    posting = (await database.ask("SELECT posting FROM idea WHERE id = $1", idea))[0][0]
    assert f'href="/appeal/{posting}"' in (await author.client.get(f"/ideas/{idea}/a-walking-bus")).text
    refused = await new_posting(database, author.person, "refused")
    comment = await put(database, "comment", idea=idea, posting=refused, author=author.person, sent_at=NOW)
    for address in (f"/comments/{comment}", "/account"):
        assert f'href="/appeal/{refused}"' in (await author.client.get(address)).text
