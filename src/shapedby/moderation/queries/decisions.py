"""Decisions: one for a case, never changed, and what they say later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.moderation.rules import LEAVES, Act, Facts, Rule, Undoable, version_of
from shapedby.screening.rules import CaseState, Kind, Publicity, RaisedBy


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as it stands while its posting is locked."""

    posting: int
    state: CaseState
    raised_by: RaisedBy
    publicity: Publicity
    kind: Kind
    author: int
    source: str
    about: str
    address: str
    language: str
    turn: int

    @property
    def facts(self) -> Facts:
        return Facts(
            self.state,
            self.publicity,
            self.author,
            version_of(self.source, self.turn),
            self.raised_by is RaisedBy.APPEAL,
        )


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
        SELECT c.posting, c.state, c.raised_by, p.publicity, p.kind, p.author, p.source, p.about, p.address, p.language,
               coalesce((SELECT max(d.id) FROM moderation_decision d WHERE d."case" = c.id), 0)
                 + coalesce((SELECT sum(w.id) FROM picture w WHERE w.posting = p.id AND w.seen_at IS NULL), 0)::bigint
                 AS turn
        FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE c.id = $1 AND NOT p.guarded
        """,
        number,
    )


async def lock_in_order(cases: Sequence[int]) -> None:
    """Lock the postings of several cases, always in the same order; one batch at a time."""
    await db.run("SELECT pg_advisory_xact_lock(hashtextextended('a batch of decisions', 0))")
    await db.run(
        """
        SELECT 1 FROM posting WHERE id IN (SELECT posting FROM moderation_case WHERE id = ANY($1::bigint[]))
        ORDER BY id FOR NO KEY UPDATE
        """,
        list(cases),
    )


async def leave_case(number: int, act: Act, by: int) -> bool:
    """Leave an open case as an act leaves it; False where it was not open any more."""
    return bool(
        await db.run(
            """
            UPDATE moderation_case
            SET state = $2::varchar,
                decided_at = CASE WHEN $2::varchar = 'decided' THEN now() END,
                decided_by = CASE WHEN $2::varchar = 'decided' THEN $3::bigint END
            WHERE id = $1 AND state = 'open'
            """,
            number,
            LEAVES[act].value,
            by,
        )
    )


async def open_again(number: int, seen: CaseState) -> bool:
    """Open a case whose decision is undone; False where it is not in the state that was seen."""
    return bool(
        await db.run(
            "UPDATE moderation_case SET state = 'open', decided_at = NULL, decided_by = NULL "
            "WHERE id = $1 AND state = $2",
            number,
            seen.value,
        )
    )


async def standing(case: int) -> Undoable | None:
    """Find the last decision about a case, unless it was undone; passages that were removed stay so."""
    found = await db.one(
        Undoable,
        "SELECT act, was FROM moderation_decision WHERE \"case\" = $1 AND act <> 'redact' ORDER BY id DESC LIMIT 1",
        case,
    )
    return None if found is None or found.act is Act.UNDO else found


async def other_case(case: int, posting: int) -> bool:
    """Say whether another case about a posting waits."""
    found = await db.value(
        "SELECT 1 FROM moderation_case WHERE posting = $2 AND id <> $1 AND state IN ('open', 'asked') LIMIT 1",
        case,
        posting,
    )
    return found is not None


async def insert_decision(
    case: int, posting: int, *, by: int, act: Act, was: Publicity, rule: Rule | None = None, reason: str = ""
) -> int:
    """Write a decision down for good, and what the text was before; gives its number."""
    return await db.value(
        'INSERT INTO moderation_decision ("case", posting, "by", act, rule, reason, was, at) '
        "VALUES ($1, $2, $3, $4, $5, $6, $7, now()) RETURNING id",
        case,
        posting,
        by,
        act.value,
        rule.value if rule else "",
        reason,
        was.value,
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
FROM moderation_decision d JOIN posting p ON p.id = d.posting AND NOT p.guarded JOIN person m ON m.id = d."by"
"""


async def decisions(page: int, size: int = 30) -> list[Decision]:
    """List the decisions, the newest first; pages count from 1."""
    return await db.many(Decision, _DECISIONS + "ORDER BY d.id DESC LIMIT $1 OFFSET $2", size, (page - 1) * size)


async def decisions_total() -> int:
    """Count the decisions."""
    return await db.value(
        "SELECT count(*) FROM moderation_decision d JOIN posting p ON p.id = d.posting AND NOT p.guarded"
    )


async def decision_of(case: int) -> Decision | None:
    """Find what was decided about a case last."""
    return await db.one(Decision, _DECISIONS + 'WHERE d."case" = $1 ORDER BY d.id DESC LIMIT 1', case)


async def decisions_of(case: int) -> list[Decision]:
    """List everything that was decided about a case, the newest first."""
    return await db.many(Decision, _DECISIONS + 'WHERE d."case" = $1 ORDER BY d.id DESC LIMIT 50', case)


@dataclass(frozen=True, slots=True)
class LastDecision:
    """What the author of a text is told of the last decision about it; ``reason`` are the moderator's own words.

    ``asked``: a moderator waits for the author to change it.
    """

    act: Act
    rule_name: str
    reason: str
    at: datetime
    asked: bool

    @property
    def rule(self) -> Rule | None:
        return Rule(self.rule_name) if self.rule_name else None


async def last_decision(posting: int) -> LastDecision | None:
    """Find the last decision about a posting; None where nobody has decided anything."""
    return await db.one(
        LastDecision,
        "SELECT act, rule AS rule_name, reason, at, EXISTS (SELECT 1 FROM moderation_case c "
        "WHERE c.posting = $1 AND c.state = 'asked') AS asked FROM moderation_decision WHERE posting = $1 "
        "AND act <> 'redact' ORDER BY id DESC LIMIT 1",
        posting,
    )
