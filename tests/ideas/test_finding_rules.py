"""What was searched for, in which order ideas stand, and what may have been meant; without a database."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from shapedby.ideas.rules.finding import (
    PAGE,
    SEEDS,
    Known,
    least_gini,
    meant,
    order_of,
    own_seed,
    search_words,
    searched_number,
    seed_at,
    slips,
)
from shapedby.ideas.rules.marking import piece, spans, stems_in

DAY = date(2026, 11, 4)


def gini(shares: list[int]) -> float:
    """Give the Gini coefficient: 0 where all have the same, near 1 where one has everything."""
    ordered, number = sorted(shares), len(shares)
    weighed = sum(place * share for place, share in enumerate(ordered, start=1))
    return 2 * weighed / (number * sum(ordered)) - (number + 1) / number


def exposure(ideas: int, days: int) -> list[int]:
    """Count on how many first pages each place of the circle stands, over some days that share a circle."""
    first = date.fromordinal(DAY.toordinal() // 8 * 8)
    seen = Counter[int]()
    for day in range(days):
        for seed in range(SEEDS):
            start = order_of(first + timedelta(days=day), seed).begins(ideas)
            seen.update({(start + place) % ideas for place in range(min(PAGE, ideas))})
    return [seen[place] for place in range(ideas)]


@pytest.mark.parametrize("ideas", [1, 19, 20, 21, 45, 64, 65, 333, 1000, 1280, 1281, 5000])
def test_the_orders_of_a_day_are_as_even_as_so_many_can_be(ideas: int) -> None:
    shares = exposure(ideas, 1)
    assert max(shares) - min(shares) <= 1
    if ideas > PAGE:
        assert gini(shares) == pytest.approx(least_gini(ideas), abs=1e-9)


@pytest.mark.parametrize(("days", "least"), [(1, 0.158), (2, 0.097), (4, 0.021), (8, 0.018)])
def test_the_days_make_up_for_what_one_day_cannot_share_out(days: int, least: float) -> None:
    assert gini(exposure(1000, days)) == pytest.approx(least_gini(1000, days=days), abs=1e-9)
    assert gini(exposure(1000, days)) <= least


def test_orders_change_every_day_and_the_circle_every_eighth() -> None:
    days = [DAY + timedelta(days=number) for number in range(16)]
    orders = {order_of(day, seed) for day in days for seed in range(SEEDS)}
    assert len(orders) == 16 * SEEDS
    assert len({order.circle for order in orders}) in {2, 3}
    assert order_of(DAY, 3) == order_of(DAY, 3 + SEEDS)


def test_long_lists_begin_evenly_among_all_hashes() -> None:
    at = sorted(order_of(DAY, seed).begins_at for seed in range(SEEDS))
    assert {second - first for first, second in itertools.pairwise(at)} == {2**58}
    assert at[0] >= -(2**63)
    assert at[-1] < 2**63


def test_visitors_are_given_every_order_in_turn() -> None:
    noon = datetime(2026, 11, 4, 12, tzinfo=UTC)
    given = Counter(seed_at(noon + timedelta(seconds=second, milliseconds=300)) for second in range(86400))
    assert set(given.values()) == {86400 // SEEDS}
    assert len(given) == SEEDS


def test_a_persons_order_stays_for_the_day_and_orders_are_given_out_evenly() -> None:
    given = [own_seed(person, DAY) for person in range(1, 6401)]
    assert given == [own_seed(person, DAY) for person in range(1, 6401)]
    shares = [given.count(seed) for seed in range(SEEDS)]
    assert min(shares) > 50
    assert max(shares) < 200


@pytest.mark.parametrize(
    ("text", "number"), [("#12", 12), (" #7 ", 7), ("12", None), ("#", None), ("#-1", None), ("#" + "9" * 12, None)]
)
def test_a_number_is_searched_with_its_sign(text: str, number: int | None) -> None:
    assert searched_number(text) == number


def test_a_search_is_at_most_eight_words() -> None:
    assert search_words("Bus & tram | 'ñandú' :*") == ("bus", "tram", "ñandú")
    assert len(search_words("a " * 50)) == 8


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("bus", "bus", 0), ("bench", "bnech", 1), ("bench", "benhc", 1), ("library", "libary", 1), ("", "abc", 3)],
)
def test_slips_are_counted_as_people_make_them(one: str, other: str, number: int) -> None:
    assert slips(one, other) == slips(other, one) == number


KNOWN = [Known("benches", 9), Known("beaches", 2), Known("library", 4), Known("libraries", 1), Known("peatones", 3)]


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("bennches", "benches"),
        ("beches", "benches"),
        ("libary", "library"),
        ("biblary", "library"),
        ("peatnoes", "peatones"),
        ("PEATÓNES", ""),
        ("benches", ""),
        ("lib", ""),
        ("zeppelin", ""),
    ],
)
def test_a_mistyped_word_is_put_right_and_a_known_one_left_alone(word: str, right: str) -> None:
    assert meant(word, KNOWN) == right


@pytest.mark.parametrize(
    ("text", "search", "query", "marked"),
    [
        ("Walking is a walk", "walk", "'walk' | 'walk':*", ["Walking", "walk"]),
        ("Más calles, más árboles", "mas arbol", "'mas' & 'arbol':*", ["Más", "más", "árboles"]),
        ("The quietest rooms", "quieter roo", "'quieter' | 'quiet' & 'roo':*", ["quietest", "rooms"]),
        ("A car, a cartographer", "car bus", "'car' & 'bus':*", ["car"]),
        ("Nothing here", "bus", "'bus':*", []),
    ],
)
def test_what_was_searched_for_is_marked_in_every_form(text: str, search: str, query: str, marked: list[str]) -> None:
    found = spans(text, search_words(search), stems_in(query))
    assert [text[start:end] for start, end in found] == marked


def test_the_piece_of_a_long_text_shows_the_words_found() -> None:
    text = f"{'Much to read. ' * 40}Then a bus comes at last. {'More follows. ' * 40}"
    found = spans(text, ["bus"], frozenset())
    start, end = piece(text, found)
    assert "Then a bus comes at last." in text[start:end]
    assert end - start <= 220
    assert text[start - 1] == text[end] == " "
