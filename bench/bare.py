"""The yardstick: a Litestar handler that answers twelve bytes."""

from litestar import Litestar, get


@get("/")
async def hello() -> bytes:
    """Answer as little as can be."""
    return b"Hello, world"


app = Litestar(route_handlers=[hello], openapi_config=None, logging_config=None)
