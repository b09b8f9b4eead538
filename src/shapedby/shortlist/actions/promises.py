"""The promise to answer: moving it in public, and reminding officers before its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shapedby import db
from shapedby.ideas import actions as idea_actions
from shapedby.ideas import queries as idea_queries
from shapedby.ideas.queries.promising import move_promise
from shapedby.ideas.rules import StepKind
from shapedby.ideas.rules import Why as IdeaWhy
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.moderation.queries import digest_day
from shapedby.notices.actions import About, tell, tell_all
from shapedby.people.actions import record_act
from shapedby.settings import Settings
from shapedby.shortlist import rules
from shapedby.shortlist.queries import promises
from shapedby.shortlist.queries.promises import Waiting

HOUR = 7
LONGEST_CLOSURE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The council's day, and the days on which it is closed."""

    today: date
    closures: Collection[date]


async def move(actor: Actor, number: int, to: date, note: Words, *, seen: date | None, calendar: Calendar) -> None:
    """Promise the answer to an idea by another day, with a note that everybody can read; its people are told.

    ``note`` has one text for each language. Raises ``Missing``, ``Refused``, also where a colleague was faster.
    """
    async with db.transaction():
        found = await idea_queries.any_idea(number)
        if found is None or not found.is_public:
            raise Missing
        why = rules.why_not_move_promise(actor, found.stage, found.answer_by, today=calendar.today)
        if why or found.answer_by is None:
            raise Refused(why or rules.Why.NOTHING_PROMISED)
        why = rules.why_not_this_day(found.answer_by, to, today=calendar.today, closures=calendar.closures)
        if why:
            raise Refused(why, days=rules.MOST_DAYS_MOVED)
        if seen not in {None, found.answer_by} or not await move_promise(number, found.answer_by, to):
            raise Refused(IdeaWhy.COLLEAGUE_WAS_FASTER)
        await idea_actions.add_step(number, StepKind.PROMISE_MOVED, by=actor.person, note=note)
        await record_act(actor, "move promise", "idea", number, f"{found.answer_by} to {to}")
        told = {"note": note, "was_on": found.answer_by, "now_on": to}
        once = f"promise-{number}-{found.answer_by}-{to}"
        await tell_all(About.IDEA, number, "shortlist/moved", told, once=once, but=actor.person)


async def remind(settings: Settings, today: date | None = None) -> int:
    """Mail officers the answers that are due in 14 and in 3 open days, each once and in one mail; gives how many.

    Nothing before seven in the morning, by the council's clock; ``today`` is for whoever knows the day better.
    """
    zone = settings.timezone.key
    today = today or await digest_day(zone, HOUR)
    if today is None:
        return 0
    waiting = await promises.waiting_until(today + max(rules.REMIND_DAYS) * timedelta(days=1) + LONGEST_CLOSURE, zone)
    due = {
        one.number: (one, days)
        for one in waiting
        if (days := rules.reminder(rules.open_days(today, one.answer_by, settings.closures))) and one.answer_by >= today
    }
    if not due:
        return 0
    async with db.transaction():
        new = await promises.note_reminders([(one.number, one.answer_by, days) for one, days in due.values()])
        told = [one for number, (one, _) in due.items() if number in new]
        mails = 0
        for officer, ideas in _by_officer(told, await promises.officers()).items():
            mails += await tell([officer], "shortlist/reminder", _context(ideas), kind="desk", once=None)
        return mails


def _by_officer(told: Sequence[Waiting], officers: Sequence[int]) -> Mapping[int, list[Waiting]]:
    """Give each officer their ideas: those of their challenges, and of challenges whose officer is not one any more."""
    found: defaultdict[int, list[Waiting]] = defaultdict(list)
    for one in told:
        for officer in [one.officer] if one.officer in officers else officers:
            found[officer].append(one)
    return found


def _context(ideas: Sequence[Waiting]) -> dict[str, object]:
    return {
        "ideas": [
            {"title": one.title, "number": one.number, "by": one.answer_by, "question": one.challenge_question}
            for one in ideas
        ]
    }
