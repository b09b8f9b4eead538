"""The pages of moderation: reporting for everybody, the desk for moderators."""

from shapedby.moderation.pages import (
    acting,
    appeals,
    desk,
    model,
    people,
    public,
    reporting,
    safeguarding,
    site,
    together,
)

ROUTES = (
    *appeals.ROUTES,
    *people.ROUTES,
    *public.ROUTES,
    *safeguarding.ROUTES,
    *site.ROUTES,
    *reporting.ROUTES,
    *model.ROUTES,
    *desk.ROUTES,
    *acting.ROUTES,
    *together.ROUTES,
)
