"""What an idea said before, with every difference; and taking back a change that waits."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.ideas import queries
from shapedby.ideas.actions.versions import take_version_back
from shapedby.ideas.queries.versions import Version, public_versions
from shapedby.ideas.rules.versions import FIELDS, Piece, difference, is_changed
from shapedby.kernel import N_, Gone, Missing
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask
from shapedby.web.words import done

done(
    {
        "version-public": N_("Your change is public. Others can see what is different."),
        "version-waits": N_(
            "Thank you. Your change is waiting for a check. Until then others read the words from before."
        ),
        "version-taken-back": N_("You have taken your change back. The words that others read stay as they are."),
    }
)

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Compared:
    """A version, and what differs in each text from the one before; nothing for the first."""

    version: Version
    texts: dict[str, tuple[Piece, ...]]


@get("/ideas/{number:int}/versions", guards=[anyone], shared=())
async def versions(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show how the words of a public idea have changed."""
    found = await queries.idea_for(request.user, number)
    if found is None:
        once = await queries.any_idea(number)
        raise Gone if once and once.public_at else Missing
    kept = await public_versions(number, MOST_SHOWN)
    compared = await asyncio.to_thread(_compare, kept)
    return page(request, "ideas/versions.html", idea=found, compared=compared)


@post("/ideas/{number:int}/versions", guards=[signed_in])
async def take_back(request: Ask, number: FromPath[int]) -> Redirect:
    """Take back one's own change that waits for its check."""
    await take_version_back(request.user, number)
    return go(request, f"/ideas/{number}/edit", done="version-taken-back")


def _compare(kept: Sequence[Version]) -> list[Compared]:
    pairs = zip(kept, [*kept[1:], None], strict=True)
    return [Compared(version, {} if before is None else _texts(before, version)) for version, before in pairs]


def _texts(before: Version, after: Version) -> dict[str, tuple[Piece, ...]]:
    compared = {name: difference(getattr(before, name), getattr(after, name)) for name in FIELDS}
    return {name: pieces for name, pieces in compared.items() if is_changed(pieces)}


ROUTES = (versions, take_back)
