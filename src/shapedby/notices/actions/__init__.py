"""What slices do to tell people things, and what people do about it; see ``shapedby.notices`` for how to use it."""

from shapedby.notices.actions.choosing import choose, start_again, stop
from shapedby.notices.actions.delivering import deliver
from shapedby.notices.actions.following import (
    Described,
    describe,
    described,
    described_follows,
    follow,
    listen,
    offered,
    unfollow,
)
from shapedby.notices.actions.forgetting import forget, forget_old
from shapedby.notices.actions.telling import audience, hears, tell, tell_all
from shapedby.notices.queries.following import follows, topic_of
from shapedby.notices.rules import About, How, Kind

__all__ = [
    "About",
    "Described",
    "How",
    "Kind",
    "audience",
    "choose",
    "deliver",
    "describe",
    "described",
    "described_follows",
    "follow",
    "follows",
    "forget",
    "forget_old",
    "hears",
    "listen",
    "offered",
    "start_again",
    "stop",
    "tell",
    "tell_all",
    "topic_of",
    "unfollow",
]
