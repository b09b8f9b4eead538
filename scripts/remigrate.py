"""Write migration 0001 again from the tables as they are now; only until the first release.

After a release a migration is never rewritten: make the next one with `piccolo migrations new shapedby --auto`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from piccolo.apps.migrations.commands.new import _create_new_migration

from shapedby.db.migrating import FOLDER
from shapedby.piccolo_app import APP_CONFIG

FIRST = FOLDER / "shapedby_0001_tables.py"


def main() -> int:
    """Replace the file and say so."""
    FIRST.unlink(missing_ok=True)
    meta = asyncio.run(_create_new_migration(APP_CONFIG, auto=True, description="Every table, as Piccolo writes it"))
    made = Path(meta.migration_path)
    FIRST.write_text(made.read_text(encoding="utf-8").replace(meta.migration_id, "0001"), encoding="utf-8")
    made.unlink()
    sys.stdout.write(f"{FIRST.name}: {len(APP_CONFIG.table_classes)} tables\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
