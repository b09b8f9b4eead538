"""What others said of a text goes with its words, thirty days after it was put into quarantine."""

from __future__ import annotations

from markupsafe import escape

from shapedby.mail.actions import change_unsent
from shapedby.moderation import queries
from shapedby.moderation.actions import safeguarding
from shapedby.moderation.actions.redacting import without
from shapedby.screening import actions as screening
from shapedby.screening.queries import Posting
from shapedby.screening.queries import posting as posting_of
from shapedby.screening.rules import Cut, Kind, Publicity
from shapedby.text import plain

BAR = "…"


def listen() -> None:
    """Hear from screening what becomes of texts; called once when the application is made."""
    safeguarding.listen()
    for kind in Kind:
        screening.when_changed(kind, _forget_around)


async def _forget_around(posting: int, before: Publicity, after: Publicity, by: int | None) -> None:
    """Wipe what reporters and the author said about a text that is deleted, and take it out of mails.

    The log keeps its number and the reasons: who reported why, and what was decided.
    """
    del before, by
    kept = await posting_of(posting) if after is Publicity.DELETED else None
    if kept is None:
        return
    await queries.wipe_reports(posting)
    await queries.wipe_appeals(posting)
    cuts = _quotations(kept)
    await change_unsent(await queries.address_of(kept.author), kept.address, lambda words: without(words, cuts))


def _quotations(kept: Posting) -> list[Cut]:
    """Give every way in which a mail that waits may quote a text: whole, or by its title in quotation marks."""
    quoted = [plain(kept.source), kept.source]
    if kept.kind is Kind.IDEA:
        quoted += [f"“{kept.about}”", f"«{kept.about}»", f'"{kept.about}"']
    return [Cut(way, BAR) for one in quoted if one.strip('“”«»" ') for way in (one, str(escape(one)))]
