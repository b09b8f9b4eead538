"""Arbitrary sequences of what two moderators and an author do to a case, against a model."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from posting import SPAM, new_case, new_posting

from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.moderation import actions, queries
from shapedby.moderation.actions.appeals import appeal, decide_appeal
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
APPEALABLE = {"refused", "hidden", "quarantined"}
OTHERS = ("send", "withdraw", "hand", "look", "appeal", "appeal", "overturn", "stand", "undo first")
CHANGES = st.sampled_from([*(act.value for act in Act if act is not Act.UPHOLD), *OTHERS])


@dataclass
class Case:
    """One case: how it stands, what would be undone, and the decisions that its appeals are about."""

    state: str = "open"
    holder: int = 0
    standing: tuple[str, str] | None = None
    appeals: list[int] = field(default_factory=list[int])

    @property
    def waits(self) -> bool:
        return self.state in {"open", "asked"}


@dataclass
class Model:
    """What should be so: the cases, the text, and every decision in order with its case and whose it was."""

    publicity: str = "held"
    cases: list[Case] = field(default_factory=lambda: [Case()])
    log: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])

    @property
    def at(self) -> int:
        """Which case people look at: the one that waits, else the newest."""
        waiting = [place for place, case in enumerate(self.cases) if case.waits]
        return waiting[0] if waiting else len(self.cases) - 1

    def decide(self, act: str, at: int, who: int) -> bool:
        after, case = BECOMES.get(self.publicity, {}).get(act), self.cases[at]
        if case.state != "open" or after is None or case.appeals:
            return False
        case.standing, self.publicity, case.state = (self.publicity, after), after, LEAVES.get(act, "decided")
        self.log.append((act, at, who))
        return True

    def undo(self, at: int, who: int) -> bool:
        case = self.cases[at]
        others = any(other.waits for other in self.cases if other is not case)
        if case.state == "dropped" or case.appeals or others:
            return False
        if case.standing is None or case.standing[1] != self.publicity:
            return False
        self.publicity, case.state, case.standing = case.standing[0], "open", None
        self.log.append(("undo", at, who))
        return True

    def send(self) -> bool:
        """The author sends it again; it is held, since the author is young."""
        if self.publicity not in {"held", "public"} or not self.cases[self.at].waits:
            return False
        self.cases[self.at].state, self.publicity = "open", "held"
        return True

    def withdraw(self) -> None:
        if self.publicity != "withdrawn":
            self.publicity = "withdrawn"
            for case in self.cases:
                case.state = "dropped" if case.waits else case.state

    def appeal(self) -> bool:
        """Each decision can be appealed once, and a decision on an appeal never."""
        decided = [place for place, entry in enumerate(self.log) if entry[0] != "redact"]
        if self.publicity not in APPEALABLE or not decided:
            return False
        last = decided[-1]
        on_appeal = any(about != last for about in self.cases[self.log[last][1]].appeals)
        if on_appeal or any(last in case.appeals for case in self.cases):
            return False
        if not self.cases[self.at].waits:
            self.cases.append(Case())
        self.cases[self.at].appeals.append(last)
        return True

    def decide_appeal(self, at: int, who: int, *, overturns: bool) -> bool:
        case = self.cases[at]
        if not case.appeals or not case.waits or self.publicity not in APPEALABLE:
            return False
        if self.log[case.appeals[-1]][2] == who:
            return False
        case.state, self.publicity = "decided", "public" if overturns else self.publicity
        self.log.append(("publish" if overturns else "uphold", at, who))
        return True


class Desk:
    """A text with two moderators, each with the pages that they looked at last, and its author."""

    def __init__(self, database: Database, posting: int, case: int, people: list[Actor], author: int) -> None:
        self.database, self.posting, self.case, self.people, self.author = database, posting, case, people, author
        self.cases = [case]
        self.seen: list[dict[int, str]] = [{}, {}]
        self.model = Model()

    async def look(self, who: int) -> None:
        for case in self.cases:
            self.seen[who][case] = await self._version(case)

    async def step(self, what: str, who: int) -> None:
        model, actor = self.model, self.people[who]
        at = 0 if what == "undo first" else model.at
        case, fresh = self.cases[at], await self._fresh(who, self.cases[at])
        seen = self.seen[who].get(case, "")
        if what == "look":
            await self.look(who)
        elif what in {"send", "withdraw", "appeal"}:
            await self._author(what)
        elif what == "hand":
            await self._hand(who, case)
        elif what in {"overturn", "stand"}:
            deciding = decide_appeal(actor, case, overturns=what == "overturn", words="We looked again.")
            assert await _done(deciding) == model.decide_appeal(at, who, overturns=what == "overturn")
        elif what == "redact":
            await self._redact(who, at, fresh=fresh)
        elif what in {"undo", "undo first"}:
            assert await _done(actions.undo(actor, case, "Wrong.", seen)) == (fresh and model.undo(at, who))
        else:
            given = Decided(Act(what), Rule.BE_KIND, "Words.", seen)
            assert await _done(actions.decide(actor, case, given)) == (fresh and model.decide(what, at, who))

    async def _author(self, what: str) -> None:
        if what == "withdraw":
            await screening.withdraw(self.posting, self.author)
            self.model.withdraw()
        elif what == "appeal":
            appealing = appeal(Actor(self.author, Role.RESIDENT), self.posting, "I think so.")
            assert await _done(appealing) == self.model.appeal()
            rows = await self.database.ask(
                "SELECT id FROM moderation_case WHERE posting = $1 ORDER BY id", self.posting
            )
            self.cases = [row["id"] for row in rows]
        elif self.model.send():
            await self._send(f"{SPAM} {len(self.model.log)}")

    async def _hand(self, who: int, case: int) -> None:
        found, to = await queries.case(case), self.people[1 - who].person
        assert found is not None
        done = await _done(actions.hand_over(self.people[who], case, to, "", seen=found.assigned_to))
        known = self.model.cases[self.cases.index(case)]
        assert done == (known.state == "open")
        known.holder = to if done else known.holder

    async def _redact(self, who: int, at: int, *, fresh: bool) -> None:
        cut, case = Cut("workshop photos", "█[removed: x]█"), self.cases[at]
        known = await queries.case(case)
        assert known is not None
        fits = fresh and cut.touches(known.source)
        seen = self.seen[who].get(case, "")
        assert await _done(actions.redact(self.people[who], case, cut, "x", seen)) == fits
        self.model.log += [("redact", at, who)] * fits

    async def _version(self, case: int) -> str:
        found = await queries.case(case)
        assert found is not None
        return found.version

    async def _fresh(self, who: int, case: int) -> bool:
        return await self._version(case) == self.seen[who].get(case)

    async def _send(self, source: str) -> None:
        examined = await screening.examine(source)
        await screening.send(
            self.posting, source=source, html="", about="", address="", examined=examined, young=True,
            contacts_kept=False,
        )  # fmt: skip

    async def check(self) -> None:
        ask, model = self.database.ask, self.model
        sql = "SELECT state, coalesce(assigned_to, 0) FROM moderation_case WHERE posting = $1 ORDER BY id"
        rows = [tuple(row) for row in await ask(sql, self.posting)]
        assert rows == [(case.state, case.holder) for case in model.cases]
        found = await ask("SELECT publicity FROM posting WHERE id = $1", self.posting)
        assert found[0]["publicity"] == model.publicity
        log = await ask(
            'SELECT id, act, "case", "by" FROM moderation_decision WHERE posting = $1 ORDER BY id', self.posting
        )
        told = [(act, self.cases[at], self.people[who].person) for act, at, who in model.log]
        assert [(row["act"], row["case"], row["by"]) for row in log] == told
        notes = await ask("SELECT verb FROM act WHERE kind = 'posting' AND number = $1", self.posting)
        assert len(notes) == len(model.log)
        appeals = await ask('SELECT "case", decision FROM appeal WHERE posting = $1', self.posting)
        expected = [(self.cases[at], log[n]["id"]) for at, case in enumerate(model.cases) for n in case.appeals]
        assert sorted(tuple(row) for row in appeals) == sorted(expected)


async def _done(doing: object) -> bool:
    try:
        await doing  # type: ignore[misc]
    except (Refused, Missing):
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


STEPS = st.lists(st.tuples(CHANGES, st.booleans()), max_size=16)
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
    seen, people, case = desk.seen[0][desk.case], desk.people, desk.case
    undone = await asyncio.gather(*(_done(actions.undo(one, case, "Wrong.", seen)) for one in people * 5))
    assert undone.count(True) == 1
    cut = Cut("order now", "█[removed: x]█")
    await desk.look(0)
    done = await asyncio.gather(*(_done(actions.redact(one, case, cut, "x", desk.seen[0][case])) for one in people * 5))
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
