"""How long things are kept: just before, just after, and never what the law makes us keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from answering import new_idea, new_question, send_form
from posting import new_case, new_posting
from rows import put

from shapedby.account.actions.retention import tidy, tidy_nightly
from shapedby.account.queries.retention import DUE, GONE, POSTINGS
from shapedby.account.rules.retention import RULES, Kept, is_night_s_turn, retention_table
from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ground import Database, SignedIn

pytestmark = pytest.mark.usefixtures("app")
LONDON = ZoneInfo("Europe/London")
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def ago(days: int, more: timedelta) -> datetime:
    return NOW - timedelta(days=days) - more


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, datetime(2026, 1, 5, 1, 59, tzinfo=UTC), False),
        (None, datetime(2026, 1, 5, 2, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 5, 2, 1, tzinfo=UTC), datetime(2026, 1, 5, 23, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 4, 2, 1, tzinfo=UTC), datetime(2026, 1, 5, 2, 1, tzinfo=UTC), True),
        (None, datetime(2026, 7, 5, 1, 0, tzinfo=UTC), True),  # in summer two o'clock comes earlier
    ],
)
def test_the_tidying_is_due_once_a_night(last: datetime | None, now: datetime, due: bool) -> None:  # noqa: FBT001
    assert is_night_s_turn(last, now, LONDON) is due


def test_every_kind_says_what_it_is_and_how_it_goes() -> None:
    assert set(RULES) == set(Kept) == set(DUE)
    assert set(GONE) | POSTINGS | {Kept.DORMANT} == set(Kept)
    assert all(rule.what and rule.since for rule in RULES.values())


def test_the_page_for_council_staff_says_the_same_as_the_code(database: Database) -> None:
    page = (Path(__file__).parents[2] / "docs" / "retention.md").read_text(encoding="utf-8")
    assert retention_table(database.settings) in page


class Shelf:
    """Makes one thing of each kind, so old."""

    def __init__(self, database: Database, person: int) -> None:
        self.database, self.person = database, person

    async def text(self, publicity: str, at: datetime, **more: Any) -> int:
        number = await new_posting(self.database, self.person, publicity, source="words", **more)
        sql = "UPDATE posting SET changed_at = $2, quarantined_at = $2 WHERE id = $1"
        await self.database.ask(sql, number, at)
        return number

    async def make(self, kind: Kept, at: datetime) -> tuple[str, int]:
        """Give what would show that it is still there: a question with a number."""
        there = "SELECT FROM posting WHERE id = $1 AND publicity <> 'deleted' AND source <> ''"
        if kind is Kept.DRAFTS:
            return there, await self.text("draft", at, kind="idea")
        if kind in POSTINGS:
            return there, await self.text(kind.value, at)
        return await getattr(self, f"_{kind.value}")(at)

    async def _reports(self, at: datetime) -> tuple[str, int]:
        posting = await self.text("public", NOW)
        columns = {"reference": f"R{posting}", "posting": posting, "person": self.person, "reason": "spam", "note": "x"}
        number = await put(self.database, "report", **columns, at=at)
        return "SELECT FROM report WHERE id = $1 AND note <> '' AND person IS NOT NULL", number

    async def _needs(self, at: datetime) -> tuple[str, int]:
        host = await self.database.new_person(Role.OFFICER)
        idea = await new_idea(self.database, await new_question(self.database), stage="project")
        project = await put(self.database, "project", slug=f"n{idea}", idea=idea, title={}, summary={}, host=host)
        columns = {"project": project, "title": {}, "place": {}, "who_may_join": {}, "starts_at": at, "ends_at": at}
        session = await put(self.database, "project_session", **columns)
        number = await put(self.database, "session_place", session=session, person=self.person, need="A ramp")
        return "SELECT FROM session_place WHERE id = $1 AND need <> ''", number

    async def _dormant(self, at: datetime) -> tuple[str, int]:
        sql = "UPDATE person SET seen_at = $2, warned_at = now() - interval '31 days' WHERE id = $1"
        await self.database.ask(sql, self.person, at)
        return "SELECT FROM person WHERE id = $1 AND left_at IS NULL", self.person

    async def _sign_ins(self, at: datetime) -> tuple[str, int]:
        columns = {"token_hash": f"t{at.timestamp()}{self.person}", "person": self.person, "csrf": "x"}
        return "SELECT FROM sign_in WHERE id = $1", await put(self.database, "sign_in", **columns, ends_at=at)

    async def _ways_in(self, at: datetime) -> tuple[str, int]:
        columns = {"email": "x@example.org", "link_hash": f"l{at.timestamp()}{self.person}", "browser_hash": "x"}
        return "SELECT FROM sign_in_mail WHERE id = $1", await put(self.database, "sign_in_mail", **columns, ends_at=at)

    async def _mails(self, at: datetime) -> tuple[str, int]:
        columns = {"address": "x@example.org", "subject": "x", "text": "", "html": "", "language": "en", "kind": "x"}
        return "SELECT FROM outgoing_mail WHERE id = $1", await put(
            self.database, "outgoing_mail", **columns, sent_at=at
        )

    async def _told(self, at: datetime) -> tuple[str, int]:
        notice = await put(self.database, "notice", template="x")
        columns = {"notice": notice, "person": self.person, "kind": "news", "told_at": at, "mailed": "at_once"}
        return "SELECT FROM notice_delivery WHERE id = $1", await put(self.database, "notice_delivery", **columns)

    async def _exports(self, at: datetime) -> tuple[str, int]:
        columns = {"person": self.person, "language": "en", "asked_at": at, "ready_at": at, "file": b"zip"}
        return "SELECT FROM data_export WHERE id = $1", await put(self.database, "data_export", **columns)

    async def _addresses(self, at: datetime) -> tuple[str, int]:
        idea = await new_idea(self.database, await new_question(self.database))
        columns = {"idea": idea, "person": self.person, "origin": b"hash", "since": at, "changed_at": at}
        number = await put(self.database, "support", **columns, state="withdrawn")
        return "SELECT FROM support WHERE id = $1 AND origin IS NOT NULL", number


@pytest.mark.parametrize("kind", list(Kept))
async def test_a_kind_goes_just_after_its_time_and_not_just_before(database: Database, kind: Kept) -> None:
    days = RULES[kind].days(database.settings)
    people = [await database.new_person() for _ in range(2)]
    before = await Shelf(database, people[0]).make(kind, ago(days, -HOUR))
    after = await Shelf(database, people[1]).make(kind, ago(days, HOUR))
    dry = {line.kind: line for line in await tidy(database.settings, dry=True)}
    assert (dry[kind].due, dry[kind].gone) == (1, 0)
    assert await database.ask(*after)
    done = {line.kind: line for line in await tidy(database.settings)}
    assert (done[kind].due, done[kind].gone) == (1, 1)
    assert await database.ask(*before)
    assert await database.ask(*after) == []


BY_LAW = (*sorted(POSTINGS), Kept.REPORTS, Kept.NEEDS, Kept.DORMANT)


@pytest.mark.parametrize("kind", BY_LAW)
async def test_what_the_law_makes_us_keep_stays_until_that_ends(database: Database, kind: Kept) -> None:
    person, ada = await database.new_person(), await database.new_person(Role.ADMINISTRATOR)
    kept = await Shelf(database, person).make(kind, ago(RULES[kind].days(database.settings), HOUR))
    hold = await put(database, "legal_hold", person=person, reason="Case 12", by=ada, at=NOW)
    await tidy(database.settings)
    assert await database.ask(*kept)
    await database.ask("UPDATE legal_hold SET ended_at = now(), ended_by = $2 WHERE id = $1", hold, ada)
    await tidy(database.settings)
    assert await database.ask(*kept) == []


@pytest.mark.parametrize("kind", [*sorted(POSTINGS), Kept.REPORTS, Kept.DORMANT])
@pytest.mark.parametrize("closed", [False, True])
async def test_no_clock_deletes_what_is_about_somebody_in_danger(
    database: Database,
    kind: Kept,
    closed: bool,  # noqa: FBT001 - pytest names it
) -> None:
    person = await database.new_person()
    kept = await Shelf(database, person).make(kind, ago(RULES[kind].days(database.settings), HOUR))
    found = {Kept.REPORTS: "SELECT posting FROM report WHERE id = $1", Kept.DORMANT: "SELECT NULL WHERE $1 > 0"}
    posting = (await database.ask(found.get(kind, "SELECT $1::bigint"), kept[1]))[0][0]
    posting = posting or await new_posting(database, person, "public", source="I cannot go on.")
    ended = ago(5_000, HOUR) if closed else None
    case = await put(database, "safeguarding_case", posting=posting, opened_at=ago(5_001, HOUR), closed_at=ended)
    await database.ask("UPDATE posting SET guarded = true WHERE id = $1", posting)
    if kind is Kept.REPORTS:
        await database.ask("UPDATE report SET guarded = $2 WHERE id = $1", kept[1], case)
    await tidy(database.settings)
    # An account goes once nobody looks any more; the words, and what was reported about them, never do.
    assert bool(await database.ask(*kept)) != (kind is Kept.DORMANT and closed)
    assert await database.ask("SELECT FROM posting WHERE id = $1 AND source <> '' AND publicity <> 'deleted'", posting)
    assert await database.ask("SELECT FROM safeguarding_case WHERE id = $1", case)


async def test_one_text_can_be_kept_and_a_case_that_is_open_keeps_its_text(database: Database) -> None:
    person, ada = await database.new_person(), await database.new_person(Role.ADMINISTRATOR)
    shelf, old = Shelf(database, person), ago(RULES[Kept.REFUSED].days(database.settings), HOUR)
    held, asked, other = [await shelf.make(Kept.REFUSED, old) for _ in range(3)]
    await put(database, "legal_hold", posting=held[1], reason="Case 12", by=ada, at=NOW)
    await new_case(database, asked[1], "appeal")
    await tidy(database.settings)
    assert [bool(await database.ask(*one)) for one in (held, asked, other)] == [True, True, False]


async def test_an_unused_account_is_warned_first_and_signing_in_keeps_it(database: Database) -> None:
    days = database.settings.keep_dormant
    person = await database.new_person()
    await database.ask("UPDATE person SET seen_at = $2 WHERE id = $1", person, ago(days, HOUR))
    await tidy(database.settings)
    row = (await database.ask("SELECT email, left_at, warned_at FROM person WHERE id = $1", person))[0]
    assert row["left_at"] is None
    assert row["warned_at"] is not None
    mails = await database.ask("SELECT subject FROM outgoing_mail WHERE address = $1", row["email"])
    assert ["We close your account on" in mail["subject"] for mail in mails] == [True]
    await tidy(database.settings)
    assert len(await database.ask("SELECT FROM outgoing_mail WHERE address = $1", row["email"])) == 1
    await database.ask("UPDATE person SET warned_at = now() - interval '30 days' WHERE id = $1", person)
    await tidy(database.settings)
    gone = (await database.ask("SELECT left_at FROM person WHERE id = $1", person))[0]
    assert gone["left_at"] is not None


async def test_a_night_is_taken_once(database: Database) -> None:
    await tidy_nightly(database.settings)
    before = len(await database.ask("SELECT FROM retention_run"))
    await tidy_nightly(database.settings)
    assert len(await database.ask("SELECT FROM retention_run")) == before


async def test_administrators_see_the_table_and_hold_and_end(
    sign_in: Callable[..., Awaitable[SignedIn]], database: Database
) -> None:
    ada, officer, ann = await sign_in(Role.ADMINISTRATOR), await sign_in(Role.OFFICER), await sign_in()
    assert (await officer.client.get("/desk/retention")).status_code == 404
    page = (await ada.client.get("/desk/retention")).text
    assert "SHAPEDBY_KEEP_DORMANT" in page
    for wrong in ({}, {"person": "1", "posting": "1"}, {"person": "999999"}):
        answer = await send_form(ada.client, "/desk/retention", reason="Case 12", **wrong)
        assert answer.status_code == 422
    assert (await send_form(ada.client, "/desk/retention", person=str(ann.person))).status_code == 422
    answer = await send_form(ada.client, "/desk/retention", person=str(ann.person), reason="Case 12")
    assert answer.status_code == 303
    assert "Case 12" in (await ada.client.get("/desk/retention")).text
    number = (await database.ask("SELECT id FROM legal_hold WHERE person = $1", ann.person))[0][0]
    await send_form(ada.client, "/desk/retention", f"/desk/retention/{number}/end")
    assert (await send_form(ada.client, "/desk/retention", f"/desk/retention/{number}/end")).status_code == 404
    acts = await database.ask("SELECT verb FROM act WHERE person = $1 ORDER BY id", ada.person)
    assert [one["verb"] for one in acts] == ["hold", "end hold"]
