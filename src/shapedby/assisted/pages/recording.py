"""Writing an idea, a comment or a support down for somebody."""

import secrets
from collections.abc import Mapping, Sequence

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.assisted import actions, forms
from shapedby.assisted.pages.people import known, person_page
from shapedby.assisted.rules import Why
from shapedby.challenges import queries as challenges
from shapedby.challenges.queries import Challenge
from shapedby.comments import forms as comment_forms
from shapedby.ideas import forms as idea_forms
from shapedby.ideas.actions import Calendar
from shapedby.ideas.rules import MOST_TITLE, Written, why_not_write
from shapedby.kernel import Missing, Refused
from shapedby.people.queries.contacts import Assisted
from shapedby.text import contacts
from shapedby.web.forms import Errors, Typed, typed
from shapedby.web.guards import staff
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of

KEY_BYTES = 18
MOST_KEY = 40


@get("/desk/assisted/{person:int}/ideas/{slug:str}", guards=[staff])
async def write(request: Ask, person: FromPath[int], slug: FromPath[str]) -> Response[bytes]:
    """Show the form of an idea, for a person."""
    found, challenge = await known(person), await _open(slug)
    blank = idea_forms.as_typed(Written(language=tongue_of(request).code))
    return await _form(
        request, found, challenge, blank, Errors(tongue_of(request)), key=secrets.token_urlsafe(KEY_BYTES)
    )


@post("/desk/assisted/{person:int}/ideas/{slug:str}", guards=[staff])
async def record_idea(request: Ask, person: FromPath[int], slug: FromPath[str]) -> Response[bytes] | Redirect:
    """Send an idea for a person."""
    found, challenge, form = await known(person), await _open(slug), await typed(request)
    errors = Errors(tongue_of(request))
    areas, topics = await challenges.areas(challenge.id), await challenges.topics(challenge.id)
    written = idea_forms.read(form, errors, areas=areas, topics=topics, languages=site_of(request).languages)
    idea_forms.check_finished(written, errors, topics)
    shown = [one.matched for one in contacts(written.source)]
    key = form["key"][:MOST_KEY]
    if errors or not key or (shown and not form.ticked("keep_contacts")):
        key = key or secrets.token_urlsafe(KEY_BYTES)
        return await _form(request, found, challenge, form, errors, key=key, shown=shown)
    settings = site_of(request).settings
    days = Calendar(settings.timezone.key, settings.closures)
    await actions.record_idea(request.user, person, challenge, written, days, key=key, contacts_kept=bool(shown))
    return go(request, f"/desk/assisted/{person}/slip", done="assisted-idea")


@post("/desk/assisted/{person:int}/comment", guards=[staff])
async def record_comment(request: Ask, person: FromPath[int]) -> Response[bytes] | Redirect:
    """Write a comment down for a person."""
    found, form, errors = await known(person), await typed(request), Errors(tongue_of(request))
    idea, remark = forms.read_idea(form, errors), comment_forms.read(form, errors)
    if not errors:
        try:
            await actions.record_comment(
                request.user,
                person,
                idea,
                remark.source,
                language=tongue_of(request).code,
                contacts_kept=remark.contacts_kept,
            )
        except Missing:
            errors.add("idea", Why.NO_SUCH_IDEA)
        except Refused as refused:
            errors.add("idea", refused.why, **refused.facts)
    if errors:
        return await person_page(request, found, form, errors.found)
    return go(request, f"/desk/assisted/{person}", done="assisted-comment")


@post("/desk/assisted/{person:int}/support", guards=[staff])
async def record_support(request: Ask, person: FromPath[int]) -> Response[bytes] | Redirect:
    """Support an idea for a person, or take that back."""
    found, form, errors = await known(person), await typed(request), Errors(tongue_of(request))
    back = form["act"] == "back"
    idea = forms.read_idea(Typed({"idea": (form["supported"],)}), errors)
    if not errors:
        try:
            await (actions.take_support_back if back else actions.record_support)(request.user, person, idea)
        except Missing:
            errors.add("idea", Why.NO_SUCH_IDEA)
        except Refused as refused:
            errors.add("idea", refused.why, **refused.facts)
    if errors:
        return await person_page(request, found, form, {"supported": errors.found["idea"]})
    return go(request, f"/desk/assisted/{person}", done="assisted-support-back" if back else "assisted-support")


async def _open(slug: str) -> Challenge:
    found = await challenges.challenge(slug)
    if found is None:
        raise Missing
    if why := why_not_write(found.stage):
        raise Refused(why)
    return found


async def _form(
    ask: Ask,
    found: Assisted,
    challenge: Challenge,
    form: Typed,
    errors: Errors,
    *,
    key: str,
    shown: Sequence[str] = (),
) -> Response[bytes]:
    wrong: Mapping[str, str] = errors.found
    return page(
        ask,
        "assisted/idea.html",
        status=422 if wrong or shown else 200,
        person=found,
        challenge=challenge,
        areas=await challenges.areas(challenge.id),
        topics=await challenges.topics(challenge.id),
        anonymous_allowed=challenge.anonymous_allowed,
        most_title=MOST_TITLE,
        key=key,
        contacts=shown,
        typed=form,
        errors=wrong,
    )


ROUTES = (write, record_idea, record_comment, record_support)
