"""Looking at an idea before it is sent, sending it, and taking it back."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.challenges import queries as challenges
from shapedby.ideas import actions, forms, queries, rules
from shapedby.ideas.pages.write import calendar, own_idea
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import Because
from shapedby.kernel import N_, Refused
from shapedby.pictures.queries import of as pictures_of
from shapedby.screening.rules import Publicity
from shapedby.text import clean_later, contacts
from shapedby.web.forms import Errors, chosen, typed
from shapedby.web.guards import signed_in
from shapedby.web.limits import Limit
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

SENT = Limit("ideas-sent", 30, timedelta(days=1))

done(
    {
        "draft-deleted": N_("Your draft is deleted."),
        "idea-withdrawn": N_("You have taken your idea back. Others can no longer see it."),
    }
)


@get("/ideas/{number:int}/preview", guards=[signed_in])
async def preview(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Show exactly what the public will see, and what is still missing."""
    found = await own_idea(request, number)
    if found.publicity is not Publicity.DRAFT:
        return go(request, f"/ideas/{number}/sent")
    return await _preview(request, found)


@post("/ideas/{number:int}/send", guards=[signed_in])
async def send(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Send an idea that was looked at; twice is as once."""
    found, form = await own_idea(request, number), await typed(request)
    if found.publicity is not Publicity.DRAFT:
        return go(request, f"/ideas/{number}/sent")
    written = await queries.written(number)
    with_contacts = bool(contacts(written.source))
    missing = Errors(tongue_of(request))
    forms.check_finished(written, missing, await challenges.topics(found.challenge))
    if missing or (with_contacts and not form.ticked("keep_contacts")):
        return await _preview(request, found, asked_again=True)
    await SENT.check(str(request.user.person))
    await actions.send(request.user, number, calendar(request), contacts_kept=with_contacts)
    return go(request, f"/ideas/{number}/sent")


@get("/ideas/{number:int}/sent", guards=[signed_in])
async def sent(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Say that an idea has arrived, what happens next, and by when it is answered."""
    found = await own_idea(request, number)
    if found.publicity is Publicity.DRAFT:
        return go(request, f"/ideas/{number}/preview")
    return page(request, "ideas/sent.html", idea=found)


@get("/ideas/{number:int}/take-back", guards=[signed_in])
async def take_back_page(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Ask whether an idea, or a draft, shall really go."""
    found = await own_idea(request, number)
    why = rules.why_not_withdraw(request.user, author=found.author, publicity=found.publicity, stage=found.stage)
    if why:
        raise Refused(why)
    return page(request, "ideas/take_back.html", form=True, idea=found, because=tuple(Because))


@post("/ideas/{number:int}/take-back", guards=[signed_in])
async def take_back(request: Ask, number: FromPath[int]) -> Redirect:
    """Take one's own idea back; the reason, where one is given, is public."""
    found, form = await own_idea(request, number), await typed(request)
    because = chosen(form["because"], Because, Because.UNSAID)
    await actions.withdraw(request.user, number, forms.note_of(because, site_of(request).tongues))
    done_key = "draft-deleted" if found.sent_at is None else "idea-withdrawn"
    return go(request, f"/challenges/{found.challenge_slug}", done=done_key)


async def _preview(ask: Ask, found: Idea, *, asked_again: bool = False) -> Response[bytes]:
    written, errors = await queries.written(found.number), Errors(tongue_of(ask))
    forms.check_finished(written, errors, await challenges.topics(found.challenge))
    texts = [await clean_later(text) for text in written.texts]
    return page(
        ask,
        "ideas/preview.html",
        status=422 if asked_again else 200,
        form=True,
        idea=found,
        missing=errors.found,
        texts=texts,
        pictures=await pictures_of(found.posting),
        contacts=[contact.matched for contact in contacts(written.source)],
        asked_again=asked_again,
    )


ROUTES = (preview, send, sent, take_back_page, take_back)
