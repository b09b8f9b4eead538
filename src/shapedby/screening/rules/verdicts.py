"""The verdict: one function of what the text says, how it came, and the site's rules.

Three bands. **Publish**: nothing speaks against it. **Hold**: a person looks first. **Quarantine**: almost certainly
spam; it is listed apart, its author is told and can ask us to look, and it is deleted after thirty days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from shapedby.screening.rules.behaviour import Behaved, points_of
from shapedby.screening.rules.postings import Examined, Held, Kind, Publicity, RaisedBy
from shapedby.spam.rules import Verdict

BEHAVES_FROM = 3.0
"""Points of behaviour, in log-odds, that hold a text whatever it says."""
QUARANTINE_FROM = 0.98
"""The calibrated probability from which a text can be quarantined, where the classifier names no band of its own."""
WITNESS_FROM = 0.5
"""Points of behaviour without which nothing is quarantined: words and behaviour must agree."""
QUARANTINE_DAYS = 30
_SURE = 1e-6
_REFUSED_BEFORE = frozenset({Publicity.REFUSED, Publicity.HIDDEN})
_QUARANTINED_KINDS = frozenset({Kind.IDEA, Kind.COMMENT})
"""A name and words about oneself belong to an account that stays: a person looks, and another can be chosen."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a text, with every reason; no reason means public."""

    publicity: Publicity
    held: tuple[Held, ...] = ()


def judge(
    kind: Kind,
    before: Publicity,
    examined: Examined,
    behaved: Iterable[Behaved] = (),
    also: Iterable[Held] = (),
    *,
    young: bool,
    contacts_kept: bool,
    held_before: Iterable[Held] = (),
) -> Judged:
    """Judge a text that was sent: public without a reason against it, quarantined where all agree, else held.

    ``behaved`` are the signs of behaviour, ``also`` what the site's rules and an open question to its author
    hold it for, ``held_before`` the reasons it waits for now, where it is sent again in other words.
    """
    signs = tuple(behaved)
    held = (
        *why_hold(before, examined, signs, young=young, contacts_kept=contacts_kept, held_before=held_before),
        *dict.fromkeys(also),
    )
    if not held:
        return Judged(Publicity.PUBLIC)
    return Judged(Publicity.QUARANTINED if _almost_certain(kind, examined, signs, held) else Publicity.HELD, held)


def why_hold(
    before: Publicity,
    examined: Examined,
    behaved: Iterable[Behaved] = (),
    *,
    young: bool,
    contacts_kept: bool,
    held_before: Iterable[Held] = (),
) -> tuple[Held, ...]:
    """Give every reason of the text, its author and their behaviour for which a person must look first."""
    found = {
        Held.LOOKS_LIKE_SPAM: examined.score is not None and not examined.clean,
        Held.BEHAVES_LIKE_SPAM: behaves(examined, behaved),
        Held.CONTACT_DETAILS: contacts_kept or examined.contacts,
        Held.YOUNG_AUTHOR: young,
        # Else a refused text would be published by changing a letter until the classifier misses it.
        Held.REFUSED_BEFORE: before in _REFUSED_BEFORE or Held.REFUSED_BEFORE in tuple(held_before),
        Held.NO_CLASSIFIER: examined.score is None,
    }
    return tuple(reason for reason, applies in found.items() if applies)


def behaves(examined: Examined, behaved: Iterable[Behaved]) -> bool:
    """Say whether behaviour holds a text: alone, or by lifting what its words say over the threshold."""
    points = points_of(behaved)
    if points >= BEHAVES_FROM:
        return True
    score = examined.score
    if score is None or not points or not examined.clean:
        return False
    return log_odds(score.probability) + points >= log_odds(score.threshold)


def log_odds(probability: float) -> float:
    """Give the log-odds of a probability, kept finite."""
    inside = min(max(probability, _SURE), 1 - _SURE)
    return log(inside / (1 - inside))


def _almost_certain(kind: Kind, examined: Examined, behaved: Iterable[Behaved], held: Iterable[Held]) -> bool:
    score = examined.score
    spared = {Held.YOUNG_AUTHOR, Held.NO_CLASSIFIER, Held.REFUSED_BEFORE, Held.ASKED_BEFORE}
    if score is None or kind not in _QUARANTINED_KINDS or spared.intersection(held):
        return False
    says_so = score.verdict is Verdict.QUARANTINE or (
        score.verdict is Verdict.HOLD and score.probability >= QUARANTINE_FROM
    )
    return says_so and points_of(behaved) >= WITNESS_FROM


def judge_later(before: Iterable[Held], examined: Examined, behaved: Iterable[Behaved]) -> Judged:
    """Judge a text anew once the check that was missing has been made: public, or held for what is left.

    It is never quarantined so late: its author was told that a person reads it.
    """
    kept = [reason for reason in before if reason not in {Held.NO_CLASSIFIER, Held.BEHAVES_LIKE_SPAM}]
    if behaves(examined, behaved):
        kept.insert(0, Held.BEHAVES_LIKE_SPAM)
    if not examined.clean:
        kept.insert(0, Held.LOOKS_LIKE_SPAM)
    return Judged(Publicity.HELD if kept else Publicity.PUBLIC, tuple(kept))


def raised_by(held: Iterable[Held]) -> RaisedBy:
    """Name what opens the case: words, then behaviour, then rules; a missing check only where it is alone."""
    reasons = set(held)
    if Held.LOOKS_LIKE_SPAM in reasons:
        return RaisedBy.CLASSIFIER
    if Held.BEHAVES_LIKE_SPAM in reasons:
        return RaisedBy.BEHAVIOUR
    return RaisedBy.MISSING_CHECK if reasons == {Held.NO_CLASSIFIER} else RaisedBy.RULE
