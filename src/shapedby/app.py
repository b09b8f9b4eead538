"""The application: every route, what it starts with, and the door in front of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from shapedby import db, jobs
from shapedby.account import actions as account
from shapedby.account import pages as account_pages
from shapedby.assisted import pages as assisted_pages
from shapedby.challenges import actions as challenges
from shapedby.challenges import api as challenge_api
from shapedby.challenges import pages as challenge_pages
from shapedby.comments import actions as comments
from shapedby.comments import api as comment_api
from shapedby.coproduction import api as coproduction_api
from shapedby.coproduction import pages as coproduction_pages
from shapedby.ideas import actions as ideas
from shapedby.ideas import api as idea_api
from shapedby.ideas import pages as idea_pages
from shapedby.ideas.pages.support import QUICK
from shapedby.insight import api as insight_api
from shapedby.insight import pages as insight_pages
from shapedby.mail import actions as mail
from shapedby.mail import pages as mail_pages
from shapedby.moderation import actions as moderation
from shapedby.moderation import pages as moderation_pages
from shapedby.notices import actions as notices
from shapedby.notices import pages as notice_pages
from shapedby.people import pages as people_pages
from shapedby.people.queries import who_asks
from shapedby.pictures import actions as pictures
from shapedby.pictures import pages as picture_pages
from shapedby.screening import actions as screening
from shapedby.settings import Settings
from shapedby.shortlist import pages as shortlist_pages
from shapedby.spam.actions import following
from shapedby.spam.process import classifier
from shapedby.story import actions as story
from shapedby.story import pages as story_pages
from shapedby.tally import pages as tally_pages
from shapedby.web import health
from shapedby.web.door import Door
from shapedby.web.errors import HANDLERS
from shapedby.web.guards import GUARDS, own_form
from shapedby.web.json_api import for_machines
from shapedby.web.shared import Shared
from shapedby.web.site import Site, build

MOST_BYTES = 256 * 1024

ROUTES: Sequence[ControllerRouterHandler] = (
    *health.ROUTES,
    *people_pages.ROUTES,
    *mail_pages.ROUTES,
    *notice_pages.ROUTES,
    *challenge_pages.ROUTES,
    *picture_pages.ROUTES,
    *tally_pages.ROUTES,
    *idea_pages.ROUTES,
    *moderation_pages.ROUTES,
    *shortlist_pages.ROUTES,
    *coproduction_pages.ROUTES,
    *account_pages.ROUTES,
    *assisted_pages.ROUTES,
    *story_pages.ROUTES,
    *insight_pages.ROUTES,
    *challenge_api.ROUTES,
    *idea_api.ROUTES,
    *comment_api.ROUTES,
    *coproduction_api.ROUTES,
    *insight_api.ROUTES,
)


def prepare(settings: Settings) -> Site:
    """Read templates and languages once, and let slices hear of each other; commands and workers need it too."""
    site = build(settings)
    mail.use(site)
    screening.use(settings)
    pictures.use(settings)
    notices.listen()
    challenges.listen()
    account.listen()
    ideas.listen()
    comments.listen()
    moderation.listen()
    story.listen(settings)
    return site


def create_app(settings: Settings) -> Litestar:
    """Make the application for an installation; raises ``ValueError`` for a route without a guard."""
    site = prepare(settings)

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with db.serving(settings), classifier.running(settings), following(), jobs.running(settings):
            await story.warn_of_placeholders(settings)
            yield

    app = Litestar(
        route_handlers=ROUTES,
        guards=[own_form],
        exception_handlers=for_machines(HANDLERS),
        lifespan=[lifespan],
        state=State({"site": site}),
        request_max_body_size=MOST_BYTES,
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=5, minimum_size=500),
        openapi_config=None,
        logging_config=None,
    )
    check_guards(app)
    app.asgi_handler = Door(app.asgi_handler, site, who_asks, Shared(app) if settings.shared_pages else None, QUICK)
    return app


def check_guards(app: Litestar) -> None:
    """Deny by default: raise ``ValueError`` where a route does not say who may use it."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            # Litestar answers OPTIONS itself, with the methods that a path has and nothing else.
            if not isinstance(handler, HTTPRouteHandler) or handler.http_methods == {"OPTIONS"}:
                continue
            if not GUARDS.intersection(handler.guards or ()):
                message = f"{handler} ({route.path}) does not say who may use it: give it one of web.guards"
                raise ValueError(message)
