"""Answering the first questions, and changing one's name and one's words about oneself."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from shapedby import db
from shapedby.account import queries
from shapedby.account.rules.naming import Why
from shapedby.kernel import Actor, Refused
from shapedby.people import actions as people
from shapedby.people.rules import why_not_post
from shapedby.screening import actions as screening
from shapedby.screening.actions.redacting import when_redacted
from shapedby.screening.queries import is_asked
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Cut, Examined, Kind, Publicity
from shapedby.text import clean_again, clean_later

MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class Answers:
    """The first questions, answered."""

    name: str
    young: bool
    area: int | None
    language: str


async def welcome(actor: Actor, answers: Answers) -> Publicity:
    """Keep the answers to the first questions, once; gives whether the name is public or held.

    Until a held name is cleared the person is shown as “Resident 12”.
    """
    examined = await screening.examine(answers.name)
    async with db.transaction():
        if not await people.welcome(actor.person, young=answers.young, area=answers.area, language=answers.language):
            return Publicity.PUBLIC
        return await _send_name(actor.person, answers.name, answers.language, examined, young=answers.young)


async def change_name(actor: Actor, name: str, language: str) -> Publicity:
    """Wish for another name; until it is cleared the present one stays. Raises ``Refused``."""
    await _check_may_post(actor)
    kept = await queries.profile(actor.person)
    # What a moderator asked about goes back to them, in whatever words.
    asked = kept.name_posting is not None and await is_asked(kept.name_posting)
    if name in {actor.name, kept.wished_name} and not asked:
        return Publicity.PUBLIC
    examined = await screening.examine(name)
    async with db.transaction():
        return await _send_name(actor.person, name, language, examined, young=actor.young)


async def change_about_me(actor: Actor, source: str, language: str, *, contacts_kept: bool) -> Publicity:
    """Say something else about oneself, or nothing; while it waits, nothing is shown. Raises ``Refused``."""
    await _check_may_post(actor)
    html, examined = await clean_later(source), await screening.examine(source)
    async with db.transaction():
        posting = (await queries.profile(actor.person)).about_me_posting
        if not source:
            return await _say_nothing(actor, posting)
        posting = await _posting_to_use(actor.person, Kind.ABOUT_ME, language, posting)
        await queries.keep_about_me(actor.person, source, html, posting)
        return await screening.send(
            posting,
            source=source,
            html=html,
            about=actor.name,
            address=f"/people/{actor.person}",
            examined=examined,
            young=actor.young,
            contacts_kept=contacts_kept,
        )


async def _check_may_post(actor: Actor) -> None:
    why = why_not_post(actor, await queries.now())
    if why:
        raise Refused(why)


async def _say_nothing(actor: Actor, posting: int | None) -> Publicity:
    if posting is not None:
        await screening.withdraw(posting, actor.person)
    await queries.keep_about_me(actor.person, "", "", None)
    return Publicity.PUBLIC


async def _send_name(person: int, name: str, language: str, examined: Examined, *, young: bool) -> Publicity:
    posting = (await queries.profile(person)).name_posting
    posting = await _posting_to_use(person, Kind.NAME, language, posting)
    await queries.keep_name(person, name, posting)
    return await screening.send(
        posting,
        source=name,
        html=str(escape(name)),
        about=name,
        address=f"/people/{person}",
        examined=examined,
        young=young,
        contacts_kept=False,
    )


async def _posting_to_use(person: int, kind: Kind, language: str, posting: int | None) -> int:
    """Go on with the posting there is, so that what was refused before stays known; else begin one."""
    found = await posting_of(posting) if posting is not None else None
    if found is not None and found.publicity is Publicity.QUARANTINED:
        raise Refused(Why.BEING_CHECKED)
    if found is None or found.publicity in {Publicity.WITHDRAWN, Publicity.DELETED}:
        return await screening.begin(person, kind, language)
    return found.id


def listen() -> None:
    """Hear from screening what becomes of names; called once, when the application is made."""
    screening.when_changed(Kind.NAME, _name_changed)
    screening.when_changed(Kind.ABOUT_ME, _about_me_changed)
    when_redacted(Kind.NAME, _name_redacted)
    when_redacted(Kind.ABOUT_ME, _about_me_redacted)


async def _name_changed(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    """Show a person under a cleared name; take back one that is no longer. A wish that waits changes nothing."""
    del before, by
    found = await queries.named_by(posting)
    if found is None:
        return
    if after is Publicity.PUBLIC:
        await people.rename(found.person, found.wished_name)
    elif found.name == found.wished_name:
        await people.rename(found.person, people.fallback_name(found.person, found.language))
    if after is Publicity.DELETED:
        await queries.forget_words(posting)


async def _about_me_changed(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    """Keep nothing of words that were deleted from quarantine."""
    del before, by
    if after is Publicity.DELETED:
        await queries.forget_words(posting)


async def _name_redacted(posting: int, cut: Cut) -> Markup | None:
    """Take a passage out of a name, the wished one and the one that is shown."""
    found = await queries.named_by(posting)
    if found is None:
        return None
    wished = cut.of(found.wished_name)[:MOST_NAME]
    await queries.keep_name(found.person, wished, posting)
    if cut.touches(found.name):
        await people.rename(found.person, cut.of(found.name)[:MOST_NAME])
    return escape(wished)


async def _about_me_redacted(posting: int, cut: Cut) -> Markup | None:
    """Take a passage out of what somebody says about themselves."""
    found = await queries.described_by(posting)
    if found is None:
        return None
    source = cut.of(found.about_me)
    html = await clean_again(source, was=found.about_me, html=found.about_me_html)
    await queries.keep_about_me(found.person, source, html, posting)
    return html
