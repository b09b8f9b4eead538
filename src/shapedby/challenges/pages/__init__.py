"""The officers' pages about challenges, areas and topics."""

from shapedby.challenges.pages import lists, timing, writing

ROUTES = (*writing.ROUTES, *timing.ROUTES, *lists.ROUTES)
