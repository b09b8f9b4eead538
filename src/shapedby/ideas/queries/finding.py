"""Finding ideas as a visitor asks for them: mistyped words are put right, and what was found is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shapedby.db.paging import Page
from shapedby.ideas.queries.listing import Filters, Row, listed
from shapedby.ideas.queries.searching import Search, probably_meant, understood
from shapedby.ideas.rules.finding import FEW, PAGE, Order, Sort
from shapedby.ideas.rules.marking import piece, spans, stems_in
from shapedby.text import mark, plain


@dataclass(frozen=True, slots=True)
class Shown:
    """How an idea that was searched for is shown: its title, and the piece of its text that fits, both marked."""

    title: Markup
    excerpt: Markup


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and what a search may have meant; with ``instead`` the page shows that, and not the search."""

    page: Page[Row]
    meant: str = ""
    instead: bool = False
    shown: Mapping[int, Shown] | None = None


async def found(
    text: str,
    filters: Filters,
    sort: Sort,
    order: Order,
    *,
    languages: Sequence[str],
    page: int = 1,
    size: int = PAGE,
) -> Found:
    """Find ideas; where a search finds few, look for what was probably meant too."""
    search = await understood(text, languages)
    listed_now = await listed(filters, sort, order, search=search, page=page, size=size)
    if not search.query:
        return Found(listed_now)
    if listed_now.total >= FEW or page > 1:
        return Found(listed_now, shown=_marked(listed_now.rows, search))
    meant = await understood(await probably_meant(search), languages)
    better = await listed(filters, sort, order, search=meant, size=size) if meant.query else listed_now
    if better.total <= listed_now.total:
        return Found(listed_now, shown=_marked(listed_now.rows, search))
    if listed_now.total:
        return Found(listed_now, meant.text, shown=_marked(listed_now.rows, search))
    return Found(better, meant.text, instead=True, shown=_marked(better.rows, meant))


def _marked(rows: Sequence[Row], search: Search) -> dict[int, Shown]:
    stems = stems_in(search.query)
    return {row.number: _shown(row, search.words, stems) for row in rows}


def _shown(row: Row, words: Sequence[str], stems: frozenset[str]) -> Shown:
    """Mark a title and its excerpt; where that has none of the words, take the piece of the text that has."""
    title = mark(row.title, spans(row.title, words, stems))
    within = spans(row.excerpt, words, stems)
    if within:
        return Shown(title, mark(row.excerpt, within))
    whole = " ".join(plain(Markup(row.html)).split())  # noqa: S704 - only to be read without its markup
    found_at = spans(whole, words, stems)
    if not found_at:
        return Shown(title, Markup.escape(row.excerpt))
    start, end = piece(whole, found_at)
    shown = mark(whole[start:end], [(one - start, other - start) for one, other in found_at])
    dots = "…"
    return Shown(title, Markup("{}{}{}").format(dots if start else "", shown, dots if end < len(whole) else ""))
