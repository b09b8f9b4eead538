"""Comments in the read API."""

from typing import Annotated

from msgspec import Meta

from shapedby.comments.queries import published
from shapedby.comments.queries.published import PublicComment
from shapedby.kernel import N_, Missing
from shapedby.web.json_api import API, LARGEST, Listed, Paged, listed, offer
from shapedby.web.site import Ask, site_of


class CommentsAsked(Paged, frozen=True, kw_only=True):
    """What a list of comments can be asked."""

    idea: Annotated[
        Annotated[int, Meta(ge=1, le=LARGEST)] | None,
        Meta(description=N_("Only comments on the idea with this number.")),
    ] = None


@offer(f"{API}/comments")
async def list_comments(request: Ask, asked: CommentsAsked) -> Listed[PublicComment]:
    """List what residents and the council said about ideas, the newest first."""
    site = site_of(request).settings.url
    found = await published.public_comments(site, asked.cursor, asked.limit + 1, idea=asked.idea)
    return listed(request, found, asked.limit, lambda one: one.number)


@offer(f"{API}/comments/{{number:int}}")
async def get_comment(request: Ask, number: int) -> PublicComment:
    """Give one comment."""
    found = await published.public_comment(site_of(request).settings.url, number)
    if found is None:
        raise Missing
    return found


ROUTES = (list_comments, get_comment)
