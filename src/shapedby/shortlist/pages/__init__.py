"""The officers' desk: what is due, the table of ideas, one idea with its decisions."""

from shapedby.shortlist.pages import deciding, listing

ROUTES = (*listing.ROUTES, *deciding.ROUTES)
