"""When a project may go on, be sent back or end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapedby.coproduction.rules import (
    EVIDENCE,
    PHASES,
    Gate,
    Outcome,
    Phase,
    State,
    Why,
    why_not_close,
    why_not_pass,
    why_not_work,
)
from shapedby.kernel import Actor, Role

OFFICER = Actor(person=1, role=Role.OFFICER)
READY = 3


@pytest.mark.parametrize(
    ("role", "state", "why"),
    [
        (Role.VISITOR, State.ACTIVE, Why.NOT_YOUR_ROLE),
        (Role.RESIDENT, State.ACTIVE, Why.NOT_YOUR_ROLE),
        (Role.MODERATOR, State.ACTIVE, Why.NOT_YOUR_ROLE),
        (Role.OFFICER, State.ACTIVE, None),
        (Role.ADMINISTRATOR, State.ACTIVE, None),
        (Role.OFFICER, State.CLOSED, Why.CLOSED),
        (Role.RESIDENT, State.CLOSED, Why.NOT_YOUR_ROLE),
    ],
)
def test_only_officers_work_on_a_project_and_only_while_it_is_active(role: Role, state: State, why: Why | None) -> None:
    assert why_not_work(Actor(person=1, role=role), state) is why


@pytest.mark.parametrize(
    ("phase", "gate", "why"),
    [
        (Phase.PREPARE, Gate(Phase.PREPARE, READY, READY), None),
        (Phase.PREPARE, Gate(Phase.PREPARE, READY, READY - 1), Why.EVIDENCE_MISSING),
        (Phase.PREPARE, Gate(Phase.PREPARE, 0, 0), Why.EVIDENCE_MISSING),
        (Phase.PREPARE, Gate(Phase.CO_DEFINE, READY, READY), Why.NOT_THIS_PHASE),
        (Phase.IMPLEMENT, Gate(Phase.IMPLEMENT, READY, READY), Why.NOT_THIS_PHASE),
    ],
)
def test_a_phase_is_left_only_through_its_own_gate_with_everything_shown(
    phase: Phase, gate: Gate, why: Why | None
) -> None:
    assert why_not_pass(OFFICER, State.ACTIVE, phase=phase, gate=gate) is why


@pytest.mark.parametrize(
    ("phase", "shown", "outcome", "readings", "why"),
    [
        (Phase.IMPLEMENT, READY, Outcome.RUNNING, 1, None),
        (Phase.IMPLEMENT, READY, Outcome.RUNNING, 0, Why.NO_INDICATOR),
        (Phase.IMPLEMENT, READY - 1, Outcome.RUNNING, 1, Why.EVIDENCE_MISSING),
        (Phase.CO_CREATE, READY, Outcome.PILOTED, 1, Why.NOT_LAST_PHASE),
        (Phase.PREPARE, 0, Outcome.STOPPED, 0, None),
    ],
)
def test_a_project_ends_in_its_last_phase_with_figures_unless_it_is_stopped(
    phase: Phase, shown: int, outcome: Outcome, readings: int, why: Why | None
) -> None:
    gate = Gate(phase, READY, shown)
    assert why_not_close(OFFICER, State.ACTIVE, phase=phase, gate=gate, outcome=outcome, readings=readings) is why


def test_the_phases_follow_one_another_and_each_asks_for_something() -> None:
    assert [phase.next for phase in PHASES] == [*PHASES[1:], None]
    assert all(EVIDENCE[phase] for phase in PHASES)


@given(st.sampled_from(PHASES), st.integers(0, 9), st.integers(0, 9))
def test_a_gate_never_opens_while_something_is_missing(phase: Phase, needed: int, shown: int) -> None:
    why = why_not_pass(OFFICER, State.ACTIVE, phase=phase, gate=Gate(phase, needed, shown))
    assert (why is None) == (phase.next is not None and needed > 0 and shown >= needed)
