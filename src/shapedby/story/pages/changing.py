"""Changing a comment of one's own: in its first minutes, or because a moderator asked for it."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.comments import forms as comment_forms
from shapedby.comments.actions import rewrite, to_rewrite
from shapedby.comments.rules import MOST_TEXT
from shapedby.kernel import N_
from shapedby.moderation.queries import last_decision
from shapedby.screening.queries import Posting
from shapedby.screening.rules import Publicity
from shapedby.web.forms import Errors, Typed, typed
from shapedby.web.guards import signed_in
from shapedby.web.page import go, page
from shapedby.web.site import Ask, tongue_of
from shapedby.web.words import done

done({"comment-changed": N_("Your comment is changed.")})


@get("/comments/{number:int}/change", guards=[signed_in])
async def write_again(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show the words as they were typed, and what a moderator wants changed."""
    kept = await to_rewrite(request.user, number)
    return await _form(request, number, kept, Typed({"comment": [kept.source]}))


@post("/comments/{number:int}/change", guards=[signed_in])
async def send_again(request: Ask, number: FromPath[int]) -> Response[bytes] | Redirect:
    """Send the changed words to be checked again."""
    form = await typed(request)
    errors = Errors(tongue_of(request))
    remark = comment_forms.read(form, errors)
    if errors:
        return await _form(request, number, await to_rewrite(request.user, number), form, errors)
    publicity = await rewrite(request.user, number, remark.source, contacts_kept=remark.contacts_kept)
    said = "comment-changed" if publicity is Publicity.PUBLIC else "comment-held"
    return go(request, f"/comments/{number}#comment-{number}", done=said)


async def _form(request: Ask, number: int, kept: Posting, form: Typed, errors: Errors | None = None) -> Response[bytes]:
    return page(
        request,
        "story/comment_change.html",
        status=422 if errors else 200,
        number=number,
        decision=await last_decision(kept.id),
        public=kept.publicity is Publicity.PUBLIC,
        most=MOST_TEXT,
        typed=form,
        errors=errors.found if errors else {},
    )


ROUTES = (write_again, send_again)
