"""The people of the demo: staff, residents with names, and a crowd that only supports."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from functools import partial
from zlib import crc32

from shapedby import db
from shapedby.account import actions as account
from shapedby.account.actions import Answers
from shapedby.demo.checking import publish_if_held
from shapedby.demo.diary import Diary
from shapedby.demo.reading import Council, Resident, Staff
from shapedby.kernel import Actor, Role
from shapedby.people import actions as people
from shapedby.people.queries.writing import insert_person
from shapedby.screening.rules import Publicity

CROWD = 760
ORIGIN = "demo"
_DOMAIN = "porthmere.example"

# Ready before the first idea of the oldest challenge, most of them; the rest join month by month.
_CROWD = """
INSERT INTO person (role, name, origin, area, joined_at, welcomed_at)
SELECT 'resident', 'Resident ' || n, $2, (SELECT id FROM area ORDER BY id OFFSET n % $3 LIMIT 1), at, at
FROM generate_series(1, $1) n CROSS JOIN LATERAL (
  SELECT now() + make_interval(hours => CASE WHEN n % 3 = 0 THEN (n * 7919) % 9000 ELSE (n * 7919) % 700 END) AS at
) joined
"""


def address_of(name: str) -> str:
    """Give the e-mail address of somebody in the story; the domain can never exist."""
    bare = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    plain = "".join(letter if letter.isalnum() else "." for letter in bare)
    return f"{'.'.join(part for part in plain.split('.') if part)}@{_DOMAIN}"


def arrive(diary: Diary, council: Council) -> None:
    """Write down when everybody joins; a resident some days before doing anything."""
    for one in council.staff:
        diary.note(diary.calendar.at(one.when, one.name, office=True), partial(employ, diary, one))
    start = diary.calendar.at("-455 09:00")
    diary.note(start, partial(_crowd, len(council.areas)))
    for one in council.residents:
        first = diary.firsts.get(one.name, diary.calendar.at("-40", one.name))
        days = 1 + crc32(one.name.encode()) % 9
        diary.note(max(start, first - timedelta(days=days, hours=2)), partial(join, diary, one))


async def _crowd(areas: int) -> None:
    await db.run(_CROWD, CROWD, ORIGIN, areas)


async def employ(diary: Diary, staff: Staff) -> None:
    """Add somebody who works for the council, under a name that the council vouches for."""
    role = Role(staff.role)
    number = await people.add_person(
        address_of(staff.name), name=staff.name, role=role, language=diary.languages[0], origin=ORIGIN
    )
    if staff.safeguarding:
        await db.run("UPDATE person SET safeguarding = true WHERE id = $1", number)
    diary.people[staff.name] = Actor(person=number, role=role, name=staff.name)


async def join(diary: Diary, resident: Resident) -> None:
    """Let somebody sign in for the first time and answer the first questions; the name is screened as anybody's."""
    actor = await newcomer(diary, resident)
    held = await account.welcome(
        actor,
        Answers(name=resident.name, young=resident.young, area=diary.areas.get(resident.area), language=resident.lang),
    )
    if held is Publicity.HELD:
        await publish_if_held(diary, await name_posting(actor.person), "Rhea")
    if resident.organisation:
        await db.run("UPDATE person SET organisation = $2 WHERE id = $1", actor.person, resident.organisation)
    if resident.about:
        await account.change_about_me(actor, resident.about, resident.lang, contacts_kept=False)


async def newcomer(diary: Diary, resident: Resident) -> Actor:
    """Add somebody as signing in for the first time does."""
    number = await insert_person(address_of(resident.name), Role.RESIDENT, resident.lang, ORIGIN)
    assert number is not None, f"two people are called {resident.name}"
    await people.rename(number, people.fallback_name(number, resident.lang))
    actor = Actor(person=number, role=Role.RESIDENT, name=resident.name, language=resident.lang, young=resident.young)
    diary.people[resident.name] = actor
    return actor


async def name_posting(number: int) -> int:
    """Give the posting that decides about somebody's name."""
    return await db.value("SELECT name_posting FROM profile WHERE person = $1", number)
