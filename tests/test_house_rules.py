"""The rules of the house that no linter knows: sizes, names, who may import whom, what templates may not hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "shapedby"
LONGEST_FILE, LONGEST_FUNCTION = 300, 40

ROOMS = {"rules", "tables", "queries", "actions", "forms", "pages", "api"}
SLICES = {
    "people", "notices", "screening", "challenges", "ideas", "comments", "moderation", "shortlist", "coproduction",
    "account", "insight", "story",
}  # fmt: skip
NAMELESS = {"utils", "util", "helpers", "helper", "services", "service", "models", "common", "misc", "base", "core"}
# With a letter in brackets, so that this file can stand among those it reads.
MACHINES = [re.compile(rf"(?<![\w.]){mark}") for mark in ("/wor[k]/", "/roo[t]/", "/opt/pyp[i]", "/tmp/brie[f]")]
REGISTRIES = [re.compile(host) for host in ("pypi[.]org", "pythonhosted[.]org", "registry[.]npmjs", "artifact[o]ry")]
# Tests and the embedded server speak of these folders as folders of any machine.
ANY_MACHINE = {"tests/db/test_embedded.py", "src/shapedby/db/place.py"}


def modules() -> list[Path]:
    found = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]
    return sorted(set(found))


def templates() -> list[Path]:
    """Give the templates of pages; a mail has no content security policy, and needs its styles inside."""
    return sorted(set((ROOT / "templates").rglob("*.html")) - set((ROOT / "templates/mail").rglob("*.html")))


def tracked() -> list[Path]:
    """Every file that is, or would be, in the repository; all text files where there is no git."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in said.split("\0") if name and (ROOT / name).is_file()]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Give each module that a file imports, names imported from one included; type checking too."""
    package = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts[:-1])
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*parts, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def room_of(module: str) -> tuple[str, str] | None:
    """Give the slice and the room of a module below `shapedby`, if it lies in a room."""
    parts = module.split(".")
    return (parts[1], parts[2]) if len(parts) > 2 and parts[0] == "shapedby" and parts[2] in ROOMS else None


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_a_file_fits_a_head() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_fits_a_screen() -> None:
    long = {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_a_slice_has_only_the_rooms_of_a_slice() -> None:
    strange = {
        named(path)
        for name in SLICES
        for path in (PACKAGE / name).glob("*")
        if (any(path.rglob("*.py")) or path.suffix == ".py") and path.stem not in {*ROOMS, "__init__", "__pycache__"}
    }
    assert strange == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [named(path) for path in modules() if NAMELESS & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_contract_4_tables_are_imported_only_by_queries_tables_and_the_list_of_tables() -> None:
    allowed = {"queries", "tables"}
    wrong = [
        f"{named(path)}: {imported}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for imported in imports(path)
        if (room_of(imported) or ("", ""))[1] == "tables"
        and (room_of(module_of(path)) or ("", ""))[1] not in allowed
        and module_of(path) != "shapedby.piccolo_app"
    ]
    assert wrong == []


def test_contract_5_pages_and_apis_are_imported_only_by_the_app() -> None:
    wrong = [
        f"{named(path)}: {imported}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for imported in imports(path)
        if (room := room_of(imported)) and room[1] in {"pages", "api"}
        if room_of(module_of(path)) != room and module_of(path) != "shapedby.app"
    ]
    assert wrong == []


def test_contract_6_only_spam_and_likeness_import_sklearn_and_only_text_imports_bleach() -> None:
    owners = {"sklearn": {"spam", "likeness"}, "bleach": {"text"}}
    wrong = [
        f"{named(path)}: {imported}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for imported in imports(path)
        if (library := imported.split(".")[0]) in owners
        and path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in owners[library]
    ]
    assert wrong == []


def test_the_kernel_needs_the_standard_library_only() -> None:
    assert {name.split(".")[0] for name in imports(PACKAGE / "kernel.py")} <= sys.stdlib_module_names


def test_a_web_process_starts_without_sklearn() -> None:
    loaded = "import sys, shapedby.app; print('sklearn' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_handler_modules_keep_their_annotations_for_litestar() -> None:
    postponed = "from __future__ import annotations"
    rooms = [path for path in modules() if (room_of(module_of(path)) if PACKAGE in path.parents else None)]
    handlers = [path for path in rooms if (room_of(module_of(path)) or ("", ""))[1] in {"pages", "api"}]
    assert [named(path) for path in handlers if postponed in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("forbidden", "why"),
    [
        (r"\|\s*safe\b", "only `text` makes HTML, and marks it"),
        (r"\sstyle\s*=", "the content security policy forbids inline style"),
        (r"<style\b", "the content security policy forbids inline style"),
        (r"\son[a-z]+\s*=\s*[\"']", "the content security policy forbids inline script"),
        (r"<script\b(?![^>]*\ssrc=)", "the content security policy forbids inline script"),
        (r"javascript:", "the content security policy forbids inline script"),
        (r"(?:src|<link[^>]*href)=[\"']https?:", "no page asks a third party for anything"),
        (r"autoescape\s+false", "everything is escaped"),
    ],
)
def test_no_template_holds(forbidden: str, why: str) -> None:
    pattern = re.compile(forbidden, re.IGNORECASE)
    found = [named(path) for path in templates() if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == [], why


def test_no_file_names_a_machine_or_a_registry() -> None:
    found: list[str] = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or the weights
        marks = REGISTRIES if named(path) in ANY_MACHINE else [*MACHINES, *REGISTRIES]
        found += [f"{named(path)}: {mark.pattern}" for mark in marks if mark.search(text)]
    assert found == []


def test_every_route_says_who_may_use_it() -> None:
    from litestar.routes import HTTPRoute

    from shapedby.app import create_app
    from shapedby.settings import read
    from shapedby.web.guards import GUARDS

    app = create_app(read({"DATABASE_URL": "postgresql://nowhere/nothing", "SHAPEDBY_SECRET": "x" * 32}))
    open_to_all = [
        f"{route.path} {handler}"
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.http_methods != {"OPTIONS"} and not GUARDS.intersection(handler.guards or ())
    ]
    assert open_to_all == []


def test_every_link_that_opens_a_window_keeps_it_apart() -> None:
    opener = re.compile(r"<a\b(?=[^>]*target=)(?![^>]*rel=[\"'][^\"']*noopener)")
    assert [named(path) for path in templates() if opener.search(path.read_text(encoding="utf-8"))] == []
