"""Telling the author of a text that it was set aside, plainly, and the moderators that nothing can be checked."""

from __future__ import annotations

from shapedby.notices.actions import tell
from shapedby.screening import queries
from shapedby.text import plain


async def tell_of_quarantine(posting: int) -> None:
    """Tell an author that their text is in quarantine, until when, and where they can say that we are wrong."""
    kept = await queries.posting(posting)
    until = await queries.deleted_at(posting)
    if kept is None:
        return
    context = {
        "kind": kept.kind,
        "posting": posting,
        "about": kept.about,
        "address": kept.address,
        "text": plain(kept.source),
        "until": until,
    }
    once = f"quarantine-{posting}-{until.date() if until else ''}"
    await tell([kept.author], "screening/quarantined", context, kind="decision", once=once)
