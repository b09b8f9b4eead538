"""A moderator's sitting: 200 mixed cases, each read and decided on the real pages, one after another."""

import hashlib
import http.client
import re
import secrets
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import asyncpg

CASES = 200
SEE_OTHER = 303
MODERATOR = """
INSERT INTO person (email, name, role, origin, joined_at, welcomed_at)
VALUES ('moderator@example.org', 'Rhea', 'moderator', 'bench', now(), now()) RETURNING id
"""
SIGN_IN = """
INSERT INTO sign_in (token_hash, person, csrf, began_at, seen_at, ends_at)
VALUES ($1, $2, $3, now(), now(), now() + interval '1 day')
"""
# Every third is public and reported, the others are held; ideas and comments; a few by the same authors.
WAITING = """
WITH posted AS (
  INSERT INTO posting (kind, author, publicity, language, source, html, about, address, written_at, sent_at,
    probability, reasons)
  SELECT 'comment', (SELECT min(id) FROM person) + n % 60, CASE WHEN n % 3 = 0 THEN 'public' ELSE 'held' END, 'en',
    t.text, '<p>' || t.text || '</p>', 'A bus stop that tells the truth', '/comments/1', now(), now(), 0.6,
    '{"held": ["looks_like_spam"], "weighed": [["word", "order now", 2.1, 0, 9]], "threshold": 0.2}'
  FROM generate_series(1, $1::int) n, LATERAL (SELECT repeat('Order now, number ' || n || '. ', 1 + n % 20) AS text) t
  RETURNING id, author, publicity
), said AS (
  INSERT INTO comment (idea, posting, author, sent_at)
  SELECT (SELECT min(id) FROM idea) + id % 50, id, author, now() FROM posted
), opened AS (
  INSERT INTO moderation_case (posting, raised_by, state, opened_at)
  SELECT id, CASE WHEN publicity = 'public' THEN 'report' ELSE 'classifier' END, 'open',
    now() - id * interval '1 second'
  FROM posted RETURNING id, posting, raised_by
)
INSERT INTO report (reference, posting, "case", reason, note, at)
SELECT 'B' || id, posting, id, 'spam', 'It sells something.', now() FROM opened WHERE raised_by = 'report'
"""


@dataclass(frozen=True, slots=True)
class Sitting:
    """How long one person waited, in milliseconds: for each decision, and for the page of the next case."""

    cases: int
    seconds: float
    decision: tuple[float, float]
    page: tuple[float, float]

    @property
    def lines(self) -> list[str]:
        return [
            f"moderator's decision p50 {self.decision[0]:.1f} ms, p95 {self.decision[1]:.1f} ms",
            f"moderator's next case p50 {self.page[0]:.1f} ms, p95 {self.page[1]:.1f} ms",
            f"{self.cases} mixed cases decided in {self.seconds:.1f} s of a moderator's waiting",
        ]


async def cases_waiting(url: str, cases: int = CASES) -> str:
    """Write cases that wait, and a moderator; gives the moderator's cookie."""
    token = secrets.token_urlsafe(32)
    connection = await asyncpg.connect(url)
    try:
        person = await connection.fetchval(MODERATOR)
        await connection.execute(SIGN_IN, hashlib.sha256(token.encode()).hexdigest(), person, secrets.token_urlsafe(24))
        await connection.execute(WAITING, cases)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return f"sign-in={token}"


def sit(port: int, cookie: str, cases: int = CASES) -> Sitting:
    """Decide cases as a moderator does: read a page, decide, and follow to the next one."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    decisions: list[float] = []
    pages: list[float] = []
    began = time.perf_counter()
    address = "/moderation"
    for number in range(cases):
        taken, _, html = _timed(connection, "GET", address, cookie)
        pages.append(taken)
        taken, address, _ = _timed(connection, "POST", _case_in(html), cookie, _decision(html, number))
        decisions.append(taken)
    return Sitting(cases, time.perf_counter() - began, _p50_p95(decisions), _p50_p95(pages))


def _timed(
    connection: http.client.HTTPConnection, method: str, address: str, cookie: str, body: str = ""
) -> tuple[float, str, str]:
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    began = time.perf_counter()
    connection.request(method, address, body or None, headers)
    answer = connection.getresponse()
    html = answer.read().decode()
    taken = (time.perf_counter() - began) * 1000
    if answer.status != (SEE_OTHER if method == "POST" else 200):
        message = f"{method} {address} answers {answer.status}"
        raise RuntimeError(message)
    return taken, answer.headers.get("location", ""), html


def _case_in(html: str) -> str:
    found = re.search(r'id="decide" method="post" action="([^"]+)"', html)
    if found is None:
        message = "the page has no case to decide"
        raise RuntimeError(message)
    return found[1]


def _decision(html: str, number: int) -> str:
    """Decide in turn as people do: let most be, refuse some, ask for a change, set aside."""
    public = 'value="keep"' in html
    given = {"csrf": _field(html, "csrf"), "seen": _field(html, "seen"), "rule": "no_selling"}
    acts = ("keep", "hide", "keep", "hide", "ask") if public else ("publish", "refuse", "refuse", "ask", "quarantine")
    given["act"] = acts[number % len(acts)]
    return urlencode({**given, "words": "Please leave the shop out." if number % 2 or given["act"] == "ask" else ""})


def _field(html: str, name: str) -> str:
    return html.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def _p50_p95(taken: list[float]) -> tuple[float, float]:
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
