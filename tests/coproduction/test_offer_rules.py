"""Who may offer something, and what can become of an offer."""

import pytest

from shapedby.coproduction.rules.offers import AFTER, MOST_OPEN, OfferState, WhyNoOffer, why_not_become, why_not_offer
from shapedby.kernel import Actor, Role

ADULT, YOUNG = Actor(person=1, role=Role.RESIDENT), Actor(person=2, role=Role.RESIDENT, young=True)


@pytest.mark.parametrize(
    ("actor", "project_open", "undecided", "why"),
    [
        (ADULT, True, 0, None),
        (ADULT, True, MOST_OPEN - 1, None),
        (ADULT, True, MOST_OPEN, WhyNoOffer.TOO_MANY),
        (ADULT, False, 0, WhyNoOffer.PROJECT_CLOSED),
        (YOUNG, True, 0, WhyNoOffer.TOO_YOUNG),
    ],
)
def test_somebody_may_offer_something(
    actor: Actor, *, project_open: bool, undecided: int, why: WhyNoOffer | None
) -> None:
    assert why_not_offer(actor, project_open=project_open, undecided=undecided) is why


@pytest.mark.parametrize("before", OfferState)
@pytest.mark.parametrize("after", OfferState)
def test_an_offer_changes_only_as_the_table_says(before: OfferState, after: OfferState) -> None:
    assert (why_not_become(before, after) is None) is (after in AFTER[before])


def test_what_was_taken_back_or_done_stays_so() -> None:
    assert {state for state in OfferState if not AFTER[state]} == {OfferState.WITHDRAWN, OfferState.ENDED}
