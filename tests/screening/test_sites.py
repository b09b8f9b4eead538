from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from shapedby.screening.rules import Found, Held, Kind, SiteRules, Standing, Week, same_of, why_site_holds

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def standing(**changed: Any) -> Standing:
    given: dict[str, Any] = {
        "kind": Kind.COMMENT,
        "challenge": 3,
        "first_post": False,
        "staff": False,
        "imported": False,
        "now": MONDAY_NOON,
    }
    return Standing(**{**given, **changed})


def held(rules: SiteRules, source: str = "A bench by the river", **changed: Any) -> list[Held]:
    return [found.held for found in why_site_holds(rules, source, same_of(source), standing(**changed), Week())]


@pytest.mark.parametrize(
    ("words", "source", "found"),
    [
        (("bench",), "A Bench by the river", True),
        (("bench",), "Benches by the river", False),
        (("bench*",), "BENCHES by the river", True),
        (("loan shark",), "a loan\n  shark", True),
        (("casino",), "c a s i n o", True),
        (("casino",), "our c\u0430sino", True),
        (("river.",), "by the river.", True),
        (("(x",), "nothing of it", False),
    ],
)
def test_a_listed_word_is_found_as_a_whole_word_and_through_disguise(
    words: tuple[str, ...], source: str, *, found: bool
) -> None:
    assert (held(SiteRules(words=words), source) == [Held.LISTED_WORD]) is found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("see https://example.com/x", True),
        ("see [this](https://shop.example.com)", True),
        ("see https://notexample.com", False),
        ("example of a com", False),
    ],
)
def test_a_listed_site_is_found_with_its_sub_sites(source: str, *, found: bool) -> None:
    assert (held(SiteRules(domains=("example.com",)), source) == [Held.LISTED_DOMAIN]) is found


@pytest.mark.parametrize(
    ("rules", "changed", "expected"),
    [
        (SiteRules(), {"first_post": True, "now": SUNDAY}, []),
        (SiteRules(first_post=True), {"first_post": True}, [Held.FIRST_POST]),
        (SiteRules(first_post=True), {}, []),
        (SiteRules(first_post=True), {"first_post": True, "kind": Kind.NAME}, []),
        (SiteRules(first_post=True), {"first_post": True, "staff": True}, []),
        (SiteRules(first_post=True), {"first_post": True, "imported": True}, []),
        (SiteRules(out_of_hours=True), {}, []),
        (SiteRules(out_of_hours=True), {"now": SUNDAY}, [Held.OUT_OF_HOURS]),
        (SiteRules(out_of_hours=True), {"now": SUNDAY, "staff": True}, []),
        (SiteRules(out_of_hours=True), {"now": SUNDAY, "imported": True}, []),
        (SiteRules(challenges=(3,)), {}, [Held.HELD_CHALLENGE]),
        (SiteRules(challenges=(3,)), {"staff": True}, [Held.HELD_CHALLENGE]),
        (SiteRules(challenges=(4,)), {}, []),
    ],
)
def test_each_rule_of_the_site_holds_what_it_names(
    rules: SiteRules, changed: dict[str, Any], expected: list[Held]
) -> None:
    assert held(rules, **changed) == expected


def test_the_desk_is_told_which_word_was_found() -> None:
    rules = SiteRules(words=("bench", "river"))
    found = why_site_holds(rules, "A bench", same_of("A bench"), standing(), Week())
    assert found == (Found(Held.LISTED_WORD, "bench"),)
