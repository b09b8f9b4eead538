from __future__ import annotations

import pytest

from shapedby.kernel import Actor, Role
from shapedby.moderation.rules import (
    PUBLISHED,
    Act,
    Facts,
    Reason,
    Rule,
    Why,
    acts_for,
    likely_rule,
    report_counts,
    why_not_decide,
)
from shapedby.screening.rules import CaseState, Held, Publicity

MODERATOR = Actor(7, Role.MODERATOR, "Rhea")
HELD = Facts(CaseState.OPEN, Publicity.HELD, author=1, version="v1")
PUBLIC = Facts(CaseState.OPEN, Publicity.PUBLIC, author=1, version="v1")


@pytest.mark.parametrize(
    ("facts", "act", "rule", "seen", "why"),
    [
        (HELD, Act.PUBLISH, None, "v1", None),
        (HELD, Act.REFUSE, Rule.BE_KIND, "v1", None),
        (PUBLIC, Act.KEEP, None, "v1", None),
        (PUBLIC, Act.HIDE, Rule.BE_KIND, "v1", None),
        (HELD, Act.REFUSE, None, "v1", Why.NO_RULE),
        (PUBLIC, Act.HIDE, None, "v1", Why.NO_RULE),
        (PUBLIC, Act.PUBLISH, None, "v1", Why.NOT_THIS_ACT),
        (HELD, Act.HIDE, Rule.BE_KIND, "v1", Why.NOT_THIS_ACT),
        (HELD, Act.PUBLISH, None, "v0", Why.CHANGED_MEANWHILE),
        (Facts(CaseState.DECIDED, Publicity.PUBLIC, 1, "v1"), Act.KEEP, None, "v1", Why.COLLEAGUE_WAS_FASTER),
        (Facts(CaseState.DROPPED, Publicity.PUBLIC, 1, "v1"), Act.KEEP, None, "v1", Why.NO_LONGER_WAITS),
        (Facts(CaseState.OPEN, Publicity.HELD, 7, "v1"), Act.PUBLISH, None, "v1", Why.YOUR_OWN),
        (Facts(CaseState.OPEN, Publicity.WITHDRAWN, 1, "v1"), Act.PUBLISH, None, "v1", Why.NOT_THIS_ACT),
    ],
)
def test_a_case_is_decided_once_by_another_with_a_rule(
    facts: Facts, act: Act, rule: Rule | None, seen: str, why: Why | None
) -> None:
    assert why_not_decide(MODERATOR, facts, act, rule, seen) is why


def test_there_is_always_an_act_that_shows_and_one_that_does_not() -> None:
    assert acts_for(Publicity.HELD)[:2] == acts_for(Publicity.QUARANTINED) == (Act.PUBLISH, Act.REFUSE)
    assert acts_for(Publicity.PUBLIC)[:2] == (Act.KEEP, Act.HIDE)
    assert acts_for(Publicity.WITHDRAWN) == ()


@pytest.mark.parametrize(
    ("reason", "earlier", "counts"),
    [
        (Reason.SPAM, [], True),
        (Reason.SPAM, [Reason.SPAM], False),
        (Reason.INSULT, [Reason.SPAM], False),
        (Reason.DANGER, [Reason.SPAM], True),
        (Reason.DANGER, [Reason.DANGER], False),
        (Reason.SPAM, [Reason.DANGER], False),
    ],
)
def test_reports_of_one_person_count_once(*, reason: Reason, earlier: list[Reason], counts: bool) -> None:
    assert report_counts(reason, earlier) is counts


@pytest.mark.parametrize(
    ("held", "reported", "rule"),
    [
        ([Held.LOOKS_LIKE_SPAM], [], Rule.NO_SELLING),
        ([Held.CONTACT_DETAILS], [], Rule.NO_PERSONAL_DETAILS),
        ([Held.LOOKS_LIKE_SPAM, Held.CONTACT_DETAILS], [], Rule.NO_SELLING),
        ([], [Reason.INSULT, Reason.SPAM, Reason.INSULT], Rule.BE_KIND),
        ([], [Reason.OTHER, Reason.DANGER], None),
        ([Held.YOUNG_AUTHOR], [], None),
    ],
)
def test_the_likely_rule_is_chosen_beforehand(held: list[Held], reported: list[Reason], rule: Rule | None) -> None:
    assert likely_rule(held, reported) is rule


def test_every_rule_is_published_once_with_a_title_and_a_sentence() -> None:
    assert [published.rule for published in PUBLISHED] == list(Rule)
    assert [published.number for published in PUBLISHED] == list(range(1, len(Rule) + 1))
    assert all(published.title and published.sentence.endswith(".") for published in PUBLISHED)
