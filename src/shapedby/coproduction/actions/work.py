"""Writing down what a project does: its team, news, decisions and figures."""

from shapedby import db
from shapedby.coproduction.actions.project import cleaned
from shapedby.coproduction.actions.telling import tell_news
from shapedby.coproduction.queries import figures, work
from shapedby.coproduction.queries.figures import NewIndicator, Reading
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.queries.work import NewChoice, NewMember
from shapedby.coproduction.rules import why_not_work
from shapedby.kernel import Actor, Missing, Refused, Words
from shapedby.people.actions import record_act


async def add_member(actor: Actor, project: Project, member: NewMember) -> None:
    """Write somebody into the team."""
    _check(actor, project)
    async with db.transaction():
        await work.add_member(project.id, member)
        await record_act(actor, "add member", "project", project.id)


async def end_member(actor: Actor, project: Project, member: int) -> None:
    """Record that somebody left the team."""
    _check(actor, project)
    async with db.transaction():
        if await work.end_member(project.id, member):
            await record_act(actor, "end member", "project", project.id)


async def add_update(actor: Actor, project: Project, words: Words) -> None:
    """Publish news of a project."""
    _check(actor, project)
    html = await cleaned(words)
    async with db.transaction():
        number = await work.add_update(project.id, project.phase, words, html, actor.person)
        await record_act(actor, "publish news", "project", project.id)
        await tell_news(actor, project, number, words)


async def add_choice(actor: Actor, project: Project, choice: NewChoice) -> None:
    """Record what the team decided, and how many of each side had a say."""
    _check(actor, project)
    async with db.transaction():
        await work.add_choice(project.id, project.phase, choice, actor.person)
        await record_act(actor, "record decision", "project", project.id)


async def add_indicator(actor: Actor, project: Project, figure: NewIndicator) -> None:
    """Follow one more figure."""
    _check(actor, project)
    async with db.transaction():
        number = await figures.add_indicator(project.id, figure)
        await record_act(actor, "add", "indicator", number)


async def add_reading(actor: Actor, project: Project, reading: Reading) -> None:
    """Record what a figure showed on a day; raises ``Missing`` for a figure of another project."""
    _check(actor, project)
    async with db.transaction():
        if not await figures.add_reading(project.id, reading):
            raise Missing
        await record_act(actor, "add reading", "indicator", reading.indicator)


def _check(actor: Actor, project: Project) -> None:
    why = why_not_work(actor, project.state)
    if why:
        raise Refused(why)
