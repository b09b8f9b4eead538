"""Leaving: what is said before is done after, nothing personal stays, and the counts stay right."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import httpx
import pytest
from answering import new_idea, new_question, send_form
from ground import Database, SignedIn
from posting import new_posting
from rows import put

from shapedby.account.actions.holding import end_hold, hold
from shapedby.account.actions.leaving import erase, erase_again
from shapedby.account.rules.leaving import Choices, Supports, Words, why_not_leave
from shapedby.account.rules.naming import Why
from shapedby.comments.actions import find_useful, write
from shapedby.ideas.actions import support
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    import asyncpg

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[..., Awaitable[SignedIn]]
KEEP, REMOVE = Choices(Words.KEEP, Supports.KEEP), Choices(Words.REMOVE, Supports.WITHDRAW)


@pytest.mark.parametrize(
    ("role", "administrators", "on_hold", "why"),
    [
        (Role.RESIDENT, 0, False, None),
        (Role.RESIDENT, 1, True, Why.KEPT_BY_LAW),
        (Role.MODERATOR, 1, False, None),
        (Role.OFFICER, 1, False, None),
        (Role.ADMINISTRATOR, 2, False, None),
        (Role.ADMINISTRATOR, 1, False, Why.LAST_ADMINISTRATOR),
        (Role.ADMINISTRATOR, 2, True, Why.KEPT_BY_LAW),
    ],
)
def test_who_can_leave(role: Role, administrators: int, on_hold: bool, why: Why | None) -> None:  # noqa: FBT001
    assert why_not_leave(role, administrators=administrators, on_hold=on_hold) is why


class Town:
    """Somebody with a trace in many tables, and an idea of a neighbour."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.mark = f"trevanion{secrets.token_hex(4)}"

    async def settle(self, sign_in: SignIn) -> SignedIn:
        """Give somebody everything that a person can have; each text of theirs holds the mark."""
        database = self.database
        self.question = await new_question(database)
        self.neighbour = await database.new_person(name="Neighbour")
        ann = await sign_in(name=f"Ann {self.mark}", organisation=f"{self.mark} Ltd")
        await database.ask("UPDATE person SET email = $2 WHERE id = $1", ann.person, f"{self.mark}@example.org")
        actor = Actor(ann.person, Role.RESIDENT, f"Ann {self.mark}")
        words = {
            "title": f"{self.mark} idea",
            "problem": self.mark,
            "proposal": self.mark,
            "beneficiaries": self.mark,
            "slug": self.mark,
        }
        html = {"problem_html": self.mark, "proposal_html": self.mark, "excerpt": self.mark}
        self.own = await new_idea(database, self.question, ann.person, **words, **html)
        self.built = await new_idea(database, self.question, ann.person, stage="project", title="Built together")
        self.draft = await new_idea(database, self.question, ann.person, "draft", **words)
        sql = """UPDATE posting SET source = $2, html = $2
            WHERE author = $1 AND id <> (SELECT posting FROM idea WHERE id = $3)"""
        await database.ask(sql, ann.person, self.mark, self.built)
        self.liked = await new_idea(database, self.question, self.neighbour, title="A neighbour's idea")
        await support(actor, self.liked)
        self.said = await self._say(actor, f"I am {self.mark}")
        await find_useful(actor, await self._say(Actor(self.neighbour, Role.RESIDENT), "Hello"))
        about = await new_posting(database, ann.person, "public", kind="about_me", source=f"{self.mark} mends bicycles")
        await put(
            database, "profile", person=ann.person, about_me=self.mark, about_me_html=self.mark, about_me_posting=about
        )
        await self._project(ann.person)
        return ann

    async def _say(self, actor: Actor, words: str) -> int:
        number, publicity = await write(actor, self.liked, None, words, language="en")
        if publicity is Publicity.HELD:  # the check was late
            posting = (await self.database.ask("SELECT posting FROM comment WHERE id = $1", number))[0][0]
            await screening.change(posting, Publicity.PUBLIC, by=None)
        return number

    async def _project(self, person: int) -> None:
        columns = {"slug": f"p{person}", "idea": self.built, "title": {}, "summary": {}, "host": self.neighbour}
        project = await put(self.database, "project", **columns)
        await put(
            self.database, "project_member", project=project, person=person, name=self.mark, side="resident", part="x"
        )

    async def traces(self) -> list[str]:
        """List every table with a row in which the mark, or the address, stands."""
        tables = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'outgoing_mail'"
        return [
            name[0]
            for name in await self.database.ask(tables)
            if await self.database.ask(f'SELECT FROM "{name[0]}" t WHERE t::text ILIKE $1 LIMIT 1', f"%{self.mark}%")
        ]

    async def idea(self, number: int) -> asyncpg.Record:
        return (await self.database.ask("SELECT i.*, p.publicity FROM idea i JOIN posting p ON p.id = i.posting WHERE i.id = $1", number))[0]  # fmt: skip  # noqa: E501


@pytest.fixture
async def town(database: Database) -> Town:
    return Town(database)


async def test_leaving_with_everything_leaves_no_trace_but_a_number(
    town: Town, sign_in: SignIn, database: Database, visitor: httpx.AsyncClient
) -> None:
    ann = await town.settle(sign_in)
    assert len(await town.traces()) >= 5
    assert (await town.idea(town.liked))["supports"] == 1
    await erase(ann.person, REMOVE)
    assert await town.traces() == []
    liked, built = await town.idea(town.liked), await town.idea(town.built)
    assert (liked["supports"], liked["comments"]) == (0, 1)
    assert (built["publicity"], built["title"]) == ("public", "Built together")
    assert (await visitor.get(f"/ideas/{town.own}")).status_code == 410
    assert "A former resident" in (await visitor.get(f"/ideas/{town.built}/a-walking-bus")).text
    log = await database.ask("SELECT * FROM erasure WHERE person = $1", ann.person)
    assert [(one["words_kept"], one["supports_kept"]) for one in log] == [(False, False)]
    with pytest.raises(Missing):
        await erase(ann.person, KEEP)


async def test_leaving_can_keep_words_and_supports_without_the_person(
    town: Town, sign_in: SignIn, database: Database, visitor: httpx.AsyncClient
) -> None:
    ann = await town.settle(sign_in)
    await database.ask("UPDATE posting SET source = 'plain', html = 'plain' WHERE author = $1", ann.person)
    await erase(ann.person, KEEP)
    own, draft = await town.idea(town.own), await town.idea(town.draft)
    assert (own["publicity"], own["title"]) == ("public", f"{town.mark} idea")
    assert (draft["publicity"], draft["title"]) == ("deleted", "")
    assert (await town.idea(town.liked))["supports"] == 1
    page = (await visitor.get(f"/ideas/{town.liked}/a-walking-bus")).text
    assert "A former resident" in page
    assert f"Ann {town.mark}" not in page
    person = (await database.ask("SELECT * FROM person WHERE id = $1", ann.person))[0]
    assert (person["email"], person["name"], person["organisation"], person["area"]) == (None, "", "", None)
    for table in ("sign_in", "profile", "project_member"):
        assert await database.ask(f"SELECT FROM {table} WHERE person = $1", ann.person) == []
    assert (await ann.client.get("/account")).status_code == 303


async def test_the_pages_say_what_happens_before_and_after(town: Town, sign_in: SignIn, database: Database) -> None:
    ann = await town.settle(sign_in)
    asked = (await ann.client.get("/account/leave")).text
    for said in ("your draft (1)", "1 team", "2 ideas, 1 comment", "1 idea stays in any case", "You support 1 idea."):
        assert said in asked
    assert (await ann.client.get("/account/leave?go=on&words=keep")).status_code == 422
    sure = "/account/leave?go=on&words=keep&supports=withdraw"
    assert "one by one over seven days" in (await ann.client.get(sure)).text
    unsure = await send_form(ann.client, sure, "/account/leave", words="keep", supports="withdraw")
    assert unsure.status_code == 422
    assert await database.ask("SELECT FROM person WHERE id = $1 AND left_at IS NULL", ann.person)
    left = await send_form(ann.client, sure, "/account/leave", words="keep", supports="withdraw", sure="yes")
    assert left.headers["location"] == "/left?words=keep&supports=withdraw"
    assert any(kept.startswith("sign-in=") and "Max-Age=0" in kept for kept in left.headers.get_list("set-cookie"))
    told = (await ann.client.get(left.headers["location"])).text
    assert "stay under “A former resident”" in told
    assert "Your supports are taken back." in told
    mail = (await database.ask("SELECT address, text FROM outgoing_mail WHERE kind = 'goodbye' ORDER BY id DESC"))[0]
    assert mail["address"] == f"{town.mark}@example.org"
    assert town.mark not in mail["text"]


async def test_the_last_administrator_and_whom_the_law_needs_cannot_leave(sign_in: SignIn, database: Database) -> None:
    ada, ann = await sign_in(Role.ADMINISTRATOR), await sign_in()
    page = await ada.client.get("/account/leave")
    assert "only administrator" in page.text
    with pytest.raises(Refused):
        await erase(ada.person, KEEP)
    actor = Actor(ada.person, Role.ADMINISTRATOR)
    number = await hold(actor, person=ann.person, posting=None, reason="Case 12 of the county court")
    with pytest.raises(Refused) as refused:
        await erase(ann.person, REMOVE)
    assert refused.value.why is Why.KEPT_BY_LAW
    await end_hold(actor, number)
    await erase(ann.person, REMOVE)
    assert await database.ask("SELECT FROM person WHERE id = $1 AND left_at IS NOT NULL", ann.person)


async def test_staff_who_leave_leave_their_decisions_with_a_number(sign_in: SignIn, database: Database) -> None:
    mod = await sign_in(Role.MODERATOR, name="Mo Trevanion")
    await put(database, "act", person=mod.person, verb="publish", kind="posting", number=1, reason="fine")
    await erase(mod.person, REMOVE)
    acts = await database.ask("SELECT reason FROM act WHERE person = $1", mod.person)
    assert [one["reason"] for one in acts] == ["fine"]
    person = (await database.ask("SELECT name, role FROM person WHERE id = $1", mod.person))[0]
    assert (person["name"], person["role"]) == ("", "resident")


async def test_an_older_copy_of_the_database_forgets_again(town: Town, sign_in: SignIn, database: Database) -> None:
    ann = await town.settle(sign_in)
    await database.ask(
        "INSERT INTO erasure (person, at, words_kept, supports_kept) VALUES ($1, now(), false, false)", ann.person
    )
    assert await erase_again() == 1
    assert await erase_again() == 0
    assert await town.traces() == []
