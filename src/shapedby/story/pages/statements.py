"""The statutory pages, and the form to tell us of a problem with the site."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup, escape

from shapedby.account.rules.retention import RULES
from shapedby.challenges import queries as challenges
from shapedby.kernel import N_, Missing, said
from shapedby.moderation.rules import PUBLISHED
from shapedby.settings import Settings
from shapedby.story import actions, queries
from shapedby.story.forms import MOST_PLACE, MOST_PROBLEM, read_problem
from shapedby.story.queries import LAST_RESORT, Statement
from shapedby.story.rules import LONG, About, Piece, lay_out
from shapedby.web.cookies import COOKIES, STORED
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed
from shapedby.web.guards import anyone
from shapedby.web.limits import Limit
from shapedby.web.page import cookie_name, form_secret, go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done({"problem-sent": N_("Thank you. We have told the people who look after this site.")})

PROBLEMS = Limit("problem", 10, timedelta(hours=1))
ALL_PROBLEMS = Limit("problem-all", 200, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Shown:
    """A statutory page as its template shows it."""

    statement: Statement
    contents: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[Piece, Markup], ...]

    @property
    def is_long(self) -> bool:
        return len(self.contents) >= LONG


@get("/about/{name:str}", guards=[anyone], shared=())
async def about(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """Show a statutory page."""
    which = about_or_missing(name)
    found = shown(request, await in_language(request, which), mark_gaps=request.user.is_staff)
    return page(request, "story/statement.html", shown=found, **await what_the_code_knows(request, which))


@get("/about/accessibility/problem", guards=[anyone])
async def tell_problem(request: Ask) -> Response[bytes]:
    """Ask what does not work, or say how to reach us where the council reads no mail."""
    return await _problem_page(request, NOTHING_TYPED, {})


@post("/about/accessibility/problem", guards=[anyone])
async def send_problem(request: Ask) -> Response[bytes] | Redirect:
    """Pass a problem on to the council."""
    form, errors, site = await typed(request), Errors(tongue_of(request)), site_of(request)
    problem = read_problem(form, errors)
    if errors or not site.settings.contact:
        return await _problem_page(request, form, errors.found, status=422)
    await PROBLEMS.check(hashlib.sha256(f"problem.{form_secret(request)}".encode()).hexdigest())
    await ALL_PROBLEMS.check("")
    await actions.report_problem(problem, contact=site.settings.contact, language=site.first_language)
    return go(request, "/about/accessibility", done="problem-sent")


def about_or_missing(name: str) -> About:
    """Give the page with this name; raise ``Missing`` where there is none."""
    if name not in {one.value for one in About}:
        raise Missing
    return About(name)


async def in_language(request: Ask, which: About) -> Statement:
    """Find a page in the reader's language, else in the council's first, else in the one that all are written in."""
    for code in (tongue_of(request).code, site_of(request).first_language, LAST_RESORT):
        found = await queries.statement(which, code)
        if found:
            return found
    raise Missing


def shown(request: Ask, statement: Statement, *, prefix: str = "", mark_gaps: bool = False) -> Shown:
    """Lay a page out, with the council's name and address in it; anchors begin with ``prefix``."""
    names = _names(site_of(request).settings, statement.language)
    laid_out = lay_out(str(statement.html), statement.name, names, prefix=prefix, mark_gaps=mark_gaps)
    pieces = tuple((piece, Markup(html)) for piece, html in laid_out.pieces)  # noqa: S704 - cleaned before it was laid out
    return Shown(statement, tuple((anchor, Markup(text)) for anchor, text in laid_out.contents), pieces)  # noqa: S704 - as above


def _names(settings: Settings, language: str) -> Mapping[str, str]:
    mail = Markup('<a href="mailto:{0}">{0}</a>').format(settings.contact)
    return {
        "council": str(escape(settings.council)),
        "contact": str(mail if settings.contact else escape(actions.no_address(language))),
    }


async def what_the_code_knows(request: Ask, which: About) -> dict[str, Any]:
    """Give what is made from the code itself: the cookies, the rules, what each challenge adds about privacy."""
    site, code = site_of(request), tongue_of(request).code
    asked = await challenges.listed() if which is About.PRIVACY else []
    return {
        "cookies": [(cookie_name(site, name), kept) for name, kept in COOKIES.items()],
        "stored": STORED,
        "rules": PUBLISHED,
        "retention": [(rule, rule.days(site.settings)) for rule in RULES.values()],
        "challenges": [one for one in asked if said(one.privacy_note, code)],
    }


async def _problem_page(request: Ask, form: Typed, errors: Mapping[str, str], *, status: int = 200) -> Response[bytes]:
    contact = site_of(request).settings.contact
    ways = shown(request, await in_language(request, About.CONTACT), mark_gaps=request.user.is_staff)
    return page(
        request,
        "story/problem.html",
        status=status,
        form=bool(contact),
        by_mail=bool(contact),
        shown=ways,
        typed=form,
        errors=errors,
        most=MOST_PROBLEM,
        most_place=MOST_PLACE,
    )


ROUTES = (about, tell_problem, send_problem)
