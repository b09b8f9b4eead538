"""What would go tonight, one question for each kind: see ``account.rules.retention``.

In each, $1 is the number of days; a person or a posting that the law makes us keep is never among the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapedby import db
from shapedby.account.rules.retention import WARNING_DAYS, Kept

_AGO = "now() - make_interval(days => $1)"
_NOT_HELD = (
    "NOT EXISTS (SELECT FROM legal_hold h WHERE h.ended_at IS NULL AND (h.posting = p.id OR h.person = p.author))"
)
_OF_NOBODY_HELD = "NOT EXISTS (SELECT FROM legal_hold h WHERE h.ended_at IS NULL AND h.person = {})"
# Somebody may be in danger: the people with that duty may have to reach the author.
_NOT_IN_DANGER = """NOT EXISTS (SELECT FROM safeguarding_case g JOIN posting d ON d.id = g.posting
  WHERE g.closed_at IS NULL AND d.author = p.id)"""
_CHANGED = "coalesce(p.changed_at, p.sent_at, p.written_at)"
_POSTINGS = f"SELECT p.id FROM posting p WHERE NOT p.guarded AND {_NOT_HELD} AND {_CHANGED} <= {_AGO} AND "  # noqa: S608 - texts of ours
_NO_OPEN_CASE = "NOT EXISTS (SELECT FROM moderation_case c WHERE c.posting = p.id AND c.state IN ('open', 'asked') {})"

DUE: Mapping[Kept, str] = {
    Kept.DRAFTS: _POSTINGS + "p.kind = 'idea' AND p.publicity = 'draft'",
    Kept.REFUSED: _POSTINGS + "p.publicity IN ('refused', 'hidden') AND " + _NO_OPEN_CASE.format(""),
    Kept.WITHDRAWN: _POSTINGS + "p.publicity = 'withdrawn' AND p.source <> ''",
    # Its author has asked us to look: then it stays until that is decided.
    Kept.QUARANTINED: f"SELECT p.id FROM posting p WHERE NOT p.guarded AND {_NOT_HELD} AND p.publicity = 'quarantined' "  # noqa: S608
    f"AND p.quarantined_at <= {_AGO} AND " + _NO_OPEN_CASE.format("AND c.raised_by = 'appeal'"),
    Kept.REPORTS: f"""
        SELECT r.id FROM report r JOIN posting p ON p.id = r.posting LEFT JOIN moderation_case c ON c.id = r."case"
        WHERE (r.person IS NOT NULL OR r.email <> '' OR r.note <> '' OR r.browser_hash <> '')
          AND coalesce(c.state, '') NOT IN ('open', 'asked') AND r.guarded IS NULL
          AND coalesce(c.decided_at, r.at) <= {_AGO} AND {_NOT_HELD}
          AND {_OF_NOBODY_HELD.format("r.person")}""",  # noqa: S608
    Kept.NEEDS: f"""
        SELECT l.id FROM session_place l JOIN project_session s ON s.id = l.session
        WHERE l.need <> '' AND s.ends_at <= {_AGO} AND {_OF_NOBODY_HELD.format("l.person")}""",  # noqa: S608
    Kept.DORMANT: f"""
        SELECT p.id FROM person p WHERE p.left_at IS NULL AND p.email IS NOT NULL AND p.role = 'resident'
          AND coalesce(p.seen_at, p.joined_at) <= {_AGO}
          AND p.warned_at <= now() - make_interval(days => {WARNING_DAYS})
          AND {_OF_NOBODY_HELD.format("p.id")} AND {_NOT_IN_DANGER}""",  # noqa: S608
    Kept.SIGN_INS: f"SELECT id FROM sign_in WHERE ends_at <= {_AGO}",  # noqa: S608
    Kept.WAYS_IN: f"SELECT id FROM sign_in_mail WHERE ends_at <= {_AGO}",  # noqa: S608
    Kept.MAILS: f"SELECT id FROM outgoing_mail WHERE coalesce(sent_at, given_up_at) <= {_AGO}",  # noqa: S608
    Kept.TOLD: f"SELECT id FROM notice_delivery WHERE told_at <= {_AGO}",  # noqa: S608
    Kept.EXPORTS: f"""
        SELECT id FROM data_export WHERE (file IS NOT NULL AND ready_at <= {_AGO})
          OR (ready_at <= {_AGO} AND taken_at <= {_AGO})""",  # noqa: S608
    Kept.ADDRESSES: f"SELECT id FROM support WHERE origin IS NOT NULL AND changed_at <= {_AGO}",  # noqa: S608
}

POSTINGS = frozenset({Kept.DRAFTS, Kept.REFUSED, Kept.WITHDRAWN, Kept.QUARANTINED})
"""Kinds that are texts: screening forgets them, so that everything made from them goes too."""

GONE: Mapping[Kept, str] = {
    Kept.REPORTS: "UPDATE report SET person = NULL, email = '', note = '', note_html = '', browser_hash = '' "
    "WHERE id = ANY($1::bigint[])",
    Kept.NEEDS: "UPDATE session_place SET need = '' WHERE id = ANY($1::bigint[])",
    Kept.SIGN_INS: "DELETE FROM sign_in WHERE id = ANY($1::bigint[])",
    Kept.WAYS_IN: "DELETE FROM sign_in_mail WHERE id = ANY($1::bigint[])",
    Kept.MAILS: "DELETE FROM outgoing_mail WHERE id = ANY($1::bigint[])",
    Kept.TOLD: "DELETE FROM notice_delivery WHERE id = ANY($1::bigint[])",
    Kept.EXPORTS: "DELETE FROM data_export WHERE id = ANY($1::bigint[])",
    Kept.ADDRESSES: "UPDATE support SET origin = NULL WHERE id = ANY($1::bigint[])",
}

_TO_WARN = f"""
SELECT p.id FROM person p WHERE p.left_at IS NULL AND p.email IS NOT NULL AND p.role = 'resident'
  AND p.warned_at IS NULL AND coalesce(p.seen_at, p.joined_at) <= now() - make_interval(days => $1 - {WARNING_DAYS})
  AND {_OF_NOBODY_HELD.format("p.id")} AND {_NOT_IN_DANGER}
ORDER BY p.id LIMIT $2
"""  # noqa: S608


async def due(kind: Kept, days: int, most: int) -> list[int]:
    """List what of a kind would go now, by number."""
    return await db.values(f"{DUE[kind]} ORDER BY 1 LIMIT $2", days, most)


async def count(kind: Kept, days: int) -> int:
    """Count what of a kind would go now."""
    return await db.value(f"SELECT count(*) FROM ({DUE[kind]}) x", days)  # noqa: S608 - a text of ours


async def remove(kind: Kept, numbers: Sequence[int]) -> int:
    """Remove rows of a kind that is not a text and not a person; gives how many."""
    return await db.run(GONE[kind], list(numbers))


async def to_warn(days: int, most: int) -> list[int]:
    """List the people whose accounts nobody has used for so long that they close in a month."""
    return await db.values(_TO_WARN, days, most)


async def mark_warned(people: Sequence[int]) -> None:
    """Note that people were told that their account closes."""
    await db.run("UPDATE person SET warned_at = now() WHERE id = ANY($1::bigint[])", list(people))


@dataclass(frozen=True, slots=True)
class Run:
    """One night's tidying: how many of each kind went."""

    at: datetime
    gone: Any


async def last_run() -> Run | None:
    """Give the last night's tidying."""
    return await db.one(Run, "SELECT at, gone FROM retention_run ORDER BY id DESC LIMIT 1")


async def log(gone: Mapping[str, int]) -> None:
    """Note what one tidying took away, by number."""
    await db.run("INSERT INTO retention_run (at, gone) VALUES (now(), $1)", dict(gone))


async def alone() -> bool:
    """Let one process tidy at a time, until the transaction ends; False where another does."""
    return await db.value("SELECT pg_try_advisory_xact_lock(hashtextextended('retention', 0))")
