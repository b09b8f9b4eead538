"""The officers' side of projects: the list, starting one, and the page that leads to everything else."""

from litestar import Response, get, post
from litestar.params import FromPath

from shapedby.coproduction import forms
from shapedby.coproduction.actions import project as act
from shapedby.coproduction.actions.project import NewProject
from shapedby.coproduction.pages.public import found, phase_views
from shapedby.coproduction.queries import figures, gates, offers, work
from shapedby.coproduction.queries import project as projects
from shapedby.coproduction.queries import sessions as stored
from shapedby.coproduction.rules import EVIDENCE
from shapedby.ideas.queries import Idea, idea_for
from shapedby.ideas.rules import Stage
from shapedby.ideas.rules import slug as slug_of
from shapedby.kernel import N_, Missing, Refused
from shapedby.web.forms import NOTHING_TYPED, Errors, typed, whole
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "project-started": N_(
            "The project has started. Its author and everybody who supported the idea are told by mail."
        )
    }
)


@get("/desk/projects", guards=[officers])
async def every(request: Ask) -> Response[bytes]:
    """List projects with what each needs next."""
    return page(request, "coproduction/desk_list.html", projects=await projects.projects())


async def _shortlisted(request: Ask, number: int) -> Idea:
    idea = await idea_for(request.user, number)
    if idea is None:
        raise Missing
    if idea.stage is not Stage.SHORTLISTED:
        raise Refused(act.Why.ALREADY_A_PROJECT if idea.stage is Stage.PROJECT else act.Why.NOT_SHORTLISTED)
    return idea


@get("/desk/projects/new", guards=[officers])
async def new(request: Ask) -> Response[bytes]:
    """Ask what the project of a shortlisted idea is called and is about."""
    idea = await _shortlisted(request, whole(request.query_params.get("idea"), 0, most=2**31 - 1))
    return page(request, "coproduction/new.html", idea=idea, typed=NOTHING_TYPED, errors={})


@post("/desk/projects/new", guards=[officers])
async def start(request: Ask) -> Response[bytes]:
    """Start the project."""
    site = site_of(request)
    form = await typed(request)
    idea = await _shortlisted(request, whole(form["idea"], 0, most=2**31 - 1))
    errors = Errors(tongue_of(request))
    asked = forms.founding(form, errors, site.languages)
    if errors:
        return page(request, "coproduction/new.html", status=422, idea=idea, typed=form, errors=errors.found)
    evidence = {
        phase: [{code: tongue.says(what) for code, tongue in site.tongues.items()} for what in things]
        for phase, things in EVIDENCE.items()
    }
    slug = slug_of(asked.title[site.first_language])
    made = NewProject(slug=slug, title=asked.title, summary=asked.summary, evidence=evidence)
    return go(request, f"/desk/projects/{await act.start(request.user, idea, made)}", done="project-started")  # pyright: ignore[reportReturnType]


@get("/desk/projects/{slug:str}", guards=[officers])
async def show(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Show a project as its officers work on it."""
    project = await found(slug)
    return page(
        request,
        "coproduction/desk.html",
        project=project,
        phases=phase_views(project, await gates.evidence(project.id), await gates.decisions(project.id)),
        team=await work.team(project.id),
        sessions=await stored.of_project(project.id),
        needs=await offers.needs(project.id),
        updates=await work.updates(project.id),
        choices=await work.choices(project.id),
        indicators=await figures.indicators(project.id),
    )


ROUTES = (every, new, start, show)
