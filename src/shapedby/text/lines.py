"""JSON lines in, JSON lines out: what `shapedby sanitise` does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from .cleaning import Format, clean
from .limits import TextTooLong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class _Line(msgspec.Struct):
    source: str
    format: Format = Format.MARKDOWN


def sanitise_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each `{"source": …, "format": "markdown"|"html"}` with `{"html": …}`, in order.

    A line that is wrong or too long is answered by `{"error": …}` in its place. Empty lines are skipped.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line), ensure_ascii=False)


def _answer(line: str) -> dict[str, str]:
    try:
        # json, as msgspec refuses half of a surrogate pair, and hostile texts have them.
        typed = msgspec.convert(json.loads(line), _Line)
        return {"html": str(clean(typed.source, format=typed.format))}
    except TextTooLong as error:
        return {"error": str(error)}
    except (ValueError, RecursionError) as error:
        return {"error": f"not a line of JSON with a source and a format: {error}"}
