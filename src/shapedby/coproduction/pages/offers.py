"""Offers: making one, looking after one's own, and the broker's list."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.coproduction import forms as words
from shapedby.coproduction.actions import offers as act
from shapedby.coproduction.forms import offers as forms
from shapedby.coproduction.queries import offers as stored
from shapedby.coproduction.queries import project as projects
from shapedby.coproduction.queries.offers import Offer
from shapedby.coproduction.queries.project import Project
from shapedby.coproduction.rules import State
from shapedby.coproduction.rules.offers import OfferState, WhyNoOffer, why_not_offer
from shapedby.kernel import N_, Missing
from shapedby.web.forms import NOTHING_TYPED, Errors, Typed, typed, whole
from shapedby.web.guards import officers, signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "offered": N_("Thank you. An officer reads your offer and answers you by mail."),
        "offer-withdrawn": N_("You have taken your offer back."),
        "matched": N_("The offer belongs to the project now. Its person is told by mail."),
        "declined": N_("Answered. The person is told by mail."),
        "given": N_("Noted. The project thanks for it in public."),
    }
)
MOST = 2**31 - 1


@get("/offer", guards=[signed_in])
async def offer_page(request: Ask) -> Response[bytes]:
    """Ask what somebody offers, to one project or to any."""
    return await _offer_page(request, Typed({name: [text] for name, text in request.query_params.items()}), {})


@post("/offer", guards=[signed_in])
async def offer(request: Ask) -> Response[bytes] | Redirect:
    """Keep an offer for the officers to answer."""
    form = await typed(request)
    errors = Errors(tongue_of(request))
    asked = forms.offering(form, errors)
    project = await _project(form["project"])
    if errors:
        return await _offer_page(request, form, errors.found)
    need = whole(form["need"], 0, most=MOST) or None
    await act.offer(request.user, project, need, asked.kind, asked.words)
    return go(request, "/offers", done="offered")


async def _project(slug: str) -> Project | None:
    if not slug:
        return None
    found = await projects.project(slug)
    if found is None:
        raise Missing
    return found


async def _offer_page(request: Ask, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    project = await _project(form["project"])
    needs = [need for need in await stored.needs(project.id) if not need.met_at] if project else []
    is_open = project is None or project.state is State.ACTIVE
    return page(
        request,
        "coproduction/offer.html",
        status=422 if errors else 200,
        project=project,
        needs=needs,
        need=whole(form["need"], 0, most=MOST),
        why=why_not_offer(request.user, project_open=is_open, undecided=0),
        typed=form,
        errors=errors,
    )


@get("/offers", guards=[signed_in])
async def mine(request: Ask) -> Response[bytes]:
    """List what somebody has offered, and what became of it."""
    return page(request, "coproduction/offers.html", offers=await stored.of_person(request.user.person))


@post("/offers/{number:int}/withdraw", guards=[signed_in])
async def withdraw(request: Ask, number: FromPath[int]) -> Redirect:
    """Take one's offer back; again is as once."""
    found = await _found(number)
    if found.person != request.user.person:
        raise Missing
    await act.withdraw(found)
    return go(request, "/offers", done="offer-withdrawn")


async def _found(number: int) -> Offer:
    found = await stored.offer(number)
    if found is None:
        raise Missing
    return found


@get("/desk/offers", guards=[officers])
async def desk(request: Ask) -> Response[bytes]:
    """List every offer beside what projects lack."""
    state = next((one for one in OfferState if one.value == request.query_params.get("state")), None)
    return page(
        request,
        "coproduction/desk_offers.html",
        offers=await stored.offers(state),
        lacking=await stored.lacking(),
        projects={project.id: project for project in await projects.projects(State.ACTIVE)},
        state=state,
    )


@get("/desk/offers/{number:int}", guards=[officers])
async def desk_offer(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show an offer with what can be done about it."""
    return await _desk_offer(request, await _found(number), NOTHING_TYPED, {})


@post("/desk/offers/{number:int}", guards=[officers])
async def decide(request: Ask, number: FromPath[int]) -> Response[Any]:
    """Match an offer, decline it, or note what was given."""
    found = await _found(number)
    form = await typed(request)
    errors = Errors(tongue_of(request))
    notice = form["do"]
    match notice:
        case "matched" | "declined":
            answer = words.words(form, errors, "answer", site_of(request).languages)
            project = await _project(form["project"]) if notice == "matched" else None
            if notice == "matched" and project is None:
                errors.add("project", WhyNoOffer.NO_PROJECT)
            if errors:
                return await _desk_offer(request, found, form, errors.found)
            await (
                act.match(request.user, found, project, answer) if project else act.decline(request.user, found, answer)
            )
        case "given":
            gift = forms.giving(form, errors)
            if errors:
                return await _desk_offer(request, found, form, errors.found)
            await act.note_given(request.user, found, gift.on_day, gift.hours, gift.what)
        case _:
            raise Missing
    return go(request, f"/desk/offers/{number}", done=notice)


async def _desk_offer(request: Ask, found: Offer, form: Typed, errors: dict[str, str]) -> Response[bytes]:
    return page(
        request,
        "coproduction/desk_offer.html",
        status=422 if errors else 200,
        offer=found,
        projects=await projects.projects(State.ACTIVE),
        typed=form,
        errors=errors,
    )


ROUTES = (offer_page, offer, mine, withdraw, desk, desk_offer, decide)
