from __future__ import annotations

import pytest

from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.comments.rules import Why, parent, why_not_answer, why_not_comment, why_not_withdraw
from shapedby.kernel import VISITOR, Actor, Role
from shapedby.screening.rules import Publicity

RESIDENT, OFFICER = Actor(person=1, role=Role.RESIDENT), Actor(person=2, role=Role.OFFICER)


@pytest.mark.parametrize(
    ("actor", "publicity", "challenge", "why"),
    [
        (RESIDENT, Publicity.PUBLIC, ChallengeStage.OPEN, None),
        (RESIDENT, Publicity.PUBLIC, ChallengeStage.DECIDING, None),
        (RESIDENT, Publicity.PUBLIC, ChallengeStage.DECIDED, Why.DECIDED),
        (OFFICER, Publicity.PUBLIC, ChallengeStage.DECIDED, None),
        (OFFICER, Publicity.HELD, ChallengeStage.OPEN, Why.IDEA_NOT_PUBLIC),
        (RESIDENT, Publicity.WITHDRAWN, ChallengeStage.OPEN, Why.IDEA_NOT_PUBLIC),
    ],
)
def test_residents_discuss_a_public_idea_until_it_is_decided(
    actor: Actor, publicity: Publicity, challenge: ChallengeStage, why: Why | None
) -> None:
    assert why_not_comment(actor, publicity=publicity, challenge=challenge) is why


@pytest.mark.parametrize(
    ("same_idea", "publicity", "why"),
    [
        (True, Publicity.PUBLIC, None),
        (True, Publicity.HIDDEN, Why.COMMENT_GONE),
        (False, Publicity.PUBLIC, Why.COMMENT_GONE),
    ],
)
def test_a_reply_needs_a_public_comment_on_the_same_idea(
    same_idea: bool,  # noqa: FBT001 - a case of the test
    publicity: Publicity,
    why: Why | None,
) -> None:
    assert why_not_answer(same_idea=same_idea, publicity=publicity) is why


def test_a_reply_to_a_reply_stands_under_the_same_comment() -> None:
    assert parent(7, None) == 7
    assert parent(8, 7) == 7


def test_only_its_author_takes_a_comment_back() -> None:
    assert why_not_withdraw(RESIDENT, author=1) is None
    assert why_not_withdraw(OFFICER, author=1) is Why.NOT_YOURS
    assert why_not_withdraw(VISITOR, author=0) is Why.NOT_YOURS
