"""Pages about ideas: ``browse`` finds them, ``write`` and ``send`` make them, ``support`` counts them."""

from shapedby.ideas.pages import browse, send, support, write

ROUTES = (*browse.ROUTES, *write.ROUTES, *send.ROUTES, *support.ROUTES)
