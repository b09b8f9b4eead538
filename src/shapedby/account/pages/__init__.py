"""The first questions, one's own page, taking one's data away, leaving, retention, and what others see of a person."""

from shapedby.account.pages import data, own, profile, retention, welcome

ROUTES = (*welcome.ROUTES, *own.ROUTES, *data.ROUTES, *profile.ROUTES, *retention.ROUTES)
