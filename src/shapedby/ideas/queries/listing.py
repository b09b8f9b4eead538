"""Listing ideas: searched, filtered, in one of three orders, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shapedby import db
from shapedby.ideas.rules import PAGE, Sort, Stage, search_words, searched_number
from shapedby.kernel import Words


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor wants to see; empty means everything. ``area`` and ``topic`` are slugs."""

    text: str = ""
    area: str = ""
    topic: str = ""
    stage: Stage | None = None

    @property
    def used(self) -> bool:
        return bool(self.text or self.area or self.topic or self.stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An idea in a list."""

    number: int
    slug: str
    title: str
    excerpt: str
    language: str
    stage: Stage
    supports: int
    foreign_supports: int
    comments: int
    public_at: datetime | None
    answer_by: date | None
    author_name: str
    organisation: str
    young: bool
    area_name: Words | None
    topic_name: Words | None

    @property
    def address(self) -> str:
        return f"/ideas/{self.number}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its ideas, how many there are in all, and which page it is, from 1."""

    ideas: list[Row]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many public ideas a challenge has, and how many supports they have together."""

    challenge: int
    ideas: int
    supports: int
    people: int


_FROM = """
FROM idea i
JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
JOIN person a ON a.id = i.author
LEFT JOIN area ar ON ar.id = i.area
LEFT JOIN topic t ON t.id = i.topic
WHERE i.challenge = $1
  AND ($2::text = '' OR ar.slug = $2)
  AND ($3::text = '' OR t.slug = $3)
  AND ($4::text = '' OR i.stage = $4)
"""
_NUMBERED = " AND i.id = $5"
_FOUND = " AND i.search @@ $5::text::tsquery"
_ROWS = """
SELECT i.id AS number, i.slug, i.title, i.excerpt, p.language, i.stage, i.supports, i.foreign_supports, i.comments,
       p.public_at, i.answer_by, CASE WHEN a.left_at IS NULL THEN a.name ELSE '' END AS author_name,
       a.organisation, a.young, ar.name AS area_name, t.name AS topic_name
"""
# A hash of the idea's number under the day's key: every order is as likely as another, and costs one sort.
_SHUFFLED = " ORDER BY hashint8extended(i.id, {key}::bigint), i.id"
_BEST_FIRST = _SHUFFLED.replace("ORDER BY", "ORDER BY round(ts_rank(i.search, $5::text::tsquery)::numeric, 1) DESC,")
_ORDERS = {
    Sort.NEWEST: " ORDER BY p.public_at DESC NULLS LAST, i.id DESC",
    Sort.SUPPORTED: " ORDER BY i.supports DESC, i.foreign_supports DESC, i.id",
}
# Each word in every way it may stand in the index; the last one may still be half typed. Words that only hold
# sentences together ("the", "de") are left out.
_QUERY = r"""
WITH word AS (
  SELECT w, at, at = max(at) OVER () AS last,
         regexp_replace(normalize(w, NFD), '[\u0300-\u036f]', '', 'g') AS plain
  FROM unnest($1::text[]) WITH ORDINALITY AS given(w, at)
)
SELECT string_agg('(' || concat_ws(' | ', nullif(to_tsquery('english', w)::text, ''),
         nullif(to_tsquery('spanish', w)::text, ''),
         to_tsquery('simple', plain || CASE WHEN last THEN ':*' ELSE '' END)::text) || ')', ' & ' ORDER BY at)
FROM word
WHERE last OR (numnode(to_tsquery('english', w)) > 0 AND numnode(to_tsquery('spanish', w)) > 0)
"""
_TALLIES = """
SELECT i.challenge, count(*) AS ideas, coalesce(sum(i.supports), 0)::int AS supports,
       count(DISTINCT i.author) AS people
FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
WHERE i.challenge = ANY($1::bigint[]) GROUP BY i.challenge
"""


async def listed(challenge: int, filters: Filters, sort: Sort, *, order_key: int, page: int = 1) -> Page:
    """List the public ideas of a challenge; ``order_key`` chooses the shuffle, a page behind the last is the last."""
    given: list[object] = [challenge, filters.area, filters.topic, filters.stage.value if filters.stage else ""]
    where = _FROM
    number, words = searched_number(filters.text), search_words(filters.text)
    if number is not None:
        where, given = where + _NUMBERED, [*given, number]
    elif words:
        where, given = where + _FOUND, [*given, await db.value(_QUERY, list(words)) or ""]
    total: int = await db.value("SELECT count(*)" + where, *given)
    page = min(page, max(1, -(-total // PAGE)))
    order = _ORDERS.get(sort)
    if order is None:
        best = _BEST_FIRST if words and number is None else _SHUFFLED
        given.append(order_key)
        order = best.replace("{key}", f"${len(given)}")
    limits = f" LIMIT {PAGE} OFFSET {(page - 1) * PAGE}"
    rows = await db.many(Row, _ROWS + where + order + limits, *given)
    return Page(rows, total, page)


async def tallies(challenges: Sequence[int]) -> dict[int, Tally]:
    """Count the public ideas of challenges; a challenge without any has none in the answer."""
    return {tally.challenge: tally for tally in await db.many(Tally, _TALLIES, list(challenges))}
