"""Challenges and ideas, written for tests that begin after somebody wrote them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from posting import new_posting

from shapedby.challenges import actions
from shapedby.challenges.rules import Brief, Weighed
from shapedby.kernel import Actor, Role

if TYPE_CHECKING:
    from ground import Database

LANGUAGES = ("en", "es")


def both(words: str) -> dict[str, str]:
    """Give a text in both languages."""
    return {"en": words, "es": f"{words} (es)"}


def officer(person: int) -> Actor:
    """Give the actor of an officer."""
    return Actor(person=person, role=Role.OFFICER, name="Ada")


def a_brief(slug: str = "last-bus", **changes: Any) -> Brief:
    """Give a brief that can be published."""
    now = datetime.now(UTC).replace(microsecond=0)
    whole = Brief(
        slug=slug,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        question=both("What would make the last bus home worth waiting for?"),
        summary=both("Six routes, one winter."),
        why_asked=both("The last bus is late on two evenings of three."),
        who_decides=both("Three residents, two drivers and one officer."),
        what_chosen_gets=both("£4,000 and an officer for half a year."),
        supports_needed=2,
        answer_days=28,
        criteria=(
            Weighed(name=both("Reach"), meaning=both("How many people gain"), weight=60),
            Weighed(name=both("Cost"), meaning=both("What it costs each year"), weight=40),
        ),
    )
    return replace(whole, **changes)


async def new_challenge(by: int, slug: str = "last-bus", **changes: Any) -> int:
    """Publish a challenge through the actions; give its number. Needs the pool or the app."""
    number = await actions.prepare(officer(by), a_brief(slug, **changes))
    await actions.publish(officer(by), number, languages=LANGUAGES)
    return number


async def new_idea(
    database: Database,
    challenge: int,
    author: int,
    *,
    title: str = "A timetable that a phone can read aloud",
    publicity: str = "public",
    supporters: tuple[int, ...] = (),
    **columns: Any,
) -> int:
    """Write an idea that was sent, with its supporters; give its number."""
    posting = await new_posting(
        database, author, publicity, source=title, kind="idea", reasons={"held": [], "weighed": []}, probability=0.01
    )
    given = {
        "challenge": challenge,
        "posting": posting,
        "author": author,
        "title": title,
        "slug": "a-timetable",
        "problem_html": "<p>Nobody knows when it comes.</p>",
        "proposal_html": "<p>Let the phone say it.</p>",
        "beneficiaries_html": "<p>People who see badly.</p>",
        "supports": len(supporters),
        **columns,
    }
    places = ", ".join(f"${number}" for number in range(1, len(given) + 1))
    sql = f"INSERT INTO idea ({', '.join(given)}, drafted_at, sent_at) VALUES ({places}, now(), now()) RETURNING id"
    idea = (await database.ask(sql, *given.values()))[0][0]
    for person in supporters:
        await database.ask(
            "INSERT INTO support (idea, person, since, changed_at) VALUES ($1, $2, now(), now())", idea, person
        )
    return idea
