"""What officers may do with an idea, and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shapedby.ideas.rules import Stage
from shapedby.kernel import Actor, Role
from shapedby.shortlist import rules
from shapedby.shortlist.rules import Due, ResponseKind, Weighing, Why

OFFICER = Actor(person=1, role=Role.OFFICER)
RESIDENT = Actor(person=2, role=Role.RESIDENT)
MODERATOR = Actor(person=3, role=Role.MODERATOR)
ADMINISTRATOR = Actor(person=4, role=Role.ADMINISTRATOR)
IDEA = Weighing(number=12, author=9, stage=Stage.OPEN, public=True, supports=5, supports_needed=3)
SAYS = ResponseKind

ALLOWED = {
    SAYS.UNDER_REVIEW: {Stage.OPEN},
    SAYS.SHORTLISTED: {Stage.UNDER_REVIEW},
    SAYS.NOT_TAKEN_FORWARD: {Stage.OPEN, Stage.UNDER_REVIEW},
    SAYS.NOTE: set(Stage),
}
ELSE = {
    SAYS.UNDER_REVIEW: Why.NOT_OPEN,
    SAYS.SHORTLISTED: Why.ALREADY_DECIDED,
    SAYS.NOT_TAKEN_FORWARD: Why.ALREADY_DECIDED,
    SAYS.NOTE: None,
}


@pytest.mark.parametrize("kind", list(SAYS))
@pytest.mark.parametrize("stage", list(Stage))
def test_each_decision_is_possible_at_its_stages_only(kind: ResponseKind, stage: Stage) -> None:
    why = rules.WHY_NOT[kind](OFFICER, replace(IDEA, stage=stage))
    if (kind, stage) == (SAYS.SHORTLISTED, Stage.OPEN):
        assert why is Why.NOT_UNDER_REVIEW
    else:
        assert why is (None if stage in ALLOWED[kind] else ELSE[kind])


@pytest.mark.parametrize("kind", list(SAYS))
@pytest.mark.parametrize(
    ("actor", "changes", "why"),
    [
        (ADMINISTRATOR, {}, None),
        (RESIDENT, {}, Why.NOT_YOUR_ROLE),
        (MODERATOR, {}, Why.NOT_YOUR_ROLE),
        (Actor(), {}, Why.NOT_YOUR_ROLE),
        (OFFICER, {"public": False}, Why.NOT_PUBLIC),
    ],
)
def test_only_officers_decide_and_only_about_what_everybody_sees(
    kind: ResponseKind, actor: Actor, changes: dict[str, bool], why: Why | None
) -> None:
    idea = replace(IDEA, stage=next(iter(ALLOWED[kind])), **changes)
    assert rules.WHY_NOT[kind](actor, idea) is why


@pytest.mark.parametrize("kind", [SAYS.UNDER_REVIEW, SAYS.SHORTLISTED, SAYS.NOT_TAKEN_FORWARD])
def test_nobody_decides_about_their_own_idea(kind: ResponseKind) -> None:
    own = replace(IDEA, author=OFFICER.person, stage=next(iter(ALLOWED[kind])))
    assert rules.WHY_NOT[kind](OFFICER, own) is Why.OWN_IDEA
    assert rules.why_not_assess(OFFICER, replace(own, stage=Stage.UNDER_REVIEW)) is Why.OWN_IDEA


@pytest.mark.parametrize(("supports", "why"), [(2, Why.TOO_FEW_SUPPORTS), (3, None), (4, None)])
def test_the_shortlist_asks_for_the_supports_that_the_challenge_asks_for(supports: int, why: Why | None) -> None:
    idea = replace(IDEA, stage=Stage.UNDER_REVIEW, supports=supports)
    assert rules.why_not_shortlist(OFFICER, idea) is why


@pytest.mark.parametrize("stage", list(Stage))
def test_points_are_given_while_an_idea_is_under_review(stage: Stage) -> None:
    why = rules.why_not_assess(OFFICER, replace(IDEA, stage=stage))
    expected = {Stage.OPEN: Why.NOT_UNDER_REVIEW, Stage.UNDER_REVIEW: None}
    assert why is expected.get(stage, Why.ALREADY_DECIDED)


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ({"en": "Because", "es": "Porque"}, None),
        ({"en": "Because"}, Why.REASON_MISSING),
        ({"en": "Because", "es": " \n"}, Why.REASON_MISSING),
        ({}, Why.REASON_MISSING),
    ],
)
def test_a_reason_is_needed_in_every_language(reason: dict[str, str], why: Why | None) -> None:
    assert rules.why_not_say(reason, ("en", "es")) is why


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ({1: 0, 2: 5}, None),
        ({1: 3}, Why.POINTS_MISSING),
        ({1: 3, 2: 6}, Why.POINTS_MISSING),
        ({1: -1, 2: 5}, Why.POINTS_MISSING),
        ({1: 3, 2: 3, 3: 3}, Why.POINTS_MISSING),
        ({}, Why.POINTS_MISSING),
    ],
)
def test_every_criterion_gets_its_points(points: dict[int, int], why: Why | None) -> None:
    assert rules.why_not_score(points, (1, 2)) is why


@pytest.mark.parametrize(
    ("points", "score"), [({1: 5, 2: 5}, 5), ({1: 0, 2: 0}, 0), ({1: 5, 2: 0}, 3), ({1: 0, 2: 5}, 2)]
)
def test_a_score_is_the_mean_by_the_weights(points: dict[int, int], score: float) -> None:
    assert rules.weighted(points, {1: 60, 2: 40}) == score


@pytest.mark.parametrize(
    ("stage", "days", "due"),
    [
        (Stage.OPEN, -1, Due.OVERDUE),
        (Stage.UNDER_REVIEW, 0, Due.SOON),
        (Stage.OPEN, 7, Due.SOON),
        (Stage.OPEN, 8, Due.LATER),
        (Stage.OPEN, None, Due.LATER),
        (Stage.SHORTLISTED, -9, Due.ANSWERED),
        (Stage.NOT_TAKEN_FORWARD, -9, Due.ANSWERED),
    ],
)
def test_an_answer_is_overdue_the_day_after_its_day(stage: Stage, days: int | None, due: Due) -> None:
    today = date(2026, 11, 22)
    assert rules.due(stage, None if days is None else today + timedelta(days=days), today) is due


def test_a_challenge_is_not_finished_while_ideas_wait() -> None:
    assert rules.why_not_finish(1) is Why.IDEAS_WAIT
    assert rules.why_not_finish(0) is None
