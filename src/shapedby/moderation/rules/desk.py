"""What moderators do at the desk beside deciding, and which cases they look at: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapedby.kernel import Actor
from shapedby.moderation.rules.deciding import BECOMES, Act, Facts, Why, why_stale
from shapedby.screening.rules import CaseState, Cut, Kind, Publicity, RaisedBy

SHORTEST_PASSAGE = 2


class Whose(StrEnum):
    """Whose cases a moderator looks at."""

    OURS = "ours"
    """Mine, and those that were handed to nobody."""
    MINE = "mine"
    ALL = "all"


class Age(StrEnum):
    """How long a case has waited."""

    ANY = "any"
    TODAY = "today"
    DAYS = "days"
    WEEK = "week"


HOURS: dict[Age, tuple[int, int]] = {
    Age.ANY: (0, 1_000_000),
    Age.TODAY: (0, 24),
    Age.DAYS: (24, 168),
    Age.WEEK: (168, 1_000_000),
}
"""From how many hours to how many."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases a moderator looks at; ``apart`` are those in quarantine."""

    kind: Kind | None = None
    raised_by: RaisedBy | None = None
    age: Age = Age.ANY
    whose: Whose = Whose.OURS
    apart: bool = False
    q: str = ""

    @property
    def in_use(self) -> bool:
        return self != Filter(apart=self.apart)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last decision about a case that has not been undone, and what the text was before it."""

    act: Act
    was: str

    @property
    def before(self) -> Publicity | None:
        return Publicity(self.was) if self.was else None

    @property
    def after(self) -> Publicity | None:
        return BECOMES.get(self.act) or self.before


def why_not_undo(
    actor: Actor, facts: Facts, standing: Undoable | None, seen: str, *, other_case: bool = False
) -> Why | None:
    """Say why the last decision about a case cannot be undone."""
    if facts.state is CaseState.DROPPED:
        return Why.NO_LONGER_WAITS
    if facts.author == actor.person:
        return Why.YOUR_OWN
    if why := why_stale(facts.version, seen):
        return why
    if facts.on_appeal or standing is None or standing.before is None:
        return Why.NOTHING_TO_UNDO
    if facts.publicity is not standing.after:
        return Why.CHANGED_MEANWHILE
    return Why.OTHER_CASE if other_case else None


def why_not_redact(actor: Actor, facts: Facts, cut: Cut, reason: str, seen: str) -> Why | None:
    """Say why a passage cannot be taken out of a text; its reason is public and may not repeat it."""
    if facts.author == actor.person:
        return Why.YOUR_OWN
    if why := why_stale(facts.version, seen):
        return why
    return Why.REASON_REPEATS if cut.touches(reason) else None


def why_not_hand_over(facts: Facts, *, to_colleague: bool) -> Why | None:
    """Say why a case cannot be handed to somebody."""
    if facts.state is not CaseState.OPEN:
        return Why.COLLEAGUE_WAS_FASTER if facts.state is not CaseState.DROPPED else Why.NO_LONGER_WAITS
    return None if to_colleague else Why.NOT_A_COLLEAGUE
