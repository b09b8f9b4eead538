"""Taking one picture out of an idea that may stay: with a reason, which its author hears."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.moderation import queries
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act
from shapedby.pictures import actions as pictures
from shapedby.pictures import queries as kept
from shapedby.pictures.rules import Why


async def take_picture_out(actor: Actor, case: int, picture: int, because: str) -> None:
    """Take a picture out and tell its author why; raises ``Missing``, and ``Refused`` without a reason."""
    words = " ".join(because.split())[:300]
    if not words:
        raise Refused(Why.NO_REASON)
    async with db.transaction():
        found, there = await queries.case_facts(case), await kept.picture(picture)
        if found is None or there is None or there.posting != found.posting:
            raise Missing
        await pictures.remove(there)
        await record_act(actor, "take-picture-out", "posting", found.posting, words)
        context = {"about": found.about, "words": words, "address": found.address}
        await tell([found.author], "moderation/picture", context, kind="decision", once=f"picture-{picture}")
