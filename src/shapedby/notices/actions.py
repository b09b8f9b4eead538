"""Telling people by mail, in the transaction of what they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shapedby.mail.actions import Receiver, queue_for_all
from shapedby.notices.queries import reachable


async def tell(people: Iterable[int], template: str, context: Mapping[str, Any], *, kind: str, once: str | None) -> int:
    """Mail each person who has an address, in their language; gives how many mails were new.

    Call it inside the transaction of what is told. ``template`` is "slice/name", as in ``mail.actions.queue``; all
    people get the same ``context``. Nobody is told the same ``once`` twice; None tells every time.
    """
    numbers = sorted(set(people))
    if not numbers:
        return 0
    receivers = [
        Receiver(person.email, person.language, f"{once}:{person.id}" if once else None)
        for person in await reachable(numbers)
    ]
    return await queue_for_all(receivers, kind=kind, template=template, context=context)
