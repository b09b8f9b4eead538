"""Listing ideas: searched, filtered, in one of five orders, a page at a time; and what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shapedby import db
from shapedby.db.paging import Page
from shapedby.ideas.queries.searching import Search, no_search
from shapedby.ideas.rules import ANSWERED, Stage
from shapedby.ideas.rules.finding import MOST, PAGE, Only, Order, Sort
from shapedby.kernel import Words


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see, by number; empty means everything but ideas that were joined with another."""

    challenge: int | None = None
    area: int | None = None
    topic: int | None = None
    stage: Stage | None = None
    only: Only | None = None

    @property
    def stages(self) -> list[str]:
        """The stages that fit."""
        if self.only is Only.NEEDS_SUPPORTERS:
            fit = {Stage.OPEN}
        else:
            fit = set(ANSWERED if self.only is Only.ANSWERED else set(Stage) - {Stage.MERGED})
        fit = {self.stage} & (fit | ({Stage.MERGED} if self.only is None else set())) if self.stage else fit
        return sorted(stage.value for stage in fit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An idea in a list of ``total`` on so many pages."""

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
    group_name: str
    organisation: str
    young: bool
    area_name: Words | None
    topic_name: Words | None
    challenge_slug: str
    challenge_question: Words
    supports_needed: int
    html: str
    """All its texts; empty where nothing was searched for."""
    total: int
    page: int

    @property
    def address(self) -> str:
        return f"/ideas/{self.number}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many public ideas a challenge has, and how many supports they have together."""

    challenge: int
    ideas: int
    supports: int
    people: int


# LIMIT 1 lets each posting be looked up: for a thousand ideas the planner would read all postings otherwise.
_PUBLIC = """
JOIN LATERAL (SELECT public_at FROM posting WHERE id = i.posting AND publicity = 'public' LIMIT 1) p ON true
JOIN challenge c ON c.id = i.challenge
WHERE true
"""
_SENT = " AND i.sent_at IS NOT NULL AND i.stage = ANY($1::text[])"
_FITS = {
    "challenge": " AND i.challenge = {}::bigint",
    "area": " AND i.area = {}::bigint",
    "topic": " AND i.topic = {}::bigint",
    "number": " AND i.id = {}::bigint",
}
_WANTING = " AND i.supports < c.supports_needed AND c.decided_at IS NULL"
_COLUMNS = "SELECT i.id, i.supports, i.foreign_supports, i.comments, p.public_at, 0::real AS rank"
# At most so many as a list ranks, and one to see that there are more. Which ones, where there are more:
_KEPT = {
    Sort.NEWEST: " ORDER BY i.sent_at DESC, i.id DESC",
    Sort.SUPPORTED: " ORDER BY i.supports DESC, i.foreign_supports DESC, i.id",
    Sort.DISCUSSED: " ORDER BY i.comments DESC, i.supports DESC, i.id",
}
# What is counted has no index (each support would have to change it): ideas are put in order before anything else is
# looked up, so that only those that are kept are.
_COUNTED = """ FROM (
  SELECT i.id, i.challenge, i.posting, i.supports, i.foreign_supports, i.comments FROM idea i WHERE true {} {} OFFSET 0
) i """
_ONWARD = " AND hashint8extended(i.id, 0) >= {at}::bigint ORDER BY hashint8extended(i.id, 0) LIMIT {most}"
_ROUND = _ONWARD.replace(">=", "<")
_SEARCHED = "SELECT * FROM ideas_found($2::text::tsquery, $3, $4, $5, $1::text[], $6, {})"
# A page behind the last is the last. The gaps are numbers of ours, places of values, and orders from below.
_PAGE = """
), sized AS (
  SELECT least(count(*), {most}) AS total,
         greatest(1, least({page}::int, (least(count(*), {most}) + {size} - 1) / {size})) AS page FROM found
), placed AS (
  SELECT found.id, row_number() OVER (ORDER BY {order}) AS place FROM found, sized
)
SELECT i.id AS number, i.slug, i.title, i.excerpt, p.language, i.stage, i.supports, i.foreign_supports, i.comments,
       p.public_at, i.answer_by, i.group_name,
       CASE WHEN a.left_at IS NULL AND NOT i.anonymous THEN a.name ELSE '' END AS author_name,
       CASE WHEN i.anonymous THEN '' ELSE a.organisation END AS organisation, a.young,
       ar.name AS area_name, t.name AS topic_name, c.slug AS challenge_slug,
       c.question AS challenge_question, c.supports_needed, {html} AS html,
       (SELECT count(*) FROM found) AS total, sized.page::int AS page
FROM sized
JOIN placed ON placed.place > (sized.page - 1) * {size} AND placed.place <= least(sized.page * {size}, sized.total)
JOIN idea i ON i.id = placed.id
JOIN posting p ON p.id = i.posting
JOIN person a ON a.id = i.author
JOIN challenge c ON c.id = i.challenge
LEFT JOIN area ar ON ar.id = i.area
LEFT JOIN topic t ON t.id = i.topic
ORDER BY placed.place
"""
_HTML = "i.problem_html || i.proposal_html || i.beneficiaries_html"
_ON_CIRCLE = """
SELECT found.*, row_number() OVER (ORDER BY hashint8extended(found.id, {circle}::bigint), found.id) - 1 AS circle
FROM ({found}) found
"""
_ORDERS = {
    Sort.NEWEST: "found.public_at DESC NULLS LAST, found.id DESC",
    Sort.SUPPORTED: "found.supports DESC, found.foreign_supports DESC, found.id",
    Sort.DISCUSSED: "found.comments DESC, found.supports DESC, found.id",
}
_SHUFFLED = "mod(found.circle - {turn}::bigint * sized.total / 512 + sized.total, sized.total)"
_BEST = "round(found.rank::numeric, 1) DESC, " + _SHUFFLED
_AROUND = "hashint8extended(found.id, 0) < {at}::bigint, hashint8extended(found.id, 0)"
_TALLIES = """
SELECT i.challenge, count(*) AS ideas, coalesce(sum(i.supports), 0)::int AS supports,
       count(DISTINCT i.author) AS people
FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public'
WHERE i.challenge = ANY($1::bigint[]) GROUP BY i.challenge
"""


class _Given:
    """The values of one statement, in the order of their places."""

    def __init__(self, *values: object) -> None:
        self.values = list(values)

    def put(self, value: object) -> str:
        """Take a value, and give its place: ``$3``."""
        self.values.append(value)
        return f"${len(self.values)}"


async def listed(
    filters: Filters, sort: Sort, order: Order, *, search: Search | None = None, page: int = 1, size: int = PAGE
) -> Page[Row]:
    """List public ideas, ranking ``MOST`` of them; ``order`` chooses the shuffle. Behind the last page is the last."""
    search = search or no_search()
    rows = await _rows(filters, sort, order, search, (page, size))
    if sort is Sort.SHUFFLE and not search.query and rows and rows[0].total > MOST:
        rows = await _rows_around(filters, order, (page, size))
    total = rows[0].total if rows else 0
    return Page(rows, min(total, MOST), rows[0].page if rows else 1, size, more=total > MOST)


async def _rows(filters: Filters, sort: Sort, order: Order, search: Search, wanted: tuple[int, int]) -> list[Row]:
    given = _Given(filters.stages)
    wanting = filters.only is Only.NEEDS_SUPPORTERS
    if search.query:
        for value in (search.query, filters.challenge, filters.area, filters.topic, wanting):
            given.put(value)
        found = _SEARCHED.format(MOST + 1)
    else:
        found = _kept(given, filters, sort, search.number)
    if sort is Sort.SHUFFLE:
        found = _ON_CIRCLE.format(circle=given.put(order.circle), found=found)
        by = (_BEST if search.query else _SHUFFLED).format(turn=given.put(order.turn))
    else:
        by = _ORDERS[sort]
    return await _page(given, found, by, wanted, html=bool(search.query))


def _kept(given: _Given, filters: Filters, sort: Sort, number: int | None) -> str:
    """Write which ideas of a list that is not searched are ranked."""
    first, fits = _KEPT.get(sort, _KEPT[Sort.NEWEST]), _SENT + _fits(given, filters, number)
    if sort in {Sort.SUPPORTED, Sort.DISCUSSED}:
        source = _COUNTED.format(fits, first) + _PUBLIC
    else:
        source = " FROM idea i" + _PUBLIC + fits
    return _COLUMNS + source + _wanting(filters) + first + f" LIMIT {MOST + 1}"


async def _rows_around(filters: Filters, order: Order, wanted: tuple[int, int]) -> list[Row]:
    """Give a page of a list that is too long to be counted, going round the circle that the index knows."""
    given = _Given(filters.stages)
    chosen = _COLUMNS + " FROM idea i" + _PUBLIC + _SENT + _fits(given, filters, None) + _wanting(filters)
    at = given.put(order.begins_at)
    halves = ((chosen + half).format(at=at, most=MOST + 1) for half in (_ONWARD, _ROUND))
    found = " UNION ALL ".join(f"({half})" for half in halves) + f" LIMIT {MOST + 1}"
    return await _page(given, found, _AROUND.format(at=at), wanted, html=False)


def _fits(given: _Given, filters: Filters, number: int | None) -> str:
    wanted = {"challenge": filters.challenge, "area": filters.area, "topic": filters.topic, "number": number}
    fits = [_FITS[name].format(given.put(value)) for name, value in wanted.items() if value is not None]
    return "".join(fits)


def _wanting(filters: Filters) -> str:
    return _WANTING if filters.only is Only.NEEDS_SUPPORTERS else ""


async def _page(given: _Given, found: str, order: str, wanted: tuple[int, int], *, html: bool) -> list[Row]:
    page, size = wanted
    rest = _PAGE.format(page=given.put(page), order=order, most=MOST, size=size, html=_HTML if html else "''")
    return await db.many(Row, "WITH found AS MATERIALIZED (" + found + rest, *given.values)


async def tallies(challenges: Sequence[int]) -> dict[int, Tally]:
    """Count the public ideas of challenges; a challenge without any has none in the answer."""
    return {tally.challenge: tally for tally in await db.many(Tally, _TALLIES, list(challenges))}
