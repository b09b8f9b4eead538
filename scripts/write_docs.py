"""Write the generated parts of docs/: settings in `docs/run.md`, what is kept how long in `docs/retention.md`."""

from __future__ import annotations

from pathlib import Path

from shapedby.account.rules.retention import retention_table
from shapedby.settings import read, settings_table

RUN = Path(__file__).resolve().parent.parent / "docs" / "run.md"
RETENTION = RUN.with_name("retention.md")
RETENTION_BEGIN, RETENTION_END = "<!-- retention: written by `make docs` -->", "<!-- end of retention -->"
BEGIN, END = "<!-- settings: written by `make docs` -->", "<!-- end of settings -->"


def main() -> int:
    """Put the table between its two marks, or at the end where they are not there yet."""
    text = RUN.read_text(encoding="utf-8") if RUN.exists() else "# Run it\n"
    table = f"{BEGIN}\n\n{settings_table()}\n{END}"
    before, mark, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if mark else "\n"
    before = before if mark else f"{before}\n## Settings\n\n"
    RUN.write_text(f"{before}{table}{after}", encoding="utf-8")
    write_retention()
    return 0


def write_retention() -> None:
    """Put the table of what is kept between its two marks, with the times that hold where nothing is set."""
    text = RETENTION.read_text(encoding="utf-8")
    before, rest = text.split(RETENTION_BEGIN)
    using = read({"DATABASE_URL": "postgresql://nowhere/nothing", "SHAPEDBY_SECRET": "x" * 32})
    table = f"{RETENTION_BEGIN}\n\n{retention_table(using)}\n{RETENTION_END}"
    RETENTION.write_text(before + table + rest.split(RETENTION_END)[1], encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
