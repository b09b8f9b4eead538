"""The evidence that a phase asks for, and what was decided about its gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.coproduction.rules import Gate, Phase
from shapedby.kernel import Words

MOST = 200


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that must be ready before a project leaves a phase."""

    id: int
    phase: Phase
    what: Words
    shown: Words
    shown_at: datetime | None
    shown_by_name: str


@dataclass(frozen=True, slots=True)
class GateDecision:
    """What was decided at a gate, by whom and why."""

    phase: Phase
    passed: bool
    reason: Words
    by_name: str
    at: datetime


async def evidence(project: int) -> list[Evidence]:
    """List what each phase of a project must show, in order."""
    return await db.many(
        Evidence,
        "SELECT e.id, e.phase, e.what, e.shown, e.shown_at, coalesce(s.name, '') AS shown_by_name"
        " FROM gate_evidence e LEFT JOIN person s ON s.id = e.shown_by"
        " WHERE e.project = $1 ORDER BY e.position, e.id LIMIT $2",
        project,
        MOST,
    )


async def gate(project: int, phase: Phase) -> Gate:
    """Count what a phase must show and what it has shown."""
    found = await db.one(
        Gate,
        "SELECT $2::text AS phase, count(*)::int AS needed, count(shown_at)::int AS shown"
        " FROM gate_evidence WHERE project = $1 AND phase = $2::text",
        project,
        phase,
    )
    return found or Gate(phase, 0, 0)


async def decisions(project: int) -> list[GateDecision]:
    """List what was decided at the gates of a project, the newest first."""
    return await db.many(
        GateDecision,
        "SELECT d.phase, d.passed, d.reason, p.name AS by_name, d.at"
        " FROM gate_decision d JOIN person p ON p.id = d.by WHERE d.project = $1 ORDER BY d.at DESC LIMIT $2",
        project,
        MOST,
    )


async def add_evidence(project: int, wanted: Mapping[Phase, Sequence[Words]]) -> None:
    """Store what each phase must show."""
    for phase, things in wanted.items():
        for what in things:
            await add_one(project, phase, what)


async def add_one(project: int, phase: Phase, what: Words) -> int:
    """Ask for one more thing at the end of a phase's list; gives its id."""
    return await db.value(
        "INSERT INTO gate_evidence (project, phase, position, what, shown)"
        " SELECT $1, $2::text, coalesce(max(position), 0) + 1, $3::jsonb, '{}' FROM gate_evidence"
        " WHERE project = $1 AND phase = $2::text RETURNING id",
        project,
        phase,
        what,
    )


async def show(project: int, number: int, shown: Words, by: int) -> bool:
    """Record what shows a piece of evidence; no where the project has no such piece."""
    return bool(
        await db.run(
            "UPDATE gate_evidence SET shown = $3, shown_at = now(), shown_by = $4 WHERE project = $1 AND id = $2",
            project,
            number,
            shown,
            by,
        )
    )


async def take_back(project: int, number: int) -> bool:
    """Mark a piece of evidence as missing again; no where it was."""
    return bool(
        await db.run(
            "UPDATE gate_evidence SET shown = '{}', shown_at = NULL, shown_by = NULL"
            " WHERE project = $1 AND id = $2 AND shown_at IS NOT NULL",
            project,
            number,
        )
    )


async def add_decision(project: int, phase: Phase, *, passed: bool, reason: Words, by: int) -> None:
    """Record what was decided at a gate."""
    await db.run(
        "INSERT INTO gate_decision (project, phase, passed, reason, by, at) VALUES ($1, $2, $3, $4, $5, now())",
        project,
        phase,
        passed,
        reason,
        by,
    )
