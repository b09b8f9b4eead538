"""Every table of every slice, for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

from shapedby.db import engine
from shapedby.db.migrating import APP_NAME, FOLDER

_PACKAGE = Path(__file__).parent

# Slices are found, not listed: one that is not here yet, or is new, needs no change in this file.
TABLE_MODULES = sorted(f"shapedby.{found.parent.name}.tables" for found in _PACKAGE.glob("*/tables.py"))

APP_CONFIG = AppConfig(
    app_name=APP_NAME,
    migrations_folder_path=str(FOLDER),
    table_classes=table_finder(modules=TABLE_MODULES, exclude_imported=True),
)

for _table in APP_CONFIG.table_classes:
    _table._meta._db = engine  # noqa: SLF001  Piccolo would look for a top-level piccolo_conf, which a wheel lacks

__all__ = ["APP_CONFIG", "TABLE_MODULES"]
