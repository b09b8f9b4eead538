"""Whether this process lives, and whether it can serve."""

from litestar import Response, get

from shapedby import db
from shapedby.db import DatabaseGone
from shapedby.web.guards import anyone


@get("/health/live", guards=[anyone])
async def live() -> Response[str]:
    """Answer 200 while the process runs."""
    return Response("alive\n", media_type="text/plain")


@get("/health/ready", guards=[anyone])
async def ready() -> Response[str]:
    """Answer 200 when the database answers and is migrated, else 503."""
    try:
        await db.value("SELECT count(*) FROM person WHERE id = 0")
    except DatabaseGone:
        return Response("the database does not answer\n", media_type="text/plain", status_code=503)
    return Response("ready\n", media_type="text/plain")


ROUTES = (live, ready)
