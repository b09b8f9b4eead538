"""All SQL about the heads that a council's decisions taught."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapedby import db
from shapedby.spam.rules import HeadState


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted head without its weights; ``figures`` are those of ``spam.fit_head.Figures``."""

    version: int
    base: str
    fitted_at: datetime
    figures: dict[str, Any]
    state: HeadState
    why: str
    changed_at: datetime


_HEADS = "SELECT id AS version, base, fitted_at, figures, state, why, changed_at FROM spam_head "


async def heads(limit: int = 20) -> list[Head]:
    """List the heads that were fitted, the newest first."""
    return await db.many(Head, _HEADS + "ORDER BY id DESC LIMIT $1", limit)


async def promoted() -> Head | None:
    """Find the head in use; None where the shipped model judges alone."""
    return await db.one(Head, _HEADS + "WHERE state = 'promoted'")


async def last_set_back() -> datetime | None:
    """Say when a person last took a head out of use."""
    return await db.value("SELECT max(changed_at) FROM spam_head WHERE state = 'rolled_back'")


async def promoted_version() -> int:
    """Give the version in use; 0 where the shipped model judges alone."""
    return await db.value("SELECT id FROM spam_head WHERE state = 'promoted'") or 0


async def weights_of(version: int) -> bytes:
    """Give the bytes of a head; empty where there is none."""
    return await db.value("SELECT weights FROM spam_head WHERE id = $1", version) or b""


async def lock() -> None:
    """Let nobody else change which head is in use until the transaction ends."""
    await db.run("LOCK TABLE spam_head IN SHARE ROW EXCLUSIVE MODE")


async def insert(base: str, weights: bytes, figures: dict[str, Any], state: HeadState, why: str) -> int:
    """Keep a fitted head; gives its version."""
    return await db.value(
        "INSERT INTO spam_head (base, weights, fitted_at, figures, state, why, changed_at) "
        "VALUES ($1, $2, now(), $3, $4, $5, now()) RETURNING id",
        base,
        weights,
        figures,
        state.value,
        why[:200],
    )


async def retire(state: HeadState, by: int | None) -> int:
    """Take the head in use out of use; gives how many there were, none or one."""
    return await db.run(
        "UPDATE spam_head SET state = $1, changed_at = now(), changed_by = $2 WHERE state = 'promoted'",
        state.value,
        by,
    )


async def restore() -> int:
    """Use the newest head again that another one replaced and that fits the same weights; gives how many."""
    return await db.run(
        """
        UPDATE spam_head SET state = 'promoted', changed_at = now() WHERE id = (
            SELECT id FROM spam_head WHERE state = 'replaced'
              AND base = (SELECT base FROM spam_head WHERE state = 'rolled_back' ORDER BY changed_at DESC LIMIT 1)
            ORDER BY id DESC LIMIT 1)
        """
    )
