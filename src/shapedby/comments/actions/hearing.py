"""Commenters hear of what becomes of an idea; of a new comment hear whom it answers and who follows the discussion."""

from __future__ import annotations

from shapedby.comments.queries import hearing
from shapedby.notices.actions import About, Kind, hears
from shapedby.notices.actions.telling import tell_each
from shapedby.notices.queries import followers
from shapedby.screening import rules as screening
from shapedby.screening.actions import when_changed
from shapedby.screening.rules import Publicity

_NEW = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.QUARANTINED})


def listen() -> None:
    """Let notices know who took part in a discussion; called once when the application is made."""
    hears(About.IDEA, _people_of)
    when_changed(screening.Kind.COMMENT, _tell_of_new)


async def _people_of(idea: int) -> dict[int, Kind]:
    return dict.fromkeys(await hearing.commenters(idea), Kind.TOOK_PART)


async def _tell_of_new(posting: int, before: Publicity, after: Publicity, _by: int | None) -> None:
    if after is not Publicity.PUBLIC or before not in _NEW:
        return
    found = await hearing.new_comment(posting)
    if found is None or found.origin:
        return
    people = dict.fromkeys(await followers(About.THREAD, found.idea), Kind.DISCUSSIONS)
    if found.answered:
        people[found.answered] = Kind.REPLIES
    people.pop(found.author, None)
    context = {"address": f"/comments/{found.number}#comment-{found.number}"}
    once = f"comment-{found.number}"
    await tell_each(people, "comments/new", context, about=(About.THREAD, found.idea), once=once)
