"""Appeals: what an author says against a decision, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.moderation.rules import Act, Rule
from shapedby.moderation.rules.appeals import Result, Standing
from shapedby.screening.rules import CaseState, Kind, Publicity


@dataclass(frozen=True, slots=True)
class Contested:
    """A text with the decision that its author may appeal against; ``decision`` is None where nobody decided."""

    posting: int
    kind: Kind
    author: int
    publicity: Publicity
    about: str
    address: str
    language: str
    source: str
    html: str
    decision: int | None
    first_by: int
    act: Act | None
    rule_name: str
    reason: str
    decided_at: datetime | None
    on_appeal: bool
    appealed: bool

    @property
    def rule(self) -> Rule | None:
        return Rule(self.rule_name) if self.rule_name else None

    @property
    def view(self) -> Markup:
        return Markup(self.html)  # noqa: S704 - only text.clean wrote this column

    @property
    def standing(self) -> Standing:
        return Standing(self.publicity, self.first_by, self.appealed, self.on_appeal)


# The last decision counts; one that was undone has become the undoing.
_CONTESTED = """
SELECT p.id AS posting, p.kind, p.author, p.publicity, p.about, p.address, p.language, p.source, p.html,
       d.id AS decision, coalesce(d."by", 0) AS first_by, d.act, coalesce(d.rule, '') AS rule_name,
       coalesce(d.reason, '') AS reason, d.at AS decided_at,
       EXISTS (SELECT 1 FROM appeal a WHERE a."case" = d."case" AND d.id IS DISTINCT FROM a.decision) AS on_appeal,
       EXISTS (SELECT 1 FROM appeal a WHERE a.posting = p.id AND a.decision IS NOT DISTINCT FROM d.id) AS appealed
FROM posting p LEFT JOIN LATERAL (
    SELECT m.id, m."case", m."by", m.act, m.rule, m.reason, m.at FROM moderation_decision m
    WHERE m.posting = p.id AND m.act <> 'redact' ORDER BY m.id DESC LIMIT 1
) d ON true
WHERE p.id = $1
"""


async def contested(posting: int) -> Contested | None:
    """Find a text with the last decision about it."""
    return await db.one(Contested, _CONTESTED, posting)


async def insert_appeal(decision: int | None, case: int, posting: int, words: str, html: str) -> int:
    """Keep an appeal; gives its number."""
    return await db.value(
        'INSERT INTO appeal (decision, "case", posting, words, words_html, at) VALUES ($1, $2, $3, $4, $5, now()) '
        "RETURNING id",
        decision,
        case,
        posting,
        words,
        html,
    )


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal with the first decision and, once there is one, the second; names are for the desk."""

    id: int
    case: int
    posting: int
    words: str
    words_html: str
    at: datetime
    state: CaseState
    first_by: int
    first_name: str
    first_act: Act | None
    first_rule: str
    first_reason: str
    first_at: datetime | None
    second_name: str
    second_act: Act | None
    second_reason: str
    second_at: datetime | None

    @property
    def said(self) -> Markup:
        return Markup(self.words_html)  # noqa: S704 - only text.clean wrote this column

    @property
    def rule(self) -> Rule | None:
        return Rule(self.first_rule) if self.first_rule else None

    @property
    def result(self) -> Result:
        if self.state in {CaseState.OPEN, CaseState.ASKED}:
            return Result.WAITS
        if self.second_act is None:
            return Result.NOTHING_LEFT
        return Result.OVERTURNED if self.second_act in {Act.PUBLISH, Act.KEEP} else Result.STANDS


_APPEAL = """
SELECT a.id, a."case", a.posting, a.words, a.words_html, a.at, c.state,
       coalesce(f."by", 0) AS first_by, coalesce(fp.name, '') AS first_name, f.act AS first_act,
       coalesce(f.rule, '') AS first_rule, coalesce(f.reason, '') AS first_reason, f.at AS first_at,
       coalesce(sp.name, '') AS second_name, nullif(s.act, 'undo') AS second_act,
       coalesce(s.reason, '') AS second_reason, s.at AS second_at
FROM appeal a JOIN moderation_case c ON c.id = a."case"
LEFT JOIN moderation_decision f ON f.id = a.decision LEFT JOIN person fp ON fp.id = f."by"
LEFT JOIN LATERAL (
    SELECT m.act, m.reason, m.at, m."by" FROM moderation_decision m
    WHERE m."case" = a."case" AND m.id > coalesce(a.decision, 0) AND m.at >= a.at AND m.act <> 'redact'
    ORDER BY m.id DESC LIMIT 1
) s ON true
LEFT JOIN person sp ON sp.id = s."by"
"""


async def appeal_of_posting(posting: int) -> Appeal | None:
    """Find the newest appeal about a text."""
    return await db.one(Appeal, _APPEAL + "WHERE a.posting = $1 ORDER BY a.id DESC LIMIT 1", posting)


async def appeal_of_case(case: int) -> Appeal | None:
    """Find the appeal that a case is about."""
    return await db.one(Appeal, _APPEAL + 'WHERE a."case" = $1 ORDER BY a.id DESC LIMIT 1', case)


async def others_who_moderate(person: int) -> int:
    """Count who may moderate besides one person, suspended people and people who left apart."""
    return await db.value(
        """
        SELECT count(*) FROM person WHERE role IN ('moderator', 'administrator') AND id <> $1 AND left_at IS NULL
          AND email IS NOT NULL AND (suspended_until IS NULL OR suspended_until < now())
        """,
        person,
    )


async def decide_case(case: int, by: int) -> bool:
    """Close a case that waits, whatever it waits for; False where it does not wait any more."""
    return bool(
        await db.run(
            "UPDATE moderation_case SET state = 'decided', decided_at = now(), decided_by = $2 "
            "WHERE id = $1 AND state IN ('open', 'asked')",
            case,
            by,
        )
    )


@dataclass(frozen=True, slots=True)
class _Broken:
    posting: int
    rule: Rule


async def broken_rules(postings: list[int]) -> dict[int, Rule]:
    """Give the rule for which each of these texts is not shown any more; one that nobody named is left out."""
    rows = await db.many(
        _Broken,
        """
        SELECT DISTINCT ON (posting) posting, rule FROM moderation_decision
        WHERE posting = ANY($1::bigint[]) AND rule <> '' ORDER BY posting, id DESC
        """,
        postings,
    )
    return {row.posting: row.rule for row in rows}
