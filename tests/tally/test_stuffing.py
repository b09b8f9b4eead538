"""What is held, and what never is: a table of cases, and a simulation of many honest days."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from shapedby.tally.rules.stuffing import SIGNALS_NEEDED, Seen, Signal, is_disposable, suspicion

NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)
OLD, NEW = timedelta(days=200), timedelta(minutes=2)
REAL, THROWN = "example.org", "mailinator.com"


def crowd(
    number: int,
    *,
    age: timedelta,
    domain: str = REAL,
    origins: int = 0,
    gap: float = 60,
    even: bool = False,
    seed: int = 1,
) -> list[Seen]:
    """Supports of ``number`` people; ``origins`` is how many networks they share, 0 for one each."""
    chance = random.Random(seed)
    at, made = NOON, list[Seen]()
    for one in range(number):
        at += timedelta(seconds=gap * (chance.uniform(0.95, 1.05) if even else chance.expovariate(1)))
        origin = f"o{chance.randrange(origins)}" if origins else f"own{seed}-{one}"
        made.append(Seen(seed * 100_000 + one, seed * 100_000 + one, at, at - age, domain, origin.encode()))
    return made


HONEST = {
    "people who have been here for long": crowd(60, age=OLD),
    "a launch day: everybody is new": crowd(300, age=NEW, gap=10),
    "a school class: new, in one room, in five minutes": crowd(30, age=NEW, origins=1, gap=10),
    "a class that all press at the same moment": crowd(30, age=NEW, origins=1, gap=1.5),
    "a library: one network all day": crowd(80, age=OLD, origins=1, gap=400),
    "a hostel with throw-away mail": crowd(40, age=OLD, domain=THROWN, origins=1, gap=600),
    "new people with throw-away mail, each at home": crowd(40, age=NEW, domain=THROWN),
    "a reminder mail that a machine sent evenly": crowd(60, age=OLD, gap=30, even=True),
    "four robots": crowd(4, age=NEW, domain=THROWN, origins=1, gap=5, even=True),
}
STUFFED = {
    "new, throw-away mail, one network": crowd(30, age=NEW, domain=THROWN, origins=1),
    "new, one network, a machine's rhythm": crowd(30, age=NEW, origins=1, gap=20, even=True),
    "new, throw-away mail, a rhythm, through many networks": crowd(30, age=NEW, domain=THROWN, gap=20, even=True),
    "all at once": crowd(30, age=NEW, domain=THROWN, origins=1, gap=0.05),
}


@pytest.mark.parametrize("case", HONEST)
def test_is_never_held(case: str) -> None:
    assert suspicion(HONEST[case]) is None


@pytest.mark.parametrize("case", STUFFED)
def test_is_held_whole(case: str) -> None:
    found = suspicion(STUFFED[case])
    assert found is not None
    assert len(found.supports) == len(STUFFED[case])
    assert len(found.signals) >= SIGNALS_NEEDED


def test_people_who_come_meanwhile_are_not_held_with_it() -> None:
    honest = crowd(60, age=OLD, seed=2) + crowd(40, age=NEW, seed=3)
    found = suspicion(honest + STUFFED["new, one network, a machine's rhythm"])
    assert found is not None
    assert {one.id for one in found.supports} <= {one.id for one in STUFFED["new, one network, a machine's rhythm"]}
    assert len(found.supports) > 20


def test_no_address_no_origin() -> None:
    nowhere = [Seen(one.id, one.person, one.at, one.joined_at, REAL, None) for one in crowd(30, age=NEW, origins=1)]
    assert suspicion(nowhere) is None


def test_every_signal_can_be_seen() -> None:
    found = [suspicion(case) for case in STUFFED.values()]
    assert {signal for one in found if one for signal in one.signals} == set(Signal)


def test_a_domain_is_disposable_with_everything_below_it() -> None:
    assert is_disposable("mailinator.com")
    assert is_disposable("Some.Mailinator.com")
    assert not is_disposable("notmailinator.com")
    assert not is_disposable("com")
    assert not is_disposable("")


def test_many_honest_days_hold_nobody() -> None:
    chance = random.Random(20_300_304)
    held = 0
    for day in range(400):
        seen: list[Seen] = []
        for part in range(chance.randint(1, 4)):
            seen += crowd(
                chance.randint(5, 40),
                age=chance.choice([OLD, NEW]),
                origins=chance.choice([0, 0, 1, 3]),
                gap=chance.choice([2, 10, 60, 600]),
                seed=10 + day * 10 + part,
            )
        held += suspicion(seen) is not None
    assert held == 0, f"{held} of 400 honest days"
