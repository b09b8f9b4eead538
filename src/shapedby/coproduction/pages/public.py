"""The list of projects and the page of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from litestar import Response, get
from litestar.params import FromPath

from shapedby.coproduction.queries import figures, gates, offers, work
from shapedby.coproduction.queries import project as projects
from shapedby.coproduction.queries import sessions as stored
from shapedby.coproduction.queries.figures import Indicator, Reading
from shapedby.coproduction.queries.gates import Evidence, GateDecision
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.rules import PHASES, Phase, State
from shapedby.kernel import Missing, said
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask, tongue_of


@dataclass(frozen=True, slots=True)
class Picture:
    """An indicator as the page draws it: texts in the reader's language, points oldest first."""

    name: str
    unit: str
    measured_by: str
    before: Decimal
    now: Decimal | None
    target: Decimal | None
    points: Sequence[tuple[date, Decimal]]
    comments: Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase as the page shows it."""

    phase: Phase
    state: str
    evidence: Sequence[Evidence]
    decisions: Sequence[GateDecision]

    @property
    def shown(self) -> int:
        """How many of its things are ready."""
        return sum(thing.shown_at is not None for thing in self.evidence)

    @property
    def passed(self) -> GateDecision | None:
        """The decision by which the project left it, if it did."""
        return next((decision for decision in self.decisions if decision.passed), None)

    @property
    def sent_back(self) -> int:
        """How often it was sent back."""
        return sum(not decision.passed for decision in self.decisions)


def phase_views(
    project: Project, evidence: Iterable[Evidence], decisions: Iterable[GateDecision]
) -> tuple[PhaseView, ...]:
    """Put evidence and decisions beside the phases they belong to."""
    things, decided = list(evidence), sorted(decisions, key=lambda decision: decision.at)

    def state(phase: Phase) -> str:
        if phase.number < project.phase.number or project.state is State.CLOSED:
            return "done" if phase.number <= project.phase.number else "next"
        return "now" if phase is project.phase else "next"

    return tuple(
        PhaseView(
            phase,
            state(phase),
            [thing for thing in things if thing.phase is phase],
            [decision for decision in decided if decision.phase is phase],
        )
        for phase in PHASES
    )


def pictures(indicators: Iterable[Indicator], readings: Iterable[Reading], language: str) -> list[Picture]:
    """Draw each indicator from before to its last reading."""
    by_indicator: Mapping[int, list[Reading]] = {}
    for reading in readings:
        by_indicator.setdefault(reading.indicator, []).append(reading)  # pyright: ignore[reportAttributeAccessIssue]
    drawn: list[Picture] = []
    for figure in indicators:
        own = by_indicator.get(figure.id, [])
        points = [(figure.before_on, figure.before), *((reading.on_day, reading.value) for reading in own)]
        comments = [(reading.on_day, said(reading.comment, language)) for reading in own if reading.comment]
        texts = (said(figure.name, language), said(figure.unit, language), said(figure.measured_by, language))
        drawn.append(Picture(*texts, figure.before, figure.now, figure.target, points, comments))
    return drawn


async def found(slug: str) -> Project:
    """Find a project; raises ``Missing``."""
    project = await projects.project(slug)
    if project is None:
        raise Missing
    return project


@get("/projects", guards=[anyone], shared=())
async def every(request: Ask) -> Response[bytes]:
    """List what is being built and what is finished."""
    listed = await projects.projects()
    return page(
        request,
        "coproduction/list.html",
        active=[project for project in listed if project.state is State.ACTIVE],
        closed=[project for project in listed if project.state is State.CLOSED],
        figures={figure.project: figure for figure in await figures.first_indicators([one.id for one in listed])},
    )


@get("/projects/{slug:str}", guards=[anyone], shared=())
async def show(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Tell the story of one project: phases, what is missing, figures, sessions, team, decisions."""
    project = await found(slug)
    team = await work.team(project.id)
    sessions = await stored.of_project(project.id)
    return page(
        request,
        "coproduction/show.html",
        project=project,
        phases=phase_views(project, await gates.evidence(project.id), await gates.decisions(project.id)),
        team=team,
        sides={
            side: sum(one.side == side and one.until is None for one in team)
            for side in ("resident", "staff", "partner")
        },
        ahead=sorted((one for one in sessions if one.ahead and not one.cancelled_at), key=lambda one: one.starts_at),
        past=[one for one in sessions if not one.ahead or one.cancelled_at],
        needs=await offers.needs(project.id),
        thanks=await offers.thanks(project.id),
        updates=await work.updates(project.id),
        choices=await work.choices(project.id),
        pictures=pictures(
            await figures.indicators(project.id), await figures.readings(project.id), tongue_of(request).code
        ),
    )


ROUTES = (every, show)
