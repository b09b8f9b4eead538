"""Projects and their figures in the read API."""

from typing import Annotated

from msgspec import Meta

from shapedby.coproduction.queries import published
from shapedby.coproduction.queries.published import PublicIndicator, PublicProject
from shapedby.coproduction.rules import State
from shapedby.kernel import N_, Missing
from shapedby.web.json_api import API, Listed, Paged, listed, offer
from shapedby.web.site import Ask, site_of


class ProjectsAsked(Paged, frozen=True, kw_only=True):
    """What a list of projects can be asked."""

    state: Annotated[State | None, Meta(description=N_("Only projects that are at work, or only closed ones."))] = None


class IndicatorsAsked(Paged, frozen=True, kw_only=True):
    """What a list of figures can be asked."""

    project: Annotated[str, Meta(max_length=80, description=N_("Only figures of the project with this slug."))] = ""


@offer(f"{API}/projects")
async def list_projects(request: Ask, asked: ProjectsAsked) -> Listed[PublicProject]:
    """List what is being built and what was built, the newest first."""
    site = site_of(request).settings.url
    found = await published.public_projects(site, asked.cursor, asked.limit + 1, state=asked.state)
    return listed(request, found, asked.limit, lambda one: one.number)


@offer(f"{API}/projects/{{slug:str}}")
async def get_project(request: Ask, slug: str) -> PublicProject:
    """Give one project."""
    found = await published.public_project(site_of(request).settings.url, slug)
    if found is None:
        raise Missing
    return found


@offer(f"{API}/indicators")
async def list_indicators(request: Ask, asked: IndicatorsAsked) -> Listed[PublicIndicator]:
    """List what projects should change: before, now and the target."""
    found = await published.public_indicators(asked.cursor, asked.limit + 1, project=asked.project)
    return listed(request, found, asked.limit, lambda one: one.number)


ROUTES = (list_projects, get_project, list_indicators)
