"""Starting a project, taking it through its gates, and closing it with its outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapedby import db
from shapedby.coproduction.queries import figures, gates, work
from shapedby.coproduction.queries import project as projects
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.rules import Outcome, Part, Phase, Side, Why, why_not_close, why_not_pass, why_not_work
from shapedby.ideas.actions import add_step, change_stage
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import Stage, StepKind
from shapedby.kernel import Actor, Refused, Words
from shapedby.notices.actions import About, tell_all
from shapedby.people.actions import record_act
from shapedby.text import clean_later


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """A project to be started from a shortlisted idea."""

    slug: str
    title: Words
    summary: Words
    evidence: Mapping[Phase, Sequence[Words]]


async def start(actor: Actor, idea: Idea, new: NewProject) -> str:
    """Start a project from a shortlisted idea, with its author and its host on the team; gives its address.

    Raises ``Refused`` where the idea is not shortlisted or has become a project already.
    """
    if not actor.is_officer:
        raise Refused(Why.NOT_YOUR_ROLE)
    if idea.stage is not Stage.SHORTLISTED:
        raise Refused(Why.NOT_SHORTLISTED if idea.stage is not Stage.PROJECT else Why.ALREADY_A_PROJECT)
    async with db.transaction():
        slug = f"{new.slug}-{idea.number}" if await projects.slug_taken(new.slug) else new.slug
        number = await projects.add_project(slug, idea.number, new.title, new.summary, actor.person)
        if not number:
            raise Refused(Why.ALREADY_A_PROJECT)
        await gates.add_evidence(number, new.evidence)
        await change_stage(idea.number, Stage.SHORTLISTED, Stage.PROJECT, by=actor.person, note=new.summary)
        await work.add_founder(number, actor.person, Side.STAFF, Part.HOST)
        await work.add_founder(number, idea.author, Side.RESIDENT, Part.CORE_TEAM)
        await record_act(actor, "start", "project", number)
        facts = {"title": new.title, "summary": new.summary, "slug": slug}
        await _tell(actor, idea.number, "coproduction/started", facts)
    return slug


async def show(actor: Actor, project: Project, evidence: int, shown: Words) -> None:
    """Record what shows one thing that a gate asks for."""
    _refuse(why_not_work(actor, project.state))
    async with db.transaction():
        if await gates.show(project.id, evidence, shown, actor.person):
            await record_act(actor, "show", "gate_evidence", evidence)


async def take_back(actor: Actor, project: Project, evidence: int) -> None:
    """Mark a thing that a gate asks for as missing again."""
    _refuse(why_not_work(actor, project.state))
    async with db.transaction():
        if await gates.take_back(project.id, evidence):
            await record_act(actor, "take back", "gate_evidence", evidence)


async def ask_for(actor: Actor, project: Project, phase: Phase, what: Words) -> None:
    """Ask for one more thing before a project leaves a phase."""
    _refuse(why_not_work(actor, project.state))
    async with db.transaction():
        number = await gates.add_one(project.id, phase, what)
        await record_act(actor, "ask for", "gate_evidence", number)


async def decide_gate(actor: Actor, project: Project, *, passed: bool, reason: Words) -> None:
    """Let a project into its next phase, or send it back with a reason; it must still be in the phase that was seen."""
    async with db.transaction():
        gate = await gates.gate(project.id, project.phase)
        why = why_not_pass(actor, project.state, phase=project.phase, gate=gate)
        _refuse(why if passed else why_not_work(actor, project.state))
        await gates.add_decision(project.id, project.phase, passed=passed, reason=reason, by=actor.person)
        await record_act(actor, "pass gate" if passed else "send back", "project", project.id)
        following = project.phase.next
        if not passed or following is None:
            return
        if not await projects.move(project.id, project.phase, following):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        await add_step(project.idea, StepKind.PHASE, by=actor.person, note=reason)
        facts = {"title": project.title, "slug": project.slug, "reason": reason}
        await _tell(actor, project.idea, "coproduction/phase", facts, step=following)


async def close(actor: Actor, project: Project, outcome: Outcome, words: Words) -> None:
    """State what became of a project; everybody who wrote, supported or worked on it is told and thanked."""
    html = await cleaned(words)
    async with db.transaction():
        gate = await gates.gate(project.id, project.phase)
        readings = await figures.count_readings(project.id)
        _refuse(why_not_close(actor, project.state, phase=project.phase, gate=gate, outcome=outcome, readings=readings))
        if not await projects.close(project.id, outcome, words, html):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        await add_step(project.idea, StepKind.OUTCOME, by=actor.person, note=words)
        await record_act(actor, "close", "project", project.id)
        facts = {"title": project.title, "slug": project.slug, "outcome": words, "kind": outcome}
        await _tell(actor, project.idea, "coproduction/closed", facts)


async def cleaned(words: Words) -> dict[str, str]:
    """Make the council's text into HTML, in each language."""
    return {language: str(await clean_later(text)) for language, text in words.items()}


def _refuse(why: Why | None) -> None:
    if why:
        raise Refused(why)


async def _tell(actor: Actor, idea: int, template: str, facts: Mapping[str, object], step: str = "") -> None:
    """Tell everybody who wrote, supported, commented on or follows the idea behind a project, each once."""
    once = f"{template}:{idea}:{step}" if step else f"{template}:{idea}"
    await tell_all(About.IDEA, idea, template, facts, once=once, but=actor.person)
