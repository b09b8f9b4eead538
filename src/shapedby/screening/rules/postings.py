"""What a text is, who can see it, and what can become of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shapedby.spam.rules import Verdict

if TYPE_CHECKING:
    from shapedby.screening.rules.sameness import Same
    from shapedby.spam.rules import Score


class Kind(StrEnum):
    """What a text is."""

    IDEA = "idea"
    COMMENT = "comment"
    VERSION = "version"
    """Other words for an idea that is public; it stays so while they are checked."""
    NAME = "name"
    ABOUT_ME = "about_me"


class Publicity(StrEnum):
    """Who can see a text."""

    DRAFT = "draft"
    HELD = "held"
    PUBLIC = "public"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"
    """Quarantined for thirty days, and then its words and every personal detail were removed."""


class RaisedBy(StrEnum):
    """What opened a case."""

    CLASSIFIER = "classifier"
    BEHAVIOUR = "behaviour"
    RULE = "rule"
    REPORT = "report"
    MISSING_CHECK = "missing_check"
    PICTURES = "pictures"
    """Pictures of a public text that nobody has looked at."""
    APPEAL = "appeal"
    SUSPENSION = "suspension"
    """Its author is suspended; such a case is decided in the moment in which it opens."""


class CaseState(StrEnum):
    """Whether a case waits, was decided, or has nothing left to decide."""

    OPEN = "open"
    ASKED = "asked"
    """Its author was asked to change the text; it is open again when they have."""
    DECIDED = "decided"
    DROPPED = "dropped"


class Held(StrEnum):
    """Why a text waits for a check; authors are told only that it waits."""

    LOOKS_LIKE_SPAM = "looks_like_spam"
    CONTACT_DETAILS = "contact_details"
    YOUNG_AUTHOR = "young_author"
    REFUSED_BEFORE = "refused_before"
    ASKED_BEFORE = "asked_before"
    NO_CLASSIFIER = "no_classifier"
    BEHAVES_LIKE_SPAM = "behaves_like_spam"
    FIRST_POST = "first_post"
    OUT_OF_HOURS = "out_of_hours"
    LISTED_WORD = "listed_word"
    LISTED_DOMAIN = "listed_domain"
    HELD_CHALLENGE = "held_challenge"


class Why(StrEnum):
    """Why a text cannot become what was asked."""

    NOT_NOW = "not_now"
    NO_SUCH_PASSAGE = "no_such_passage"
    NO_REASON = "no_reason"
    RULES_CHANGED = "rules_changed"


@dataclass(frozen=True, slots=True)
class Examined:
    """What the check of a text found; ``score`` is None where no check could be made."""

    score: Score | None
    contacts: bool = False
    weights: str = ""
    same: Same | None = None
    """What the text can be found again by; None where behaviour is not looked at, as for imports."""

    @property
    def clean(self) -> bool:
        return self.score is not None and self.score.verdict is Verdict.PUBLISH


_AFTER: dict[Publicity, frozenset[Publicity]] = {
    Publicity.DRAFT: frozenset({Publicity.HELD, Publicity.PUBLIC, Publicity.QUARANTINED, Publicity.WITHDRAWN}),
    Publicity.HELD: frozenset({Publicity.PUBLIC, Publicity.REFUSED, Publicity.QUARANTINED, Publicity.WITHDRAWN}),
    Publicity.PUBLIC: frozenset({Publicity.HELD, Publicity.HIDDEN, Publicity.QUARANTINED, Publicity.WITHDRAWN}),
    Publicity.REFUSED: frozenset({Publicity.HELD, Publicity.PUBLIC, Publicity.QUARANTINED, Publicity.WITHDRAWN}),
    Publicity.QUARANTINED: frozenset(
        {
            Publicity.HELD,
            Publicity.PUBLIC,
            Publicity.REFUSED,
            Publicity.HIDDEN,
            Publicity.WITHDRAWN,
            Publicity.DELETED,
        }
    ),
    Publicity.HIDDEN: frozenset({Publicity.HELD, Publicity.PUBLIC, Publicity.WITHDRAWN}),
    Publicity.WITHDRAWN: frozenset(),
    Publicity.DELETED: frozenset(),
}

_SENDABLE = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.PUBLIC, Publicity.REFUSED, Publicity.HIDDEN})


def why_not_become(before: Publicity, after: Publicity) -> Why | None:
    """Say why a text cannot go from one publicity to another; None where it can."""
    return None if after in _AFTER[before] else Why.NOT_NOW


def why_not_send(before: Publicity) -> Why | None:
    """Say why a text cannot be sent, or sent again in new words; None where it can."""
    return None if before in _SENDABLE else Why.NOT_NOW


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that nobody may read any more, and what stands in their place; capitals and spaces may differ."""

    passage: str
    bar: str

    def touches(self, text: str) -> bool:
        """Say whether the words stand in a text."""
        return bool(self.passage.split()) and self._pattern().search(text) is not None

    def of(self, text: str) -> str:
        """Give a text without the words."""
        return self._pattern().sub(lambda _found: self.bar, text) if self.passage.split() else text

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(r"\s+".join(re.escape(word) for word in self.passage.split()), re.IGNORECASE)
