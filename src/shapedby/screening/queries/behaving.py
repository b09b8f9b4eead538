"""How a text came: everything about its author and texts like it, gathered by one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shapedby import db
from shapedby.kernel import STAFF, Role
from shapedby.screening.rules import Facts, Same

# Links that two people of more than a week have in public texts are the place's own: the bus company, the paper.
_GATHERED = """
WITH me AS (
  SELECT p.id, p.author, a.joined_at, a.role FROM posting p JOIN person a ON a.id = p.author WHERE p.id = $1
), alike AS (
  SELECT o.author, o.publicity, o.hosts, o.words_hash, o.phrases, o.sent_at, a.joined_at,
         o.publicity IN ('refused', 'hidden', 'quarantined', 'deleted')
         OR (o.publicity = 'held' AND o.reasons @> '{"held": ["looks_like_spam"]}') AS stopped
  FROM posting o JOIN person a ON a.id = o.author
  WHERE o.id <> $1 AND o.sent_at > now() - interval '90 days' AND o.publicity <> 'withdrawn'
    AND ((o.words_hash = $2 AND $2 <> '') OR o.phrases && $3::varchar[] OR o.hosts && $4::varchar[])
  ORDER BY o.sent_at DESC LIMIT 500
), strange AS (
  SELECT coalesce(array_agg(h.host), '{}')::varchar[] AS hosts FROM unnest($4::varchar[]) AS h(host)
  WHERE (SELECT count(DISTINCT k.author) FROM alike k, me
         WHERE h.host = ANY(k.hosts) AND k.publicity = 'public' AND k.author <> me.author
           AND k.joined_at < now() - interval '7 days') < 2
)
SELECT now() AS now, me.role, extract(epoch FROM now() - me.joined_at)::float8 / 3600 AS account_hours,
  (SELECT count(*) FROM posting o WHERE o.author = me.author AND o.id <> me.id
     AND o.sent_at > now() - interval '1 hour')::int AS posts_in_hour,
  (SELECT count(*) FROM posting o WHERE o.author = me.author AND o.id <> me.id AND o.publicity = 'public'
     AND o.kind IN ('idea', 'comment'))::int AS public_posts,
  EXISTS (SELECT 1 FROM posting o WHERE o.author = me.author AND o.id <> me.id AND o.kind IN ('name', 'about_me')
     AND o.publicity IN ('held', 'refused', 'hidden', 'quarantined')
     AND o.reasons @> '{"held": ["looks_like_spam"]}') AS profile_sells,
  (SELECT count(*) FROM alike k WHERE k.author = me.author AND k.words_hash = $2 AND $2 <> '')::int AS same_by_author,
  (SELECT count(DISTINCT k.author) FROM alike k WHERE k.author <> me.author AND k.words_hash = $2 AND $2 <> ''
     AND NOT (k.publicity = 'public' AND k.hosts = '{}' AND $4::varchar[] <> '{}'))::int AS same_by_others,
  (SELECT count(*) FROM alike k, strange s WHERE k.hosts && s.hosts AND k.stopped)::int AS link_stopped,
  (SELECT count(DISTINCT k.author) FROM alike k, strange s WHERE k.hosts && s.hosts AND k.author <> me.author
     AND k.sent_at > now() - interval '7 days' AND k.joined_at > now() - interval '7 days')::int AS link_by_newcomers,
  EXISTS (SELECT 1 FROM alike k WHERE k.author <> me.author AND k.publicity = 'public'
     AND k.phrases && $3::varchar[] AND NOT k.hosts && $4::varchar[]) AS copied
FROM me
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the query found; ``facts`` is what the score is made of."""

    now: datetime
    role: Role
    account_hours: float
    posts_in_hour: int
    public_posts: int
    profile_sells: bool
    same_by_author: int
    same_by_others: int
    link_stopped: int
    link_by_newcomers: int
    copied: bool

    @property
    def staff(self) -> bool:
        return self.role in STAFF

    def facts(self, links: int) -> Facts:
        """Give the facts about a text with so many links; the council's own staff have none."""
        if self.staff:
            return Facts()
        return Facts(
            account_hours=self.account_hours,
            links=links,
            posts_in_hour=self.posts_in_hour,
            same_by_author=self.same_by_author,
            same_by_others=self.same_by_others,
            link_stopped=self.link_stopped,
            link_by_newcomers=self.link_by_newcomers,
            copied=self.copied,
            profile_sells=self.profile_sells,
        )


async def gathered(number: int, same: Same) -> Gathered | None:
    """Gather what is known of a posting's author and of texts like it; None where there is no such posting."""
    return await db.one(Gathered, _GATHERED, number, same.words, list(same.phrases), list(same.hosts))
