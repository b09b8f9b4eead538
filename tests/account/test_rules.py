"""Names, ages and what a person may know about why something waits."""

from __future__ import annotations

import random

import pytest

from shapedby.account.rules import BadName, Waits, made_up_name, why_not_name, why_waits


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Ann", None),
        ("Ana Lucía", None),
        ("李雷", None),
        ("Heron 412", None),
        ("O'Brien-Smith", None),
        ("Councillor Smith", None),
        ("A", BadName.TOO_SHORT),
        ("", BadName.TOO_SHORT),
        ("12345", BadName.NO_LETTERS),
        ("ann@example.org", BadName.AN_ADDRESS),
        ("www.cheap.example", BadName.AN_ADDRESS),
        ("buy at cheap.com", BadName.AN_ADDRESS),
        ("Admin", BadName.LIKE_STAFF),
        ("The Moderator", BadName.LIKE_STAFF),
        ("ＡＤＭＩＮ", BadName.LIKE_STAFF),
        ("Porthmere", BadName.LIKE_STAFF),
        ("Porthmere Council", BadName.LIKE_STAFF),
    ],
)
def test_a_name_is_refused_only_for_a_reason(name: str, why: BadName | None) -> None:
    assert why_not_name(name, council="Porthmere") is why


def test_a_suggested_name_tells_nothing_about_a_person() -> None:
    made = made_up_name("Heron, Otter,", random.Random(3))
    animal, number = made.split()
    assert animal in {"Heron", "Otter"}
    assert 100 <= int(number) <= 999


@pytest.mark.parametrize(
    ("young", "contacts", "says"),
    [
        (True, True, Waits.YOUNG),
        (True, False, Waits.YOUNG),
        (False, True, Waits.CONTACTS),
        (False, False, Waits.CHECK),
    ],
)
def test_the_author_learns_why_it_waits_but_not_what_the_classifier_thought(
    *, young: bool, contacts: bool, says: Waits
) -> None:
    assert why_waits(young=young, contacts=contacts) is says
