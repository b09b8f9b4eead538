"""People who write together, and people without e-mail, for tests of whole pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapedby.ideas.rules.together import token

if TYPE_CHECKING:
    from ground import Database

_VERSION = (
    "INSERT INTO idea_version (idea, person, number, title, problem, written_at, public_at) "
    "SELECT id, author, $2::smallint, title, $3, now(), now() + $2::smallint * interval '1 second' "
    "FROM idea WHERE id = $1"
)
_INVITATION = (
    "INSERT INTO idea_invitation (idea, by, nonce, invited_at, ends_at) "
    "VALUES ($1, $2, 'a-nonce', now(), now() + interval '9 days') RETURNING id"
)
_MERGE = (
    "INSERT INTO idea_merge (source, target, because, proposed_by, proposed_at, ends_at) "
    "VALUES ($1, $2, 'same', $3, now(), now() + interval '9 days') RETURNING id"
)
_CONTACT = (
    "INSERT INTO person_contact (person, reach, postal, nonce, added_at) "
    "VALUES ($1, 'post', E'2 Chapel Row\nPorthmellin', 'a-nonce', now())"
)
_LETTER = (
    "INSERT INTO outgoing_letter (name, postal, subject, text, language, kind, reference, queued_at) "
    "VALUES ('Mr Hosking', '2 Chapel Row', 'Our answer', 'We have read it.', 'en', 'my_ideas', 'R-1', now()) "
    "RETURNING id"
)


async def helped(database: Database, people: dict[str, int], made: dict[str, int]) -> tuple[dict[str, int], str]:
    """Write versions, an invitation, a proposal, a person without e-mail and a letter; gives numbers and a link."""
    for number, problem in ((1, "Eleven cars stand here."), (2, "Twelve cars stand there.")):
        await database.ask(_VERSION, made["idea"], number, problem)
    invitation = (await database.ask(_INVITATION, made["idea"], people["author"]))[0][0]
    merge = (await database.ask(_MERGE, made["spanish"], made["idea"], people["officer"]))[0][0]
    people["assisted"] = await database.new_person(name="Mr Hosking", email=None, origin="assisted")
    await database.ask(_CONTACT, people["assisted"])
    letter = (await database.ask(_LETTER))[0][0]
    link = token(database.settings.secret, invitation, "a-nonce")
    return {"merge": merge, "letter": letter, "invitation": invitation}, link
