"""The first questions, one's own page, and what others see of a person."""

from shapedby.account.pages import own, profile, welcome

ROUTES = (*welcome.ROUTES, *own.ROUTES, *profile.ROUTES)
