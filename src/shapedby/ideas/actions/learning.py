"""Learning the words of public ideas, so that a mistyped search can be put right."""

from __future__ import annotations

from shapedby import db
from shapedby.ideas import queries
from shapedby.ideas.queries import searching


async def learn_new_words() -> int:
    """Learn the words of ideas that became public in the last minutes; gives how many were new."""
    return await searching.learn_new_words()


async def learn_all_words() -> int:
    """Learn, count and forget: after it the words are those of the public ideas of this moment."""
    async with db.transaction():
        await queries.lock_key("words to search")
        return await searching.learn_all_words()
