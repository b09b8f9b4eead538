"""The second score: not what a text says but how it came. Pure; its facts are gathered by one query.

Every sign adds points, in log-odds like the classifier's reasons, so that the two can be added. No sign takes any
away: good behaviour never excuses a text. The weights are set by hand and explained in docs/moderation.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """Something about how a text came that speaks for spam."""

    NEW_WITH_LINK = "new_with_link"
    MANY_POSTS = "many_posts"
    SAME_AGAIN = "same_again"
    SAME_BY_OTHERS = "same_by_others"
    LINK_STOPPED = "link_stopped"
    LINK_BY_NEWCOMERS = "link_by_newcomers"
    COPIED = "copied"
    PROFILE_SELLS = "profile_sells"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an author and of texts like this one, in the last ninety days.

    ``same_by_others`` counts other people who wrote the same words; ``link_stopped`` counts texts with the same link
    that were held as spam, refused, hidden or quarantined; ``link_by_newcomers`` counts other people of less than a
    week who posted it in the last week. Links that two established people have in public texts count nowhere.
    """

    account_hours: float = 10_000.0
    links: int = 0
    posts_in_hour: int = 0
    same_by_author: int = 0
    same_by_others: int = 0
    link_stopped: int = 0
    link_by_newcomers: int = 0
    copied: bool = False
    profile_sells: bool = False


@dataclass(frozen=True, slots=True)
class Behaved:
    """One sign with its points; ``count`` is what it counted, 0 where there is nothing to count."""

    sign: Sign
    points: float
    count: int = 0


NEW_HOURS = 24
Steps = tuple[tuple[int, float], ...]
"""From how many on a sign has how many points; the last that applies counts."""
POSTS: Steps = ((6, 0.5), (12, 1.5), (20, 3.0))
AGAIN: Steps = ((1, 1.0), (2, 2.0), (3, 3.0))
OTHERS: Steps = ((1, 1.5), (2, 3.0))
OTHERS_WITHOUT_LINK: Steps = ((3, 0.5), (10, 1.0))
"""Neighbours who send the same letter are a campaign, not spam: without a link that never holds a text alone."""
STOPPED: Steps = ((1, 1.5), (2, 3.0))
NEWCOMERS: Steps = ((1, 0.5), (2, 1.5), (4, 3.0))
NEW_POINTS, COPIED_POINTS, PROFILE_POINTS = 0.5, 3.0, 2.0


def behaviour(facts: Facts) -> tuple[Behaved, ...]:
    """Give every sign that applies, the heaviest first."""
    linked = facts.links > 0
    found = [
        Behaved(Sign.NEW_WITH_LINK, NEW_POINTS if linked and facts.account_hours < NEW_HOURS else 0.0),
        _counted(Sign.MANY_POSTS, facts.posts_in_hour, POSTS),
        _counted(Sign.SAME_AGAIN, facts.same_by_author, AGAIN),
        _counted(Sign.SAME_BY_OTHERS, facts.same_by_others, OTHERS if linked else OTHERS_WITHOUT_LINK),
        _counted(Sign.LINK_STOPPED, facts.link_stopped, STOPPED),
        _counted(Sign.LINK_BY_NEWCOMERS, facts.link_by_newcomers, NEWCOMERS),
        Behaved(Sign.COPIED, COPIED_POINTS if linked and facts.copied else 0.0),
        Behaved(Sign.PROFILE_SELLS, PROFILE_POINTS if facts.profile_sells else 0.0),
    ]
    return tuple(sorted((one for one in found if one.points), key=lambda one: -one.points))


def points_of(behaved: Iterable[Behaved]) -> float:
    """Add the points up."""
    return sum(one.points for one in behaved)


def _counted(sign: Sign, count: int, steps: Steps) -> Behaved:
    return Behaved(sign, max((points for least, points in steps if count >= least), default=0.0), count)
