"""Going through an export row by row: what goes in, what is here already, what is refused and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shapedby import db
from shapedby.comments import queries as comment_queries
from shapedby.comments.actions import importing as comments
from shapedby.comments.actions.importing import ForeignComment
from shapedby.ideas.actions import importing as ideas
from shapedby.ideas.actions.importing import Examine, ForeignIdea, Origin
from shapedby.ideas.queries.importing import imported_ideas, title_of
from shapedby.screening.rules import Examined
from shapedby.text import contacts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from shapedby.cli.exports import Row

    Go = Callable[[int, int], None]

BATCH = 50


@dataclass
class Report:
    """What became of the rows: how many went in, public or held, how many were here, and why others did not."""

    went_in: Counter[str] = field(default_factory=Counter[str])
    here_already: int = 0
    without_parent: int = 0
    """Replies to something that is gone: they stand on the idea itself."""
    refused: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])
    """Line, identifier and reason of each refused row."""

    def refuse(self, row: Row, reason: str) -> None:
        """Note why a row did not go in."""
        self.refused.append((row.line, row["id"], reason))


def examiner(weights: Path | None) -> Examine:
    """Make the check that the server asks its child process for, in this process: nobody else waits for it.

    Where the weights are broken every text waits for a person.
    """
    from shapedby.spam.artefact import ModelBroken, load
    from shapedby.spam.score import score

    try:
        model = load(weights)
    except ModelBroken:
        return lambda text: Examined(None, contacts=bool(contacts(text)))
    name = model.digest[:12]
    return lambda text: Examined(score(model, text), contacts=bool(contacts(text)), weights=name)


@dataclass(frozen=True)
class Way:
    """How rows are taken over: where they come from, how they are checked, and whether anything is written."""

    origin: Origin
    zone: ZoneInfo
    examine: Examine
    dry_run: bool
    go: Go


async def ideas_into(rows: list[Row], challenge: int, way: Way) -> Report:
    """Take ideas over into a challenge; what is here already stays as it is."""
    report, known = Report(), set(await imported_ideas(way.origin.name))

    async def take(row: Row) -> None:
        if row["id"].strip() in known:
            report.here_already += 1
            return
        found = _idea(row, way.zone)
        why = found if isinstance(found, str) else ideas.why_not_import(found)
        if isinstance(found, str) or why:
            report.refuse(row, why or "")
            return
        known.add(found.foreign_id)
        if way.dry_run:
            report.went_in["held" if _would_wait(way.examine(found.source)) else "public"] += 1
        else:
            report.went_in[await ideas.take_over(found, way.origin, challenge, way.examine)] += 1

    await _each(rows, take, way.go)
    return report


async def _each(rows: list[Row], take: Callable[[Row], Awaitable[None]], go: Go) -> None:
    """Go through the rows, some in one transaction: what was committed stays when the rest is interrupted."""
    for start in range(0, len(rows), BATCH):
        async with db.transaction():
            for row in rows[start : start + BATCH]:
                await take(row)
        go(min(start + BATCH, len(rows)), len(rows))


def _would_wait(examined: Examined) -> bool:
    return not examined.clean or examined.contacts


def _idea(row: Row, zone: ZoneInfo) -> ForeignIdea | str:
    try:
        return ForeignIdea(
            foreign_id=row["id"].strip(),
            title=row["title"],
            problem=row["problem"],
            proposal=row["proposal"],
            beneficiaries=row["beneficiaries"],
            author=row["author"].strip(),
            at=row.at(zone),
            supports=row.number("supports"),
        )
    except ValueError as error:
        return str(error)


@dataclass
class _Discussion:
    """Where the comments of one export stand: number here, and the comment they stand under."""

    parents: dict[str, str]
    placed: dict[str, tuple[int, int | None]]

    def under(self, foreign_id: str) -> int | None:
        """Give the comment on the idea itself that a reply belongs under: the nearest that is here, one level deep."""
        seen: set[str] = set()
        parent = self.parents.get(foreign_id, "")
        while parent and parent not in seen:
            if parent in self.placed:
                number, answers = self.placed[parent]
                return number if answers is None else answers
            seen.add(parent)
            parent = self.parents.get(parent, "")
        return None


async def comments_into(rows: list[Row], way: Way) -> Report:
    """Take a discussion over onto the ideas of the same origin; replies come after what they reply to."""
    report, known = Report(), await imported_ideas(way.origin.name)
    here = await comment_queries.imported_comments(way.origin.name)
    talk = _Discussion(
        {row["id"].strip(): row["replies_to"].strip() for row in rows},
        {one.foreign_id: (one.number, one.answers) for one in here.values()},
    )
    titles: dict[int, str] = {}

    async def take(row: Row) -> None:
        if row["id"].strip() in talk.placed:
            report.here_already += 1
            return
        found = _comment(row, way.zone, known)
        if isinstance(found, str):
            report.refuse(row, found)
            return
        under = talk.under(found.foreign_id)
        report.without_parent += bool(found.replies_to) and under is None
        if way.dry_run:
            talk.placed[found.foreign_id] = (1, None)
            report.went_in["held" if _would_wait(way.examine(found.text)) else "public"] += 1
            return
        idea = known[found.idea]
        if idea not in titles:
            titles[idea] = await title_of(idea)
        place = comments.Place(idea, titles[idea], under)
        number, publicity = await comments.take_over(found, way.origin, way.examine, place)
        talk.placed[found.foreign_id] = (number, under)
        report.went_in[publicity] += 1

    await _each(in_order(rows), take, way.go)
    return report


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Put every comment behind the one it replies to, and else leave the order as it is."""
    by_id = {row["id"].strip(): row for row in rows}
    ordered: list[Row] = []
    taken: set[int] = set()

    for row in rows:
        chain: list[Row] = []
        now: Row | None = row
        while now is not None and now.line not in taken and now not in chain:
            chain.append(now)
            now = by_id.get(now["replies_to"].strip())
        for one in reversed(chain):
            taken.add(one.line)
            ordered.append(one)
    return ordered


def _comment(row: Row, zone: ZoneInfo, ideas_here: dict[str, int]) -> ForeignComment | str:
    try:
        found = ForeignComment(
            foreign_id=row["id"].strip(),
            idea=row["idea"].strip(),
            replies_to=row["replies_to"].strip(),
            text=row["text"],
            author=row["author"].strip(),
            at=row.at(zone),
        )
    except ValueError as error:
        return str(error)
    if found.idea not in ideas_here:
        return f"its idea {found.idea[:40]} is not here: import the ideas first, with the same --origin"
    return comments.why_not_import(found) or found
