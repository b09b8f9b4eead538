"""Who may post, how long things last, and how codes and browsers are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shapedby.kernel import STAFF, VISITOR, Actor, Role
from shapedby.people.rules import Why, browser_name, digits, mail_lasts, sign_in_lasts, welcome_address, why_not_post

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("actor", "why"),
    [
        (VISITOR, Why.SIGN_IN_FIRST),
        (Actor(person=1, role=Role.RESIDENT), None),
        (Actor(person=1, role=Role.RESIDENT, welcomed=False), Why.WELCOME_FIRST),
        (Actor(person=1, role=Role.RESIDENT, suspended_until=NOW + timedelta(days=1)), Why.SUSPENDED),
        (Actor(person=1, role=Role.RESIDENT, suspended_until=NOW), None),
        (Actor(person=1, role=Role.RESIDENT, welcomed=False, suspended_until=NOW + timedelta(1)), Why.SUSPENDED),
    ],
)
def test_who_may_post(actor: Actor, why: Why | None) -> None:
    assert why_not_post(actor, NOW) is why


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_have_less_time(role: Role) -> None:
    assert mail_lasts(role) == timedelta(minutes=10) < mail_lasts(Role.RESIDENT) == timedelta(minutes=30)
    assert sign_in_lasts(role) == timedelta(hours=12) < sign_in_lasts(Role.RESIDENT)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("123456", "123456"),
        ("123 456", "123456"),
        ("123-456", "123456"),
        ("Your code: 123\u00a0456.", "123456"),
        ("１２３４５６", "123456"),
        ("١٢٣٤٥٦", ""),
        ("", ""),
        ("abc", ""),
    ],
)
def test_a_pasted_code_keeps_its_digits(typed: str, read: str) -> None:
    assert digits(typed) == read


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", "Firefox, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_people_know_their_browsers_again(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_the_way_back_survives_the_first_questions() -> None:
    assert welcome_address("/ideas/1/a?x=1&y=2") == "/welcome?next=/ideas/1/a%3Fx%3D1%26y%3D2"
