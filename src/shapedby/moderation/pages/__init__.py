"""The pages of moderation: reporting for everybody, the desk for moderators."""

from shapedby.moderation.pages import desk, reporting

ROUTES = (*reporting.ROUTES, *desk.ROUTES)
