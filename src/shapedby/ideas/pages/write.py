"""Writing an idea: the form, the draft that is kept meanwhile."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.challenges import queries as challenges
from shapedby.challenges.queries import Challenge, Place
from shapedby.ideas import actions, forms, queries, rules
from shapedby.ideas.actions.versions import is_new_version
from shapedby.ideas.pages.kept import kept_form, let_go
from shapedby.ideas.pages.onwards import onwards
from shapedby.ideas.pages.ways import way_to_post
from shapedby.ideas.queries import Idea
from shapedby.ideas.queries.versions import words_to_edit
from shapedby.ideas.rules import Written
from shapedby.kernel import Missing, Refused
from shapedby.people.rules import why_not_post
from shapedby.screening.queries import is_asked
from shapedby.screening.rules import Publicity
from shapedby.text import contacts
from shapedby.web.forms import Errors, Typed, typed
from shapedby.web.guards import anyone, signed_in
from shapedby.web.limits import Limit
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of

BEGUN = Limit("ideas-begun", 40, timedelta(hours=1))
KEY_BYTES = 18
MOST_KEY = 40


@dataclass(frozen=True)
class Sheet:
    """The form of an idea: what can be chosen in it, what stands in it, and what is wrong."""

    challenge: Challenge
    areas: list[Place]
    topics: list[Place]
    form: Typed
    errors: Errors
    key: str = ""
    idea: Idea | None = None
    found_contacts: list[str] = field(default_factory=list[str])

    @property
    def context(self) -> Mapping[str, Any]:
        return {
            "challenge": self.challenge,
            "areas": self.areas,
            "topics": self.topics,
            "typed": self.form,
            "errors": self.errors.found,
            "key": self.key,
            "idea": self.idea,
            "contacts": self.found_contacts,
            "anonymous_allowed": self.challenge.anonymous_allowed,
            "is_draft": self.idea is None or self.idea.publicity is Publicity.DRAFT,
            "most_title": rules.MOST_TITLE,
        }


@get("/challenges/{slug:str}/ideas/new", guards=[anyone])
async def new(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Show the empty form; say what is in the way where somebody cannot write yet."""
    challenge = await _published(slug)
    why = rules.why_not_write(challenge.stage)
    way = way_to_post(why_not_post(request.user, challenge.now), request.url.path)
    if why or way:
        return page(request, "ideas/new_lead.html", challenge=challenge, why=why, way=way)
    own = await queries.own(request.user.person)
    drafts = [one for one in own if one.publicity is Publicity.DRAFT and one.challenge_slug == slug]
    begun = await kept_form(request, challenge.id)
    form = begun.form if begun else forms.as_typed(Written(language=tongue_of(request).code))
    blank = await sheet(request, challenge, form, key=begun.key if begun else secrets.token_urlsafe(KEY_BYTES))
    return page(request, "ideas/write.html", form=True, drafts=[] if begun else drafts, **blank.context)


@post("/challenges/{slug:str}/ideas/new", guards=[signed_in])
async def begin(request: Ask, slug: FromPath[str]) -> Response[bytes] | Redirect:
    """Keep the first words as a draft, and go on writing or look at it."""
    made = await _begin(request, slug)
    if isinstance(made, Sheet):
        return page(request, "ideas/write.html", status=422, form=True, drafts=[], **made.context)
    return await onwards(request, made)


@post("/challenges/{slug:str}/ideas/autosave", guards=[signed_in])
async def begin_quietly(request: Ask, slug: FromPath[str]) -> Response[dict[str, str] | None]:
    """Keep the first words while somebody writes, and say where; 422 where they cannot be kept."""
    made = await _begin(request, slug)
    if isinstance(made, Sheet):
        return Response(None, status_code=422)
    return Response({"at": f"/ideas/{made}"}, status_code=200)


@get("/ideas/{number:int}/edit", guards=[signed_in])
async def edit(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show one's own idea in the form."""
    found = await own_idea(request, number)
    await check_editable(request, found)
    begun = await kept_form(request, found.challenge, number)
    form = begun.form if begun else forms.as_typed(await words_to_edit(number, request.user.person))
    filled = await sheet_of(request, found, form)
    return page(request, "ideas/write.html", form=True, drafts=[], **filled.context)


@post("/ideas/{number:int}/edit", guards=[signed_in])
async def save(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Keep a draft; send an idea that was sent before again, in its new words."""
    found = await own_idea(request, number)
    await check_editable(request, found)
    filled = await sheet_of(request, found, await typed(request))
    written = read_sheet(request, filled)
    if found.publicity is not Publicity.DRAFT:
        return await _change(request, filled, written)
    if filled.errors:
        return page(request, "ideas/write.html", status=422, form=True, drafts=[], **filled.context)
    if not await actions.save_draft(request.user, number, written):
        return go(request, f"/ideas/{number}/sent")
    await let_go(request)
    return await onwards(request, number)


@post("/ideas/{number:int}/autosave", guards=[signed_in])
async def save_quietly(request: Ask, number: FromPath[int]) -> Response[None]:
    """Keep a draft while somebody writes; 422 where it cannot be kept."""
    filled = await sheet_of(request, await own_idea(request, number), await typed(request))
    written = read_sheet(request, filled)
    kept = not filled.errors and await actions.save_draft(request.user, number, written)
    if kept:
        await let_go(request)
    return Response(None, status_code=204 if kept else 422)


async def _begin(ask: Ask, slug: str) -> int | Sheet:
    challenge, form = await _published(slug), await typed(ask)
    key = form["key"][:MOST_KEY]
    filled = await sheet(ask, challenge, form, key=key)
    written = read_sheet(ask, filled)
    if filled.errors:
        return filled
    if not key or await queries.draft_begun_with(key, ask.user.person) is None:
        await BEGUN.check(str(ask.user.person))
    made = await actions.start_draft(ask.user, challenge, written, key=key)
    await let_go(ask)
    return made


async def _change(ask: Ask, filled: Sheet, written: Written) -> Response[bytes] | Redirect:
    """Send an idea again: everything must be there, and contact details are pointed out first."""
    if filled.idea is None:
        raise Missing
    forms.check_finished(written, filled.errors, filled.topics)
    kept = filled.form.ticked("keep_contacts")
    filled.found_contacts.extend(contact.matched for contact in contacts(written.source))
    if filled.errors or (filled.found_contacts and not kept):
        return page(ask, "ideas/write.html", status=422, form=True, drafts=[], **filled.context)
    kept = kept and bool(filled.found_contacts)
    version = await is_new_version(filled.idea)
    publicity = await actions.change(ask.user, filled.idea.number, written, calendar(ask), contacts_kept=kept)
    await let_go(ask)
    fresh = await queries.any_idea(filled.idea.number) if version else None
    if fresh is None:
        return go(ask, f"/ideas/{filled.idea.number}/sent")
    return go(ask, fresh.address, done="version-public" if publicity is Publicity.PUBLIC else "version-waits")


async def sheet(ask: Ask, challenge: Challenge, form: Typed, *, key: str = "", idea: Idea | None = None) -> Sheet:
    """Gather what the form of a challenge needs."""
    areas, topics = await challenges.areas(challenge.id), await challenges.topics(challenge.id)
    return Sheet(challenge, areas, topics, form, Errors(tongue_of(ask)), key, idea)


async def sheet_of(ask: Ask, idea: Idea, form: Typed) -> Sheet:
    """Gather what the form of an idea needs."""
    challenge = await challenges.challenge_by_id(idea.challenge)
    if challenge is None:
        raise Missing
    return await sheet(ask, challenge, form, idea=idea)


def read_sheet(ask: Ask, filled: Sheet) -> Written:
    """Read what stands in the form, noting what even a draft cannot be kept with."""
    languages = site_of(ask).languages
    return forms.read(filled.form, filled.errors, areas=filled.areas, topics=filled.topics, languages=languages)


def calendar(ask: Ask) -> actions.Calendar:
    """Give the council's way of counting days."""
    settings = site_of(ask).settings
    return actions.Calendar(settings.timezone.key, settings.closures)


async def own_idea(ask: Ask, number: int) -> Idea:
    """Give one's own idea; to others it does not exist."""
    found = await queries.any_idea(number)
    if found is None or not found.by(ask.user):
        raise Missing
    return found


async def check_editable(ask: Ask, found: Idea) -> None:
    """Raise ``Refused`` where an idea of one's own cannot be changed any more."""
    why = rules.why_not_edit(
        ask.user,
        authors=found.authors,
        publicity=found.publicity,
        stage=found.stage,
        asked=await is_asked(found.posting),
    )
    if why:
        raise Refused(why)


async def _published(slug: str) -> Challenge:
    found = await challenges.challenge(slug)
    if found is None:
        raise Missing
    return found


ROUTES = (new, begin, begin_quietly, edit, save, save_quietly)
