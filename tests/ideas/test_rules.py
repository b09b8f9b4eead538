from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.ideas.rules import (
    Stage,
    Why,
    Written,
    is_new_version,
    promised_day,
    slug,
    why_not_edit,
    why_not_send_as,
    why_not_support,
    why_not_withdraw,
    why_not_write,
)
from shapedby.kernel import VISITOR, Actor, Role
from shapedby.screening.rules import Publicity

AUTHOR, OTHER = Actor(person=1, role=Role.RESIDENT), Actor(person=2, role=Role.OFFICER)
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("sent_on", "days", "closures", "promised"),
    [
        (date(2026, 11, 4), 28, (), date(2026, 12, 2)),
        (date(2026, 11, 4), 0, (), date(2026, 11, 4)),
        (date(2026, 12, 24), 1, CHRISTMAS, date(2026, 12, 27)),
        (date(2026, 12, 24), 2, CHRISTMAS, date(2026, 12, 29)),
        (date(2026, 12, 25), 1, CHRISTMAS, date(2026, 12, 27)),
        (date(2028, 2, 28), 2, (), date(2028, 3, 1)),
    ],
)
def test_days_on_which_the_council_is_closed_do_not_count(
    sent_on: date, days: int, closures: set[date], promised: date
) -> None:
    assert promised_day(sent_on, days, closures) == promised


@pytest.mark.parametrize(
    ("stage", "why"),
    [
        (ChallengeStage.DRAFT, Why.NOT_OPEN_YET),
        (ChallengeStage.COMING, Why.NOT_OPEN_YET),
        (ChallengeStage.OPEN, None),
        (ChallengeStage.DECIDING, Why.CLOSED),
        (ChallengeStage.DECIDED, Why.CLOSED),
    ],
)
def test_an_open_question_takes_ideas(stage: ChallengeStage, why: Why | None) -> None:
    assert why_not_write(stage) is why


@pytest.mark.parametrize(
    ("actor", "publicity", "stage", "why"),
    [
        (AUTHOR, Publicity.DRAFT, Stage.OPEN, None),
        (AUTHOR, Publicity.HELD, Stage.OPEN, None),
        (AUTHOR, Publicity.REFUSED, Stage.OPEN, None),
        (AUTHOR, Publicity.PUBLIC, Stage.OPEN, None),
        (AUTHOR, Publicity.PUBLIC, Stage.UNDER_REVIEW, Why.BEING_DECIDED),
        (AUTHOR, Publicity.HIDDEN, Stage.OPEN, Why.HIDDEN_BY_US),
        (AUTHOR, Publicity.QUARANTINED, Stage.OPEN, Why.HIDDEN_BY_US),
        (AUTHOR, Publicity.WITHDRAWN, Stage.OPEN, Why.WITHDRAWN),
        (OTHER, Publicity.DRAFT, Stage.OPEN, Why.NOT_YOURS),
        (VISITOR, Publicity.DRAFT, Stage.OPEN, Why.NOT_YOURS),
    ],
)
def test_its_author_changes_an_idea_until_it_is_decided(
    actor: Actor, publicity: Publicity, stage: Stage, why: Why | None
) -> None:
    assert why_not_edit(actor, authors=(1,), publicity=publicity, stage=stage) is why


@pytest.mark.parametrize(
    ("publicity", "supports", "authors", "versions", "new"),
    [
        (Publicity.PUBLIC, 0, 1, 0, False),
        (Publicity.PUBLIC, 1, 1, 0, True),
        (Publicity.PUBLIC, 0, 2, 0, True),
        (Publicity.PUBLIC, 0, 1, 2, True),
        (Publicity.HELD, 1, 2, 2, False),
        (Publicity.DRAFT, 0, 2, 0, False),
    ],
)
def test_a_change_that_others_rely_on_is_a_version(
    publicity: Publicity, supports: int, authors: int, versions: int, *, new: bool
) -> None:
    assert is_new_version(publicity, supports=supports, authors=authors, versions=versions) is new


@pytest.mark.parametrize(
    ("written", "young", "allowed", "why"),
    [
        (Written(), True, False, None),
        (Written(group="Year 5"), False, False, None),
        (Written(group="Year 5"), True, False, Why.GROUP_NEEDS_ADULT),
        (Written(anonymous=True), False, True, None),
        (Written(anonymous=True), False, False, Why.NOT_ANONYMOUS_HERE),
    ],
)
def test_a_group_needs_an_adult_and_a_nameless_author_the_councils_leave(
    written: Written, *, young: bool, allowed: bool, why: Why | None
) -> None:
    assert why_not_send_as(written, young=young, anonymous_allowed=allowed) is why


@pytest.mark.parametrize(
    ("actor", "publicity", "stage", "why"),
    [
        (AUTHOR, Publicity.PUBLIC, Stage.OPEN, None),
        (AUTHOR, Publicity.HIDDEN, Stage.SHORTLISTED, None),
        (AUTHOR, Publicity.PUBLIC, Stage.PROJECT, Why.BEING_DECIDED),
        (AUTHOR, Publicity.WITHDRAWN, Stage.OPEN, Why.WITHDRAWN),
        (OTHER, Publicity.PUBLIC, Stage.OPEN, Why.NOT_YOURS),
    ],
)
def test_its_author_takes_an_idea_back_until_it_is_built(
    actor: Actor, publicity: Publicity, stage: Stage, why: Why | None
) -> None:
    assert why_not_withdraw(actor, author=1, publicity=publicity, stage=stage) is why


@pytest.mark.parametrize(
    ("actor", "publicity", "challenge", "why"),
    [
        (OTHER, Publicity.PUBLIC, ChallengeStage.OPEN, None),
        (OTHER, Publicity.PUBLIC, ChallengeStage.DECIDING, None),
        (VISITOR, Publicity.PUBLIC, ChallengeStage.OPEN, None),
        (OTHER, Publicity.PUBLIC, ChallengeStage.DECIDED, Why.DECIDED),
        (OTHER, Publicity.HELD, ChallengeStage.OPEN, Why.NOT_PUBLIC),
        (AUTHOR, Publicity.PUBLIC, ChallengeStage.OPEN, Why.OWN_IDEA),
    ],
)
def test_others_support_a_public_idea_until_it_is_decided(
    actor: Actor, publicity: Publicity, challenge: ChallengeStage, why: Why | None
) -> None:
    assert why_not_support(actor, authors=(1,), publicity=publicity, challenge=challenge) is why


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("A walking bus with a driver's timetable", "a-walking-bus-with-a-drivers-timetable"),
        ("¿Más árboles? ¡Sí!", "mas-arboles-si"),
        ("公園", "idea"),
        ("", "idea"),
        ("Support!", "support-idea"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 60),
    ],
)
def test_an_address_is_made_of_the_title(title: str, address: str) -> None:
    assert slug(title) == address


def test_an_idea_is_finished_with_every_text() -> None:
    whole = Written(title="T", problem="P", proposal="W", beneficiaries="B", topic=1)
    assert whole.finished
    for name in ("title", "problem", "proposal", "beneficiaries"):
        blank: dict[str, Any] = {name: "  "}
        assert not replace(whole, **blank).finished
