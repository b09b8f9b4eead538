"""The pages of people: signing in and out for everybody, roles and duties for administrators."""

from shapedby.people.pages import signing_in, staff

ROUTES = (*signing_in.ROUTES, *staff.ROUTES)
