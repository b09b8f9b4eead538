"""The statements that change challenges; ``actions`` decides when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shapedby import db
from shapedby.challenges.rules import Brief, Weighed
from shapedby.kernel import Words


async def insert(brief: Brief, *, by: int) -> int:
    """Add a draft, and give its number."""
    return await db.value(
        """INSERT INTO challenge (slug, question, summary, why_asked, who_decides, what_chosen_gets,
            privacy_note, opens_at, closes_at, supports_needed, answer_days, anonymous_allowed, supports_each,
            prepared_by, prepared_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now()) RETURNING id""",
        *_columns(brief),
        by,
    )


async def update(number: int, brief: Brief) -> int:
    """Change everything that stands in the challenge's own row."""
    return await db.run(
        """UPDATE challenge SET slug = $1, question = $2, summary = $3, why_asked = $4, who_decides = $5,
            what_chosen_gets = $6, privacy_note = $7, opens_at = $8, closes_at = $9, supports_needed = $10,
            answer_days = $11, anonymous_allowed = $12, supports_each = $13
        WHERE id = $14""",
        *_columns(brief),
        number,
    )


def _columns(brief: Brief) -> tuple[object, ...]:
    texts = (
        brief.question,
        brief.summary,
        brief.why_asked,
        brief.who_decides,
        brief.what_chosen_gets,
        brief.privacy_note,
    )
    numbers = (brief.opens_at, brief.closes_at, brief.supports_needed, brief.answer_days, brief.anonymous_allowed)
    return (brief.slug, *(dict(words) for words in texts), *numbers, brief.supports_each)


async def set_parts(number: int, brief: Brief) -> None:
    """Make the areas and topics of a challenge those of a brief; numbers that do not exist are left out."""
    await db.run("DELETE FROM challenge_area WHERE challenge = $1", number)
    await db.run(
        "INSERT INTO challenge_area (challenge, area) SELECT $1, id FROM area WHERE id = ANY($2)",
        number,
        list(brief.areas),
    )
    await db.run("DELETE FROM challenge_topic WHERE challenge = $1", number)
    await db.run(
        "INSERT INTO challenge_topic (challenge, topic) SELECT $1, id FROM topic WHERE id = ANY($2)",
        number,
        list(brief.topics),
    )


async def set_criteria(number: int, criteria: Iterable[Weighed]) -> None:
    """Replace the criteria of a draft, which nobody has scored by."""
    await db.run("DELETE FROM criterion WHERE challenge = $1", number)
    for position, criterion in enumerate(criteria, start=1):
        await db.run(
            "INSERT INTO criterion (challenge, position, name, meaning, weight) VALUES ($1, $2, $3, $4, $5)",
            number,
            position,
            dict(criterion.name),
            dict(criterion.meaning),
            criterion.weight,
        )


async def reword_criteria(number: int, criteria: Iterable[Weighed]) -> None:
    """Change the words of criteria, never their number or weights."""
    for position, criterion in enumerate(criteria, start=1):
        await db.run(
            "UPDATE criterion SET name = $3, meaning = $4 WHERE challenge = $1 AND position = $2",
            number,
            position,
            dict(criterion.name),
            dict(criterion.meaning),
        )


async def publish(number: int) -> int:
    """Let residents see a draft from now on."""
    sql = "UPDATE challenge SET published_at = now() WHERE id = $1 AND published_at IS NULL"
    return await db.run(sql, number)


async def close(number: int) -> int:
    """Stop taking ideas now."""
    return await db.run("UPDATE challenge SET closes_at = now() WHERE id = $1 AND closes_at > now()", number)


async def extend(number: int, closes_at: datetime) -> int:
    """Move the day on which a challenge closes."""
    sql = "UPDATE challenge SET closes_at = $2 WHERE id = $1 AND decided_at IS NULL"
    return await db.run(sql, number, closes_at)


async def finish(number: int) -> int:
    """Call a challenge decided now."""
    sql = "UPDATE challenge SET decided_at = now() WHERE id = $1 AND decided_at IS NULL"
    return await db.run(sql, number)


async def add_area(slug: str, name: Words) -> int | None:
    """Add an area, and give its number; None where one has that address."""
    return await db.value(
        """INSERT INTO area (slug, name, position) SELECT $1, $2, coalesce(max(position), 0) + 1 FROM area
        ON CONFLICT (slug) DO NOTHING RETURNING id""",
        slug,
        dict(name),
    )


async def add_topic(slug: str, name: Words) -> int | None:
    """Add a topic, and give its number; None where one has that address."""
    return await db.value(
        """INSERT INTO topic (slug, name, position) SELECT $1, $2, coalesce(max(position), 0) + 1 FROM topic
        ON CONFLICT (slug) DO NOTHING RETURNING id""",
        slug,
        dict(name),
    )
