"""The database: asking it, changing it in transactions, and running one where there is none."""

from shapedby.db.asking import engine, many, one, run, transaction, value, values
from shapedby.db.embedded import EmbeddedError
from shapedby.db.gone import DatabaseGone
from shapedby.db.migrating import MigrationError, migrate_backwards, migrate_forwards, waiting_migrations
from shapedby.db.pool import Addresses, close_database, open_database, serving, start_pool, stop_pool

__all__ = [
    "Addresses",
    "DatabaseGone",
    "EmbeddedError",
    "MigrationError",
    "close_database",
    "engine",
    "many",
    "migrate_backwards",
    "migrate_forwards",
    "one",
    "open_database",
    "run",
    "serving",
    "start_pool",
    "stop_pool",
    "transaction",
    "value",
    "values",
    "waiting_migrations",
]
