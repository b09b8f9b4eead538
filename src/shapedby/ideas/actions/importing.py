"""Taking over ideas from another platform: cleaned and screened like a resident's, once each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db
from shapedby.ideas import queries
from shapedby.ideas.actions.writing import EXCERPT, whole_html
from shapedby.ideas.queries import importing
from shapedby.ideas.rules import MOST_TITLE, StepKind, slug
from shapedby.screening import actions as screening
from shapedby.screening.rules import Examined, Kind, Publicity
from shapedby.text import TOO_LONG, Format, clean, excerpt, one_line, plain

Examine = Callable[[str], Examined]
MOST_NAME = 60
MOST_FOREIGN = 120
MOST_SUPPORTS = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an import comes from: a name for it, the language of its texts, and how they were typed."""

    name: str
    language: str
    format: Format = Format.MARKDOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignIdea:
    """An idea as another platform exported it."""

    foreign_id: str
    title: str
    problem: str = ""
    proposal: str = ""
    beneficiaries: str = ""
    author: str = ""
    at: datetime
    supports: int = 0

    @property
    def texts(self) -> tuple[str, str, str]:
        return (self.problem, self.proposal, self.beneficiaries)

    @property
    def source(self) -> str:
        return "\n\n".join(text for text in (self.title, *self.texts) if text.strip())


def why_not_import(idea: ForeignIdea) -> str | None:
    """Say in English why an idea cannot be taken over; None where it can."""
    title = one_line(idea.title)
    if not idea.foreign_id or len(idea.foreign_id) > MOST_NAME:
        return "it has no identifier, or one of more than 60 characters"
    if not title:
        return "it has no title"
    if len(title) > MOST_TITLE:
        return f"its title has {len(title)} characters; {MOST_TITLE} fit"
    longest = max(len(text) for text in idea.texts)
    if longest > TOO_LONG:
        return f"a text has {longest} characters; {TOO_LONG} fit"
    return None if 0 <= idea.supports <= MOST_SUPPORTS else "its number of supports is none"


async def take_over(idea: ForeignIdea, origin: Origin, challenge: int, examine: Examine) -> Publicity:
    """Add an idea that came from another platform; gives whether it is public or waits for a check.

    Its supports there stand beside ours and are never added. Nobody is told.
    """
    htmls = _cleaned(idea, origin.format)
    examined = examine(idea.source)
    title = one_line(idea.title)
    async with db.transaction():
        author = await person(idea.author, origin, examine)
        posting = await screening.begin(author, Kind.IDEA, origin.language)
        await importing.date_posting(posting, idea.at)
        number = await importing.insert_imported(
            challenge,
            posting,
            author,
            title=title,
            slug=slug(title),
            texts=(plain(htmls[0]), plain(htmls[1]), plain(htmls[2])),
            htmls=htmls,
            excerpt=excerpt(htmls[1] or htmls[0], EXCERPT),
            at=idea.at,
            origin=origin.name,
            foreign_id=idea.foreign_id,
            foreign_supports=idea.supports,
        )
        await queries.insert_step(number, StepKind.SENT, by=author, at=idea.at)
        return await screening.send(
            posting,
            source=idea.source,
            html=whole_html(title, htmls),
            about=title,
            address=f"/ideas/{number}",
            examined=examined,
            young=False,
            contacts_kept=False,
            challenge=challenge,
        )


def _cleaned(idea: ForeignIdea, form: Format) -> tuple[Markup, Markup, Markup]:
    problem, proposal, beneficiaries = (clean(text, format=form) for text in idea.texts)
    return problem, proposal, beneficiaries


async def person(foreign_name: str, origin: Origin, examine: Examine) -> int:
    """Give somebody from another platform a row without an e-mail address; a name that sells is not shown."""
    foreign_name = foreign_name[:MOST_FOREIGN]
    known = await importing.imported_person(origin.name, foreign_name)
    if known is not None:
        return known
    shown = one_line(foreign_name)[:MOST_NAME]
    if shown:
        examined = examine(shown)
        shown = shown if examined.clean and not examined.contacts else ""
    return await importing.insert_imported_person(origin.name, foreign_name, shown, origin.language)
