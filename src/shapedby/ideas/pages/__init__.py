"""Pages about ideas: ``browse`` finds them, ``write`` and ``send`` make them, ``support`` counts them."""

from shapedby.ideas.pages import (
    alike,
    begin,
    browse,
    counts,
    embed,
    feeds,
    merge,
    pictures,
    send,
    support,
    together,
    versions,
    write,
)

ROUTES = (
    *browse.ROUTES,
    *feeds.ROUTES,
    *embed.ROUTES,
    *write.ROUTES,
    *begin.ROUTES,
    *alike.ROUTES,
    *pictures.ROUTES,
    *send.ROUTES,
    *support.ROUTES,
    *counts.ROUTES,
    *versions.ROUTES,
    *together.ROUTES,
    *merge.ROUTES,
)
