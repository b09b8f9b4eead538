from __future__ import annotations

import asyncio
import re
import shutil
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import children
import httpx
import pytest
from posting import field_in, token_in
from published import new_challenge, new_idea

from shapedby.kernel import Role
from shapedby.screening import actions, queries
from shapedby.screening.actions import checking
from shapedby.spam.artefact import SHIPPED
from shapedby.spam.process import Classifier

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
    from pathlib import Path

    from ground import Database, SignedIn
    from litestar import Litestar

    SignIn = Callable[..., Awaitable[SignedIn]]

JUDGES = children.child("""
text = asked['text']
sure = 0.999 if 'casino' in text else 0.8 if 'essays' in text else 0.05
at = max(text.find('essays'), 0)
say({"id": asked["id"], "probability": sure, "verdict": "hold" if sure >= 0.6 else "publish", "threshold": 0.6,
     "reasons": [["word", text[at:at + 6], 2.9, at, at + 6], ["bias", "", -1.5, None, None]]})
""")


@asynccontextmanager
async def judging(
    command: Sequence[str], database: Database, monkeypatch: pytest.MonkeyPatch, **settings: Any
) -> AsyncGenerator[Classifier]:
    """Screen with a child of our choice: the real process around it, another program in it."""
    chosen = Classifier(command)
    monkeypatch.setattr(checking, "classifier", chosen)
    async with chosen.running(replace(database.settings, **settings)):
        yield chosen


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(40):
        while not done():  # noqa: ASYNC110 - a child announces neither its start nor its end
            await asyncio.sleep(0.05)


@pytest.fixture(scope="module")
async def idea(app: Litestar, database: Database) -> int:
    del app
    challenge = await new_challenge(await database.new_person(Role.OFFICER), slug="benches")
    return await new_idea(database, challenge, await database.new_person(), title="A bench on the hill")


async def comment(client: httpx.AsyncClient, idea: int, words: str) -> httpx.Response:
    page = (await client.get(f"/ideas/{idea}/x", follow_redirects=True)).text
    return await client.post(f"/ideas/{idea}/comments", data={"csrf": token_in(page), "comment": words})


async def posting_of(database: Database, words: str) -> Any:
    rows = await database.ask("SELECT * FROM posting WHERE source = $1 ORDER BY id DESC LIMIT 1", words)
    return rows[0]


async def test_a_doubtful_post_is_held_with_its_reasons_marked_and_the_sum_shown(
    database: Database,
    idea: int,
    sign_in: SignIn,
    visitor: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = "My niece sells essays, see https://niece.example for hers"
    author, moderator = await sign_in(), await sign_in(Role.MODERATOR)
    async with judging(JUDGES, database, monkeypatch):
        answer = await comment(author.client, idea, words)
    assert "done=comment-held" in answer.headers["location"]
    public = (await visitor.get(f"/ideas/{idea}/x", follow_redirects=True)).text
    assert "niece" not in public
    held = await posting_of(database, words)
    case = await database.ask("SELECT id FROM moderation_case WHERE posting = $1", held["id"])
    page = (await moderator.client.get(f"/moderation/{case[0]['id']}")).text
    for part in (
        "<mark>essays</mark>",
        "It looks like spam",
        "A link, from an account of less than a day",
        "+0.5",
        "+1.9",
    ):
        assert part in page, part
    own = (await author.client.get("/account")).text
    assert "less than a day" not in own
    assert "A person reads it first" in own


async def test_almost_certain_spam_stands_apart_and_ends_after_thirty_days(
    app: Litestar, database: Database, idea: int, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    del app
    words = "Best casino, bonus at https://casino.example"
    author, moderator = await sign_in(), await sign_in(Role.MODERATOR)
    async with judging(JUDGES, database, monkeypatch):
        answer = await comment(author.client, idea, words)
    own = await author.client.get(answer.headers["location"])
    assert "We have set this comment aside" in own.text
    number = (await posting_of(database, words))["id"]
    queue = (await moderator.client.get("/moderation")).text
    apart = (await moderator.client.get("/moderation?apart=yes")).text
    assert "casino" in apart
    assert "casino" not in queue
    await database.ask("UPDATE posting SET quarantined_at = now() - interval '31 days' WHERE id = $1", number)
    assert await actions.forget_quarantined() == 1
    ended = await database.ask("SELECT publicity, source FROM posting WHERE id = $1", number)
    assert tuple(ended[0]) == ("deleted", "")
    assert "casino" not in (await moderator.client.get("/moderation?apart=yes")).text
    assert "This comment was deleted" in (await author.client.get(answer.headers["location"])).text


async def test_an_administrator_changes_the_rules_and_they_hold(
    app: Litestar, database: Database, idea: int, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    del app
    boss, author = await sign_in(Role.ADMINISTRATOR), await sign_in()
    page = (await boss.client.get("/moderation/settings")).text
    fields = {"csrf": token_in(page), "seen": field_in(page, "seen"), "promised_hours": "12", "words": "incinerator\n*"}
    fields |= {"opens_0": "09:00", "closes_0": "17:00", "domains": "https://www.bad.example/x"}
    wrong = await boss.client.post("/moderation/settings", data={**fields, "closes_0": "08:00"})
    assert wrong.status_code == 422
    assert 'href="#opens_0"' in wrong.text
    assert 'href="#reason"' in wrong.text
    saved = await boss.client.post("/moderation/settings", data={**fields, "reason": "A campaign"})
    assert saved.headers["location"] == "/moderation/settings?done=rules-changed"
    rules = await queries.site_rules()
    assert (rules.words, rules.domains, rules.promised_hours) == (("incinerator",), ("bad.example",), 12)
    assert "A campaign" in (await boss.client.get("/moderation/settings")).text
    slower = await boss.client.post("/moderation/settings", data={**fields, "reason": "Another"})
    assert slower.status_code == 409
    async with judging(JUDGES, database, monkeypatch):
        await comment(author.client, idea, "The incinerator must go")
    assert (await posting_of(database, "The incinerator must go"))["publicity"] == "held"
    desk = (await boss.client.get("/moderation")).text
    assert re.search(r"of 12.?h of staffed time", desk)


def damage(how: str, weights: Path) -> None:
    whole = SHIPPED.read_bytes()
    if how == "deleted":
        weights.unlink()
    else:
        weights.write_bytes(whole[:1000] if how == "truncated" else whole[:-1] + bytes([whole[-1] ^ 1]))


async def test_weights_deleted_truncated_and_swapped_lose_nothing_and_alert_once(
    database: Database,
    idea: int,
    sign_in: SignIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moderator = await sign_in(Role.MODERATOR)
    weights = tmp_path / "base.bin"
    for name in ("base.bin", "base.sha256"):
        shutil.copy(SHIPPED.parent / name, tmp_path / name)
    command = Classifier()._command
    sent: list[str] = []
    async with judging(command, database, monkeypatch, spam_weights=weights) as classifier:
        await until(lambda: classifier.ready)
        for how in ("deleted", "truncated", "swapped"):
            damage(how, weights)
            assert classifier._child is None or classifier._child.kill() is None
            await until(lambda: not classifier.ready)
            people = [await sign_in() for _ in range(4)]
            words = [f"A bench by the {how} oak number {place} would be a good thing." for place in range(4)]
            answers = await asyncio.gather(
                *(comment(one.client, idea, said) for one, said in zip(people, words, strict=True))
            )
            assert [answer.status_code for answer in answers] == [303] * 4
            sent += words
        for said in sent:
            kept = await posting_of(database, said)
            assert (kept["publicity"], kept["reasons"]["held"]) == ("held", ["no_classifier"])
        mails = "SELECT 1 FROM outgoing_mail m JOIN person p ON p.email = m.address WHERE kind = 'alert' AND p.id = $1"
        assert len(await database.ask(mails, moderator.person)) == 1
        assert "Texts cannot be checked for spam since" in (await moderator.client.get("/moderation")).text
        shutil.copy(SHIPPED, weights)
        await until(lambda: classifier.ready)
        assert await actions.screen_again() == len(sent)
    rows = await database.ask("SELECT publicity FROM posting WHERE source = ANY($1::text[])", sent)
    assert {row["publicity"] for row in rows} == {"public"}
    assert "Texts cannot be checked" not in (await moderator.client.get("/moderation")).text
