"""What we keep about one person's follows and mail, and forgetting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.notices.queries.following import Follow, followed

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """How somebody wants to hear of a kind of news."""

    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody was or is to be told; ``told_at`` is empty while it waits."""

    template: str
    kind: str
    at: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that notices keep about a person."""

    follows: list[Follow]
    choices: list[Chosen]
    told: list[Told]


async def kept_of(person: int) -> Kept:
    """Give everything that we keep about a person here, for taking it away."""
    told = """
        SELECT n.template, d.kind, n.at, d.told_at FROM notice_delivery d JOIN notice n ON n.id = d.notice
        WHERE d.person = $1 ORDER BY n.at, d.id LIMIT $2
    """
    chosen = "SELECT kind, how FROM mail_choice WHERE person = $1 ORDER BY kind"
    return Kept(await followed(person), await db.many(Chosen, chosen, person), await db.many(Told, told, person, MOST))


async def forget(person: int) -> None:
    """Remove everything that we keep about a person here."""
    for table in ("notice_delivery", "follow", "mail_choice"):
        await db.run(f"DELETE FROM {table} WHERE person = $1", person)  # noqa: S608 - one of three names of ours


async def forget_old() -> int:
    """Forget who was told what a month after they were, and what nobody is told any more; gives how many."""
    gone = await db.run("DELETE FROM notice_delivery WHERE told_at < now() - interval '30 days'")
    sql = """
        DELETE FROM notice n WHERE n.at < now() - interval '60 days'
        AND NOT EXISTS (SELECT FROM notice_delivery d WHERE d.notice = n.id)
    """
    return gone + await db.run(sql)
