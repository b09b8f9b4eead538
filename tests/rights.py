"""What the residents' rights and the duty to safeguard need: an appeal, a suspension, a case of danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from posting import new_case, new_posting

from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Database

_DECIDED = "UPDATE moderation_case SET state = 'decided', decided_at = now(), decided_by = $2 WHERE id = $1"
_REFUSE = (
    'INSERT INTO moderation_decision ("case", posting, "by", act, rule, reason, was, at) '
    "VALUES ($1, $2, $3, 'refuse', 'no_selling', 'Please leave the shop out.', 'held', now()) RETURNING id"
)
_APPEAL = (
    'INSERT INTO appeal (decision, "case", posting, words, words_html, at) '
    "VALUES ($1, $2, $3, 'It sells nothing.', '<p>It sells nothing.</p>', now())"
)
_SUSPEND = (
    "INSERT INTO suspension (person, by, rule, reason, until, at, ended_at) "
    "VALUES ($1, $2, 'be_kind', 'You threatened a neighbour.', $3, now(), $4)"
)
_DUTY = (
    "INSERT INTO safeguarding_case (posting, passed_on_by, note, opened_at) "
    "VALUES ($1, $2, 'A road.', now()) RETURNING id"
)
_NOTED = "INSERT INTO safeguarding_decision (\"case\", by, act, reason, at) VALUES ($1, $2, 'note', 'Called.', now())"


async def rights(database: Database, people: dict[str, int]) -> dict[str, int]:
    """Write an appeal that waits, a text that can be appealed, a suspended person and a safeguarding case."""
    people["duty"] = await database.new_person(Role.OFFICER, name="Olive Duty", safeguarding=True)
    people["colleague"] = await database.new_person(Role.MODERATOR, name="Kit Colleague")
    people["suspended"] = await database.new_person(name="Sam Sock")
    made: dict[str, int] = {}
    for name in ("appealed", "appealable"):
        posting = made[f"{name}_posting"] = await new_posting(database, people["author"], "refused")
        case = await new_case(database, posting)
        await database.ask(_DECIDED, case, people["colleague"])
        decision = (await database.ask(_REFUSE, case, posting, people["colleague"]))[0][0]
        if name == "appealed":
            made["appeal_case"] = await new_case(database, posting, "appeal")
            await database.ask(_APPEAL, decision, made["appeal_case"], posting)
    now, later = (await database.ask("SELECT now(), now() + interval '7 days'"))[0]
    await database.ask(_SUSPEND, people["suspended"], people["colleague"], now, now)
    await database.ask(_SUSPEND, people["suspended"], people["colleague"], later, None)
    await database.ask("UPDATE person SET suspended_until = $2 WHERE id = $1", people["suspended"], later)
    danger = await new_posting(
        database, people["author"], "public", source="I cannot go on at home.", address="", guarded=True
    )
    made["guarded"] = (await database.ask(_DUTY, danger, people["colleague"]))[0][0]
    await database.ask(_NOTED, made["guarded"], people["duty"])
    return made
