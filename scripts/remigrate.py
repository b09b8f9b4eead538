"""Write the first migration's SQL again from the tables as they are now; only until the first release.

One file a slice, in `migrations/tables/`, numbered in the order in which they refer to one another. After a
release these files stay as they are: a change is a migration of its own, in SQL.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from graphlib import TopologicalSorter

from piccolo.query.methods.create import Create
from piccolo.table import Table, sort_table_classes

from shapedby.db.migrating import FOLDER
from shapedby.piccolo_app import APP_CONFIG

TABLES = FOLDER / "tables"


def slice_of(table: type[Table]) -> str:
    """Give the name of the slice that a table belongs to."""
    return table.__module__.split(".")[1]


def in_order() -> dict[str, list[type[Table]]]:
    """Give each slice's tables, both in an order in which they can be made."""
    of: defaultdict[str, list[type[Table]]] = defaultdict(list)
    needs: dict[str, set[str]] = defaultdict(set)
    for table in sort_table_classes(list(APP_CONFIG.table_classes)):
        name = slice_of(table)
        of[name].append(table)
        others = {slice_of(key._foreign_key_meta.resolved_references) for key in table._meta.foreign_key_columns}
        needs[name] |= others - {name}
    sorter = TopologicalSorter({name: sorted(needs[name]) for name in sorted(of)})
    return {name: of[name] for name in sorter.static_order()}


def as_sql(table: type[Table]) -> str:
    """Give what makes one table: a column a line, then its indexes and constraints."""
    columns = ",\n".join(f"    {tidy(column.ddl)}" for column in table._meta.columns)
    rest = [f"{tidy(statement)};" for statement in Create(table).ddl[1:]]
    return "\n".join((f'CREATE TABLE "{table._meta.tablename}" (\n{columns}\n);', *rest))


def tidy(statement: str) -> str:
    """Leave out what says nothing, such as a default of nothing where nothing may not stand."""
    return re.sub(r" DEFAULT null$", "", re.sub(r" +", " ", statement.strip()))


def written() -> dict[str, str]:
    """Give every file's name and text."""
    return {
        f"{place:02}_{name}.sql": f"-- Written by `make migration` from {name}/tables.py\n\n"
        + "\n\n".join(map(as_sql, tables))
        + "\n"
        for place, (name, tables) in enumerate(in_order().items(), start=1)
    }


def main() -> int:
    """Replace the files, or with `--check` say whether they are as the tables are."""
    texts = written()
    if "--check" in sys.argv:
        return int({file.name: file.read_text(encoding="utf-8") for file in TABLES.glob("*.sql")} != texts)
    TABLES.mkdir(exist_ok=True)
    for old in TABLES.glob("*.sql"):
        old.unlink()
    for name, text in texts.items():
        (TABLES / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {text.count('CREATE TABLE')} tables\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
