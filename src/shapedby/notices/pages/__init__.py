"""Following things, choosing how to hear of them, and stopping a kind of mail from inside it."""

from shapedby.notices.pages import choosing, following, stopping

ROUTES = (*choosing.ROUTES, *following.ROUTES, *stopping.ROUTES)
