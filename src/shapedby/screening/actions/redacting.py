"""Taking a passage out of a text for good: every slice that keeps its words hears of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from shapedby.screening.rules import Cut, Kind

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
