"""Pages for people and programs that take data away, and for search engines."""

from shapedby.insight.pages import describing, downloading, mapping

ROUTES = (*describing.ROUTES, *downloading.ROUTES, *mapping.ROUTES)
