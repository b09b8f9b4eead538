from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapedby.screening.rules import (
    Examined,
    Held,
    Publicity,
    RaisedBy,
    Why,
    judge_later,
    raised_by,
    why_hold,
    why_not_become,
    why_not_send,
)
from shapedby.spam.rules import Score, Verdict

CLEAN = Examined(Score(0.01, Verdict.PUBLISH, 0.2, (), -4.6))
SPAM = Examined(Score(0.97, Verdict.HOLD, 0.2, (), 3.5))
UNKNOWN = Examined(None)
WITH_CONTACTS = Examined(CLEAN.score, contacts=True)


@pytest.mark.parametrize(
    ("examined", "young", "kept", "before", "held"),
    [
        (CLEAN, False, False, Publicity.DRAFT, ()),
        (SPAM, False, False, Publicity.DRAFT, (Held.LOOKS_LIKE_SPAM,)),
        (UNKNOWN, False, False, Publicity.DRAFT, (Held.NO_CLASSIFIER,)),
        (CLEAN, True, False, Publicity.DRAFT, (Held.YOUNG_AUTHOR,)),
        (CLEAN, False, True, Publicity.DRAFT, (Held.CONTACT_DETAILS,)),
        (WITH_CONTACTS, False, False, Publicity.DRAFT, (Held.CONTACT_DETAILS,)),
        (CLEAN, False, False, Publicity.REFUSED, (Held.REFUSED_BEFORE,)),
        (CLEAN, False, False, Publicity.HIDDEN, (Held.REFUSED_BEFORE,)),
        (SPAM, True, True, Publicity.PUBLIC, (Held.LOOKS_LIKE_SPAM, Held.CONTACT_DETAILS, Held.YOUNG_AUTHOR)),
    ],
)
def test_a_text_is_public_at_once_only_where_nothing_speaks_against_it(
    *,
    examined: Examined,
    young: bool,
    kept: bool,
    before: Publicity,
    held: tuple[Held, ...],
) -> None:
    assert why_hold(before, examined, young=young, contacts_kept=kept) == held


def test_a_refused_text_waits_however_often_it_is_sent_again() -> None:
    again = why_hold(
        Publicity.HELD, CLEAN, young=False, contacts_kept=False, held_before=(Held.REFUSED_BEFORE, Held.LOOKS_LIKE_SPAM)
    )
    assert again == (Held.REFUSED_BEFORE,)


@given(
    examined=st.sampled_from([UNKNOWN, SPAM]),
    young=st.booleans(),
    kept=st.booleans(),
    before=st.sampled_from(Publicity),
)
def test_nothing_is_published_without_a_clean_check(
    *,
    examined: Examined,
    young: bool,
    kept: bool,
    before: Publicity,
) -> None:
    assert why_hold(before, examined, young=young, contacts_kept=kept)


@pytest.mark.parametrize(
    ("held", "raised"),
    [
        ([Held.NO_CLASSIFIER], RaisedBy.MISSING_CHECK),
        ([Held.NO_CLASSIFIER, Held.YOUNG_AUTHOR], RaisedBy.RULE),
        ([Held.CONTACT_DETAILS, Held.LOOKS_LIKE_SPAM], RaisedBy.CLASSIFIER),
    ],
)
def test_a_case_says_what_raised_it(held: list[Held], raised: RaisedBy) -> None:
    assert raised_by(held) is raised


def test_a_check_made_later_leaves_the_other_reasons() -> None:
    assert judge_later([Held.NO_CLASSIFIER], CLEAN, ()).publicity is Publicity.PUBLIC
    assert judge_later([Held.YOUNG_AUTHOR, Held.NO_CLASSIFIER], CLEAN, ()).held == (Held.YOUNG_AUTHOR,)
    assert judge_later([Held.NO_CLASSIFIER], SPAM, ()).held == (Held.LOOKS_LIKE_SPAM,)


def test_what_was_withdrawn_never_comes_back() -> None:
    assert all(why_not_become(Publicity.WITHDRAWN, after) is Why.NOT_NOW for after in Publicity)
    assert why_not_send(Publicity.WITHDRAWN) is Why.NOT_NOW


def test_everything_can_be_withdrawn_and_nothing_becomes_what_it_is() -> None:
    for before in Publicity:
        assert why_not_become(before, before) is Why.NOT_NOW
        if before not in {Publicity.WITHDRAWN, Publicity.DELETED}:
            assert why_not_become(before, Publicity.WITHDRAWN) is None
