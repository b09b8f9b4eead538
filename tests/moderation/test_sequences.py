"""Arbitrary sequences of what two moderators and an author do to a case, against a model."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from posting import SPAM, new_case, new_posting

from shapedby.kernel import Actor, Refused, Role
from shapedby.moderation import actions, queries
from shapedby.moderation.rules import Act, Decided, Rule
from shapedby.screening import actions as screening
from shapedby.screening.rules import Cut

if TYPE_CHECKING:
    from ground import Database

BECOMES = {
    "held": {"publish": "public", "refuse": "refused", "quarantine": "quarantined", "ask": "held"},
    "public": {"keep": "public", "hide": "hidden", "quarantine": "quarantined", "ask": "held"},
    "quarantined": {"publish": "public", "refuse": "refused"},
}
LEAVES = {"quarantine": "open", "ask": "asked"}
CHANGES = st.sampled_from([*(act.value for act in Act if act is not Act.UPHOLD), "send", "withdraw", "hand", "look"])


@dataclass
class Model:
    """What should be so: the case, the text, and every decision in order with what the text was before."""

    state: str = "open"
    publicity: str = "held"
    log: list[str] = field(default_factory=list[str])
    standing: tuple[str, str] | None = None
    holder: int = 0

    def decide(self, act: str) -> bool:
        after = BECOMES.get(self.publicity, {}).get(act)
        if self.state != "open" or after is None:
            return False
        self.standing, self.publicity, self.state = (self.publicity, after), after, LEAVES.get(act, "decided")
        self.log.append(act)
        return True

    def undo(self) -> bool:
        if self.state == "dropped" or self.standing is None or self.standing[1] != self.publicity:
            return False
        self.publicity, self.state, self.standing = self.standing[0], "open", None
        self.log.append("undo")
        return True

    def send(self) -> bool:
        """The author sends it again; it is held, since the author is young."""
        if self.publicity not in {"held", "public"} or self.state not in {"open", "asked"}:
            return False
        self.state, self.publicity = "open", "held"
        return True

    def withdraw(self) -> None:
        if self.publicity != "withdrawn":
            self.publicity = "withdrawn"
            self.state = "dropped" if self.state in {"open", "asked"} else self.state


class Desk:
    """A case with two moderators, each with the page that they looked at last."""

    def __init__(self, database: Database, posting: int, case: int, people: list[Actor], author: int) -> None:
        self.database, self.posting, self.case, self.people, self.author = database, posting, case, people, author
        self.seen = ["", ""]
        self.model = Model()

    async def look(self, who: int) -> None:
        found = await queries.case(self.case)
        assert found is not None
        self.seen[who] = found.version

    async def step(self, what: str, who: int) -> None:
        fresh = await self._fresh(who)
        model, actor = self.model, self.people[who]
        if what == "look":
            await self.look(who)
        elif what == "withdraw":
            await screening.withdraw(self.posting, self.author)
            model.withdraw()
        elif what == "send":
            if model.send():
                await self._send(f"{SPAM} {len(model.log)}")
        elif what == "hand":
            found = await queries.case(self.case)
            assert found is not None
            to = self.people[1 - who].person
            done = await _done(actions.hand_over(actor, self.case, to, "", seen=found.assigned_to))
            assert done == (model.state == "open")
            model.holder = to if done else model.holder
        elif what == "redact":
            cut = Cut("workshop photos", "█[removed: x]█")
            known = await queries.case(self.case)
            assert known is not None
            fits = fresh and cut.touches(known.source)
            assert await _done(actions.redact(actor, self.case, cut, "x", self.seen[who])) == fits
            model.log += ["redact"] * fits
        elif what == "undo":
            assert await _done(actions.undo(actor, self.case, "Wrong.", self.seen[who])) == (fresh and model.undo())
        else:
            given = Decided(Act(what), Rule.BE_KIND, "Words.", self.seen[who])
            assert await _done(actions.decide(actor, self.case, given)) == (fresh and model.decide(what))

    async def _fresh(self, who: int) -> bool:
        found = await queries.case(self.case)
        return found is not None and found.version == self.seen[who]

    async def _send(self, source: str) -> None:
        examined = await screening.examine(source)
        await screening.send(
            self.posting, source=source, html="", about="", address="", examined=examined, young=True,
            contacts_kept=False,
        )  # fmt: skip

    async def check(self) -> None:
        sql = (
            "SELECT c.state, p.publicity, coalesce(c.assigned_to, 0) FROM moderation_case c "
            "JOIN posting p ON p.id = c.posting WHERE c.posting = $1"
        )
        rows = [tuple(row) for row in await self.database.ask(sql, self.posting)]
        assert rows == [(self.model.state, self.model.publicity, self.model.holder)]
        log = await self.database.ask(
            "SELECT act FROM moderation_decision WHERE posting = $1 ORDER BY id", self.posting
        )
        assert [row["act"] for row in log] == self.model.log
        notes = await self.database.ask("SELECT verb FROM act WHERE kind = 'posting' AND number = $1", self.posting)
        assert len(notes) == len(self.model.log)


async def _done(doing: object) -> bool:
    try:
        await doing  # type: ignore[misc]
    except Refused:
        return False
    return True


async def _desk(database: Database) -> Desk:
    author = await database.new_person()
    posting = await new_posting(database, author)
    case = await new_case(database, posting)
    people = [Actor(await database.new_person(Role.MODERATOR), Role.MODERATOR, name) for name in ("Rhea", "Kit")]
    return Desk(database, posting, case, people, author)


async def _walk(database: Database, steps: list[tuple[str, bool]]) -> None:
    desk = await _desk(database)
    for what, who in steps:
        await desk.step(what, int(who))
        await desk.check()


STEPS = st.lists(st.tuples(CHANGES, st.booleans()), max_size=14)
# Moderators mostly look before they act: without that nearly every step would be refused.
LOOKED = STEPS.map(lambda steps: [one for what, who in steps for one in (("look", who), (what, who))])
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(steps=st.one_of(LOOKED, STEPS))
@settings(max_examples=15, deadline=None, suppress_health_check=QUIET)
async def test_no_sequence_loses_doubles_or_hides_a_decision(
    mailing: Database, database: Database, steps: list[tuple[str, bool]]
) -> None:
    assert mailing
    await _walk(database, steps)


@pytest.mark.slow
@given(steps=st.one_of(LOOKED, STEPS))
@settings(max_examples=400, deadline=None, suppress_health_check=QUIET)
async def test_no_sequence_loses_doubles_or_hides_a_decision_however_long_one_tries(
    mailing: Database, database: Database, steps: list[tuple[str, bool]]
) -> None:
    assert mailing
    await _walk(database, steps)


async def test_two_who_undo_redact_and_hand_over_at_once_are_told_apart(mailing: Database, database: Database) -> None:
    assert mailing
    desk = await _desk(database)
    await desk.look(0)
    await desk.step("refuse", 0)
    await desk.look(0)
    seen, people, case = desk.seen[0], desk.people, desk.case
    undone = await asyncio.gather(*(_done(actions.undo(one, case, "Wrong.", seen)) for one in people * 5))
    assert undone.count(True) == 1
    cut = Cut("order now", "█[removed: x]█")
    await desk.look(0)
    done = await asyncio.gather(*(_done(actions.redact(one, case, cut, "x", desk.seen[0])) for one in people * 5))
    assert done.count(True) == 1
    to = people[1].person
    handed = await asyncio.gather(*(_done(actions.hand_over(one, case, to, "", seen=None)) for one in people * 5))
    assert handed.count(True) == 1
    batches = await asyncio.gather(*(_batch(one, desk) for one in people * 5))
    assert sorted(len(batch.decided) for batch in batches) == [0] * 9 + [1]


async def _batch(who: Actor, desk: Desk) -> actions.Batch:
    found = await queries.case(desk.case)
    assert found is not None
    return await actions.decide_together(who, {desk.case: found.version}, Decided(Act.REFUSE, Rule.BE_KIND, "", ""))
