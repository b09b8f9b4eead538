"""The officers' desk: what is due, the table of ideas, one idea with its decisions; and the promises to answer."""

from shapedby.shortlist.pages import deciding, listing, promises

ROUTES = (*listing.ROUTES, *promises.ROUTES, *deciding.ROUTES)
