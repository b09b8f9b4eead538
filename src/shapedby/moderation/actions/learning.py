"""Teaching the classifier what moderators decided."""

from __future__ import annotations

from shapedby.kernel import Actor, Refused
from shapedby.moderation.queries import learning as queries
from shapedby.moderation.rules import Act
from shapedby.moderation.rules.learning import Why, why_not_learn
from shapedby.people.actions import record_act
from shapedby.settings import Settings
from shapedby.spam import actions as spam
from shapedby.spam.queries import Head, heads, last_set_back
from shapedby.spam.trust import Label

CLEAN = frozenset({Act.PUBLISH, Act.KEEP})
NIGHT_HOURS = range(2, 6)


async def learn(settings: Settings) -> Head | None:
    """Fit a head to what moderators decided, and use it where nothing got worse; gives what came of it.

    Raises ``Refused`` where too little was decided, and ``spam.actions.LearningFailed``.
    """
    if why := why_not_learn(await queries.decided_since(None), await queries.decided_since(await last_set_back())):
        raise Refused(why)
    rows = await queries.decided()
    return await spam.learn([Label(r.text, r.act not in CLEAN, r.author, r.moderator) for r in rows], settings)


async def learn_nightly(settings: Settings) -> Head | None:
    """Learn once a night, where something was decided since the last time."""
    if await queries.local_hour(settings.timezone.key) not in NIGHT_HOURS:
        return None
    newest = next(iter(await heads(1)), None)
    if newest and not await queries.decided_since(newest.fitted_at):
        return None
    try:
        return await learn(settings)
    except Refused:
        return None


async def go_back(actor: Actor) -> None:
    """Take the head in use out of use, for everybody; raises ``Refused`` where none is."""
    if not await spam.go_back(actor.person or None):
        raise Refused(Why.NOTHING_IN_USE)
    await record_act(actor, "spam-back", "spam", 0)
