"""One name for everything that means "the database does not answer"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

# asyncpg raises these for a server that refuses, closes, shuts down, starts up, or is full, and for a database
# that takes no connections, is not there, or knows us no longer, as while somebody restores it.
FAULTS = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InternalClientError,
    asyncpg.InterfaceError,
)
# asyncpg uses one class for a closed connection and for our own mistakes; only the text tells them apart.
_CLOSED = ("closed", "closing", "connection was", "released back", "not initialized", "not connected")


class DatabaseGone(Exception):  # noqa: N818  it is a state of the world, and reads as one where it is caught
    """The database does not answer now; asking again later may work."""


@contextmanager
def gone_is_said() -> Iterator[None]:
    """Turn every fault of the connection inside into `DatabaseGone`; errors of the SQL pass unchanged."""
    try:
        yield
    except FAULTS as error:
        if is_gone(error):
            raise DatabaseGone(in_words(error)) from error
        raise


def is_gone(error: BaseException) -> bool:
    """Say whether one of `FAULTS` means that the database does not answer."""
    return not isinstance(error, asyncpg.InterfaceError) or any(word in str(error) for word in _CLOSED)


def in_words(error: BaseException) -> str:
    """Say what happened, for the log."""
    return f"the database does not answer ({type(error).__name__}: {error})"
