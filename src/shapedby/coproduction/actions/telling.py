"""Telling those who follow a project's idea, or had it, how the project goes on; supporters did not ask for that."""

from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.queries.sessions import NewSession
from shapedby.kernel import Actor, Words
from shapedby.notices.actions import About, Kind, tell_all

WHO_ASKED = frozenset({Kind.MY_IDEAS, Kind.FOLLOWED})


async def tell_news(actor: Actor, project: Project, number: int, words: Words) -> None:
    """Tell followers what is new in a project."""
    facts = {"title": project.title, "slug": project.slug, "words": words}
    await tell_all(
        About.IDEA,
        project.idea,
        "coproduction/news",
        facts,
        once=f"news-{number}",
        but=actor.person,
        only=WHO_ASKED,
        kind=Kind.NEWS,
    )


async def tell_of_session(actor: Actor, project: Project, number: int, new: NewSession) -> None:
    """Tell followers when and where they can join in."""
    facts = {
        "title": new.title,
        "project": project.title,
        "slug": project.slug,
        "starts_at": new.starts_at,
        "place": new.place,
    }
    await tell_all(
        About.IDEA,
        project.idea,
        "coproduction/announced",
        facts,
        once=f"session-{number}",
        but=actor.person,
        only=WHO_ASKED,
        kind=Kind.SESSIONS,
    )
