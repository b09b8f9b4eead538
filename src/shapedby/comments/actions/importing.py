"""Taking over a discussion from another platform: cleaned and screened like a resident's, once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.comments import queries
from shapedby.ideas.actions.importing import Examine, Origin, person
from shapedby.ideas.queries.importing import date_posting
from shapedby.screening import actions as screening
from shapedby.screening.rules import Kind, Publicity
from shapedby.text import TOO_LONG, clean

MOST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignComment:
    """A comment as another platform exported it; ``replies_to`` is another comment's identifier there, or empty."""

    foreign_id: str
    idea: str
    replies_to: str = ""
    text: str
    author: str = ""
    at: datetime


def why_not_import(comment: ForeignComment) -> str | None:
    """Say in English why a comment cannot be taken over; None where it can."""
    if not comment.foreign_id or len(comment.foreign_id) > MOST_ID:
        return "it has no identifier, or one of more than 60 characters"
    if not comment.text.strip():
        return "it is empty"
    longest = len(comment.text)
    return f"it has {longest} characters; {TOO_LONG} fit" if longest > TOO_LONG else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment belongs: its idea with its title, and the comment it stands under, or None."""

    idea: int
    title: str
    under: int | None


async def take_over(comment: ForeignComment, origin: Origin, examine: Examine, place: Place) -> tuple[int, Publicity]:
    """Add a comment that came from another platform; gives its number, and whether it is public or waits."""
    html = clean(comment.text, format=origin.format)
    examined = examine(comment.text)
    async with db.transaction():
        author = await person(comment.author, origin, examine)
        posting = await screening.begin(author, Kind.COMMENT, origin.language)
        await date_posting(posting, comment.at)
        number = await queries.insert(
            place.idea, place.under, posting, author, at=comment.at, origin=origin.name, foreign_id=comment.foreign_id
        )
        publicity = await screening.send(
            posting,
            source=comment.text,
            html=html,
            about=place.title,
            address=f"/comments/{number}",
            examined=examined,
            young=False,
            contacts_kept=False,
        )
        return number, publicity
