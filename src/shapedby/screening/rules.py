"""Whether a text may be seen by everybody at once, and what can become of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shapedby.spam.rules import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapedby.spam.rules import Score


class Kind(StrEnum):
    """What a text is."""

    IDEA = "idea"
    COMMENT = "comment"
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


class RaisedBy(StrEnum):
    """What opened a case."""

    CLASSIFIER = "classifier"
    RULE = "rule"
    REPORT = "report"
    MISSING_CHECK = "missing_check"


class CaseState(StrEnum):
    """Whether a case waits, was decided, or has nothing left to decide."""

    OPEN = "open"
    DECIDED = "decided"
    DROPPED = "dropped"


class Held(StrEnum):
    """Why a text waits for a check; authors are told only that it waits."""

    LOOKS_LIKE_SPAM = "looks_like_spam"
    CONTACT_DETAILS = "contact_details"
    YOUNG_AUTHOR = "young_author"
    REFUSED_BEFORE = "refused_before"
    NO_CLASSIFIER = "no_classifier"


class Why(StrEnum):
    """Why a text cannot become what was asked."""

    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Examined:
    """What the check of a text found; ``score`` is None where no check could be made."""

    score: Score | None
    contacts: bool = False
    weights: str = ""

    @property
    def clean(self) -> bool:
        return self.score is not None and self.score.verdict is Verdict.PUBLISH


_AFTER: dict[Publicity, frozenset[Publicity]] = {
    Publicity.DRAFT: frozenset({Publicity.HELD, Publicity.PUBLIC, Publicity.WITHDRAWN}),
    Publicity.HELD: frozenset({Publicity.PUBLIC, Publicity.REFUSED, Publicity.QUARANTINED, Publicity.WITHDRAWN}),
    Publicity.PUBLIC: frozenset({Publicity.HELD, Publicity.HIDDEN, Publicity.QUARANTINED, Publicity.WITHDRAWN}),
    Publicity.REFUSED: frozenset({Publicity.HELD, Publicity.PUBLIC, Publicity.WITHDRAWN}),
    Publicity.QUARANTINED: frozenset({Publicity.PUBLIC, Publicity.REFUSED, Publicity.HIDDEN, Publicity.WITHDRAWN}),
    Publicity.HIDDEN: frozenset({Publicity.HELD, Publicity.PUBLIC, Publicity.WITHDRAWN}),
    Publicity.WITHDRAWN: frozenset(),
}

_SENDABLE = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.PUBLIC, Publicity.REFUSED, Publicity.HIDDEN})
_REFUSED_BEFORE = frozenset({Publicity.REFUSED, Publicity.HIDDEN})


def why_not_become(before: Publicity, after: Publicity) -> Why | None:
    """Say why a text cannot go from one publicity to another; None where it can."""
    return None if after in _AFTER[before] else Why.NOT_NOW


def why_not_send(before: Publicity) -> Why | None:
    """Say why a text cannot be sent, or sent again in new words; None where it can."""
    return None if before in _SENDABLE else Why.NOT_NOW


def why_hold(
    before: Publicity, examined: Examined, *, young: bool, contacts_kept: bool, held_before: Iterable[Held] = ()
) -> tuple[Held, ...]:
    """Give every reason why a text must wait for a person; none means that it is public at once.

    ``held_before`` are the reasons it waits for now, where its author sends it again in other words.
    """
    found = {
        Held.LOOKS_LIKE_SPAM: examined.score is not None and not examined.clean,
        Held.CONTACT_DETAILS: contacts_kept or examined.contacts,
        Held.YOUNG_AUTHOR: young,
        # Else a refused text would be published by changing a letter until the classifier misses it.
        Held.REFUSED_BEFORE: before in _REFUSED_BEFORE or Held.REFUSED_BEFORE in tuple(held_before),
        Held.NO_CLASSIFIER: examined.score is None,
    }
    return tuple(reason for reason, applies in found.items() if applies)


def why_hold_still(before: Iterable[Held], examined: Examined) -> tuple[Held, ...]:
    """Give the reasons that are left once the check that was missing has been made."""
    kept = [reason for reason in before if reason is not Held.NO_CLASSIFIER]
    return tuple(kept) if examined.clean else (Held.LOOKS_LIKE_SPAM, *kept)


def raised_by(held: Iterable[Held]) -> RaisedBy:
    """Name what opens the case: the classifier before the rules, a missing check only where it is alone."""
    reasons = set(held)
    if Held.LOOKS_LIKE_SPAM in reasons:
        return RaisedBy.CLASSIFIER
    return RaisedBy.MISSING_CHECK if reasons == {Held.NO_CLASSIFIER} else RaisedBy.RULE
