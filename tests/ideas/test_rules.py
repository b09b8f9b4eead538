from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.ideas.rules import (
    SEEDS,
    Stage,
    Why,
    Written,
    order_key,
    own_seed,
    promised_day,
    search_words,
    searched_number,
    slug,
    why_not_edit,
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
    ("actor", "publicity", "stage", "supports", "why"),
    [
        (AUTHOR, Publicity.DRAFT, Stage.OPEN, 0, None),
        (AUTHOR, Publicity.HELD, Stage.OPEN, 0, None),
        (AUTHOR, Publicity.REFUSED, Stage.OPEN, 0, None),
        (AUTHOR, Publicity.PUBLIC, Stage.OPEN, 0, None),
        (AUTHOR, Publicity.PUBLIC, Stage.OPEN, 1, Why.HAS_SUPPORTERS),
        (AUTHOR, Publicity.PUBLIC, Stage.UNDER_REVIEW, 0, Why.BEING_DECIDED),
        (AUTHOR, Publicity.HIDDEN, Stage.OPEN, 0, Why.HIDDEN_BY_US),
        (AUTHOR, Publicity.QUARANTINED, Stage.OPEN, 0, Why.HIDDEN_BY_US),
        (AUTHOR, Publicity.WITHDRAWN, Stage.OPEN, 0, Why.WITHDRAWN),
        (OTHER, Publicity.DRAFT, Stage.OPEN, 0, Why.NOT_YOURS),
        (VISITOR, Publicity.DRAFT, Stage.OPEN, 0, Why.NOT_YOURS),
    ],
)
def test_its_author_changes_an_idea_while_nobody_relies_on_it(
    actor: Actor, publicity: Publicity, stage: Stage, supports: int, why: Why | None
) -> None:
    assert why_not_edit(actor, author=1, publicity=publicity, stage=stage, supports=supports) is why


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
    assert why_not_support(actor, author=1, publicity=publicity, challenge=challenge) is why


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


@pytest.mark.parametrize(
    ("text", "number"), [("#12", 12), (" #7 ", 7), ("12", None), ("#", None), ("#-1", None), ("#" + "9" * 12, None)]
)
def test_a_number_is_searched_with_its_sign(text: str, number: int | None) -> None:
    assert searched_number(text) == number


def test_a_search_is_at_most_eight_plain_words() -> None:
    assert search_words("Bus & tram | 'ñandú' :*") == ("bus", "tram", "ñandú")
    assert len(search_words("a " * 50)) == 8


def test_every_order_of_a_day_is_another_and_tomorrow_has_others() -> None:
    today, tomorrow = date(2026, 11, 4), date(2026, 11, 5)
    keys = {order_key(day, seed) for day in (today, tomorrow) for seed in range(SEEDS)}
    assert len(keys) == 2 * SEEDS


def test_a_persons_order_stays_for_the_day_and_orders_are_given_out_evenly() -> None:
    day = date(2026, 11, 4)
    given = [own_seed(person, day) for person in range(1, 6401)]
    assert given == [own_seed(person, day) for person in range(1, 6401)]
    shares = [given.count(seed) for seed in range(SEEDS)]
    assert min(shares) > 50
    assert max(shares) < 200


def test_an_idea_is_finished_with_every_text() -> None:
    whole = Written(title="T", problem="P", proposal="W", beneficiaries="B", topic=1)
    assert whole.finished
    for name in ("title", "problem", "proposal", "beneficiaries"):
        blank: dict[str, Any] = {name: "  "}
        assert not replace(whole, **blank).finished
