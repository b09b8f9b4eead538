"""Decisions: one for a case, never changed, and what they say later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.moderation.queries.cases import version_of
from shapedby.moderation.rules import Act, Facts, Rule
from shapedby.screening.rules import CaseState, Kind, Publicity


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as it stands while its posting is locked."""

    posting: int
    state: CaseState
    publicity: Publicity
    kind: Kind
    author: int
    source: str
    about: str
    address: str

    @property
    def facts(self) -> Facts:
        return Facts(self.state, self.publicity, self.author, version_of(self.source))


async def case_facts(number: int) -> CaseFacts | None:
    """Lock the posting of a case, then read the case: both stay as they are until the transaction ends."""
    # In two statements: one that waited for the lock would still show the case as it was before.
    await db.run(
        "SELECT 1 FROM posting WHERE id = (SELECT posting FROM moderation_case WHERE id = $1) FOR NO KEY UPDATE",
        number,
    )
    return await db.one(
        CaseFacts,
        """
        SELECT c.posting, c.state, p.publicity, p.kind, p.author, p.source, p.about, p.address
        FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE c.id = $1
        """,
        number,
    )


async def close_case(number: int, by: int) -> bool:
    """Close an open case for the moderator who decided it; False where it was not open any more."""
    return bool(
        await db.run(
            "UPDATE moderation_case SET state = 'decided', decided_at = now(), decided_by = $2 "
            "WHERE id = $1 AND state = 'open'",
            number,
            by,
        )
    )


async def insert_decision(case: int, posting: int, *, by: int, act: Act, rule: Rule | None, reason: str) -> int:
    """Write a decision down for good; gives its number."""
    return await db.value(
        'INSERT INTO moderation_decision ("case", posting, "by", act, rule, reason, at) '
        "VALUES ($1, $2, $3, $4, $5, $6, now()) RETURNING id",
        case,
        posting,
        by,
        act.value,
        rule.value if rule else "",
        reason,
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with what it was about; ``rule`` is None where the act names none."""

    id: int
    case: int
    kind: Kind
    about: str
    address: str
    publicity: Publicity
    by_name: str
    act: Act
    rule_name: str
    reason: str
    at: datetime

    @property
    def rule(self) -> Rule | None:
        return Rule(self.rule_name) if self.rule_name else None


_DECISIONS = """
SELECT d.id, d."case", p.kind, p.about, p.address, p.publicity, m.name AS by_name, d.act, d.rule AS rule_name,
       d.reason, d.at
FROM moderation_decision d JOIN posting p ON p.id = d.posting JOIN person m ON m.id = d."by"
"""


async def decisions(page: int, size: int = 30) -> list[Decision]:
    """List the decisions, the newest first; pages count from 1."""
    return await db.many(Decision, _DECISIONS + "ORDER BY d.id DESC LIMIT $1 OFFSET $2", size, (page - 1) * size)


async def decisions_total() -> int:
    """Count the decisions."""
    return await db.value("SELECT count(*) FROM moderation_decision")


async def decision_of(case: int) -> Decision | None:
    """Find what was decided about a case."""
    return await db.one(Decision, _DECISIONS + 'WHERE d."case" = $1 ORDER BY d.id DESC LIMIT 1', case)


@dataclass(frozen=True, slots=True)
class LastDecision:
    """What the author of a text is told of the last decision about it; ``reason`` are the moderator's own words."""

    act: Act
    rule_name: str
    reason: str
    at: datetime

    @property
    def rule(self) -> Rule | None:
        return Rule(self.rule_name) if self.rule_name else None


async def last_decision(posting: int) -> LastDecision | None:
    """Find the last decision about a posting; None where nobody has decided anything."""
    return await db.one(
        LastDecision,
        "SELECT act, rule AS rule_name, reason, at FROM moderation_decision WHERE posting = $1 "
        "ORDER BY id DESC LIMIT 1",
        posting,
    )
