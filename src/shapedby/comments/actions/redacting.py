"""Taking a passage out of an idea's title where its comments name it."""

from __future__ import annotations

from markupsafe import Markup

from shapedby.comments import queries
from shapedby.ideas.queries import idea_of_posting
from shapedby.screening.actions.redacting import when_redacted
from shapedby.screening.rules import Cut, Kind


def listen() -> None:
    """Hear from screening which passages nobody may read any more; called once when the application is made."""
    when_redacted(Kind.IDEA, _redacted)


async def _redacted(posting: int, cut: Cut) -> Markup | None:
    found = await idea_of_posting(posting)
    if found is not None:
        # Its own title may have lost the passage already.
        await queries.name_idea_again(found.number, cut.of(found.title))
