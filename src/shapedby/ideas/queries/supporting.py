"""The statements that change supports, and what a person has of them. A trigger writes the tally's leaves.

Each statement changes the rows and the count together, or neither. Who changes rows of one person locks the person
first (``KEY SHARE``; ``UPDATE`` where a decision is about the person), then the rows, then the ideas in the order of
their numbers: so nobody waits for each other in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass

from shapedby import db
from shapedby.ideas.rules import SupportState


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody has of an idea's challenge: their support's state, and how many they gave of how many.

    ``each`` is None where a person can support as many ideas of it as they like.
    """

    state: SupportState | None
    each: int | None
    given: int

    @property
    def left(self) -> int | None:
        """How many more ideas of the challenge they can support; None for as many as they like."""
        return None if self.each is None else max(0, self.each - self.given)


@dataclass(frozen=True, slots=True)
class Nonce:
    """What the leaves of somebody's support are found with, and the number of the last of them."""

    nonce: bytes
    leaves: int
    state: SupportState


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What one statement needs to know for a support: the browser's sign-in, its form's token, and where it comes from.

    ``inner`` and ``outer`` are the key of the forms as HMAC uses it, ``salt`` and ``mac`` the two parts of the token.
    """

    token_hash: str
    inner: bytes
    outer: bytes
    salt: str
    mac: str
    origin: bytes | None


# Somebody who asks twice at once waits for the first answer, finds the row as wanted, and changes nothing.
_GIVEN = """
INSERT INTO support (idea, person, state, origin, since, changed_at)
SELECT wanted.id, supporter.id, 'counted', {origin}, now(), now() FROM supporter, wanted
ON CONFLICT (idea, person) DO UPDATE SET
  state = CASE support.returns_to WHEN '' THEN 'counted' ELSE support.returns_to END,
  returns_to = '', origin = EXCLUDED.origin, changed_at = now()
WHERE support.state = 'withdrawn'
RETURNING idea, state
"""
_COUNT_UP = """
UPDATE idea SET supports = supports + 1 FROM given WHERE idea.id = given.idea AND given.state = 'counted'
"""
_SUPPORTED = """
WITH supporter AS (
  SELECT id FROM person WHERE id = $2 AND (suspended_until IS NULL OR suspended_until <= now()) FOR KEY SHARE
), wanted AS (
  SELECT i.id FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
  WHERE i.id = $1 AND i.stage <> 'merged'
), given AS (
"""
_SUPPORT = "".join((_SUPPORTED, _GIVEN.format(origin="$3::bytea"), ")", _COUNT_UP))
# Everything that the ordinary way asks one after the other, asked at once: who it is, that the form is ours, that this
# person may support, that the idea takes supports. No row where anything is different: then the ordinary way says why.
_SUPPORTED_AT_ONCE = """
WITH supporter AS (
  SELECT p.id FROM sign_in s JOIN person p ON p.id = s.person
  WHERE s.token_hash = $2 AND s.ends_at > now() AND s.seen_at >= now() - interval '1 hour'
    AND left(encode(sha256($4::bytea || sha256($3::bytea || convert_to(s.csrf || '.' || $5::text, 'UTF8'))), 'hex'), 32)
      = $6::text
    AND p.left_at IS NULL AND p.welcomed_at IS NOT NULL
    AND (p.suspended_until IS NULL OR p.suspended_until <= now())
  FOR KEY SHARE OF p
), wanted AS (
  SELECT i.id, i.slug FROM supporter, idea i
  JOIN posting t ON t.id = i.posting AND t.publicity = 'public'
  JOIN challenge c ON c.id = i.challenge AND c.published_at IS NOT NULL AND c.decided_at IS NULL
    AND c.opens_at <= now() AND c.supports_each IS NULL
  WHERE i.id = $1 AND i.stage <> 'merged' AND i.author <> supporter.id
    AND NOT EXISTS (SELECT FROM idea_author a WHERE a.idea = i.id AND a.person = supporter.id)
), given AS (
"""
_SUPPORT_AT_ONCE = "".join(
    (_SUPPORTED_AT_ONCE, _GIVEN.format(origin="$7::bytea"), "), counted AS (", _COUNT_UP, ") SELECT slug FROM wanted")
)
# Taking back is possible in every state, and no way round a decision: what was held or set aside is so again when it is
# given again. What only a suspension had set aside is not, since nobody supports while suspended.
_WITHDRAW = """
WITH supporter AS (
  SELECT id FROM person WHERE id = $2 FOR KEY SHARE
), standing AS (
  SELECT s.id, s.state FROM support s JOIN supporter ON supporter.id = s.person
  WHERE s.idea = $1 AND s.state <> 'withdrawn' FOR UPDATE OF s
), withdrawn AS (
  UPDATE support SET state = 'withdrawn', changed_at = now(),
    returns_to = CASE WHEN standing.state = 'counted' OR (standing.state = 'set_aside' AND set_aside_for = 'suspended')
      THEN '' ELSE standing.state END,
    set_aside_for = CASE WHEN set_aside_for = 'suspended' THEN '' ELSE set_aside_for END
  FROM standing WHERE support.id = standing.id RETURNING support.idea, standing.state AS was
)
UPDATE idea SET supports = supports - (withdrawn.was = 'counted')::int FROM withdrawn WHERE idea.id = withdrawn.idea
"""
_SET_ASIDE = """
WITH aside AS (
  UPDATE support SET state = 'set_aside', set_aside_for = 'suspended', changed_at = now()
  WHERE person = $1 AND state = 'counted' RETURNING idea
), changed AS (SELECT id FROM idea WHERE id IN (SELECT idea FROM aside) ORDER BY id FOR NO KEY UPDATE)
UPDATE idea SET supports = supports - 1 FROM changed WHERE idea.id = changed.id
"""
_RESTORE = """
WITH restored AS (
  UPDATE support SET state = 'counted', set_aside_for = '', changed_at = now()
  WHERE person = $1 AND state = 'set_aside' AND set_aside_for = 'suspended' RETURNING idea
), changed AS (SELECT id FROM idea WHERE id IN (SELECT idea FROM restored) ORDER BY id FOR NO KEY UPDATE)
UPDATE idea SET supports = supports + 1 FROM changed WHERE idea.id = changed.id
"""
_STANDING = """
SELECT (SELECT state FROM support WHERE idea = i.id AND person = $2) AS state, c.supports_each AS each,
       CASE WHEN c.supports_each IS NULL THEN 0 ELSE (
         SELECT count(*) FROM support s JOIN idea o ON o.id = s.idea
         WHERE s.person = $2 AND s.state <> 'withdrawn' AND o.challenge = c.id
       ) END AS given
FROM idea i JOIN challenge c ON c.id = i.challenge WHERE i.id = $1
"""


async def count_support(number: int, person: int, origin: bytes | None = None) -> bool:
    """Give a person's support to a public idea; False where it did not begin to count."""
    return await db.run(_SUPPORT, number, person, origin) > 0


async def count_support_at_once(number: int, given: AtOnce) -> str | None:
    """Do all of a support in one statement, and give the idea's slug; None where anything is not as usual."""
    return await db.value(
        _SUPPORT_AT_ONCE, number, given.token_hash, given.inner, given.outer, given.salt, given.mac, given.origin
    )


async def uncount_support(number: int, person: int) -> bool:
    """Take a support back, whatever its state; False where there is none."""
    return await db.run(_WITHDRAW, number, person) > 0


async def set_supports_aside(person: int) -> int:
    """Let the supports of a suspended person count no more; gives how many."""
    return await db.run(_SET_ASIDE, person)


async def count_supports_again(person: int) -> int:
    """Let the supports count again that a suspension had set aside, and no others; gives how many."""
    return await db.run(_RESTORE, person)


async def standing(number: int, person: int) -> Standing:
    """Say what somebody has of an idea and its challenge."""
    return await db.one(Standing, _STANDING, number, person) or Standing(None, None, 0)


async def lock_supporter(person: int) -> None:
    """Let a person's supports change one after the other until the transaction ends."""
    await db.run("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", person)


async def nonce_of(number: int, person: int) -> Nonce | None:
    """Give what a person's receipt is made from; None where they never supported the idea."""
    sql = "SELECT nonce, leaves, state FROM support WHERE idea = $1 AND person = $2"
    return await db.one(Nonce, sql, number, person)
