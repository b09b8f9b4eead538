"""All SQL of notices: ``following``, ``choosing`` how to hear, ``telling`` who is to be told."""

from shapedby.notices.queries.choosing import Reachable, choices, reachable
from shapedby.notices.queries.following import Follow, followed, followers, follows
from shapedby.notices.queries.keeping import Kept, kept_of

__all__ = ["Follow", "Kept", "Reachable", "choices", "followed", "followers", "follows", "kept_of", "reachable"]
