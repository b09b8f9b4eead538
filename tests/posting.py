"""Texts that are already screened, written into a database for tests that begin after that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ground import Database

SPAM = (
    "Great idea and lovely workshop photos. Cheap essays written for every student, "
    "order now at best-essay-help24.example"
)


def _weighed(kind: str, passage: str, weight: float) -> list[Any]:
    start = SPAM.index(passage)
    return [kind, passage, weight, start, start + len(passage)]


HELD_AS_SPAM: dict[str, Any] = {
    "held": ["looks_like_spam"],
    "weighed": [
        _weighed("link", "best-essay-help24.example", 3.1),
        _weighed("word", "order now", 2.4),
        _weighed("word", "workshop photos", -0.6),
        ["feature", "link_end", 0.4, None, None],
        ["rest", "", 0.8, None, None],
    ],
    "threshold": 0.2,
}


async def new_posting(
    database: Database,
    author: int,
    publicity: str = "held",
    *,
    source: str = SPAM,
    kind: str = "comment",
    reasons: Any = None,
    **columns: Any,
) -> int:
    """Write a posting as screening would have left it; give its number."""
    given = {
        "kind": kind,
        "author": author,
        "publicity": publicity,
        "source": source,
        "html": f"<p>{source}</p>",
        "about": "A repair bench in the library",
        "address": "/comments/1",
        "probability": 0.97,
        "reasons": HELD_AS_SPAM if reasons is None else reasons,
        **columns,
    }
    places = ", ".join(f"${number}" for number in range(1, len(given) + 1))
    sql = f"INSERT INTO posting ({', '.join(given)}, written_at, sent_at) VALUES ({places}, now(), now()) RETURNING id"
    return (await database.ask(sql, *given.values()))[0][0]


async def new_case(database: Database, posting: int, raised_by: str = "classifier", waited: str = "1 minute") -> int:
    """Open a case about a posting; give its number."""
    sql = (
        "INSERT INTO moderation_case (posting, raised_by, opened_at) VALUES ($1, $2, now() - $3::text::interval) "
        "RETURNING id"
    )
    return (await database.ask(sql, posting, raised_by, waited))[0][0]


def token_in(html: str) -> str:
    """Take the token out of a page's form."""
    return html.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]


def field_in(html: str, name: str) -> str:
    """Take the value of a hidden field out of a page."""
    return html.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
