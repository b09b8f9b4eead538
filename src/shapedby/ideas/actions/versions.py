"""New versions of an idea that others rely on: screened beside the public one, and in its place only when cleared."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shapedby import db
from shapedby.ideas import queries, rules
from shapedby.ideas.actions import alike
from shapedby.ideas.actions.shown import EXCERPT, whole_html
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries import versions as kept
from shapedby.ideas.queries.versions import Version
from shapedby.ideas.rules import StepKind, Why, Written
from shapedby.kernel import Actor, Missing, Refused
from shapedby.notices.actions import tell
from shapedby.screening import actions as screening
from shapedby.screening.queries import lock, record_same, record_text
from shapedby.screening.rules import Examined, Kind, Publicity, same_of
from shapedby.text import excerpt

_OVER = frozenset({Publicity.WITHDRAWN, Publicity.DELETED})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A version as it was typed, cleaned and examined."""

    typed: Written
    htmls: tuple[Markup, ...]
    examined: Examined
    contacts_kept: bool


async def is_new_version(found: Idea) -> bool:
    """Say whether a change of an idea is a version of its own."""
    if found.publicity is not Publicity.PUBLIC:
        return False
    versions = await kept.count_public(found.number)
    return rules.is_new_version(found.publicity, supports=found.supports, authors=len(found.authors), versions=versions)


async def lock_waiting(number: int) -> None:
    """Lock the version that waits, before anything else of its idea: a moderator's decision locks them so."""
    waiting = await kept.waiting_version(number)
    if waiting is not None and waiting.posting is not None:
        await lock(waiting.posting)


async def propose(actor: Actor, found: Idea, new: Proposed) -> Publicity:
    """Send a new version of a public idea, in the caller's transaction; gives whether it took the old one's place.

    Raises ``Refused`` while a moderator looks at a version that was set aside.
    """
    number = found.number
    await kept.set_anonymous(number, anonymous=new.typed.anonymous)
    now = await queries.written(number)
    waiting = await kept.waiting_version(number)
    if waiting is None and _same(now, new.typed):
        return Publicity.PUBLIC
    await kept.keep_first(number)
    posting = await _posting_to_use(actor, waiting)
    if posting is None:
        posting = await screening.begin(actor.person, Kind.VERSION, new.typed.language)
        await kept.insert_version(number, posting, actor.person, new.typed, new.htmls)
    elif waiting is not None:
        await kept.rewrite_version(waiting.id, new.typed, new.htmls)
    return await screening.send(
        posting,
        source=new.typed.source,
        html=whole_html(new.typed.title, new.htmls, new.typed.group),
        about=new.typed.title,
        address=f"/ideas/{number}/versions",
        examined=new.examined,
        young=actor.young,
        contacts_kept=new.contacts_kept,
        challenge=found.challenge,
    )


def _same(now: Written, new: Written) -> bool:
    return (now.source, now.area, now.topic, now.language) == (new.source, new.area, new.topic, new.language)


async def _posting_to_use(actor: Actor, waiting: Version | None) -> int | None:
    """Go on with the writer's own version that waits or was refused; another's gives way to the newer words."""
    if waiting is None or waiting.posting is None:
        return None
    if waiting.publicity in {Publicity.QUARANTINED, Publicity.HIDDEN}:
        raise Refused(Why.VERSION_BEING_CHECKED)
    if waiting.person == actor.person and waiting.publicity not in _OVER:
        return waiting.posting
    await _end(waiting, actor.person)
    return None


async def take_version_back(actor: Actor, number: int) -> None:
    """Give up the version that waits; the public words stay. Twice is as once. Raises ``Missing`` for non-authors."""
    async with db.transaction():
        await lock_waiting(number)
        found = await queries.any_idea(number)
        if found is None or not found.by(actor):
            raise Missing
        await end_waiting(number, actor.person)


async def end_waiting(number: int, by: int) -> None:
    """Give up the version that waits, where there is one, in the caller's transaction."""
    waiting = await kept.waiting_version(number)
    if waiting is not None:
        await _end(waiting, by)


async def _end(waiting: Version, by: int) -> None:
    await kept.end_version(waiting.id)
    if waiting.posting is not None and waiting.publicity not in _OVER:
        await screening.withdraw(waiting.posting, by)


async def publicity_changed(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    """Let an idea follow its version: cleared, it takes the old one's place; no longer public, the old one is back."""
    version = await kept.version_of_posting(posting)
    if version is None:
        return
    if after is Publicity.DELETED:
        await kept.forget_version_words(posting)
        await kept.end_version(version.id)
    elif after is Publicity.PUBLIC and version.number is None:
        await _apply(version)
        if before is Publicity.HELD and by is None:
            # A check that was late found nothing: no moderator wrote, so we do.
            told = {"title": version.title, "address": f"/ideas/{version.idea}"}
            await tell([version.person], "ideas/published", told, kind="decision", once=f"published-{posting}")
    elif after is not Publicity.PUBLIC and version.number is not None:
        await _go_back(version, by)


async def _apply(version: Version) -> None:
    await kept.lock_idea(version.idea)
    if await kept.number_version(version.id):
        await _show(version)
        await queries.insert_step(version.idea, StepKind.CHANGED, by=version.person)


async def _go_back(version: Version, by: int | None) -> None:
    """Take a version out of the history, and show the one before where it was the newest."""
    await kept.lock_idea(version.idea)
    newest = (await kept.public_versions(version.idea, 1))[0]
    await kept.unnumber_version(version.id)
    if newest.id != version.id:
        return
    left = await kept.public_versions(version.idea, 1)
    if left:
        await _show(left[0])
        await queries.insert_step(version.idea, StepKind.CHANGED, by=by)


async def _show(version: Version) -> None:
    """Make a version the words of its idea, and of the idea's posting: reports, appeals and redaction read that."""
    found = await queries.any_idea(version.idea)
    if found is None:
        return
    await kept.show_version(version.id, rules.slug(version.title), excerpt(version.proposal_html, EXCERPT))
    source = version.written.source
    await record_text(
        found.posting,
        source=source,
        html=whole_html(version.title, version.htmls, version.group),
        about=version.title,
        address=f"/ideas/{version.idea}",
        contacts_kept=False,
    )
    await record_same(found.posting, same_of(source))
    await alike.index(found.number)
