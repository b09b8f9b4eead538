from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from answering import new_idea, new_question

from shapedby.ideas import queries
from shapedby.ideas.actions import support
from shapedby.ideas.actions.together import accept, decline, invite, leave, withdraw_invitation
from shapedby.ideas.queries.together import invitation, open_invitations, writers
from shapedby.ideas.rules import Stage, SupportState
from shapedby.ideas.rules.together import (
    MOST_INVITED,
    Why,
    is_token,
    may_write,
    number_in,
    token,
    why_not_invite,
    why_not_join,
)
from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.screening.rules import Publicity

if TYPE_CHECKING:
    from ground import Database

pytestmark = pytest.mark.usefixtures("app")

SECRET = "for these tests only"
ANN, BEN = Actor(1, Role.RESIDENT), Actor(2, Role.RESIDENT)
YOUNG = Actor(3, Role.RESIDENT, young=True)
OF_AGE, BOTH = frozenset({False}), frozenset({False, True})


@pytest.mark.parametrize(
    ("actor", "publicity", "stage", "room", "why"),
    [
        (ANN, Publicity.PUBLIC, Stage.OPEN, 1, None),
        (ANN, Publicity.DRAFT, Stage.OPEN, 1, None),
        (BEN, Publicity.PUBLIC, Stage.OPEN, 1, Why.NOT_AN_AUTHOR),
        (Actor(), Publicity.PUBLIC, Stage.OPEN, 1, Why.NOT_AN_AUTHOR),
        (ANN, Publicity.WITHDRAWN, Stage.OPEN, 1, Why.CANNOT_BE_CHANGED),
        (ANN, Publicity.PUBLIC, Stage.SHORTLISTED, 1, Why.CANNOT_BE_CHANGED),
        (ANN, Publicity.PUBLIC, Stage.OPEN, 0, Why.TOO_MANY_AUTHORS),
    ],
)
def test_who_can_invite(actor: Actor, publicity: Publicity, stage: Stage, room: int, why: Why | None) -> None:
    assert why_not_invite(actor, authors=(1,), publicity=publicity, stage=stage, room=room) is why


@pytest.mark.parametrize(
    ("actor", "publicity", "young", "live", "why"),
    [
        (BEN, Publicity.DRAFT, OF_AGE, True, None),
        (BEN, Publicity.DRAFT, OF_AGE, False, Why.INVITATION_ENDED),
        (ANN, Publicity.DRAFT, OF_AGE, True, Why.AUTHOR_ALREADY),
        (BEN, Publicity.HIDDEN, OF_AGE, True, Why.CANNOT_BE_CHANGED),
        (YOUNG, Publicity.DRAFT, OF_AGE, True, Why.DIFFERENT_AGES),
        (YOUNG, Publicity.HELD, OF_AGE, True, Why.DIFFERENT_AGES),
        (BEN, Publicity.DRAFT, frozenset({True}), True, Why.DIFFERENT_AGES),
        (YOUNG, Publicity.DRAFT, frozenset({True}), True, None),
        (YOUNG, Publicity.PUBLIC, OF_AGE, True, None),
    ],
)
def test_who_can_accept(
    actor: Actor, publicity: Publicity, young: frozenset[bool], *, live: bool, why: Why | None
) -> None:
    said = why_not_join(actor, authors=(1,), publicity=publicity, stage=Stage.OPEN, young=young, live=live)
    assert said is why


@pytest.mark.parametrize(
    ("actor", "publicity", "mixed", "may"),
    [
        (ANN, Publicity.DRAFT, True, True),
        (BEN, Publicity.PUBLIC, True, True),
        (BEN, Publicity.HELD, False, True),
        (BEN, Publicity.HELD, True, False),
        (YOUNG, Publicity.PUBLIC, True, False),
        (Actor(), Publicity.PUBLIC, False, False),
    ],
)
def test_where_ages_mix_nothing_unseen_is_shared(actor: Actor, publicity: Publicity, *, mixed: bool, may: bool) -> None:
    assert may_write(actor, author=1, co_authors=(2,), publicity=publicity, mixed_ages=mixed) is may


def test_nobody_can_make_up_an_invitation() -> None:
    made = token(SECRET, 7, "nonce")
    assert number_in(made) == 7
    assert is_token(made, SECRET, 7, "nonce")
    assert not is_token(made, "another secret", 7, "nonce")
    assert not is_token(made.replace("7-", "8-"), SECRET, 8, "nonce")
    assert [number_in(bad) for bad in ("", "x", "-1", "é-1", "1" * 30)] == [0, 0, 0, 0, 0]


async def somebody(database: Database, **columns: Any) -> Actor:
    person = await database.new_person(**columns)
    return Actor(person, Role.RESIDENT, "Tegan", young=bool(columns.get("young")))


async def invited(database: Database, number: int, author: Actor, email: str = "") -> tuple[int, str]:
    made = await invite(author, number, email, language="en", secret=SECRET)
    nonce = (await database.ask("SELECT nonce FROM idea_invitation WHERE id = $1", made))[0][0]
    return made, token(SECRET, made, nonce)


async def test_whoever_accepts_is_named_may_write_and_no_longer_supports(database: Database) -> None:
    author, friend = await somebody(database), await somebody(database)
    number = await new_idea(database, await new_question(database), author.person)
    await support(friend, number)
    _, link = await invited(database, number, author)
    await accept(friend, link, SECRET)
    found = await queries.idea(number)
    assert found
    assert (found.authors, found.supports) == ((author.person, friend.person), 0)
    assert found.by(friend)
    assert await queries.my_support(number, friend.person) is SupportState.WITHDRAWN
    with pytest.raises(Refused) as refused:
        await accept(await somebody(database), link, SECRET)
    assert refused.value.why is Why.INVITATION_ENDED
    await leave(friend, number)
    assert await writers(number) == []
    with pytest.raises(Missing):
        await leave(author, number)


async def test_an_invitation_by_mail_carries_no_words_of_anybody(database: Database) -> None:
    author = await somebody(database)
    number = await new_idea(database, await new_question(database), author.person, "draft", title="Meet me at nine")
    made, _ = await invited(database, number, author, "friend@example.org")
    mail = (await database.ask("SELECT text, html FROM outgoing_mail WHERE address = 'friend@example.org'"))[0]
    assert "/together/" in mail["text"]
    assert "Meet me" not in mail["text"] + mail["html"]
    assert await withdraw_invitation(author, made) == number
    kept = await invitation(made)
    assert kept
    assert kept.email == "", "the address is forgotten with the invitation"


async def test_up_to_five_are_invited_and_a_declined_place_is_free_again(database: Database) -> None:
    author = await somebody(database)
    number = await new_idea(database, await new_question(database), author.person)
    links = [(await invited(database, number, author))[1] for _ in range(MOST_INVITED)]
    with pytest.raises(Refused) as refused:
        await invited(database, number, author)
    assert refused.value.why is Why.TOO_MANY_AUTHORS
    await decline(links[0], SECRET)
    await decline(links[0], SECRET)
    await invited(database, number, author)
    assert len(await open_invitations(number)) == MOST_INVITED


async def test_an_old_invitation_no_longer_works(database: Database) -> None:
    author, friend = await somebody(database), await somebody(database)
    number = await new_idea(database, await new_question(database), author.person)
    made, link = await invited(database, number, author)
    await database.ask("UPDATE idea_invitation SET ends_at = now() WHERE id = $1", made)
    with pytest.raises(Refused) as refused:
        await accept(friend, link, SECRET)
    assert refused.value.why is Why.INVITATION_ENDED


async def test_adults_and_the_young_share_no_draft(database: Database) -> None:
    author, young = await somebody(database), await somebody(database, young=True)
    number = await new_idea(database, await new_question(database), author.person, "draft")
    _, link = await invited(database, number, author)
    with pytest.raises(Refused) as refused:
        await accept(young, link, SECRET)
    assert refused.value.why is Why.DIFFERENT_AGES
    await database.ask(
        "UPDATE posting SET publicity = 'public' WHERE id = (SELECT posting FROM idea WHERE id = $1)", number
    )
    await accept(young, link, SECRET)
    await database.ask(
        "UPDATE posting SET publicity = 'held' WHERE id = (SELECT posting FROM idea WHERE id = $1)", number
    )
    assert await queries.idea_for(young, number) is None
    assert await queries.idea_for(author, number) is not None
