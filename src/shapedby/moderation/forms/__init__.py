"""What moderators and reporters type, and the words for what moderation knows."""

from shapedby.moderation.forms.deciding import (
    FEATURES,
    MOST_NOTE,
    MOST_WORDS,
    VERSION_LENGTH,
    decided,
    reported,
    screening_words,
)

__all__ = [
    "FEATURES",
    "MOST_NOTE",
    "MOST_WORDS",
    "VERSION_LENGTH",
    "decided",
    "reported",
    "screening_words",
]
