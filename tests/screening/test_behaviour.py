from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapedby.screening.rules import (
    Behaved,
    Examined,
    Facts,
    Held,
    Kind,
    Publicity,
    Sign,
    behaviour,
    judge,
    judge_later,
    points_of,
    same_of,
)
from shapedby.spam.rules import Score, Verdict

FACTS = st.builds(
    Facts,
    account_hours=st.floats(0, 10_000),
    links=st.integers(0, 5),
    posts_in_hour=st.integers(0, 50),
    same_by_author=st.integers(0, 9),
    same_by_others=st.integers(0, 20),
    link_stopped=st.integers(0, 9),
    link_by_newcomers=st.integers(0, 9),
    copied=st.booleans(),
    profile_sells=st.booleans(),
)


def examined(probability: float, threshold: float = 0.6) -> Examined:
    verdict = Verdict.HOLD if probability >= threshold else Verdict.PUBLISH
    return Examined(Score(probability, verdict, threshold, (), 0.0))


@pytest.mark.parametrize(
    ("facts", "signs"),
    [
        (Facts(), {}),
        (Facts(account_hours=1), {}),
        (Facts(account_hours=1, links=1), {Sign.NEW_WITH_LINK: 0.5}),
        (Facts(account_hours=25, links=1), {}),
        (Facts(posts_in_hour=5), {}),
        (Facts(posts_in_hour=6), {Sign.MANY_POSTS: 0.5}),
        (Facts(posts_in_hour=20), {Sign.MANY_POSTS: 3.0}),
        (Facts(same_by_author=1), {Sign.SAME_AGAIN: 1.0}),
        (Facts(same_by_author=3), {Sign.SAME_AGAIN: 3.0}),
        (Facts(same_by_others=2), {}),
        (Facts(same_by_others=50), {Sign.SAME_BY_OTHERS: 1.0}),
        (Facts(same_by_others=2, links=1), {Sign.SAME_BY_OTHERS: 3.0}),
        (Facts(link_stopped=1, links=1), {Sign.LINK_STOPPED: 1.5}),
        (Facts(link_by_newcomers=4, links=1), {Sign.LINK_BY_NEWCOMERS: 3.0}),
        (Facts(copied=True), {}),
        (Facts(copied=True, links=1), {Sign.COPIED: 3.0}),
        (Facts(profile_sells=True), {Sign.PROFILE_SELLS: 2.0}),
    ],
)
def test_each_sign_has_its_own_points(facts: Facts, signs: dict[Sign, float]) -> None:
    assert {one.sign: one.points for one in behaviour(facts)} == signs


@given(facts=FACTS)
def test_behaviour_never_speaks_for_a_text_and_the_heaviest_comes_first(facts: Facts) -> None:
    points = [one.points for one in behaviour(facts)]
    assert all(point > 0 for point in points)
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize(
    ("probability", "points", "kind", "publicity", "held"),
    [
        (0.1, 0.0, Kind.COMMENT, Publicity.PUBLIC, ()),
        (0.1, 1.0, Kind.COMMENT, Publicity.PUBLIC, ()),
        (0.5, 0.5, Kind.COMMENT, Publicity.HELD, (Held.BEHAVES_LIKE_SPAM,)),
        (0.1, 3.0, Kind.COMMENT, Publicity.HELD, (Held.BEHAVES_LIKE_SPAM,)),
        (0.7, 0.0, Kind.COMMENT, Publicity.HELD, (Held.LOOKS_LIKE_SPAM,)),
        (0.99, 0.0, Kind.COMMENT, Publicity.HELD, (Held.LOOKS_LIKE_SPAM,)),
        (0.97, 2.0, Kind.COMMENT, Publicity.HELD, (Held.LOOKS_LIKE_SPAM,)),
        (0.99, 0.5, Kind.COMMENT, Publicity.QUARANTINED, (Held.LOOKS_LIKE_SPAM,)),
        (0.99, 0.5, Kind.IDEA, Publicity.QUARANTINED, (Held.LOOKS_LIKE_SPAM,)),
        (0.99, 3.0, Kind.NAME, Publicity.HELD, (Held.LOOKS_LIKE_SPAM, Held.BEHAVES_LIKE_SPAM)),
    ],
)
def test_the_verdict_is_one_function_of_words_and_behaviour(
    probability: float, points: float, kind: Kind, publicity: Publicity, held: tuple[Held, ...]
) -> None:
    signs = (Behaved(Sign.MANY_POSTS, points, 9),) if points else ()
    judged = judge(kind, Publicity.DRAFT, examined(probability), signs, young=False, contacts_kept=False)
    assert (judged.publicity, judged.held) == (publicity, held)


@pytest.mark.parametrize(
    ("young", "before", "asked"),
    [
        (True, Publicity.DRAFT, ()),
        (False, Publicity.REFUSED, ()),
        (False, Publicity.HELD, (Held.ASKED_BEFORE,)),
    ],
    ids=["young", "refused before", "asked to change it"],
)
def test_what_a_person_has_to_read_is_never_quarantined(
    *, young: bool, before: Publicity, asked: tuple[Held, ...]
) -> None:
    signs = (Behaved(Sign.COPIED, 3.0),)
    judged = judge(Kind.COMMENT, before, examined(0.999), signs, asked, young=young, contacts_kept=False)
    assert judged.publicity is Publicity.HELD


@given(facts=FACTS, kind=st.sampled_from(Kind), before=st.sampled_from(Publicity))
def test_without_a_check_nothing_is_published_and_nothing_is_quarantined(
    facts: Facts, kind: Kind, before: Publicity
) -> None:
    judged = judge(kind, before, Examined(None), behaviour(facts), young=False, contacts_kept=False)
    assert judged.publicity is Publicity.HELD


@given(facts=FACTS, probability=st.floats(0, 1))
def test_more_points_never_make_a_text_freer(facts: Facts, probability: float) -> None:
    order = [Publicity.PUBLIC, Publicity.HELD, Publicity.QUARANTINED]
    text = examined(probability)
    plain = judge(Kind.IDEA, Publicity.DRAFT, text, (), young=False, contacts_kept=False)
    behaved = judge(Kind.IDEA, Publicity.DRAFT, text, behaviour(facts), young=False, contacts_kept=False)
    assert order.index(behaved.publicity) >= order.index(plain.publicity)


def test_a_late_check_weighs_behaviour_too() -> None:
    signs = (Behaved(Sign.COPIED, 3.0),)
    assert judge_later([Held.NO_CLASSIFIER], examined(0.1), signs).held == (Held.BEHAVES_LIKE_SPAM,)
    assert points_of(signs) == 3.0


def test_the_same_words_are_found_whatever_their_link_and_their_dress() -> None:
    first = same_of("We would love a bench halfway up Mill Hill, please.")
    second = same_of("we would LOVE a b\u0435nch halfway up   Mill Hill please https://shop.example/a?b=1")
    assert first.words == second.words != ""
    assert (first.hosts, second.hosts) == ((), ("shop.example",))


def test_short_words_are_everybodys() -> None:
    assert same_of("Good idea, I agree!").words == ""
    assert same_of("Good idea, I agree!").phrases == ()


def test_who_quotes_somebody_has_not_copied_them() -> None:
    said = "The bench halfway up Mill Hill should face the sea."
    assert set(same_of(said).phrases) <= set(same_of(f"{said} And it needs a back.").phrases)
    assert same_of(f"> {said}\n\nI agree").phrases == ()
