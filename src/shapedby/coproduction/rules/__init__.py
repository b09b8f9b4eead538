"""What a project may do when: phases, gates, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shapedby.kernel import N_, Actor


class Phase(StrEnum):
    """The four phases; residents read plainer names."""

    PREPARE = "prepare"
    CO_DEFINE = "co_define"
    CO_CREATE = "co_create"
    IMPLEMENT = "implement"

    @property
    def number(self) -> int:
        """Its place in the order, 1 to 4."""
        return PHASES.index(self) + 1

    @property
    def next(self) -> "Phase | None":
        """The phase that follows; none after the last."""
        return PHASES[self.number] if self.number < len(PHASES) else None


PHASES: Sequence[Phase] = tuple(Phase)


class State(StrEnum):
    """Whether a project still works or has an outcome."""

    ACTIVE = "active"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a project ended."""

    STOPPED = "stopped"
    PILOTED = "piloted"
    RUNNING = "running"
    HANDED_OVER = "handed_over"


class Side(StrEnum):
    """Where a member of the team comes from."""

    RESIDENT = "resident"
    STAFF = "staff"
    PARTNER = "partner"


class Part(StrEnum):
    """What a member of the team does in it."""

    HOST = "host"
    CORE_TEAM = "core_team"
    STAKEHOLDER = "stakeholder"
    END_USER = "end_user"
    INVITED_INNOVATOR = "invited_innovator"
    BROKER = "broker"


class SessionKind(StrEnum):
    """What kind of coming together a session is."""

    WORKSHOP = "workshop"
    INTERVIEWS = "interviews"
    MEETING = "meeting"
    VISIT = "visit"


class Why(StrEnum):
    """Why something about a project is not possible."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_SHORTLISTED = "not_shortlisted"
    ALREADY_A_PROJECT = "already_a_project"
    CLOSED = "closed"
    EVIDENCE_MISSING = "evidence_missing"
    NOT_THIS_PHASE = "not_this_phase"
    NO_REASON = "no_reason"
    NOT_LAST_PHASE = "not_last_phase"
    NO_INDICATOR = "no_indicator"
    SESSION_AHEAD = "session_ahead"
    COLLEAGUE_WAS_FASTER = "colleague_was_faster"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a phase must show before the next, as it stands now."""

    phase: Phase
    needed: int
    shown: int

    @property
    def open(self) -> bool:
        """Whether everything that was asked for is shown."""
        return self.shown >= self.needed > 0


EVIDENCE: Mapping[Phase, Sequence[str]] = {
    Phase.PREPARE: (
        N_("A host and a core team are named"),
        N_("The team has had its training, and when is written down"),
        N_("What is already known is collected for everybody to read"),
        N_("The question that the project works on is agreed"),
    ),
    Phase.CO_DEFINE: (
        N_("The people it concerns have been interviewed"),
        N_("A workshop about the problem was held"),
        N_("One short definition of the problem is agreed"),
    ),
    Phase.CO_CREATE: (
        N_("A workshop of one or more days was held"),
        N_("People with fresh ideas were invited and came"),
        N_("At least two answers were compared"),
        N_("One answer was tried out with the people who will use it"),
    ),
    Phase.IMPLEMENT: (
        N_("A pilot was planned and run"),
        N_("What it costs and who pays is agreed"),
        N_("Who will run it from now on is named"),
        N_("What changed was measured with the people it concerns"),
    ),
}
"""The gates a project starts with; its host can change the list."""


def why_not_work(actor: Actor, state: State) -> Why | None:
    """Say why this person may not change this project, or nothing."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    return Why.CLOSED if state is State.CLOSED else None


def why_not_pass(actor: Actor, state: State, *, phase: Phase, gate: Gate) -> Why | None:
    """Say why a project may not leave ``phase`` by its gate, or nothing."""
    why = why_not_work(actor, state)
    if why:
        return why
    if gate.phase is not phase or phase.next is None:
        return Why.NOT_THIS_PHASE
    return None if gate.open else Why.EVIDENCE_MISSING


def why_not_close(
    actor: Actor, state: State, *, phase: Phase, gate: Gate, outcome: Outcome, readings: int
) -> Why | None:
    """Say why a project may not be closed with this outcome, or nothing; stopping is possible in any phase."""
    why = why_not_work(actor, state)
    if why or outcome is Outcome.STOPPED:
        return why
    if phase.next is not None:
        return Why.NOT_LAST_PHASE
    if not gate.open:
        return Why.EVIDENCE_MISSING
    return None if readings else Why.NO_INDICATOR


def complete(words: Mapping[str, str], languages: Iterable[str]) -> bool:
    """Say whether a text is there in every language."""
    return all(words.get(language, "").strip() for language in languages)
