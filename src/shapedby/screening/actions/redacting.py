"""Taking a passage out of a text for good: every slice that keeps its words hears of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from shapedby.screening import queries
from shapedby.screening.queries.redacting import earlier, rewrite_posting, rewrite_version
from shapedby.screening.rules import Cut, Kind
from shapedby.text import clean_again

Redacted = Callable[[int, Cut], Awaitable[Markup | None]]
_LISTENERS: dict[Kind, list[Redacted]] = {}


def when_redacted(kind: Kind, callback: Redacted) -> None:
    """Call ``callback(posting, cut)`` in the transaction that takes a passage out of a text of a kind.

    It takes the passage out of whatever its slice keeps of the text, and gives the HTML of the whole text where
    that is not simply its source, cleaned.
    """
    listeners = _LISTENERS.setdefault(kind, [])
    if callback not in listeners:
        listeners.append(callback)


async def redact_everywhere(kind: Kind, posting: int, cut: Cut) -> Markup | None:
    """Let the slices take a passage out of what they keep; gives the HTML of the whole where one has made it."""
    made: Markup | None = None
    for listener in _LISTENERS.get(kind, ()):
        made = await listener(posting, cut) or made
    return made


async def cut_also(posting: int, cut: Cut, html: Markup | None) -> None:
    """Take a passage out of a posting beside the one that a moderator redacts, for a slice that keeps two of a text."""
    kept = await queries.posting(posting)
    if kept is None:
        return
    source = cut.of(kept.source)
    whole = html if html is not None else await clean_again(source, was=kept.source, html=str(kept.html))
    await rewrite_posting(posting, source, whole, cut.of(kept.about))
    for version in await earlier(posting):
        if cut.touches(version.source):
            said = cut.of(version.source)
            await rewrite_version(version.id, said, await clean_again(said, was=version.source, html=version.html))
