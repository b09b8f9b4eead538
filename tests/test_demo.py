"""The demo council: it loads once, through the real actions, and its numbers are true."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from shapedby import db, demo
from shapedby.demo.owning import as_owner
from shapedby.demo.renewing import _COLUMNS
from shapedby.kernel import Role
from shapedby.people.actions import use_link
from shapedby.people.queries import person
from shapedby.text import contacts

if TYPE_CHECKING:
    from conftest import NewDatabase
    from ground import Database

LANGUAGES = {"en", "es"}
PHASES = {"prepare", "co_define", "co_create", "implement"}
# What the council wrote, table by table; `{}` is "nothing yet".
COUNCIL_TEXTS = {
    "area": ("name",),
    "topic": ("name",),
    "challenge": ("question", "summary", "why_asked", "who_decides", "what_chosen_gets", "privacy_note"),
    "criterion": ("name", "meaning"),
    "response": ("reason", "reason_html"),
    "project": ("title", "summary", "outcome", "outcome_html"),
    "gate_evidence": ("what", "shown"),
    "gate_decision": ("reason",),
    "project_session": ("title", "place", "who_may_join", "agreed", "agreed_html"),
    "project_update": ("words", "words_html"),
    "project_decision": ("what",),
    "indicator": ("name", "unit", "measured_by"),
    "idea_step": ("note",),
}
DRAFT = "your-first-month-here"


@pytest.fixture(scope="module")
async def told() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
async def town(new_database: NewDatabase, told: list[tuple[int, int]]) -> Database:
    """Load the demo once for all tests."""
    made = await new_database()
    await demo.load(made.settings, lambda done, of: told.append((done, of)))
    return made


@asynccontextmanager
async def awake(town: Database) -> AsyncIterator[None]:
    async with db.serving(town.settings):
        yield


async def counted(town: Database, sql: str, *args: object) -> Any:
    return (await town.ask(sql, *args))[0][0]


async def test_progress_is_told_to_its_end(town: Database, told: list[tuple[int, int]]) -> None:
    assert [done for done, _ in told] == list(range(1, told[0][1] + 1))


async def test_there_is_as_much_as_a_lively_town_needs(town: Database) -> None:
    public = "SELECT count(*) FROM idea i JOIN posting p ON p.id = i.posting WHERE p.publicity = 'public'"
    assert await counted(town, public) >= 40
    assert await counted(town, "SELECT count(*) FROM challenge WHERE published_at IS NOT NULL") >= 5
    assert await counted(town, "SELECT count(*) FROM person WHERE email IS NOT NULL") >= 60
    assert await counted(town, "SELECT count(*) FROM comment WHERE answers IS NOT NULL") >= 10
    assert await counted(town, "SELECT count(*) FROM posting WHERE kind = 'idea' AND language = 'es'") >= 5
    roles = {row["role"] for row in await town.ask("SELECT DISTINCT role FROM person")}
    assert roles == {"resident", "moderator", "officer", "administrator"}


async def test_challenges_stand_at_every_stage(town: Database) -> None:
    sql = """
        SELECT CASE WHEN published_at IS NULL THEN 'draft' WHEN decided_at IS NOT NULL THEN 'decided'
               WHEN closes_at < now() THEN 'deciding' WHEN closes_at < now() + interval '5 days' THEN 'closing'
               ELSE 'open' END AS stage, count(*)
        FROM challenge GROUP BY 1
    """
    stages = {row["stage"]: row["count"] for row in await town.ask(sql)}
    assert stages == {"draft": 1, "decided": 2, "deciding": 1, "closing": 1, "open": 2}


async def test_every_count_is_the_number_of_its_rows(town: Database) -> None:
    wrong = """
        SELECT i.id FROM idea i
        WHERE i.supports <> (SELECT count(*) FROM support s WHERE s.idea = i.id AND s.state = 'counted')
           OR i.comments <> (SELECT count(*) FROM comment c JOIN posting p ON p.id = c.posting
                             WHERE c.idea = i.id AND p.publicity = 'public')
    """
    assert await town.ask(wrong) == []
    assert await counted(town, "SELECT max(supports) FROM idea") == 612
    own = "SELECT count(*) FROM support s JOIN idea i ON i.id = s.idea AND i.author = s.person"
    assert await counted(town, own) == 0


async def test_every_text_was_screened_before_others_saw_it(town: Database) -> None:
    sql = "SELECT id FROM posting WHERE publicity <> 'draft' AND (screened_at IS NULL OR verdict = '' OR weights = '')"
    assert await town.ask(sql) == []
    sql = """
        SELECT p.about FROM posting p WHERE p.publicity = 'public' AND p.verdict = 'hold'
          AND NOT EXISTS (SELECT FROM moderation_decision d WHERE d.posting = p.id AND d.act = 'publish')
    """
    assert await town.ask(sql) == []


async def test_public_texts_show_nobodys_address_unless_a_moderator_let_them(town: Database) -> None:
    sql = """
        SELECT source, EXISTS (SELECT FROM moderation_decision d WHERE d.posting = p.id AND d.act = 'publish') AS let
        FROM posting p WHERE publicity = 'public'
    """
    found = [row for row in await town.ask(sql) if contacts(row["source"])]
    assert [row["let"] for row in found] == [True]


async def test_the_young_have_no_area_and_every_text_of_theirs_was_checked_by_a_person(town: Database) -> None:
    assert await counted(town, "SELECT count(*) FROM person WHERE young") == 3
    assert await counted(town, "SELECT count(*) FROM person WHERE young AND area IS NOT NULL") == 0
    sql = """
        SELECT p.id FROM posting p JOIN person a ON a.id = p.author WHERE a.young AND p.publicity = 'public'
          AND NOT EXISTS (SELECT FROM moderation_decision d WHERE d.posting = p.id AND d.at > p.sent_at)
    """
    assert await town.ask(sql) == []


async def test_moderators_find_spam_of_every_kind_and_a_text_that_was_held_wrongly(town: Database) -> None:
    sql = """
        SELECT p.kind, p.source, p.reasons->'held' AS held, c.raised_by
        FROM moderation_case c JOIN posting p ON p.id = c.posting WHERE c.state = 'open'
    """
    cases = await town.ask(sql)
    spam = [row["source"] for row in cases if "looks_like_spam" in row["held"]]
    sellers = ("escort agency", "essay-help", "btc", "casino", "backlinks", "Viagra", "pharmacy", "Outcall", "promo")
    for selling in (*sellers, "free books"):
        assert any(selling in source for source in spam), selling
    assert any(source.startswith("This idea was accepted because:") for source in spam)
    assert {row["kind"] for row in cases} == {"comment", "idea", "name", "about_me"}
    assert {row["raised_by"] for row in cases} == {"classifier", "rule", "report", "pictures"}
    assert {reason for row in cases for reason in row["held"]} >= {"contact_details", "young_author"}


async def test_the_council_says_everything_in_both_languages(town: Database) -> None:
    for table, columns in COUNCIL_TEXTS.items():
        where = f"WHERE slug <> '{DRAFT}'" if table == "challenge" else ""
        if table == "criterion":
            where = f"WHERE challenge <> (SELECT id FROM challenge WHERE slug = '{DRAFT}')"
        for row in await town.ask(f"SELECT {', '.join(columns)} FROM {table} {where}"):
            for column in columns:
                words = row[column]
                assert not words or (set(words) == LANGUAGES and all(words.values())), (table, column, words)


async def test_there_is_a_project_in_each_phase_and_two_with_an_outcome(town: Database) -> None:
    active = await town.ask("SELECT phase FROM project WHERE state = 'active'")
    assert {row["phase"] for row in active} == PHASES
    closed = await town.ask("SELECT id, outcome_kind, outcome_html FROM project WHERE state = 'closed'")
    assert len(closed) == 2
    for project in closed:
        readings = """
            SELECT n.before, n.target, r.value FROM indicator n JOIN indicator_reading r ON r.indicator = n.id
            WHERE n.project = $1
        """
        assert len(await town.ask(readings, project["id"])) >= 3
        assert project["outcome_kind"]
    assert await counted(town, "SELECT count(*) FROM gate_decision WHERE NOT passed") == 1
    assert await counted(town, "SELECT count(*) FROM project_session WHERE starts_at > now()") >= 4
    assert await counted(town, "SELECT count(*) FROM project_session WHERE starts_at < now() AND came IS NULL") == 0


async def test_every_gate_was_passed_with_everything_shown(town: Database) -> None:
    sql = """
        SELECT d.project, d.phase FROM gate_decision d
        JOIN gate_evidence e ON e.project = d.project AND e.phase = d.phase
        WHERE d.passed AND (e.shown_at IS NULL OR e.shown_at > d.at)
    """
    assert await town.ask(sql) == []


async def test_everything_happened_in_order_and_nothing_past_lies_ahead(town: Database) -> None:
    order = """
        SELECT idea FROM (SELECT idea, at, lag(at) OVER (PARTITION BY idea ORDER BY id) AS before FROM idea_step) steps
        WHERE before > at
    """
    assert await town.ask(order) == []
    ahead = {
        "idea_step": "at", "support": "since", "posting": "sent_at", "comment": "sent_at", "response": "at",
        "act": "at", "person": "joined_at", "gate_decision": "at", "project_update": "at", "report": "at",
        "assessment": "at", "moderation_decision": "at",
    }  # fmt: skip
    for table, column in ahead.items():
        assert await counted(town, f"SELECT count(*) FROM {table} WHERE {column} > now()") == 0, table
    early = """
        SELECT s.id FROM support s JOIN idea i ON i.id = s.idea JOIN posting p ON p.id = i.posting
        JOIN person who ON who.id = s.person WHERE s.since < p.public_at OR s.since < who.joined_at
    """
    assert await town.ask(early) == []
    assert await counted(town, "SELECT count(*) FROM idea WHERE sent_at::date = current_date") < 5


async def test_one_or_two_answers_are_overdue_and_nobody_hides_it(town: Database) -> None:
    sql = "SELECT count(*) FROM idea WHERE stage IN ('open', 'under_review') AND answer_by < current_date"
    assert 1 <= await counted(town, sql) <= 3


async def test_the_database_keeps_its_own_clock(town: Database) -> None:
    assert await counted(town, "SELECT count(*) FROM pg_proc WHERE proname = 'now'") == 1


async def test_loading_leaves_a_handful_of_mails(town: Database) -> None:
    assert 1 <= await counted(town, "SELECT count(*) FROM outgoing_mail") <= 30


async def test_a_second_loading_is_refused_and_changes_nothing(town: Database) -> None:
    before = await counted(town, "SELECT count(*) FROM act")
    with pytest.raises(demo.DemoError, match="holds challenges already"):
        await demo.load(town.settings)
    assert await counted(town, "SELECT count(*) FROM act") == before


async def test_the_resident_who_signs_in_has_an_idea_and_a_draft_to_go_on_with(town: Database) -> None:
    sql = """
        SELECT p.publicity FROM idea i JOIN posting p ON p.id = i.posting JOIN person a ON a.id = i.author
        WHERE a.name = 'Tegan' ORDER BY 1
    """
    assert [row["publicity"] for row in await town.ask(sql)] == ["draft", "public"]


async def test_each_role_gets_an_address_that_signs_in_once(town: Database) -> None:
    async with awake(town):
        ways = await demo.sign_in_addresses(town.settings)
        assert [(way.role, way.name) for way in ways] == [
            (Role.RESIDENT, "Tegan"),
            (Role.MODERATOR, "Rhea"),
            (Role.OFFICER, "Imogen"),
            (Role.ADMINISTRATOR, "Nadia"),
        ]
        for way in ways:
            assert way.address.startswith(f"{town.settings.url}/sign-in/link/")
            signed_in = await use_link(way.address.rpartition("/")[2], browser_name="", language="en")
            who = await person(signed_in.person)
            assert who is not None
            assert (who.role, who.name) == (way.role, way.name)


async def test_a_demo_in_use_is_left_alone(town: Database) -> None:
    assert await demo.renew(town.settings) == 0


async def test_a_demo_that_has_slept_wakes_up_where_it_fell_asleep(town: Database) -> None:
    dates = """
        SELECT closes_at AS at, NULL::date AS day FROM challenge UNION ALL SELECT NULL, on_day FROM indicator_reading
        UNION ALL SELECT at, NULL FROM idea_step UNION ALL SELECT NULL, answer_by FROM idea
        ORDER BY 1, 2
    """
    before = await town.ask(dates)
    # A month of sleep meets the days of other readings on its way.
    async with as_owner(town.settings), db.transaction():
        await db.value("SELECT set_config('TimeZone', $1, true)", town.settings.timezone.key)
        for sql in await db.values(_COLUMNS):
            await db.run(sql, -100_030)
            await db.run(sql, 100_000)
    assert await demo.renew(town.settings) == 30
    assert await town.ask(dates) == before
    assert await demo.renew(town.settings) == 0


async def test_a_council_without_the_demo_is_never_moved(new_database: NewDatabase) -> None:
    other = await new_database()
    officer = await other.new_person(Role.OFFICER)
    long_ago = "INSERT INTO act (at, person, verb, kind) VALUES (now() - interval '90 days', $1, 'x', 'idea')"
    await other.ask(long_ago, officer)
    assert await demo.renew(other.settings) == 0
