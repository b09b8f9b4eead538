"""What the council asks: areas, topics and challenges."""

from __future__ import annotations

from functools import partial

from shapedby.challenges import actions as challenges
from shapedby.challenges.rules import Brief, Weighed
from shapedby.demo.diary import Diary
from shapedby.demo.reading import Challenge, Council, Struct, read
from shapedby.shortlist import actions as shortlist


class _File(Struct, frozen=True, kw_only=True):
    challenge: list[Challenge]


def ask(diary: Diary, council: Council) -> None:
    """Write down every challenge: prepared, published, decided."""
    diary.note(diary.calendar.at("-458 10:00"), partial(_places, diary, council))
    for one in read("challenges", _File).challenge:
        published = one.published or "-2"
        prepared = diary.calendar.at(published.split()[0], one.key, office=True)
        diary.note(prepared, partial(_prepare, diary, one))
        if one.decided:
            diary.note(diary.calendar.at(one.decided, one.key, office=True), partial(_finish, diary, one))


async def _places(diary: Diary, council: Council) -> None:
    officer = diary.who(next(staff.name for staff in council.staff if staff.role == "officer"))
    for area in council.areas:
        diary.areas[area.slug] = await challenges.add_area(officer, {"en": area.en, "es": area.es})
    for topic in council.topics:
        diary.topics[topic.slug] = await challenges.add_topic(officer, {"en": topic.en, "es": topic.es})


async def _prepare(diary: Diary, one: Challenge) -> None:
    officer = diary.who(one.by)
    number = await challenges.prepare(officer, _brief(diary, one))
    diary.challenges[one.key] = number
    if one.published:
        await challenges.publish(officer, number, languages=diary.languages)


async def _finish(diary: Diary, one: Challenge) -> None:
    await shortlist.finish(diary.who(one.by), diary.challenges[one.key])


def _brief(diary: Diary, one: Challenge) -> Brief:
    return Brief(
        slug=one.slug,
        opens_at=diary.calendar.at(one.opens, one.key),
        closes_at=diary.calendar.at(one.closes, one.key),
        question=one.question,
        summary=one.summary,
        why_asked=one.why_asked,
        who_decides=one.who_decides,
        what_chosen_gets=one.what_chosen_gets,
        privacy_note=one.privacy_note,
        supports_needed=one.supports_needed,
        answer_days=one.answer_days,
        areas=tuple(diary.areas[slug] for slug in one.areas),
        topics=tuple(diary.topics[slug] for slug in one.topics),
        criteria=tuple(Weighed(name=c.name, meaning=c.meaning, weight=c.weight) for c in one.criteria),
    )
