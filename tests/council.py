"""A council in which every kind of page has something to show, written straight into a database."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from answering import Question, new_idea, new_question
from posting import new_case, new_posting
from rights import rights
from wishes import wishes

from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Database

NOW, TODAY = datetime.now(UTC), datetime.now(UTC).date()
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


def both(english: str) -> dict[str, str]:
    """Say something in both of the council's languages."""
    return {"en": english, "es": f"{english} (es)"}


async def put(database: Database, table: str, **columns: Any) -> int:
    """Write one row and give its number."""
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    names = ", ".join(f'"{name}"' for name in columns)
    return (await database.ask(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id", *columns.values()))[0][
        0
    ]


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
    slugs = {name: question.slug for name, question in asked.items()}
    numbers = {f"{name}_id": question.id for name, question in asked.items()} | {"draft_id": draft.id}
    numbers |= await _ideas(database, people, asked)
    numbers |= await _talk(database, people, numbers)
    numbers |= await _cases(database, people, numbers) | await rights(database, people)
    numbers |= await wishes(database, people, numbers)
    await _said(database, people, numbers)
    for name, idea in (("active", "building"), ("closed", "built")):
        slugs[f"{name}_project"] = f"{name}-project"
        numbers |= await _project(database, people["officer"], name, numbers[idea])
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
    await database.ask("UPDATE idea SET supports = 1 WHERE id = $1", made["idea"])
    for name in ("idea", "held"):
        found = await database.ask("SELECT posting FROM idea WHERE id = $1", made[name])
        made[f"{name}_posting"] = found[0][0]
    return made


async def _talk(database: Database, people: dict[str, int], made: dict[str, int]) -> dict[str, int]:
    async def say(publicity: str, answers: int | None = None, *, by: str = "author") -> int:
        posting = await new_posting(database, people[by], publicity, source="Count the cars first.")
        columns = {"idea": made["idea"], "answers": answers, "posting": posting, "author": people[by], "sent_at": NOW}
        return await put(database, "comment", **columns)

    first = await say("public")
    removed = await say("hidden")
    said = {"comment": first, "removed_comment": removed, "reply": await say("public", first, by="officer")}
    await say("public", removed, by="young")
    said |= {"held_comment": await say("held"), "refused_comment": await say("refused")}
    await database.ask("UPDATE idea SET comments = 3 WHERE id = $1", made["idea"])
    return said


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


async def _project(database: Database, host: int, name: str, idea: int) -> dict[str, int]:
    closed = name == "closed"
    ending: dict[str, Any] = {}
    if closed:
        words = both("It runs on every school day.")
        html = {code: f"<p>{text}</p>" for code, text in words.items()}
        ending = {
            "state": "closed",
            "closed_at": NOW,
            "outcome_kind": "running",
            "outcome": words,
            "outcome_html": html,
        }
    project = await put(
        database,
        "project",
        slug=f"{name}-project",
        idea=idea,
        title=both(f"A bus that walks, {name}"),
        summary=both("Stops, a route and a timetable."),
        phase="implement" if closed else "co_define",
        began_at=NOW - timedelta(days=90),
        host=host,
        **ending,
    )
    made = await _figures(database, project) | await _sessions(database, project)
    for phase in ("prepare", "co_define", "co_create", "implement"):
        thing = {"project": project, "phase": phase, "position": 1, "what": both("A host is named")}
        shown = {"shown": both("Named in May"), "shown_at": NOW, "shown_by": host}
        await put(database, "gate_evidence", **thing, **(shown if phase == "prepare" or closed else {}))
        made["thing"] = await put(database, "gate_evidence", **{**thing, "position": 2})
    for passed in (False, True):
        reason = both("All is there." if passed else "Not yet.")
        await put(
            database, "gate_decision", project=project, phase="prepare", passed=passed, reason=reason, by=host, at=NOW
        )
    await _work(database, project, host)
    return {f"{name}_{key}": number for key, number in made.items()}


async def _work(database: Database, project: int, host: int) -> None:
    member = {"project": project, "name": "Ada Bee", "since": date(2026, 1, 2)}
    for side in ("resident", "staff", "partner"):
        await put(database, "project_member", **member, side=side, part="core_team", organisation="Bus Users")
    words = both("The first bus has walked.")
    html = {code: f"<p>{text}</p>" for code, text in words.items()}
    phase = {"project": project, "phase": "co_define", "by": host, "at": NOW}
    await put(database, "project_update", **phase, words=words, words_html=html)
    await put(database, "project_decision", **phase, decided_on=TODAY, what=both("Two stops"), residents=3, staff=1)


async def _figures(database: Database, project: int) -> dict[str, int]:
    named = {"name": both("Cars at the gate"), "unit": both("cars"), "measured_by": both("Parents count on Mondays")}
    figure = await put(
        database, "indicator", project=project, **named, before=31, before_on=TODAY - timedelta(days=90), target=10
    )
    for ago, value in ((60, 25), (30, 18), (1, 12)):
        day = TODAY - timedelta(days=ago)
        await put(database, "indicator_reading", indicator=figure, on_day=day, value=value, comment=both("A dry week"))
    return {"figure": figure}


async def _sessions(database: Database, project: int) -> dict[str, int]:
    made: dict[str, int] = {}
    for name, days in (("session", -20), ("unrecorded", -10), ("ahead", 10)):
        starts = NOW + timedelta(days=days)
        held = {"came": 14, "agreed": both("Two stops"), "agreed_html": both("<p>Two stops</p>")} if days == -20 else {}
        made[name] = await put(
            database,
            "project_session",
            project=project,
            phase="prepare",
            kind="workshop",
            title=both("Listening at the gate"),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place=both("Harbour Hall"),
            who_may_join=both("Everybody"),
            **held,
        )
    return made


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
