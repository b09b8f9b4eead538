"""What PostgreSQL makes of a search, and which words it may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from shapedby import db
from shapedby.ideas.rules.finding import (
    LONGEST_WORD,
    MOST_WORDS,
    SHORTEST_MEANT,
    Known,
    meant,
    plain_word,
    search_words,
    searched_number,
)


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was typed, taken apart: words, or the number of an idea."""

    text: str = ""
    words: Sequence[str] = ()
    query: str = ""
    """PostgreSQL's own writing of it; empty where nothing, or a number, is searched for."""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Near:
    at: int
    word: str
    ideas: int


# Each word in every way it may stand in the index; the last one may still be half typed. Words that only hold
# sentences together ("the", "de") are left out where the sentence is longer.
_QUERY = r"""
WITH word AS (
  SELECT w, at, at = max(at) OVER () AS last, without_accents(w) AS plain
  FROM unnest($1::text[]) WITH ORDINALITY AS given(w, at)
), stem AS (
  SELECT at, string_agg(DISTINCT nullif(to_tsquery(stems_of(l), w)::text, ''), ' | ') AS stems,
         bool_and(numnode(to_tsquery(stems_of(l), w)) > 0) AS tells
  FROM word CROSS JOIN unnest($2::text[]) l GROUP BY at
)
SELECT string_agg('(' || concat_ws(' | ', stems,
         to_tsquery('simple', plain || CASE WHEN last THEN ':*' ELSE '' END)::text) || ')', ' & ' ORDER BY at)
FROM word JOIN stem USING (at) WHERE last OR tells
"""
_NEAR = """
WITH wanted AS (
  SELECT w, at, ARRAY(SELECT DISTINCT substr('  ' || w || ' ', n, 3) FROM generate_series(1, length(w) + 1) n) AS grams
  FROM unnest($1::text[]) WITH ORDINALITY AS given(w, at)
)
SELECT wanted.at::int AS at, near.word, near.ideas FROM wanted CROSS JOIN LATERAL (
  SELECT s.word, s.ideas FROM search_word s
  WHERE s.grams && wanted.grams::varchar[] AND length(s.word) BETWEEN length(wanted.w) - 2 AND length(wanted.w) + 2
  ORDER BY s.word = wanted.w DESC,
    cardinality(ARRAY(SELECT unnest(s.grams) INTERSECT SELECT unnest(wanted.grams::varchar[]))) DESC, s.ideas DESC
  LIMIT 12
) near
"""
# Whole words without accents are marked B and D in the index; see `migrations/raw/search.sql`.
_LEARN = """
INSERT INTO search_word (word, ideas, grams)
SELECT word, ndoc, ARRAY(SELECT DISTINCT substr('  ' || word || ' ', n, 3) FROM generate_series(1, length(word) + 1) n)
FROM ts_stat($1, 'bd') WHERE length(word) BETWEEN $2 AND $3 AND word ~ '^[[:alpha:]]+$'
ON CONFLICT (word) DO UPDATE SET ideas = excluded.ideas WHERE $4 AND search_word.ideas <> excluded.ideas
"""
_PUBLIC = "SELECT i.search FROM idea i JOIN posting p ON p.id = i.posting WHERE p.publicity = 'public'"
_NEW = _PUBLIC + " AND i.sent_at > now() - interval '30 days' AND p.public_at > now() - interval '10 minutes'"
_FORGET = """
DELETE FROM search_word WHERE word NOT IN (SELECT word FROM ts_stat($1, 'bd'))
"""


@cache
def no_search() -> Search:
    """Give the search for nothing."""
    return Search()


async def understood(text: str, languages: Sequence[str]) -> Search:
    """Take a search apart, in the languages that people write in here."""
    number, words = searched_number(text), search_words(text)
    if number is not None:
        return Search(text, number=number)
    query: str | None = await db.value(_QUERY, list(words), list(languages)) if words else None
    return Search(text, words, query or "")


async def probably_meant(search: Search) -> str:
    """Give the search with its mistyped words put right; empty where there is nothing to put right."""
    plain = [plain_word(word)[:LONGEST_WORD] for word in search.words[:MOST_WORDS]]
    near = await db.many(_Near, _NEAR, plain) if plain else []
    put_right = [
        meant(word, [Known(one.word, one.ideas) for one in near if one.at == at])
        for at, word in enumerate(search.words, start=1)
    ]
    if not any(put_right):
        return ""
    return " ".join(right or word for right, word in zip(put_right, search.words, strict=True))


async def learn_new_words() -> int:
    """Learn the words of ideas that became public in the last minutes; gives how many were new."""
    return await db.run(_LEARN, _NEW, SHORTEST_MEANT, LONGEST_WORD, False)


async def learn_all_words() -> int:
    """Learn the words of all public ideas, count them, and forget those that stand in none any more."""
    changed = await db.run(_LEARN, _PUBLIC, SHORTEST_MEANT, LONGEST_WORD, True)
    return changed + await db.run(_FORGET, _PUBLIC)
