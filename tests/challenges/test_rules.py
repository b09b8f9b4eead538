"""What a challenge needs, where it stands, and why something cannot be done with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from published import LANGUAGES, a_brief, both

from shapedby.challenges import rules
from shapedby.challenges.rules import Stage, Weighed, Why
from shapedby.kernel import Actor, Role

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OFFICER = Actor(person=1, role=Role.OFFICER)
RESIDENT = Actor(person=2, role=Role.RESIDENT)
MODERATOR = Actor(person=3, role=Role.MODERATOR)


@pytest.mark.parametrize(
    ("published", "opens", "closes", "decided", "stage"),
    [
        (None, -1, 1, None, Stage.DRAFT),
        (None, -2, -1, None, Stage.DRAFT),
        (-1, 1, 2, None, Stage.COMING),
        (-1, 0, 2, None, Stage.OPEN),
        (-1, -1, 1, None, Stage.OPEN),
        (-1, -2, 0, None, Stage.DECIDING),
        (-3, -2, -1, None, Stage.DECIDING),
        (-3, -2, -1, 0, Stage.DECIDED),
    ],
)
def test_the_stage_follows_from_the_dates(
    published: int | None, opens: int, closes: int, decided: int | None, stage: Stage
) -> None:
    def at(days: int | None) -> datetime | None:
        return None if days is None else NOW + days * DAY

    assert rules.stage(at(published), NOW + opens * DAY, NOW + closes * DAY, at(decided), NOW) is stage


def test_a_whole_brief_has_no_gap() -> None:
    assert rules.gaps(a_brief(), LANGUAGES, NOW) == []


@pytest.mark.parametrize(
    ("changes", "place", "why"),
    [
        ({"question": {"en": "Why?"}}, "question_es", Why.TEXT_MISSING),
        ({"summary": {"es": "Seis"}}, "summary_en", Why.TEXT_MISSING),
        ({"why_asked": {}}, "why_asked_en", Why.TEXT_MISSING),
        ({"who_decides": {"en": ""}}, "who_decides_en", Why.TEXT_MISSING),
        ({"what_chosen_gets": {}}, "what_chosen_gets_en", Why.TEXT_MISSING),
        ({"privacy_note": {"en": "We share it"}}, "privacy_note_es", Why.TEXT_MISSING),
        ({"slug": "No spaces"}, "slug", Why.BAD_SLUG),
        ({"slug": ""}, "slug", Why.BAD_SLUG),
        ({"opens_at": NOW + 9 * DAY, "closes_at": NOW + 8 * DAY}, "closes_on", Why.CLOSES_BEFORE_IT_OPENS),
        ({"opens_at": NOW - 9 * DAY, "closes_at": NOW - 8 * DAY}, "closes_on", Why.CLOSES_IN_THE_PAST),
        ({"criteria": ()}, "criterion_1_name_en", Why.NO_CRITERION),
        (
            {"criteria": (Weighed(name=both("Reach"), meaning=both("How far"), weight=99),)},
            "criterion_1_weight",
            Why.WEIGHTS_ARE_NOT_100,
        ),
        (
            {
                "criteria": (
                    Weighed(name=both("Reach"), meaning=both("How far"), weight=100),
                    Weighed(name=both("Cost"), meaning=both("How dear"), weight=0),
                )
            },
            "criterion_2_weight",
            Why.NO_WEIGHT,
        ),
        (
            {"criteria": (Weighed(name={"en": "Reach"}, meaning=both("How far"), weight=100),)},
            "criterion_1_name_es",
            Why.TEXT_MISSING,
        ),
    ],
)
def test_each_gap_names_its_field_and_keeps_the_challenge_from_being_published(
    changes: dict[str, Any], place: str, why: Why
) -> None:
    brief = a_brief(**changes)
    first = rules.gaps(brief, LANGUAGES, NOW)[0]
    assert (first.place, first.why) == (place, why)
    assert rules.why_not_publish(OFFICER, Stage.DRAFT, brief, languages=LANGUAGES, now=NOW) is why


@pytest.mark.parametrize(
    ("actor", "stage", "why"),
    [
        (OFFICER, Stage.DRAFT, None),
        (Actor(person=4, role=Role.ADMINISTRATOR), Stage.DRAFT, None),
        (RESIDENT, Stage.DRAFT, Why.NOT_YOUR_ROLE),
        (MODERATOR, Stage.DRAFT, Why.NOT_YOUR_ROLE),
        (OFFICER, Stage.COMING, Why.ALREADY_PUBLISHED),
        (OFFICER, Stage.DECIDED, Why.ALREADY_PUBLISHED),
    ],
)
def test_only_officers_publish_and_only_once(actor: Actor, stage: Stage, why: Why | None) -> None:
    assert rules.why_not_publish(actor, stage, a_brief(), languages=LANGUAGES, now=NOW) is why


@pytest.mark.parametrize(
    ("actor", "stage", "why"),
    [
        (OFFICER, Stage.OPEN, None),
        (RESIDENT, Stage.OPEN, Why.NOT_YOUR_ROLE),
        (OFFICER, Stage.DRAFT, Why.NOT_OPEN),
        (OFFICER, Stage.COMING, Why.NOT_OPEN),
        (OFFICER, Stage.DECIDING, Why.NOT_OPEN),
        (OFFICER, Stage.DECIDED, Why.NOT_OPEN),
    ],
)
def test_only_an_open_challenge_can_be_closed(actor: Actor, stage: Stage, why: Why | None) -> None:
    assert rules.why_not_close(actor, stage) is why


@pytest.mark.parametrize(
    ("actor", "stage", "why"),
    [
        (OFFICER, Stage.DECIDING, None),
        (RESIDENT, Stage.DECIDING, Why.NOT_YOUR_ROLE),
        (OFFICER, Stage.OPEN, Why.NOT_BEING_DECIDED),
        (OFFICER, Stage.DECIDED, Why.NOT_BEING_DECIDED),
    ],
)
def test_only_a_closed_challenge_can_be_finished(actor: Actor, stage: Stage, why: Why | None) -> None:
    assert rules.why_not_finish(actor, stage) is why


@pytest.mark.parametrize(
    ("actor", "stage", "days", "reason", "why"),
    [
        (OFFICER, Stage.OPEN, 3, "Snow", None),
        (OFFICER, Stage.DECIDING, 3, "Snow", None),
        (RESIDENT, Stage.OPEN, 3, "Snow", Why.NOT_YOUR_ROLE),
        (OFFICER, Stage.DRAFT, 3, "Snow", Why.NOT_OPEN),
        (OFFICER, Stage.DECIDED, 3, "Snow", Why.NOT_OPEN),
        (OFFICER, Stage.OPEN, 1, "Snow", Why.NOT_LATER),
        (OFFICER, Stage.DECIDING, 0, "Snow", Why.NOT_LATER),
        (OFFICER, Stage.OPEN, 3, " ", Why.NO_REASON),
    ],
)
def test_a_challenge_is_extended_only_to_a_later_day_and_for_a_reason(
    actor: Actor, stage: Stage, days: int, reason: str, why: Why | None
) -> None:
    closes, later = NOW + DAY, NOW + days * DAY
    assert rules.why_not_extend(actor, stage, closes_at=closes, later=later, reason=reason, now=NOW) is why


@pytest.mark.parametrize(
    ("stage", "changes", "why"),
    [
        (Stage.DRAFT, {"question": {}}, None),
        (Stage.DRAFT, {"slug": "another"}, None),
        (Stage.DRAFT, {"closes_at": NOW - 99 * DAY}, Why.CLOSES_BEFORE_IT_OPENS),
        (Stage.OPEN, {"summary": both("Seven routes.")}, None),
        (Stage.OPEN, {"summary": {"en": "Seven routes."}}, Why.TEXT_MISSING),
        (Stage.OPEN, {"slug": "another"}, Why.FIXED_WHEN_PUBLISHED),
        (Stage.OPEN, {"supports_needed": 3}, Why.FIXED_WHEN_PUBLISHED),
        (Stage.OPEN, {"answer_days": 100}, Why.FIXED_WHEN_PUBLISHED),
        (Stage.COMING, {"closes_at": NOW + 99 * DAY}, Why.FIXED_WHEN_PUBLISHED),
        (Stage.DECIDING, {"criteria": ()}, Why.FIXED_WHEN_PUBLISHED),
    ],
)
def test_what_people_rely_on_stays_once_a_challenge_is_public(
    stage: Stage, changes: dict[str, Any], why: Why | None
) -> None:
    before = a_brief(opens_at=NOW - DAY, closes_at=NOW + 30 * DAY)
    days: dict[str, Any] = {"opens_at": NOW - DAY, "closes_at": NOW + 30 * DAY}
    after = a_brief(**{**days, **changes})
    found = rules.why_not_save(OFFICER, stage, before=before, after=after, languages=LANGUAGES, now=NOW)
    assert found is why


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("What would make the last bus home worth waiting for?", "what-would-make-the-last-bus-home-worth-waiting-for"),
        ("¿Qué calle abrimos?", "que-calle-abrimos"),
        ("Can't we?", "cant-we"),
        ("???", ""),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_an_address_is_suggested_from_the_question(question: str, slug: str) -> None:
    assert rules.slug_of(question) == slug
    assert not slug or rules.is_slug(slug)


@pytest.mark.parametrize("slug", ["ab", "a" * 81, "-bus", "bus-", "last--bus", "Last", "last bus", "bus/../x", "bús"])
def test_an_address_that_would_not_last_is_not_one(slug: str) -> None:
    assert not rules.is_slug(slug)


def test_the_second_challenge_with_an_address_gets_a_number() -> None:
    assert rules.numbered("last-bus", 1) == "last-bus"
    assert rules.numbered("last-bus", 2) == "last-bus-2"
    assert rules.is_slug(rules.numbered("a" * 80, 12))
    assert rules.is_slug(rules.numbered("ab", 1))


def test_a_fingerprint_changes_with_every_part_of_a_brief() -> None:
    brief = a_brief()
    changed = [
        a_brief(question=both("Which bus?")),
        a_brief(areas=(1,)),
        a_brief(supports_needed=7),
        a_brief(closes_at=brief.closes_at + DAY),
        a_brief(criteria=brief.criteria[:1]),
    ]
    assert len({rules.fingerprint(one) for one in [brief, *changed]}) == 1 + len(changed)
