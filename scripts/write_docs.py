"""Write the generated parts of docs/: the table of settings in `docs/run.md`."""

from __future__ import annotations

from pathlib import Path

from shapedby.settings import settings_table

RUN = Path(__file__).resolve().parent.parent / "docs" / "run.md"
BEGIN, END = "<!-- settings: written by `make docs` -->", "<!-- end of settings -->"


def main() -> int:
    """Put the table between its two marks, or at the end where they are not there yet."""
    text = RUN.read_text(encoding="utf-8") if RUN.exists() else "# Run it\n"
    table = f"{BEGIN}\n\n{settings_table()}\n{END}"
    before, mark, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if mark else "\n"
    before = before if mark else f"{before}\n## Settings\n\n"
    RUN.write_text(f"{before}{table}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
