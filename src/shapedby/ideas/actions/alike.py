"""Ideas that say nearly the same: each public one can be found by its title and its texts."""

from __future__ import annotations

from shapedby.ideas import queries
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries import alike as kept
from shapedby.ideas.queries.alike import Like
from shapedby.likeness import actions as likeness
from shapedby.screening.actions import when_changed
from shapedby.screening.rules import Kind, Publicity
from shapedby.text import plain

AT_ONCE = 200


def listen() -> None:
    """Hear from screening which ideas are public; called once when the application is made."""
    when_changed(Kind.IDEA, _publicity_changed)


async def like(title: str, challenge: int, *, but: int = 0) -> list[Like]:
    """Find the public ideas of a challenge that are most like a title, without the idea ``but`` itself."""
    found = [one for one in await likeness.like(title, challenge) if one.thing != but]
    return await kept.likes(found)


async def index(number: int) -> None:
    """Let an idea be found by the words that the public sees of it, in the caller's transaction."""
    found = await queries.any_idea(number)
    if found is not None and found.is_public:
        await _keep(found)


async def catch_up() -> int:
    """Let public ideas be found that are not yet, or were marked by older rules; gives how many. For a job."""
    done = 0
    while numbers := await kept.not_found_yet(AT_ONCE):
        for number in numbers:
            await index(number)
        done += len(numbers)
    await likeness.count_common()
    return done


async def _publicity_changed(posting: int, _before: Publicity, after: Publicity, _by: int | None) -> None:
    found = await queries.idea_of_posting(posting)
    if found is None:
        return
    if after is Publicity.PUBLIC:
        await _keep(found)
    else:
        await likeness.forget(found.number)


async def _keep(found: Idea) -> None:
    body = " ".join(plain(html) for html in (found.proposal_html, found.problem_html, found.beneficiaries_html))
    await likeness.keep(found.number, found.challenge, found.title, body)
