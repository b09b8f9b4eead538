"""What people and the council do with one comment: finding it useful, pinning it, seeing what it said before."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.comments import actions, queries
from shapedby.comments.queries import Comment
from shapedby.comments.rules import why_not_find_useful
from shapedby.ideas.queries import idea
from shapedby.kernel import N_, Missing
from shapedby.web.forms import typed
from shapedby.web.guards import anyone, officers, signed_in
from shapedby.web.page import go, page, safe_next
from shapedby.web.site import Ask
from shapedby.web.words import done

done(
    {
        "comment-useful": N_("Thank you. You find this comment useful."),
        "comment-not-useful": N_("You have taken that back."),
        "comment-pinned": N_("This comment is now at the top of the discussion."),
        "comment-unpinned": N_("This comment is no longer at the top."),
    }
)


@get("/comments/{number:int}/before", guards=[anyone], shared=())
async def before(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show what a public comment said before its author changed it."""
    found, versions = await _public(number), await queries.versions(number)
    if not versions:
        raise Missing
    return page(request, "story/comment_before.html", comment=found, versions=versions, idea=await idea(found.idea))


@get("/comments/{number:int}/useful", guards=[anyone])
async def ask_useful(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show a comment with the button that says it is useful; visitors are asked to sign in."""
    found = await _public(number)
    mine = await queries.found_useful(request.user.person, [number])
    why = why_not_find_useful(request.user, author=found.author, publicity=found.publicity)
    return page(request, "story/comment_useful.html", comment=found, mine=number in mine, why_not=why)


@post("/comments/{number:int}/useful", guards=[signed_in])
async def say_useful(request: Ask, number: FromPath[int]) -> Redirect:
    """Say that a comment is useful."""
    if not request.user.welcomed:
        return go(request, f"/welcome?next=/comments/{number}/useful")
    return await _back(request, await actions.find_useful(request.user, number), "comment-useful")


@post("/comments/{number:int}/not-useful", guards=[signed_in])
async def take_useful_back(request: Ask, number: FromPath[int]) -> Redirect:
    """Take back that a comment is useful."""
    return await _back(request, await actions.find_useful_no_more(request.user, number), "comment-not-useful")


@post("/comments/{number:int}/pin", guards=[officers])
async def pin(request: Ask, number: FromPath[int]) -> Redirect:
    """Put a comment at the top."""
    return await _back(request, await actions.pin(request.user, number), "comment-pinned")


@post("/comments/{number:int}/unpin", guards=[officers])
async def unpin(request: Ask, number: FromPath[int]) -> Redirect:
    """Take a comment down from the top."""
    return await _back(request, await actions.unpin(request.user, number), "comment-unpinned")


async def _back(request: Ask, found: Comment, said: str) -> Redirect:
    """Lead back to the page that the button stood on, at the comment."""
    here = safe_next((await typed(request))["back"], f"/comments/{found.id}").partition("#")[0]
    return go(request, f"{here}#comment-{found.id}", done=said)


async def _public(number: int) -> Comment:
    found = await queries.comment(number)
    if found is None or await idea(found.idea) is None:
        raise Missing
    return found


ROUTES = (before, ask_useful, say_useful, take_useful_back, pin, unpin)
