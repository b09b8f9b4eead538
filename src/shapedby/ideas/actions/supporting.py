"""Supporting an idea, and taking that back: one row and one count for each person, whatever the clicks."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from weakref import WeakValueDictionary

from shapedby import db
from shapedby.ideas import queries, rules
from shapedby.ideas.queries import AtOnce, Idea
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.queries import hashed
from shapedby.people.rules import why_not_post
from shapedby.tally.actions import OwnLeaf, Receipt, receipt, spread
from shapedby.web.csrf import SALT_LETTERS, pads

ORIGIN_BYTES = 12
HOME_BITS = 64
"""What one household has of the newer addresses: half of their bits."""


_turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class OwnReceipt:
    """What somebody can check their own support with."""

    idea: Idea
    state: rules.SupportState
    nonce: bytes
    found: Receipt

    @property
    def leaves(self) -> tuple[OwnLeaf, ...]:
        return self.found.leaves


async def support(actor: Actor, number: int, origin: bytes | None = None) -> Idea:
    """Support a public idea, and give it as it was before; again changes nothing.

    Raises ``Missing`` where there is no such public idea, ``Refused`` where this person cannot support it.
    """
    found = await _public(actor, number)
    why = why_not_post(actor, found.now)
    if why:
        raise Refused(why)
    async with _turn_of(actor.person), db.transaction():
        # The lock comes first: two supports at once are then counted one after the other, and the limit holds.
        await queries.lock_supporter(actor.person)
        refuse_over_limit(await queries.standing(number, actor.person))
        await queries.count_support(number, actor.person, origin)
    return found


def _turn_of(person: int) -> asyncio.Lock:
    """Let one person wait for themselves here, and not with a connection in each hand that others need."""
    return _turns.setdefault(person, asyncio.Lock())


def refuse_over_limit(standing: queries.Standing) -> None:
    """Raise ``Refused`` where somebody has given all the supports that a challenge lets each person give."""
    if why := rules.why_not_one_more(standing.state, standing.left):
        raise Refused(why, each=standing.each)


async def support_at_once(number: int, *, sign_in: str, token: str, key: str, origin: bytes | None) -> str | None:
    """Support an idea in one statement, for a browser's sign-in and the token of its form.

    Gives the idea's slug; None, and nothing changed, where anything is not as usual: then ``support`` says what.
    """
    inner, outer = pads(key)
    salt, mac = token[:SALT_LETTERS], token[SALT_LETTERS:]
    return await queries.count_support_at_once(number, AtOnce(hashed(sign_in), inner, outer, salt, mac, origin))


async def withdraw_support(actor: Actor, number: int) -> Idea:
    """Take one's support back, and give the idea as it was before; again changes nothing.

    Raises ``Missing``, and ``Refused`` once the question has closed.
    """
    found = await _public(actor, number)
    if why := rules.why_not_take_support_back(found.challenge_stage):
        raise Refused(why)
    await queries.uncount_support(number, actor.person)
    return found


async def set_aside_supports(person: int) -> int:
    """Set the supports of a suspended person aside, in the caller's transaction; gives how many ideas lost one."""
    await spread()
    return await queries.set_supports_aside(person)


async def restore_supports(person: int) -> int:
    """Count the supports again that the suspension of a person had set aside; gives how many."""
    await spread()
    return await queries.count_supports_again(person)


async def own_receipt(actor: Actor, number: int) -> OwnReceipt:
    """Give the receipt of one's own support; raises ``Missing`` where there never was one."""
    found = await queries.idea(number)
    own = await queries.nonce_of(number, actor.person) if found and actor.signed_in else None
    if found is None or own is None:
        raise Missing
    return OwnReceipt(found, own.state, own.nonce, await receipt(own.nonce, own.leaves))


@lru_cache(maxsize=4096)
def origin_of(address: str, key: str) -> bytes | None:
    """Give what we keep of a network address: a hash that only this installation can make; None for no address.

    Of the newer, long addresses only the half counts that a household's devices share.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    home = parsed.packed[: HOME_BITS // 8] if isinstance(parsed, IPv6Address) else parsed.packed
    return hmac.new(key.encode(), b"origin of a support" + home, hashlib.sha256).digest()[:ORIGIN_BYTES]


async def _public(actor: Actor, number: int) -> Idea:
    found = await queries.idea(number)
    if found is None:
        raise Missing
    why = rules.why_not_support(
        actor,
        authors=found.authors,
        publicity=found.publicity,
        challenge=found.challenge_stage,
        stage=found.stage,
    )
    if why:
        raise Refused(why)
    return found
