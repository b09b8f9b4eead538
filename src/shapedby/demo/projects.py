"""What residents, partners and staff build together: projects, told day by day."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from shapedby import db
from shapedby.coproduction.actions import offers, sessions, work
from shapedby.coproduction.actions import project as projects
from shapedby.coproduction.actions.project import NewProject
from shapedby.coproduction.queries import figures
from shapedby.coproduction.queries import offers as found_offers
from shapedby.coproduction.queries.figures import NewIndicator
from shapedby.coproduction.queries.project import Project as Standing
from shapedby.coproduction.queries.project import project as found_by_slug
from shapedby.coproduction.queries.sessions import NewSession
from shapedby.coproduction.queries.work import NewChoice, NewMember
from shapedby.coproduction.rules import EVIDENCE, Outcome, Part, Phase, SessionKind, Side
from shapedby.coproduction.rules.offers import Thing
from shapedby.coproduction.rules.sessions import Group
from shapedby.demo.diary import Diary
from shapedby.demo.project_file import Figure, Member, Need, Project, Session, Telling, Word
from shapedby.demo.reading import names, read
from shapedby.ideas.queries import any_idea
from shapedby.kernel import Missing, Words
from shapedby.web.language import translations


def build(diary: Diary) -> None:
    """Write down the life of every project."""
    for name in names("project-"):
        _Life(diary, read(name, Project)).note()


class _Life:
    """One project, and the people who write down what happens in it."""

    def __init__(self, diary: Diary, told: Project) -> None:
        self.diary = diary
        self.told = told
        self.figures: dict[int, int] = {}
        self.sessions: dict[int, int] = {}
        self.offers: dict[int, int] = {}

    def note(self) -> None:
        told = self.told
        self._at(told.when, self._start)
        for member in told.member:
            self._at(member.when, partial(self._join, member), by=member.person)
        for session in told.session:
            self._at(session.announced, partial(self._announce, session))
            if session.recorded:
                self._at(session.recorded, partial(self._record, session))
        for figure in told.figure:
            self._at(figure.when, partial(self._follow, figure))
            for reading in figure.readings:
                self._at(f"{reading[0]} 16:00", partial(self._read, figure, reading))
        for need in told.need:
            self._at(need.when, partial(self._need, need))
            if need.offered:
                self._at(need.offered, partial(self._offer, need), by=need.by)
            if need.answered:
                self._at(need.answered, partial(self._match, need))
        for telling in told.day:
            self._at(telling.when, partial(self._tell, telling))

    def _at(self, when: str, deed: Callable[[], Awaitable[object]], *, by: str = "") -> None:
        self.diary.note(self.diary.calendar.at(when, self.told.slug, office=True), deed, by=by)

    async def _now(self) -> Standing:
        found = await found_by_slug(self.told.slug)
        if found is None:
            raise Missing
        return found

    def _day(self, when: str) -> date:
        return self.diary.calendar.at(when).date()

    async def _start(self) -> None:
        told, idea = self.told, await any_idea(self.diary.ideas[self.told.idea])
        assert idea is not None
        evidence = {phase: [self._asked(what) for what in things] for phase, things in EVIDENCE.items()}
        new = NewProject(slug=told.slug, title=told.title, summary=told.summary, evidence=evidence)
        await projects.start(self.diary.who(told.host), idea, new)
        # The founders are on the team "from today", and that is the database's own day.
        started = await self._now()
        await db.run("UPDATE project_member SET since = now()::date WHERE project = $1", started.id)

    def _asked(self, what: str) -> Words:
        return {language: translations(language).gettext(what) for language in self.diary.languages}

    async def _join(self, member: Member) -> None:
        person = self.diary.people.get(member.person)
        new = NewMember(
            name=member.name or member.person,
            side=Side(member.side),
            part=Part(member.part),
            since=self._day(member.when),
            organisation=member.organisation,
            person=person.person if person else None,
        )
        await work.add_member(self.diary.who(self.told.host), await self._now(), new)

    async def _announce(self, session: Session) -> None:
        starts = self.diary.calendar.at(session.starts)
        new = NewSession(
            kind=SessionKind(session.kind),
            title=session.title,
            starts_at=starts,
            ends_at=starts + timedelta(hours=session.hours),
            place=session.place,
            who_may_join=session.who,
            theme={},
            helps=session.helps,
            step_free=session.step_free,
            worker=session.worker,
            takes_places=session.takes_places,
            capacity=session.capacity,
            target=session.target,
        )
        host, project = self.diary.who(self.told.host), await self._now()
        code = f"{secrets.randbelow(1_000_000):06}"
        self.sessions[id(session)] = await sessions.announce(host, project, new, code=code)

    async def _record(self, session: Session) -> None:
        number = self.sessions[id(session)]
        groups = {Group(name): came for name, came in session.groups.items()}
        await sessions.record(
            self.diary.who(self.told.host),
            await self._now(),
            number,
            came=session.came,
            agreed=session.agreed,
            groups=groups,
        )

    async def _need(self, need: Need) -> None:
        host = self.diary.who(self.told.host)
        await offers.ask_for(host, await self._now(), Thing(need.kind), need.what)

    async def _offer(self, need: Need) -> None:
        project = await self._now()
        asked = next(one for one in await found_offers.needs(project.id) if one.what == need.what)
        person = self.diary.who(need.by)
        self.offers[id(need)] = await offers.offer(person, project, asked.id, asked.kind, need.words)

    async def _match(self, need: Need) -> None:
        host, number = self.diary.who(self.told.host), self.offers[id(need)]
        found = await found_offers.offer(number)
        assert found is not None
        await offers.match(host, found, await self._now(), need.answer)
        matched = await found_offers.offer(number)
        if matched and need.hours:
            await offers.note_given(host, matched, self._day(need.answered), Decimal(str(need.hours)), "")

    async def _follow(self, figure: Figure) -> None:
        new = NewIndicator(
            name=figure.name,
            unit=figure.unit,
            measured_by=figure.measured_by,
            before=Decimal(str(figure.before)),
            before_on=self._day(figure.before_on),
            target=None if figure.target is None else Decimal(str(figure.target)),
        )
        project = await self._now()
        await work.add_indicator(self.diary.who(self.told.host), project, new)
        self.figures[id(figure)] = (await figures.indicators(project.id))[-1].id

    async def _read(self, figure: Figure, reading: tuple[int, float]) -> None:
        day, value = reading
        new = figures.Reading(self.figures[id(figure)], self._day(str(day)), Decimal(str(value)), {})
        await work.add_reading(self.diary.who(self.told.host), await self._now(), new)

    async def _tell(self, telling: Telling) -> None:
        by, words = self.diary.who(telling.by or self.told.host), {"en": telling.en.strip(), "es": telling.es.strip()}
        project = await self._now()
        match telling.do:
            case Word.NEWS:
                await work.add_update(by, project, words)
            case Word.CHOICE:
                residents, staff, partners = telling.say
                day = self._day(telling.when)
                new = NewChoice(decided_on=day, what=words, residents=residents, staff=staff, partners=partners)
                await work.add_choice(by, project, new)
            case Word.SHOWN:
                await projects.show(by, project, await self._evidence(project, telling.place), words)
            case Word.PASS | Word.BACK:
                await projects.decide_gate(by, project, passed=telling.do is Word.PASS, reason=words)
            case Word.CLOSE:
                await projects.close(by, project, Outcome(telling.outcome), words)

    async def _evidence(self, project: Standing, place: int) -> int:
        sql = "SELECT id FROM gate_evidence WHERE project = $1 AND phase = $2 AND position = $3"
        return await db.value(sql, project.id, Phase(project.phase), place)
