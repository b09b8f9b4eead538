"""What stands beside an idea on its page: who writes it too, what it was joined with, how its words changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.ideas.queries.reading import Idea
from shapedby.ideas.queries.together import Joined, Merge, Writer, joined, joined_with, open_merges, writers
from shapedby.ideas.queries.versions import Version, changed_since, count_public, waiting_version
from shapedby.ideas.rules import Stage
from shapedby.kernel import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Everything around an idea's own words that this reader may know."""

    writers: list[Writer]
    went_into: Joined | None
    joined: list[Joined]
    versions: int
    """How many versions others could read; 0 where the words never changed under their supporters."""
    changed_at: datetime | None
    """When it changed after this reader supported it."""
    waiting: Version | None
    """The change that waits for its check, for those who write the idea."""
    merges: list[Merge]
    """Proposals to join it, for those whom they concern."""
    sent_by: str
    """The author's name where others do not see it, for staff."""
    may_merge: bool
    is_writer: bool


async def beside(found: Idea, actor: Actor) -> Beside:
    """Gather what stands beside an idea; a fixed number of queries, fewer for visitors."""
    writes = actor.signed_in and actor.person in found.authors
    concerned = writes or actor.is_officer
    joinable = found.is_public and found.stage in {Stage.OPEN, Stage.UNDER_REVIEW}
    return Beside(
        writers=await writers(found.number) if found.co_authors else [],
        went_into=await joined_with(found.number) if found.merged_into else None,
        joined=await joined(found.number),
        versions=await count_public(found.number),
        changed_at=await changed_since(found.number, actor.person) if actor.signed_in and not writes else None,
        waiting=await waiting_version(found.number) if writes else None,
        merges=await open_merges(found.number) if concerned and joinable else [],
        sent_by=await _name(found.author) if found.anonymous and actor.is_staff else "",
        may_merge=concerned and joinable,
        is_writer=writes,
    )


async def _name(person: int) -> str:
    return await db.value("SELECT name FROM person WHERE id = $1", person) or ""
