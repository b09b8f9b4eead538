"""The pages of moderation: reporting for everybody, the desk for moderators."""

from shapedby.moderation.pages import (
    acting,
    appeals,
    desk,
    model,
    people,
    pictures,
    public,
    reporting,
    safeguarding,
    site,
    supports,
    together,
)

ROUTES = (
    *appeals.ROUTES,
    *people.ROUTES,
    *pictures.ROUTES,
    *public.ROUTES,
    *safeguarding.ROUTES,
    *site.ROUTES,
    *reporting.ROUTES,
    *model.ROUTES,
    *supports.ROUTES,
    *desk.ROUTES,
    *acting.ROUTES,
    *together.ROUTES,
)
