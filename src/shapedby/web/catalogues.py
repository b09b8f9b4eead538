"""Keep the catalogues of translations complete: ``python -m shapedby.web.catalogues --check | --update``."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message, extract, pofile

from shapedby.settings import resources
from shapedby.web.language import CATALOGUES, SOURCE_LANGUAGE, shipped

PACKAGE = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "counts": (1, 2), "says": None}
OPTIONS = {"trimmed": "true", "silent": "false", "newstyle_gettext": "true", "extensions": "jinja2.ext.do"}


def used() -> Catalog:
    """Collect every text that a person can see, from code and templates."""
    catalogue = Catalog(locale=None, project="Shaped By", fuzzy=False)
    for name, message, comments, context in _texts():
        catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def _texts() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    sources = ((PACKAGE, "**.py", "python", {}), (resources("templates"), "**.html", "jinja2", OPTIONS))
    texts = (resources("templates"), "**.txt", "jinja2", OPTIONS)
    for folder, pattern, method, options in (*sources, texts):
        found = extract.extract_from_dir(
            folder,
            [(pattern, method)],
            options_map={pattern: dict(options)},
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
            directory_filter=lambda _folder: True,  # Babel leaves out "_parts" on its own
        )
        for name, _line, message, comments, context in found:
            if message and message != "":
                yield f"{folder.name}/{name}", message, comments, context


def update(code: str) -> int:
    """Bring a catalogue up to date with the texts that are used; gives how many still need a translation."""
    path = CATALOGUES / f"{code}.po"
    catalogue = Catalog(locale=code, project="Shaped By", fuzzy=False)
    if path.exists():
        with path.open("rb") as source:
            catalogue = pofile.read_po(source, locale=code)
    catalogue.update(used(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as target:
        pofile.write_po(target, catalogue, sort_output=True, no_location=True, ignore_obsolete=True, width=110)
    return len(list(missing(catalogue)))


def missing(catalogue: Catalog) -> Iterator[Message]:
    """Give the messages of a catalogue that have no translation, or only half of one."""
    for message in catalogue:
        if message.id and (message.fuzzy or not all(_forms(message))):
            yield message


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def faults(code: str) -> list[str]:
    """Say what is wrong with a catalogue: missing, surplus or ill-formed translations."""
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        catalogue = pofile.read_po(source, locale=code)
    wanted = {_name(message) for message in used() if message.id}
    there = {_name(message) for message in catalogue if message.id}
    found = [f"{code}: no translation of {_name(message)!r}" for message in missing(catalogue)]
    found += [f"{code}: not in the catalogue: {name!r}" for name in sorted(wanted - there)]
    found += [f"{code}: used nowhere: {name!r}" for name in sorted(there - wanted)]
    found += [f"{code}: {_name(message)!r}: {error}" for message, errors in catalogue.check() for error in errors]
    return found


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def main() -> int:
    """Check or update all catalogues; the exit code says whether all are complete."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say what is missing; exit 1 where anything is")
    parser.add_argument("--update", action="store_true", help="add new texts to the catalogues, drop unused ones")
    options = parser.parse_args()
    codes = [code for code in shipped() if code != SOURCE_LANGUAGE]
    if options.update:
        for code in codes:
            print(f"{code}: {update(code)} to translate")  # noqa: T201 - a command speaks on standard output
    found = [fault for code in codes for fault in faults(code)] if options.check else []
    print("\n".join(found) if found else "catalogues complete") if options.check else None  # noqa: T201 - as above
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
