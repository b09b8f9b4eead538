"""A council in which every kind of page has something to show, written straight into a database."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from answering import Question, let_be_found, new_idea, new_question
from discussing import talk
from helped import helped
from posting import new_case, new_posting
from rights import rights
from rows import NOW, TODAY, both, put
from wishes import wishes
from works import new_project

from shapedby.kernel import Role
from shapedby.notices.rules import stop_token

if TYPE_CHECKING:
    from ground import Database

LINK = "a-link-that-nobody-has-used"


@dataclass(frozen=True)
class Council:
    """What there is, by what it is an example of; addresses are made of these."""

    people: dict[str, int]
    slugs: dict[str, str]
    numbers: dict[str, int]

    def at(self, address: str) -> str:
        """Fill an address such as ``/ideas/{idea}/edit`` with what there is."""
        return address.format_map({**self.slugs, **self.numbers, **{f"p_{k}": n for k, n in self.people.items()}})


async def settled(database: Database) -> Council:
    """Write the whole council into an empty database."""
    people = await _people(database)
    asked = {
        "open": await new_question(database, supports_needed=2, privacy_note=both("We keep nothing else.")),
        "deciding": await new_question(database, opens="-60 days", closes="-2 days"),
        "decided": await new_question(database, opens="-90 days", closes="-30 days", decided=True),
        "coming": await new_question(database, opens="5 days", closes="30 days"),
        "empty": await new_question(database),
    }
    for question in asked.values():
        await _criteria(database, question)
    draft = await new_question(database)
    await database.ask("UPDATE challenge SET published_at = NULL WHERE id = $1", draft.id)
    slugs = {"stop": stop_token(database.settings.secret, people["resident"], "news")}
    slugs |= {name: question.slug for name, question in asked.items()}
    numbers = {f"{name}_id": question.id for name, question in asked.items()} | {"draft_id": draft.id}
    numbers |= await _ideas(database, people, asked)
    numbers |= await talk(database, people, numbers)
    numbers |= await _cases(database, people, numbers) | await rights(database, people)
    numbers |= await wishes(database, people, numbers)
    more, slugs["invited"] = await helped(database, people, numbers)
    numbers |= more
    await _said(database, people, numbers)
    for name, idea in (("active", "building"), ("closed", "built")):
        slugs[f"{name}_project"] = f"{name}-project"
        numbers |= await new_project(database, people["officer"], name, numbers[idea])
    slugs |= await _mail_and_report(database, numbers)
    return Council(people, slugs, numbers)


async def _people(database: Database) -> dict[str, int]:
    people = {
        str(role): await database.new_person(role, name=f"The {role}") for role in Role if role is not Role.VISITOR
    }
    people["author"] = await database.new_person(name="Elowen Tregear")
    people["young"] = await database.new_person(name="Heron 412", young=True)
    people["newcomer"] = await database.new_person(name="")
    await database.ask("UPDATE person SET welcomed_at = NULL WHERE id = $1", people["newcomer"])
    posting = await new_posting(
        database,
        people["author"],
        "public",
        kind="about_me",
        source="I mend bicycles.",
        address=f"/people/{people['author']}",
    )
    await put(
        database,
        "profile",
        person=people["author"],
        about_me="I mend bicycles.",
        about_me_html="<p>I mend bicycles.</p>",
        about_me_posting=posting,
    )
    return people


async def _criteria(database: Database, question: Question) -> None:
    for position, (name, weight) in enumerate((("Reach", 60), ("Cost", 40)), start=1):
        await put(
            database,
            "criterion",
            challenge=question.id,
            position=position,
            name=both(name),
            meaning=both(f"How much {name.lower()}"),
            weight=weight,
        )


async def _ideas(database: Database, people: dict[str, int], asked: dict[str, Question]) -> dict[str, int]:
    stages = {"reviewed": "under_review", "chosen": "shortlisted", "declined": "not_taken_forward"}
    stages |= {"building": "project", "built": "project", "idea": "open"}
    answer_by = TODAY + timedelta(days=10)
    author, question = people["author"], asked["open"]
    made: dict[str, int] = {}
    for name, stage in stages.items():
        made[name] = await new_idea(
            database, question, author, stage=stage, answer_by=answer_by, title=f"A walking bus, {name}"
        )
    for publicity in ("held", "refused", "withdrawn", "hidden", "draft"):
        made[publicity] = await new_idea(database, question, author, publicity, answer_by=answer_by)
    await let_be_found(database, made["idea"], question, "A walking bus with a driver's timetable")
    made["begun"] = await new_idea(database, question, author, "draft", title="", topic=None)
    for draft in ("draft", "begun"):
        await database.ask("UPDATE idea SET sent_at = NULL, proposal = 'Ring 07700 900123.' WHERE id = $1", made[draft])
    made["late"] = await new_idea(database, asked["deciding"], author, answer_by=TODAY - timedelta(days=9))
    made["spanish"] = await new_idea(database, question, people["young"], title="Un autobús que camina")
    await database.ask(
        "UPDATE posting SET language = 'es' WHERE id = (SELECT posting FROM idea WHERE id = $1)", made["spanish"]
    )
    for kind in ("sent", "published"):
        await put(database, "idea_step", idea=made["idea"], at=NOW, kind=kind)
    await put(database, "support", idea=made["idea"], person=people["resident"], since=NOW, changed_at=NOW)
    await put(database, "support", idea=made["spanish"], person=author, since=NOW, changed_at=NOW)
    await database.ask("UPDATE idea SET supports = 1 WHERE id = ANY($1)", [made["idea"], made["spanish"]])
    signals = ["new_accounts", "one_origin", "machine_rhythm"]
    made["hold"] = await put(database, "support_hold", idea=made["idea"], found_at=NOW, signals=signals)
    for name in ("idea", "held"):
        found = await database.ask("SELECT posting FROM idea WHERE id = $1", made[name])
        made[f"{name}_posting"] = found[0][0]
    return made


async def _cases(database: Database, people: dict[str, int], made: dict[str, int]) -> dict[str, int]:
    held = (await database.ask("SELECT posting FROM comment WHERE id = $1", made["held_comment"]))[0][0]
    refused = (await database.ask("SELECT posting FROM comment WHERE id = $1", made["refused_comment"]))[0][0]
    cases = {"case": await new_case(database, held), "decided_case": await new_case(database, refused)}
    cases["reported_case"] = await new_case(database, made["idea_posting"], "report")
    moderator = people["moderator"]
    await database.ask(
        "UPDATE moderation_case SET state = 'decided', decided_at = now(), decided_by = $2 WHERE id = $1",
        cases["decided_case"],
        moderator,
    )
    decision = {"case": cases["decided_case"], "posting": refused, "act": "refuse", "rule": "no_selling"}
    await put(
        database, "moderation_decision", **decision, by=moderator, reason="Advertising has no place here.", at=NOW
    )
    return cases


async def _said(database: Database, people: dict[str, int], made: dict[str, int]) -> None:
    for name, kind in (("chosen", "shortlisted"), ("declined", "not_taken_forward"), ("built", "shortlisted")):
        words = both("It reaches many people.")
        html = {code: f"<p>{text}</p>" for code, text in words.items()}
        await put(
            database,
            "response",
            idea=made[name],
            by=people["officer"],
            kind=kind,
            reason=words,
            reason_html=html,
            at=NOW,
        )


async def _mail_and_report(database: Database, made: dict[str, int]) -> dict[str, str]:
    reference = secrets.token_hex(4).upper()
    await put(
        database,
        "report",
        reference=reference,
        posting=made["idea_posting"],
        case=made["reported_case"],
        reason="insult",
        at=NOW,
    )
    hashes = {"link_hash": hashlib.sha256(LINK.encode()).hexdigest(), "code_hash": "-", "browser_hash": "-"}
    later = NOW + timedelta(minutes=30)
    await put(database, "sign_in_mail", email="ann@example.org", **hashes, asked_at=NOW, ends_at=later)
    mail = {"address": "ann@example.org", "subject": "Your idea", "text": "Hello", "html": "<p>Hello</p>"}
    number = await put(database, "outgoing_mail", **mail, language="en", kind="idea", queued_at=NOW, due_at=later)
    return {"reference": reference, "link": LINK, "mail": str(number)}
