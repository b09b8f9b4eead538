"""The check for spam learns from decisions, is set back with one click, and does not move for reports."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest
from deciding import campaign, decide
from posting import new_posting

from shapedby.kernel import Actor, Refused, Role
from shapedby.moderation.actions import learning
from shapedby.moderation.queries.learning import decided, weeks
from shapedby.moderation.rules.learning import Why
from shapedby.spam import queries as heads
from shapedby.spam.process import classifier
from shapedby.spam.rules import HeadState

if TYPE_CHECKING:
    from ground import Database

pytestmark = pytest.mark.usefixtures("mailing")


@pytest.fixture
async def unlearned(pool: Database) -> Database:
    await pool.ask("DELETE FROM spam_head")
    await pool.ask("UPDATE posting SET publicity = 'withdrawn'")
    classifier.wear(0, b"")
    return pool


async def test_a_campaign_is_learned_from_100_decisions_and_set_back(unlearned: Database) -> None:
    await campaign(unlearned)
    head = await learning.learn(unlearned.settings)
    assert head is not None
    assert (head.state, head.why, head.figures["decisions"]) == (HeadState.PROMOTED, "", 100)
    assert classifier.head_version == head.version
    administrator = Actor(await unlearned.new_person(Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    await learning.go_back(administrator)
    assert await heads.promoted() is None
    assert classifier.head_version == 0
    with pytest.raises(Refused) as refused:
        await learning.learn(unlearned.settings)
    assert refused.value.why is Why.SET_BACK
    with pytest.raises(Refused):
        await learning.go_back(administrator)


async def test_going_back_uses_the_version_before(unlearned: Database) -> None:
    for state in ("replaced", "promoted"):
        await unlearned.ask(
            "INSERT INTO spam_head (base, weights, fitted_at, figures, state, why, changed_at) "
            "VALUES ('b', 'x', now(), '{}', $1, '', now())",
            state,
        )
    before, current = (head.version for head in reversed(await heads.heads()))
    assert await heads.promoted_version() == current
    await learning.go_back(Actor(await unlearned.new_person(Role.ADMINISTRATOR), Role.ADMINISTRATOR))
    assert await heads.promoted_version() == before


async def test_500_false_reports_move_nothing(unlearned: Database) -> None:
    author = await unlearned.new_person()
    posting = await new_posting(unlearned, author, "public", source="More benches by the river, please")
    await unlearned.ask(
        "INSERT INTO report (reference, posting, browser_hash, email, reason, note, note_html, at) "
        "SELECT left(md5(n::text || $2), 12), $1, md5(n::text), '', 'spam', '', '', now() "
        "FROM generate_series(1, 500) n",
        posting,
        secrets.token_hex(4),
    )
    assert await decided() == []
    with pytest.raises(Refused) as refused:
        await learning.learn(unlearned.settings)
    assert refused.value.why is Why.TOO_FEW
    assert await heads.heads() == []


async def test_a_moderator_who_labels_everything_wrongly_gets_nothing_promoted(unlearned: Database) -> None:
    moderator = await campaign(unlearned, upside_down=True, seed=5)
    head = await learning.learn(unlearned.settings)
    assert head is not None
    assert head.state is HeadState.REFUSED
    assert list(head.figures["moderators"]) == [str(moderator)]
    assert await heads.promoted() is None


async def test_what_was_refused_for_another_reason_or_undone_is_not_learned(unlearned: Database) -> None:
    moderator = await unlearned.new_person(Role.MODERATOR)
    await decide(unlearned, moderator, "You are all fools", spam=True, rule="be_kind")
    undone = await decide(unlearned, moderator, "Lovely park", spam=True)
    await unlearned.ask("UPDATE posting SET publicity = 'public' WHERE id = $1", undone)
    changed = await decide(unlearned, moderator, "Changed since", spam=False)
    await unlearned.ask("UPDATE posting SET screened_at = now() + interval '1 hour' WHERE id = $1", changed)
    kept = await decide(unlearned, moderator, "Buy pills", spam=True, act="refuse")
    assert kept
    assert [(row.text, row.act) for row in await decided()] == [("Buy pills", "refuse")]


async def test_a_week_counts_what_was_held_and_what_was_missed(unlearned: Database) -> None:
    moderator = await unlearned.new_person(Role.MODERATOR)
    before = (await weeks("Europe/London"))[-1]
    for verdict, spam in (("hold", True), ("hold", False), ("publish", True), ("publish", False)):
        posting = await decide(unlearned, moderator, f"{verdict} {spam}", spam=spam)
        await unlearned.ask("UPDATE posting SET verdict = $2, screened_at = now() WHERE id = $1", posting, verdict)
    week = (await weeks("Europe/London"))[-1]
    assert week.checked - before.checked == 4
    assert (week.right - before.right, week.wrong - before.wrong, week.missed - before.missed) == (1, 1, 1)
