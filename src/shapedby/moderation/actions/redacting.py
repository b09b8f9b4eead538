"""Taking a passage out of a text, everywhere at once and for good."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from shapedby import db
from shapedby.kernel import Actor, Refused
from shapedby.mail.actions import change_unsent
from shapedby.mail.letters import change_unposted
from shapedby.moderation import queries
from shapedby.moderation.actions.deciding import locked
from shapedby.moderation.queries import CaseFacts
from shapedby.moderation.rules import Act
from shapedby.moderation.rules.desk import why_not_redact
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act
from shapedby.screening.actions.redacting import redact_everywhere
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Cut, Kind
from shapedby.screening.rules import Why as NotThere
from shapedby.text import clean_again, plain


async def redact(actor: Actor, case: int, cut: Cut, reason: str, seen: str) -> None:
    """Put a bar in place of a passage: in the text, its versions, the content, reports, and mails not yet sent.

    The passage is kept nowhere, and the log has the reason without it. Raises ``Missing``, or ``Refused`` where the
    passage does not stand in the text or somebody changed it meanwhile.
    """
    async with db.transaction():
        found = await locked(case)
        if why := why_not_redact(actor, found.facts, cut, reason, seen):
            raise Refused(why)
        await _rewrite(found, cut)
        await _rewrite_around(found, cut)
        decision = await queries.insert_decision(
            case, found.posting, by=actor.person, act=Act.REDACT, was=found.publicity, reason=reason
        )
        await record_act(actor, Act.REDACT, "posting", found.posting, reason)
        context = {"kind": found.kind, "about": cut.of(found.about), "words": reason}
        await tell([found.author], "moderation/redacted", context, kind="decision", once=f"decision-{decision}")


async def _rewrite(found: CaseFacts, cut: Cut) -> None:
    """Change the posting, and what the content's slice keeps of it."""
    kept = await posting_of(found.posting)
    if kept is None or not cut.touches(kept.source):
        raise Refused(NotThere.NO_SUCH_PASSAGE)
    made = await redact_everywhere(found.kind, found.posting, cut)
    source = cut.of(kept.source)
    html = made if made is not None else await clean_again(source, was=kept.source, html=str(kept.html))
    await queries.rewrite_posting(found.posting, source, html, cut.of(kept.about))


async def _rewrite_around(found: CaseFacts, cut: Cut) -> None:
    """Change the earlier versions, the reports that quote it, and the mails that have not left."""
    for version in await queries.versions(found.posting, 1_000):
        if cut.touches(version.source):
            source = cut.of(version.source)
            html = escape(source) if found.kind is Kind.NAME else None
            html = html or await clean_again(source, was=version.source, html=version.html)
            await queries.rewrite_version(version.id, source, html)
    for quoting in await queries.quoting(found.posting):
        if cut.touches(quoting.note):
            note = cut.of(quoting.note)
            await queries.rewrite_report(
                quoting.id, note, await clean_again(note, was=quoting.note, html=quoting.note_html)
            )
    shown = plain(cut.passage)
    cuts = [cut, Cut(shown, cut.bar), Cut(str(escape(shown)), str(escape(cut.bar)))]
    await change_unsent(await queries.address_of(found.author), found.address, lambda words: without(words, cuts))
    await change_unposted(found.address, lambda words: without(words, cuts))


def without(words: str, cuts: Iterable[Cut]) -> str:
    """Give words without every passage that is cut."""
    for cut in cuts:
        words = cut.of(words)
    return words
