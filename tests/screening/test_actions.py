from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import children
import pytest

from shapedby import db
from shapedby.kernel import Missing, Refused
from shapedby.screening import actions, queries
from shapedby.screening.actions import checking
from shapedby.screening.rules import Examined, Held, Kind, Publicity, RaisedBy, Why
from shapedby.spam.process import Classifier
from shapedby.spam.rules import Reason, Score, Verdict

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from ground import Database

CLEAN = Examined(Score(0.01, Verdict.PUBLISH, 0.2, (), -4.6), weights="test")
SPAM = Examined(Score(0.97, Verdict.HOLD, 0.2, (Reason("word", "order now", 3.5, 0, 9),), 3.5), weights="test")
UNKNOWN = Examined(None)
CASES = "SELECT id, raised_by, state FROM moderation_case WHERE posting = $1 ORDER BY id"


async def begin(database: Database, kind: Kind = Kind.COMMENT) -> int:
    return await actions.begin(await database.new_person(), kind, "en")


async def send(posting: int, examined: Examined, *, source: str = "Words", young: bool = False) -> Publicity:
    return await actions.send(
        posting,
        source=source,
        html=f"<p>{source}</p>",
        about="A bench",
        address="/comments/1",
        examined=examined,
        young=young,
        contacts_kept=False,
    )


@asynccontextmanager
async def classifier(
    command: Sequence[str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[None]:
    """Screen with a child of our choice: the real process around it, another program in it."""
    chosen = Classifier(command)
    monkeypatch.setattr(checking, "classifier", chosen)
    async with chosen.running(database.settings), asyncio.timeout(20):
        while not chosen.ready and chosen.starts < 2:  # noqa: ASYNC110 - it announces neither
            await asyncio.sleep(0.02)
        yield


async def test_a_clean_text_is_public_at_once(pool: Database) -> None:
    posting = await begin(pool)
    assert await send(posting, CLEAN) is Publicity.PUBLIC
    kept = await queries.posting(posting)
    assert kept is not None
    assert (kept.publicity, kept.source, kept.held) == (Publicity.PUBLIC, "Words", ())
    assert kept.public_at is not None
    assert await pool.ask(CASES, posting) == []


async def test_a_doubtful_text_is_held_with_its_reasons_and_a_case(pool: Database) -> None:
    posting = await begin(pool)
    assert await send(posting, SPAM) is Publicity.HELD
    kept = await queries.posting(posting)
    assert kept is not None
    assert kept.held == (Held.LOOKS_LIKE_SPAM,)
    assert kept.weighed == (Reason("word", "order now", 3.5, 0, 9),)
    assert (kept.probability, kept.threshold, kept.public_at) == (0.97, 0.2, None)
    assert [row["raised_by"] for row in await pool.ask(CASES, posting)] == ["classifier"]


async def test_sending_again_never_opens_a_second_case(pool: Database) -> None:
    posting = await begin(pool)
    for examined in (SPAM, UNKNOWN, SPAM):
        await send(posting, examined)
    assert [row["state"] for row in await pool.ask(CASES, posting)] == ["open"]
    assert await send(posting, CLEAN) is Publicity.PUBLIC
    assert [row["state"] for row in await pool.ask(CASES, posting)] == ["dropped"]


async def test_the_database_itself_allows_one_open_case(pool: Database) -> None:
    posting = await begin(pool)
    opened = await asyncio.gather(*(actions.open_case(posting, RaisedBy.REPORT) for _ in range(20)))
    assert len(set(opened)) == 1
    import asyncpg

    with pytest.raises(asyncpg.UniqueViolationError):
        await queries.insert_case(posting, RaisedBy.REPORT)


async def test_content_follows_in_the_same_transaction(pool: Database) -> None:
    seen: list[tuple[int, Publicity, Publicity, int | None]] = []

    async def follow(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
        seen.append((posting, before, after, by))
        if after is Publicity.HIDDEN:
            message = "the content cannot follow"
            raise RuntimeError(message)

    actions.when_changed(Kind.NAME, follow)
    actions.when_changed(Kind.NAME, follow)
    author = await pool.new_person()
    posting = await actions.begin(author, Kind.NAME, "en")
    await send(posting, CLEAN)
    with pytest.raises(RuntimeError):
        await actions.change(posting, Publicity.HIDDEN, by=author)
    kept = await queries.posting(posting)
    assert kept is not None
    assert kept.publicity is Publicity.PUBLIC
    await actions.withdraw(posting, author)
    await actions.withdraw(posting, author)
    assert seen == [
        (posting, Publicity.DRAFT, Publicity.PUBLIC, None),
        (posting, Publicity.PUBLIC, Publicity.HIDDEN, author),
        (posting, Publicity.PUBLIC, Publicity.WITHDRAWN, author),
    ]


async def test_a_change_is_of_what_was_seen(pool: Database) -> None:
    posting = await begin(pool)
    await send(posting, SPAM)
    with pytest.raises(Refused) as refused:
        await actions.change(posting, Publicity.HIDDEN, by=None, seen=Publicity.PUBLIC)
    assert refused.value.why is Why.NOT_NOW
    with pytest.raises(Missing):
        await actions.change(987_654, Publicity.HIDDEN, by=None)


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (children.SLEEPS, "sleep"),
        (children.RAISES, "raise"),
        (children.DIES, "die"),
        (children.RAMBLES, "ramble"),
        (children.LIES, "lie"),
        (children.CORRUPT, "hello"),
        (children.MISSING, "hello"),
    ],
    ids=["late", "raising", "dying", "rambling", "lying", "corrupt", "missing"],
)
async def test_whatever_is_wrong_with_the_classifier_the_text_waits_for_a_person(
    command: Sequence[str], text: str, pool: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with classifier(command, pool, monkeypatch):
        examined = await actions.examine(text)
    assert examined.score is None
    posting = await begin(pool)
    assert await send(posting, examined, source=text) is Publicity.HELD
    kept = await queries.posting(posting)
    assert kept is not None
    assert (kept.held, kept.source) == ((Held.NO_CLASSIFIER,), text)
    assert [row["raised_by"] for row in await pool.ask(CASES, posting)] == ["missing_check"]


async def test_contact_details_are_found_however_the_form_was_sent(pool: Database) -> None:
    assert (await actions.examine("Ring me on 07700 900123")).contacts
    assert not (await actions.examine("A bench for the 30 people of the street")).contacts


async def test_what_waited_for_the_check_is_checked_when_it_is_back(
    pool: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean, spam, young = [await begin(pool) for _ in range(3)]
    await send(clean, UNKNOWN, source="hello")
    await send(spam, UNKNOWN, source="hello spam")
    await send(young, UNKNOWN, source="hello", young=True)
    monkeypatch.setattr(checking, "classifier", Classifier(children.CORRUPT))
    assert await actions.screen_again() == 0
    async with classifier(children.GOOD, pool, monkeypatch):
        assert await actions.screen_again() >= 3
        assert await actions.screen_again() == 0
    kept = {number: await queries.posting(number) for number in (clean, spam, young)}
    states = {number: (posting.publicity, posting.held) for number, posting in kept.items() if posting}
    assert states == {
        clean: (Publicity.PUBLIC, ()),
        spam: (Publicity.HELD, (Held.LOOKS_LIKE_SPAM,)),
        young: (Publicity.HELD, (Held.YOUNG_AUTHOR,)),
    }
    cases = [tuple((await pool.ask(CASES, number))[0])[1:] for number in (clean, spam, young)]
    assert cases == [("missing_check", "dropped"), ("classifier", "open"), ("rule", "open")]


async def test_a_decision_made_meanwhile_stands(pool: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    posting = await begin(pool)
    await send(posting, UNKNOWN, source="hello")
    await actions.change(posting, Publicity.REFUSED, by=None)
    await checking._check_made(posting, "hello", CLEAN)
    kept = await queries.posting(posting)
    assert kept is not None
    assert kept.publicity is Publicity.REFUSED


async def test_a_faulty_sending_leaves_nothing(pool: Database) -> None:
    posting = await begin(pool)
    with pytest.raises(RuntimeError):  # noqa: PT012 - the transaction is what is tested
        async with db.transaction():
            await send(posting, SPAM)
            message = "the content could not be written"
            raise RuntimeError(message)
    kept = await queries.posting(posting)
    assert kept is not None
    assert kept.publicity is Publicity.DRAFT
    assert await pool.ask(CASES, posting) == []


async def test_the_shipped_classifier_holds_an_advert_under_an_award_and_lets_residents_speak(
    pool: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    advert = (
        "This proposal has been accepted because: visit the best escort agency in the city, "
        "gorgeous call girls day and night, book now at https://elite-escorts.example"
    )
    chosen = Classifier()
    monkeypatch.setattr(checking, "classifier", chosen)
    async with chosen.running(pool.settings):
        held = await actions.examine(advert)
        public = await actions.examine("A bench halfway up Mill Hill would let my mother rest on her way to the shops.")
    assert held.score is not None
    assert held.score.verdict is Verdict.HOLD
    assert held.weights
    assert public.clean
