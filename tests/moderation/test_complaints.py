"""What the trackers of today's platforms complain about, gone: each complaint of the issue has a test that shows it.

- no single list of what waits, no sight of past decisions, no batch, no undo, colliding colleagues: below
- past decisions for the public: ``test_public.test_complaint_nobody_can_see_past_decisions``
- authors are not told why: ``test_appeals.test_complaint_authors_are_not_told_why``
- blocked people's votes still count: ``test_suspending.test_complaint_blocked_peoples_votes_still_count``
- undoing a block loses things: ``test_suspending.test_complaint_undoing_a_block_restores_everything_and_nothing_else``
- hiding a comment silently drops its replies: ``story.test_unknown.test_complaint_hiding_a_comment_…``
- sock puppets remove a text: ``test_reporting.test_complaint_five_hundred_sock_puppets_remove_a_text``
- danger waits among spam: ``test_safeguarding.test_complaint_danger_waits_in_the_same_list_as_spam``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from posting import field_in, new_case, new_posting, token_in

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

RAISED = {"classifier": "Looks like spam", "behaviour": "Behaves like spam", "rule": "Site rule"}


async def send(client: httpx.AsyncClient, page: str, address: str = "", **fields: Any) -> httpx.Response:
    shown = (await client.get(page)).text
    seen = {"seen": field_in(shown, "seen")} if 'name="seen"' in shown else {}
    return await client.post(address or page, data={"csrf": token_in(shown), **seen, **fields})


async def waiting(database: Database, raised_by: str = "classifier", **columns: Any) -> int:
    publicity = "public" if raised_by == "report" else "held"
    posting = await new_posting(database, await database.new_person(), publicity, **columns)
    return await new_case(database, posting, raised_by)


async def publicity(database: Database, case: int) -> str:
    sql = "SELECT publicity FROM posting p JOIN moderation_case c ON c.posting = p.id WHERE c.id = $1"
    return (await database.ask(sql, case))[0][0]


async def test_complaint_there_is_no_single_list_of_what_waits(database: Database, sign_in: SignIn) -> None:
    who = (await sign_in(Role.MODERATOR)).client
    kinds = ("idea", "comment", "name", "about_me")
    cases = [await waiting(database, raised, kind=kind) for raised in (*RAISED, "report") for kind in kinds]
    shown = (await who.get("/moderation")).text
    for case in cases:
        assert f'href="/moderation/{case}"' in shown
    for words in RAISED.values():
        assert words in shown


async def test_complaint_moderators_cannot_see_past_decisions(database: Database, sign_in: SignIn) -> None:
    rhea, kit = await sign_in(Role.MODERATOR, name="Rhea Past"), await sign_in(Role.MODERATOR)
    case = await waiting(database, about="The pond of the past")
    await send(rhea.client, f"/moderation/{case}", act="refuse", rule="be_kind", words="Please be kind.")
    for page in ("/moderation/decided", f"/moderation/{case}"):
        shown = (await kit.client.get(page)).text
        for part in ("Rhea Past", "Refused", "Please be kind.", "The pond of the past"):
            assert part in shown, (page, part)


async def test_complaint_nothing_can_be_decided_together_or_undone(database: Database, sign_in: SignIn) -> None:
    who = (await sign_in(Role.MODERATOR)).client
    author = await database.new_person()
    cases = [await new_case(database, await new_posting(database, author)) for _ in range(5)]
    page = f"/moderation/{cases[0]}/alike"
    shown = (await who.get(page)).text
    seen = {f"seen_{case}": field_in(shown, f"seen_{case}") for case in cases}
    given = {"csrf": token_in(shown), "case": cases, "act": "refuse", "rule": "no_selling", **seen}
    assert "decided=5" in (await who.post(page, data=given)).headers["location"]
    assert [await publicity(database, case) for case in cases] == ["refused"] * 5
    await send(who, f"/moderation/{cases[2]}", f"/moderation/{cases[2]}/undo", undo_reason="Wrong one.")
    assert [await publicity(database, case) for case in cases] == ["refused"] * 2 + ["held"] + ["refused"] * 2


async def test_complaint_moderators_collide_with_colleagues(database: Database, sign_in: SignIn) -> None:
    rhea, kit = await sign_in(Role.MODERATOR, name="Rhea Fast"), await sign_in(Role.MODERATOR)
    case = await waiting(database)
    page = f"/moderation/{case}"
    old = (await kit.client.get(page)).text
    assert (await send(rhea.client, page, act="publish")).status_code == 303
    given = {"csrf": token_in(old), "seen": field_in(old, "seen"), "act": "refuse", "rule": "be_kind"}
    slower = await kit.client.post(page, data=given)
    assert slower.status_code == 409
    assert "A colleague has decided this case before you" in slower.text
    assert "Rhea Fast" in slower.text
    assert await publicity(database, case) == "public"
