"""Writing the statutory pages, saying where they still have gaps, and passing on what a resident reports."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shapedby import db
from shapedby.db import DatabaseGone
from shapedby.kernel import N_, Actor, Missing, Refused
from shapedby.mail import actions as mail
from shapedby.people.actions import record_act
from shapedby.settings import Settings
from shapedby.shortlist.actions import tasks
from shapedby.shortlist.actions.tasks import Task
from shapedby.story import queries
from shapedby.story.queries import Statement
from shapedby.story.rules import About, Gap, Why, gaps_in
from shapedby.web.language import Tongue, translations

log = logging.getLogger(__name__)

NO_ADDRESS = N_("[e-mail address]")
_in_use: list[Settings] = []


@dataclass(frozen=True, slots=True)
class Edited:
    """A text as it was sent; ``seen`` is the version that its editor began with."""

    source: str
    seen: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What a resident could not use, on which page, and where to answer, if anywhere."""

    words: str
    place: str
    email: str


async def save_statement(actor: Actor, name: About, language: str, source: str, *, seen: int | None = None) -> bool:
    """Store a new version of a statutory page; False where it says what it said before.

    ``seen`` is the version that the editor began with; None takes the newest. Raises ``Refused`` where a colleague
    has saved one since, ``Missing`` for anybody but officers and administrators, ``TextTooLong``.
    """
    if not actor.is_officer:
        raise Missing
    before = await queries.statement(name, language)
    if before is not None and before.source == source:
        return False
    newest = before.version if before else 0
    if seen is not None and seen != newest:
        raise Refused(Why.COLLEAGUE_WAS_FASTER, language=language)
    html = await asyncio.to_thread(queries.cleaned, source)
    new = Statement(name, language, newest + 1, source, html, queries.DEFAULTS_WRITTEN)
    async with db.transaction():
        number = await queries.add_statement(new, actor.person)
        if number is None:
            raise Refused(Why.COLLEAGUE_WAS_FASTER, language=language)
        await record_act(actor, "write", "statement", number, f"{name} {language} version {new.version}")
    return True


async def save_statements(actor: Actor, name: About, edited: Mapping[str, Edited]) -> bool:
    """Store what was written about a page in several languages, all or none; False where nothing changed."""
    async with db.transaction():
        saved = [
            await save_statement(actor, name, language, text.source, seen=text.seen)
            for language, text in edited.items()
        ]
    return any(saved)


async def use_again(actor: Actor, name: About, language: str, version: int) -> bool:
    """Make an older version, or the default, the newest again; raises ``Missing`` where there is none."""
    old = await queries.statement_version(name, language, version)
    if old is None:
        raise Missing
    return await save_statement(actor, name, language, old.source)


async def fill_placeholders(actor: Actor, language: str, filled: Mapping[str, str]) -> int:
    """Write words in the place of placeholders, such as ``{"[phone number]": "01632 960 123"}``, on every page.

    Gives how many pages changed.
    """
    changed = 0
    for name in About:
        found = await queries.statement(name, language)
        if found is None or not filled.keys() & set(gaps_in(found.source)):
            continue
        source = found.source
        for gap, words in filled.items():
            source = source.replace(gap, words)
        changed += await save_statement(actor, name, language, source)
    return changed


async def placeholders(languages: Iterable[str], contact: str = "") -> list[Gap]:
    """List every placeholder left in the statutory pages; ``contact`` is the council's e-mail address, if any."""
    found = await queries.statements(tuple(languages))
    return [
        Gap(name, language, gap)
        for (name, language), one in found.items()
        for gap in gaps_in(one.source.replace("{contact}", contact or no_address(language)))
    ]


def no_address(language: str) -> str:
    """Give the placeholder for the council's e-mail address, in a language."""
    return translations(language).gettext(NO_ADDRESS)


async def warn_of_placeholders(settings: Settings) -> None:
    """Write to the log which statutory pages still have placeholders; nothing where the database does not answer."""
    left: dict[str, list[str]] = {}
    try:
        gaps = await placeholders(settings.languages, settings.contact)
    except DatabaseGone:
        return
    for gap in gaps:
        left.setdefault(f"{gap.name} ({gap.language})", []).append(gap.text)
    if left:
        said = "; ".join(f"{page}: {', '.join(gaps)}" for page, gaps in left.items())
        log.warning("placeholders are left in the statutory pages, fill them in at /desk/pages: %s", said)


def listen(settings: Settings) -> None:
    """Let the officers' desk list the placeholders that are left; called once, when the application is made."""
    _in_use[:] = [settings]
    tasks.also(_tasks)


async def _tasks(actor: Actor, tongue: Tongue) -> list[Task]:
    settings = _in_use[0]
    left = await placeholders(settings.languages, settings.contact)
    if not left or not actor.is_officer:
        return []
    title, note = N_("Gaps in the pages about this site"), N_("Phone, post and names that residents need.")
    return [Task(tongue.says(title), "/desk/pages", tongue.says(note), tongue.number(len(left)), "warn")]


async def report_problem(problem: Problem, *, contact: str, language: str) -> None:
    """Mail a problem with the site to the council's own address, in its language; nothing of it is kept here."""
    await mail.queue(
        address=contact,
        language=language,
        kind="accessibility",
        template="story/problem",
        context={"words": problem.words, "place": problem.place, "email": problem.email},
    )
