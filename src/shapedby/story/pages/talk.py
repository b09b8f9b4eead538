"""What the page of an idea shows of its discussion."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from shapedby.comments import queries as comments
from shapedby.comments.queries import Comment, Thread
from shapedby.comments.rules import MOST_TEXT, Order, why_not_change, why_not_comment, why_not_pin
from shapedby.ideas.queries import Idea
from shapedby.kernel import Actor
from shapedby.moderation.queries.appeals import broken_rules
from shapedby.notices import actions as notices
from shapedby.notices.rules import About
from shapedby.web.forms import Typed, chosen, whole
from shapedby.web.site import Ask

ORDER, PAGE = "order", "page"
SHARED = (PAGE, ORDER)
"""The parameters of the discussion that visitors' pages read."""


async def talk(request: Ask, found: Idea, form: Typed, focus: int = 0) -> dict[str, Any]:
    """Read one page of an idea's discussion, with what this person can do in it; ``focus`` is the comment shown."""
    actor = request.user
    order = chosen(request.query_params.get(ORDER, ""), Order, Order.TIME)
    number = whole(request.query_params.get(PAGE), 1)
    focused = await comments.comment(focus) if focus else None
    if focused:
        number, order = await comments.page_of(focused), Order.TIME
    whole_talk = (focused.answers or focused.id) if focused else 0
    thread = await comments.thread(found.number, number, order=order, whole=whole_talk)
    pinned = await comments.pinned(found.number)
    gone = [one.posting for one in thread.every if not one.is_public]
    every = [*thread.every, *pinned]
    answers = whole(form["answers"] or request.query_params.get("reply"), 0, most=2**31 - 1)
    return {
        "thread": thread,
        "pinned": pinned,
        "chosen": focus,
        "here": _address(found, thread),
        "ordered": _ordered(found, thread.order),
        "orders": [(one.value, one, f"{_ordered(found, one)}#discussion") for one in Order],
        "broken": await broken_rules(gone) if gone else {},
        "replying": next((one for one in thread.every if one.id == answers and one.is_public), None),
        "why_not_comment": why_not_comment(actor, publicity=found.publicity, challenge=found.challenge_stage),
        "most": MOST_TEXT,
        "following": actor.signed_in and await notices.follows(actor.person, About.THREAD, found.number),
        **await _own(actor, every, found, len(pinned)),
    }


async def _own(actor: Actor, every: Sequence[Comment], found: Idea, pinned: int) -> dict[str, Any]:
    """Say what somebody can do with each comment, and what they have done."""
    changeable = {
        one.id
        for one in every
        if not why_not_change(actor, author=one.author, publicity=one.publicity, at=one.at, now=found.now)
    }
    pinnable = {one.id for one in every if not why_not_pin(actor, publicity=one.publicity, pinned=pinned)}
    return {
        "changeable": changeable,
        "pinnable": pinnable,
        "found_useful": await comments.found_useful(actor.person, [one.id for one in every]),
    }


def _ordered(found: Idea, order: Order) -> str:
    return found.address if order is Order.TIME else f"{found.address}?{urlencode({ORDER: order.value})}"


def _address(found: Idea, thread: Thread) -> str:
    """Give the address of this page of the discussion, to come back to."""
    base = _ordered(found, thread.order)
    return base if thread.page == 1 else f"{base}{'&' if '?' in base else '?'}{urlencode({PAGE: thread.page})}"
