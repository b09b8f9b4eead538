"""A question with topics and areas, and ideas that answer it, written for tests of what comes after."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ground import Database
from posting import new_posting, token_in

from shapedby.kernel import Role
from shapedby.likeness.rules import VERSION, mark_text

if TYPE_CHECKING:
    import httpx

WORDS: dict[str, str] = {
    "title": "A walking bus with a driver's timetable",
    "problem": "Our street sends thirty children to the same gate at the same minute, in eleven cars.",
    "proposal": "Give the walking bus what a real bus has: a route, stops with a sign and a timetable.\n\n"
    "- start in June\n- count the cars",
    "beneficiaries": "The children of the school, and everybody who lives along the way.",
    "language": "en",
}


@dataclass(frozen=True)
class Question:
    """A published challenge, with what can be chosen in it."""

    id: int
    slug: str
    topics: dict[str, int] = field(default_factory=dict[str, int])
    areas: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def address(self) -> str:
        return f"/challenges/{self.slug}"


async def new_question(
    database: Database, *, opens: str = "-7 days", closes: str = "21 days", decided: bool = False, **columns: Any
) -> Question:
    """Publish a challenge that opens and closes so long from now."""
    officer = await database.new_person(Role.OFFICER)
    slug = f"q-{secrets.token_hex(4)}"
    given = {"question": {"en": "What would make it safer?", "es": "¿Qué lo haría más seguro?"}, **columns}
    given = {name: {"en": name, "es": name} for name in TEXTS} | given
    names = ", ".join(given)
    places = ", ".join(f"${number}" for number in range(5, 5 + len(given)))
    sql = (
        f"INSERT INTO challenge (slug, prepared_by, opens_at, closes_at, {names}, prepared_at, published_at,"
        " decided_at)"
        f" VALUES ($1, $2, now() + $3::text::interval, now() + $4::text::interval, {places}, now(), now(),"
        f" {'now()' if decided else 'NULL'}) RETURNING id"
    )
    number = (await database.ask(sql, slug, officer, opens, closes, *given.values()))[0][0]
    topics = {name: await _place(database, "topic", number, name) for name in ("streets", "parks")}
    areas = {name: await _place(database, "area", number, name) for name in ("harbour", "hill")}
    return Question(number, slug, topics, areas)


TEXTS = ("summary", "why_asked", "who_decides", "what_chosen_gets", "privacy_note")


async def _place(database: Database, kind: str, challenge: int, name: str) -> int:
    slug = f"{name}-{challenge}"
    words = {"en": name.title(), "es": name.title()}
    made = await database.ask(f"INSERT INTO {kind} (slug, name) VALUES ($1, $2) RETURNING id", slug, words)
    await database.ask(f"INSERT INTO challenge_{kind} (challenge, {kind}) VALUES ($1, $2)", challenge, made[0][0])
    return made[0][0]


async def new_idea(
    database: Database, question: Question, author: int | None = None, publicity: str = "public", **columns: Any
) -> int:
    """Write an idea as sending would have left it; give its number."""
    author = author or await database.new_person()
    posting = await new_posting(
        database, author, publicity, kind="idea", source="An idea", reasons={"held": [], "weighed": []}
    )
    if publicity == "public":
        await database.ask("UPDATE posting SET public_at = now() WHERE id = $1", posting)
    given: dict[str, Any] = {
        **{name: text for name, text in WORDS.items() if name != "language"},
        "slug": "a-walking-bus",
        "problem_html": "<p>Eleven cars.</p>",
        "proposal_html": "<p>A timetable.</p>",
        "excerpt": "A timetable.",
        "topic": question.topics["streets"],
        **columns,
    }
    places = ", ".join(f"${number}" for number in range(4, 4 + len(given)))
    sql = (
        f"INSERT INTO idea (challenge, posting, author, {', '.join(given)}, drafted_at, sent_at)"
        f" VALUES ($1, $2, $3, {places}, now(), now()) RETURNING id"
    )
    return (await database.ask(sql, question.id, posting, author, *given.values()))[0][0]


async def let_be_found(database: Database, idea: int, question: Question, title: str) -> None:
    """Let an idea be found by those that are like it, as its publication would have."""
    marked = mark_text(title)
    sql = "INSERT INTO likeness_entry (thing, within, made, words, marks) VALUES ($1, $2, $3, $4, $5)"
    await database.ask(sql, idea, question.id, VERSION, marked.words, list(marked.marks))


async def send_form(client: httpx.AsyncClient, page: str, address: str = "", **fields: str) -> httpx.Response:
    """Open a page, take its token, and post a form to the page's address or another."""
    token = token_in((await client.get(page)).text)
    return await client.post(address or page, data={"csrf": token, **fields})
