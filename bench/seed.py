"""A council to measure: one open challenge, many ideas, one idea with a long discussion, people who are signed in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from shapedby.settings import Settings
from shapedby.web.csrf import token

COMMENTS = 50

WORDS = '{"en": "What would make the last bus home worth waiting for?", "es": "¿Qué haría falta?"}'
PEOPLE = """
INSERT INTO person (email, name, origin, joined_at, welcomed_at)
SELECT 'p' || n || '@example.org', 'Person ' || n, 'bench', now(), now() FROM generate_series(1, $1::int) n
"""
CHALLENGE = """
INSERT INTO challenge (slug, question, summary, why_asked, who_decides, what_chosen_gets, privacy_note, opens_at,
  closes_at, supports_needed, answer_days, prepared_by, prepared_at, published_at)
SELECT 'bench', w, w, w, w, w, '{}', now() - interval '9 days', now() + interval '90 days', 300, 28,
  (SELECT min(id) FROM person), now(), now() - interval '9 days' FROM (SELECT $1::jsonb AS w) words RETURNING id
"""
TOPIC = """
INSERT INTO topic (slug, name, position) VALUES ('buses', '{"en": "Buses", "es": "Autobuses"}', 1) RETURNING id
"""
LINK = "INSERT INTO challenge_topic (challenge, topic) VALUES ($1, $2)"
POSTINGS = """
INSERT INTO posting (kind, author, publicity, language, source, html, about, address, written_at, sent_at, public_at)
SELECT 'idea', p.id, 'public', 'en', $1, $1, 'Idea', '/', now(), now(), now() - n * interval '1 minute'
FROM generate_series(1, $2::int) n JOIN person p ON p.id = (SELECT min(id) FROM person) + n % $3
RETURNING id
"""
IDEAS = """
INSERT INTO idea (challenge, posting, author, stage, title, slug, problem, proposal, beneficiaries, problem_html,
  proposal_html, beneficiaries_html, excerpt, topic, drafted_at, sent_at, answer_by)
SELECT $1, p.id, p.author, 'open', 'A bus stop that tells the truth, number ' || p.id, 'a-bus-stop', $2, $2, $2,
  $3, $3, $3,
  left($2, 200), $4, now(), now(), current_date + 28 FROM posting p WHERE p.kind = 'idea'
"""
REMARKS = """
WITH posted AS (
  INSERT INTO posting (kind, author, publicity, language, source, html, about, address, written_at, sent_at, public_at)
  SELECT 'comment', (SELECT min(id) FROM person) + n, 'public', 'en', $2, $3, 'Idea', '/', now(), now(), now()
  FROM generate_series(1, $4::int) n RETURNING id, author
)
INSERT INTO comment (idea, posting, author, sent_at) SELECT $1, id, author, now() FROM posted
"""
TEXT = (
    "The display at the quay says two minutes for a quarter of an hour. Show where the bus is, not where it should be. "
)


@dataclass(frozen=True)
class Browser:
    """Somebody who is signed in: what their browser sends."""

    cookie: str
    csrf: str


@dataclass(frozen=True)
class Council:
    """What there is to measure."""

    ideas: Sequence[int]
    topic: int
    browsers: Sequence[Browser]


async def seed(settings: Settings, url: str, *, ideas: int, people: int) -> Council:
    """Fill an empty, migrated database."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute(PEOPLE, people)
            challenge = await connection.fetchval(CHALLENGE, WORDS)
            topic = await connection.fetchval(TOPIC)
            await connection.execute(LINK, challenge, topic)
            await connection.execute(POSTINGS, TEXT * 3, ideas, people - 1)
            await connection.execute(IDEAS, challenge, TEXT * 3, f"<p>{TEXT * 3}</p>", topic)
            numbers = [row["id"] for row in await connection.fetch("SELECT id FROM idea ORDER BY id")]
            await connection.execute(REMARKS, numbers[0], TEXT, f"<p>{TEXT}</p>", COMMENTS)
            await connection.execute("UPDATE idea SET comments = $2 WHERE id = $1", numbers[0], COMMENTS)
            browsers = await _sign_in(connection, settings, people)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return Council(numbers, topic, browsers)


async def _sign_in(connection: asyncpg.Connection, settings: Settings, people: int) -> list[Browser]:
    made = [(secrets.token_urlsafe(32), secrets.token_urlsafe(24)) for _ in range(people)]
    rows = await connection.fetch("SELECT id FROM person ORDER BY id LIMIT $1", people)
    await connection.executemany(
        "INSERT INTO sign_in (token_hash, person, csrf, began_at, seen_at, ends_at)"
        " VALUES ($1, $2, $3, now(), now(), now() + interval '1 day')",
        [
            (hashlib.sha256(sign_in.encode()).hexdigest(), row["id"], csrf)
            for row, (sign_in, csrf) in zip(rows, made, strict=True)
        ],
    )
    return [Browser(f"sign-in={sign_in}", token(settings.secret, csrf)) for sign_in, csrf in made]


DRAFTS = """
WITH posted AS (
  INSERT INTO posting (kind, author, publicity, language, source, html, about, address, written_at)
  SELECT 'idea', (SELECT min(id) FROM person) + n, 'draft', 'en', '', '', '', '', now()
  FROM generate_series(0, $3::int - 1) n RETURNING id, author
)
INSERT INTO idea (challenge, posting, author, stage, title, problem, proposal, beneficiaries, topic, drafted_at)
SELECT (SELECT id FROM challenge WHERE slug = 'bench'), id, author, 'open', 'A bench at the stop ' || id, $1, $1, $1,
  $2, now()
FROM posted RETURNING id, author - (SELECT min(id) FROM person) AS place
"""


async def drafts(url: str, council: Council, number: int) -> list[tuple[int, int]]:
    """Write finished drafts of about 1 KB, one for each of so many people; gives their numbers and those people."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(DRAFTS, TEXT * 3, council.topic, min(number, len(council.browsers)))
        return [(row["id"], row["place"]) for row in rows]
    finally:
        await connection.close()
